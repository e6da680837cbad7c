/** An agreement as a command tells it: in plain values for JSON, and in lines for people. No comment of a mark is told. */
import type { Errors, PairAgreement, Scores } from '../../shared/agreement/agreement.ts'
import { verdictOf } from '../../shared/agreement/cases.ts'
import type { ReadEvent } from '../../shared/agreement/events.ts'
import type { Figure } from '../../shared/agreement/kappa.ts'
import { type MatchRules, secondsOf } from '../../shared/agreement/rules.ts'
import type { SeveralAgreement } from '../../shared/agreement/several.ts'
import type { Spread } from '../../shared/agreement/spread.ts'
import { SZCORE_DEFAULTS } from '../../shared/agreement/szcore.ts'
import { kindOf, markName } from '../../shared/annotation/kinds.ts'
import { formatElapsed } from '../../shared/text/clock.ts'

/** For JSON: times in seconds after the header's start, errors as the other's less the reference's. */
export function describeAgreement(pair: PairAgreement, rules: MatchRules) {
  const { where, what, szcore } = pair
  return {
    problem: pair.problem,
    reviewedByBoth: pair.commonLength,
    outside: { reference: pair.outside[0], other: pair.outside[1] },
    marks: { reference: pair.marks[0], other: pair.marks[1] },
    rules,
    where: { ...plainScores(where), onsetError: where.onset, offsetError: where.offset },
    unjoined: pair.unjoined === null ? null : plainScores(pair.unjoined),
    what: {
      events: where.both,
      sameKind: what.same,
      kappa: what.kappa.value,
      interval95: what.kappa.interval,
      observed: what.kappa.observed,
      expected: what.kappa.expected,
      ac1: what.ac1,
      note: what.kappa.note,
    },
    kinds: pair.kinds.map((kind) => ({
      kind: kind.kind,
      ...plainScores(kind),
      onsetError: kind.onset,
      offsetError: kind.offset,
    })),
    confusion: {
      reference: pair.confusion.labels.map(({ code }) => code),
      other: pair.confusion.labels.map(({ code }) => code),
      counts: pair.confusion.counts,
    },
    szcore: szcore === null ? null : { name: 'SzCORE (seizure) score', settings: SZCORE_DEFAULTS, ...szcore },
    disagreements: pair.cases
      .filter((each) => verdictOf(each) !== 'agreed')
      .map((each) => ({
        ...secondsOf(each),
        reference: plainEvent(each.events[0] ?? null),
        other: plainEvent(each.events[1] ?? null),
      })),
  }
}

function plainScores({ reference, other, both, sensitivity, precision, f1 }: Scores) {
  const notes = [sensitivity, precision, f1].flatMap(({ note }) => (note === null ? [] : [note]))
  const values = { sensitivity: sensitivity.value, precision: precision.value, f1: f1.value }
  return { reference, other, both, ...values, notes }
}

function plainEvent(event: ReadEvent | null) {
  if (event === null) return null
  const { kind, subtype, marks } = event
  return { kind, subtype, ...secondsOf(event), marks: marks.map(({ id }) => id) }
}

/** For JSON: all readers together. `votes`: how many events one of them has, two have, and so on to all. */
export function describeSeveral(several: SeveralAgreement, rules: MatchRules) {
  const { problem, commonLength, outside, cases, votes, kappa } = several
  return {
    problem,
    reviewedByAll: commonLength,
    outside,
    rules,
    events: cases.length,
    votes,
    fleiss: {
      events: kappa.count,
      kappa: kappa.value,
      interval95: kappa.interval,
      observed: kappa.observed,
      expected: kappa.expected,
      note: kappa.note,
    },
  }
}

/** For people: all readers together. */
export function formatSeveral({ problem, commonLength, cases, votes, kappa }: SeveralAgreement): string {
  const marked = votes.map((count, index) => `${count} by ${index + 1 === votes.length ? 'all' : index + 1}`)
  const lines = [
    `reviewed by all   ${formatElapsed(commonLength)}`,
    ...(problem === null ? [] : [problem]),
    `events            ${cases.length}: ${marked.join(', ')}`,
    `Fleiss' kappa     ${formatFigure(kappa)}${intervalOf(kappa.interval)}, on the ${kappa.count} that all have`,
  ]
  return `${lines.join('\n')}\n`
}

