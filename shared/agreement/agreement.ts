/**
 * Agreement of two readers on one recording, only where both have reviewed it: where (is there an event at the same
 * place) and what (is it called the same) apart, each figure with the counts that it was made of. For the reader:
 * `comparePair`.
 */
import type { AnnotationDocument, TickSpan } from '../annotation/document.ts'
import { codesOf, KINDS, type MarkKind } from '../annotation/kinds.ts'
import { type Seconds, type Span, secondsFromTicks, type Ticks } from '../units.ts'
import { type Case, casesOf } from './cases.ts'
import { commonRanges, lengthOf, liesIn } from './commonRanges.ts'
import { type Confusion, confusionOf } from './confusion.ts'
import { eventsOf, type ReadEvent } from './events.ts'
import { cohenKappa, type Figure, gwetAc1, type Kappa } from './kappa.ts'
import { farthestReach, type MatchRule, type MatchRules } from './rules.ts'
import { type Spread, spreadOf } from './spread.ts'
import { type SzcoreScore, scoreSzcoreEvents, scoreSzcoreSamples } from './szcore.ts'

/** As much of a set as is compared. */
export type Reading = Pick<AnnotationDocument, 'reviewer' | 'marks' | 'reviewed'>

export type Scores = {
  /** Events of the reference, of the other, and those that are one. */
  readonly reference: number
  readonly other: number
  readonly both: number
  /** Share of the reference's events that the other has. */
  readonly sensitivity: Figure
  /** Share of the other's events that the reference has. */
  readonly precision: Figure
  readonly f1: Figure
}

/** The other's less the reference's, on matched events: positive is later. */
export type Errors = { readonly onset: Spread; readonly offset: Spread }

export type PairAgreement = {
  readonly reference: string
  readonly other: string
  /** Why there is nothing to compare, and what to do; null where there is. */
  readonly problem: string | null
  /** What both have reviewed. */
  readonly common: readonly TickSpan[]
  readonly commonLength: Seconds
  /** Events of each that lie outside of it and do not count. */
  readonly outside: readonly [number, number]
  /** Marks that count, of each; fewer events than marks where pieces of a run are one. */
  readonly marks: readonly [number, number]
  readonly where: Scores & Errors
  /** `where`, had no marks been joined; null where none were. */
  readonly unjoined: Scores | null
  /** On matched events, by kind. */
  readonly what: { readonly same: number; readonly kappa: Kappa; readonly ac1: number | null }
  /** Found and called so by both; only kinds that occur. */
  readonly kinds: readonly (Scores & Errors & { readonly kind: MarkKind })[]
  readonly confusion: Confusion
  /** Of 3 Hz spike-and-wave, by SzCORE's rules; null where neither has any. */
  readonly szcore: { readonly events: SzcoreScore; readonly samples: SzcoreScore } | null
  readonly cases: readonly Case[]
}

/** Compares two sets of one recording. Throws ReviewError `bad-set` where too many marks lie over one another. */
export function comparePair(reference: Reading, other: Reading, rules: MatchRules): PairAgreement {
  const common = commonRanges([reference.reviewed, other.reviewed])
  const { cases, outside, joined } = readCases([reference, other], rules, common)
  const names = { reference: reference.reviewer, other: other.reviewer }
  const matched = cases.flatMap(({ events: [a, b] }) => (a && b ? [[a, b] as const] : []))
  const kinds = codesOf(KINDS).filter((kind) =>
    cases.some(({ events }) => events.some((e) => e?.kind === kind)),
  )
  const all = { reference: countOf(cases, 0), other: countOf(cases, 1), both: matched.length }
  const kappa = cohenKappa(tableOf(matched))
  return {
    ...names,
    problem: rangeProblem([reference, other], common),
    common,
    commonLength: secondsFromTicks(lengthOf(common)),
    outside: [outside[0] ?? 0, outside[1] ?? 0],
    marks: [marksOf(cases, 0), marksOf(cases, 1)],
    where: { ...scoresOf(all, names), ...errorsOf(matched) },
    unjoined: joined ? unjoinedScores([reference, other], rules, common) : null,
    what: {
      same: matched.filter(([a, b]) => a.kind === b.kind).length,
      kappa,
      ac1: gwetAc1(tableOf(matched)),
    },
    kinds: kinds.map((kind) => {
      const same = matched.filter(([a, b]) => a.kind === kind && b.kind === kind)
      const counts = {
        reference: countOf(cases, 0, kind),
        other: countOf(cases, 1, kind),
        both: same.length,
      }
      return { kind, ...scoresOf(counts, names), ...errorsOf(same) }
    }),
    confusion: confusionOf(cases),
    szcore: szcoreOf([reference, other], common),
    cases,
  }
}

