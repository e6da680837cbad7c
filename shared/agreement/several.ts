/** Agreement of more than two readers: how many have each event, and what those call it that all have. */
import type { TickSpan } from '../annotation/document.ts'
import { codesOf, KINDS } from '../annotation/kinds.ts'
import { type Seconds, secondsFromTicks } from '../units.ts'
import { type Reading, rangeProblem, readCases } from './agreement.ts'
import type { Case } from './cases.ts'
import { commonRanges, lengthOf } from './commonRanges.ts'
import { fleissKappa, type Kappa } from './kappa.ts'
import type { MatchRules } from './rules.ts'

export type SeveralAgreement = {
  readonly readers: readonly string[]
  readonly problem: string | null
  /** What all have reviewed. */
  readonly common: readonly TickSpan[]
  readonly commonLength: Seconds
  readonly outside: readonly number[]
  readonly cases: readonly Case[]
  /** How many events one reader has, two have, and so on to all. */
  readonly votes: readonly number[]
  /** Fleiss', on the kinds of events that all have. */
  readonly kappa: Kappa
}

/** Compares two or more sets of one recording. Throws as `comparePair` does. */
export function compareSeveral(readings: readonly Reading[], rules: MatchRules): SeveralAgreement {
  const common = commonRanges(readings.map(({ reviewed }) => reviewed))
  const { cases, outside } = readCases(readings, rules, common)
  const voices = cases.map(({ events }) => events.filter((event) => event !== null))
  const kinds = codesOf(KINDS)
  const table = voices
    .filter((events) => events.length === readings.length)
    .map((events) => kinds.map((kind) => events.filter((event) => event.kind === kind).length))
  return {
    readers: readings.map(({ reviewer }) => reviewer),
    problem: rangeProblem(readings, common),
    common,
    commonLength: secondsFromTicks(lengthOf(common)),
    outside,
    cases,
    votes: readings.map((_, index) => voices.filter((events) => events.length === index + 1).length),
    kappa: fleissKappa(table),
  }
}