/** For people, each figure with its counts. */
export function formatAgreement(pair: PairAgreement): string {
  const { reference, other, where, what, szcore } = pair
  const lines = [
    `reviewed by both  ${formatElapsed(pair.commonLength)}`,
    ...(pair.problem === null ? [] : [pair.problem]),
    `outside of it     ${pair.outside[0]} of ${reference}, ${pair.outside[1]} of ${other}: not counted`,
    '',
    `where             ${countsOf(where, pair)}`,
    ...scoreLines(where, pair),
    ...errorLines(where),
    ...(pair.unjoined === null
      ? []
      : [`  unjoined        F1 ${formatFigure(pair.unjoined.f1)} (${countsOf(pair.unjoined, pair)})`]),
    '',
    `what              ${what.same} of ${where.both} matched events are called by the same kind`,
    `  kappa           ${formatFigure(what.kappa)}${intervalOf(what.kappa.interval)}`,
    `  AC1             ${what.ac1 === null ? 'not defined' : what.ac1.toFixed(2)}`,
    ...pair.kinds.flatMap((kind) => [
      '',
      `${kindOf(kind.kind).label}: ${countsOf(kind, pair)}`,
      ...scoreLines(kind, pair),
      ...errorLines(kind),
    ]),
  ]
  if (szcore !== null) {
    const { events, samples } = szcore
    const of = (score: typeof events) =>
      `sensitivity ${plain(score.sensitivity)}, precision ${plain(score.precision)}, F1 ${plain(score.f1)} (${score.truePositives} of ${score.reference}, ${score.falsePositives} false)`
    lines.push('', 'SzCORE (seizure) score, of 3 Hz spike-and-wave', `  events          ${of(events)}`)
    lines.push(`  samples of 1 s  ${of(samples)}`)
  }
  const disagreements = pair.cases.filter((each) => verdictOf(each) !== 'agreed')
  lines.push('', `disagreements     ${disagreements.length === 0 ? 'none' : disagreements.length}`)
  for (const each of disagreements) {
    const [a, b] = each.events
    const name = (event: ReadEvent | null | undefined) => (event ? markName(event) : 'not marked')
    lines.push(`  ${formatElapsed(secondsOf(each).onset, 2)}  ${name(a)} | ${name(b)}`)
  }
  return `${lines.join('\n')}\n`
}

type Names = Pick<PairAgreement, 'reference' | 'other'>

function countsOf({ reference, other, both }: Scores, names: Names): string {
  return `${names.reference} ${reference}, ${names.other} ${other}, the same ${both}`
}

function scoreLines(scores: Scores, { reference, other }: Names): string[] {
  const line = (name: string, { value, note }: Figure, of: string) =>
    `  ${name.padEnd(16)}${value === null ? `not defined: ${note ?? ''}` : `${value.toFixed(2)}${of}`}`
  return [
    line('sensitivity', scores.sensitivity, ` of ${reference}'s events ${other} has`),
    line('precision', scores.precision, ` of ${other}'s events ${reference} has`),
    line('F1', scores.f1, ''),
  ]
}

function errorLines({ onset, offset }: Errors): string[] {
  if (onset.count === 0) return []
  return [`  onset           ${formatSpread(onset)}`, `  end             ${formatSpread(offset)}`]
}

/** `+0.012 s (−0.004 to +0.031)`: median and quartiles, positive is later. */
function formatSpread({ median, quartiles, count }: Spread): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
  if (median === null || quartiles === null) return 'none'
  return `${signed(median)} s (${signed(quartiles[0])} to ${signed(quartiles[1])}), from ${count}`
}

function formatFigure({ value, note }: Figure): string {
  return value === null
    ? `not defined: ${note ?? ''}`
    : `${value.toFixed(2)}${note === null ? '' : ` (${note})`}`
}

function intervalOf(interval: readonly [number, number] | null): string {
  return interval === null ? '' : `, 95 % ${interval[0].toFixed(2)} to ${interval[1].toFixed(2)}`
}

function plain(value: number | null): string {
  return value === null ? 'not defined' : value.toFixed(2)
}