/** The cases of readings, and whether any of them has marks that were joined. */
export function readCases(
  readings: readonly Reading[],
  rules: MatchRules,
  common: readonly TickSpan[],
): ReturnType<typeof casesOf> & { readonly joined: boolean } {
  const events = readings.map(({ marks }) => eventsOf(marks, rules))
  const found = casesOf(events, common, farthestReach(rules))
  const joined = found.cases.some((each) => each.events.some((event) => (event?.marks.length ?? 0) > 1))
  return { ...found, joined }
}

/** Who has to review what before there is anything to compare; null where there is. */
export function rangeProblem(readings: readonly Reading[], common: readonly TickSpan[]): string | null {
  if (common.length > 0) return null
  const unread = readings.filter(({ reviewed }) => reviewed.length === 0).map(({ reviewer }) => reviewer)
  if (unread.length === 0)
    return 'No part of the recording was reviewed by all of them: there is nothing to compare.'
  const who = unread.join(' and ')
  return `${who} ${unread.length === 1 ? 'has' : 'have'} marked nothing as reviewed (V): there is nothing to compare.`
}

function unjoinedScores(
  readings: readonly [Reading, Reading],
  rules: MatchRules,
  common: readonly TickSpan[],
): Scores {
  const apart = Object.fromEntries(
    Object.entries(rules).map(([id, rule]: [string, MatchRule]) => [id, { ...rule, mergeGap: 0 }]),
  ) as MatchRules
  const { cases } = readCases(readings, apart, common)
  const counts = {
    reference: countOf(cases, 0),
    other: countOf(cases, 1),
    both: cases.filter(({ events }) => !events.includes(null)).length,
  }
  return scoresOf(counts, { reference: readings[0].reviewer, other: readings[1].reviewer })
}

type Counts = Pick<Scores, 'reference' | 'other' | 'both'>

function scoresOf(counts: Counts, names: { readonly reference: string; readonly other: string }): Scores {
  const { reference, other, both } = counts
  const ratio = (part: number, whole: number, note: string): Figure =>
    whole === 0 ? { value: null, note } : { value: part / whole, note: null }
  return {
    ...counts,
    sensitivity: ratio(both, reference, `${names.reference} has no event here to be found.`),
    precision: ratio(both, other, `${names.other} has no event here that could be right.`),
    f1: ratio(2 * both, reference + other, 'Neither has an event here: there is nothing to count.'),
  }
}

function errorsOf(matched: readonly (readonly [ReadEvent, ReadEvent])[]): Errors {
  const seconds = (of: (event: ReadEvent) => Ticks) =>
    spreadOf(matched.map(([a, b]) => secondsFromTicks((of(b) - of(a)) as Ticks)))
  return { onset: seconds(({ onset }) => onset), offset: seconds(({ end }) => end) }
}

function countOf(cases: readonly Case[], reader: number, kind?: MarkKind): number {
  return cases.filter(({ events }) => {
    const event = events[reader] ?? null
    return event !== null && (kind === undefined || event.kind === kind)
  }).length
}

function marksOf(cases: readonly Case[], reader: number): number {
  return cases.reduce((sum, { events }) => sum + (events[reader]?.marks.length ?? 0), 0)
}

function tableOf(matched: readonly (readonly [ReadEvent, ReadEvent])[]): readonly (readonly number[])[] {
  const kinds = codesOf(KINDS)
  const table = kinds.map(() => kinds.map(() => 0))
  for (const [a, b] of matched) table[kinds.indexOf(a.kind)]![kinds.indexOf(b.kind)]! += 1
  return table
}

function szcoreOf(
  readings: readonly [Reading, Reading],
  common: readonly TickSpan[],
): PairAgreement['szcore'] {
  const ends = secondsFromTicks((common.at(-1)?.end ?? 0) as Ticks)
  const [reference, other] = readings.map(({ marks }) =>
    marks.flatMap((mark): Span[] => {
      const end = (mark.onset + mark.duration) as Ticks
      if (mark.kind !== 'spike_wave_3hz' || !liesIn(common, { onset: mark.onset, end })) return []
      return [{ start: secondsFromTicks(mark.onset), end: Math.min(secondsFromTicks(end), ends) }]
    }),
  ) as [Span[], Span[]]
  if (reference.length + other.length === 0) return null
  const recorded = { duration: ends, compared: secondsFromTicks(lengthOf(common)) }
  return {
    events: scoreSzcoreEvents(reference, other, recorded),
    samples: scoreSzcoreSamples(reference, other, recorded),
  }
}
