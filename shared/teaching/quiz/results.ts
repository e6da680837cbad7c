/**
 * What a learner's answers come to: which confusions, how late the onsets, how fast, how it went over time, and whether
 * the learner calls too readily or too seldom. Each figure has its counts, and a sentence where it means nothing yet.
 * For the reader: `computeResults`.
 */
import { type Spread, spreadOf } from '../../agreement/spread.ts'
import { CONFIDENCES, type Confidence, kindOf } from '../../annotation/kinds.ts'
import { formatPercent } from '../../text/percent.ts'
import { type Called, kindOfCalled } from './called.ts'
import { type Detection, detect, FEWEST_TO_JUDGE } from './detection.ts'
import { type Answer, firstAnswers } from './progress.ts'
import { wilsonInterval } from './wilson.ts'

/** The rule of clinical teaching that the order keeps to where it can. */
export const LEAST_MIMICS = 0.4
/** Fewer answers than a handful are no figure. */
export const HANDFUL = 5
const BLOCK = 10
/** Of one cell: more than anybody goes through, and each answer to a case carries the table. */
const MOST_LISTED = 20

/** What is told from all the rest. */
const DETECTED = ['spike_wave_3hz', 'hypnic_jerk'] as const
type Detected = (typeof DETECTED)[number]

export type Confusion = { readonly key: Called; readonly given: Called; readonly count: number }

/** An answer at one place, for whoever wants to see what a count is of. */
export type PlaceAnswer = Pick<Answer, 'at' | 'confidence' | 'seconds'> & {
  readonly key: Called
  readonly given: Called
}

/** Of the table of what was there against what was said, the right ones too. */
export type ConfusionCell = Confusion & {
  /** The last ones, the latest first. */
  readonly answers: readonly PlaceAnswer[]
}

export type Block = {
  /** Of the cases in the order in which they were first seen, from 1. */
  readonly from: number
  readonly to: number
  readonly right: number
  /** Median time to answer. */
  readonly seconds: number
}

export type ConfidenceRow = {
  readonly confidence: Confidence
  readonly answered: number
  readonly right: number
  /** Share right, 95 % (Wilson 1927); null without answers. */
  readonly interval: readonly [number, number] | null
}

/** A figure, and why it means nothing yet or what to bear in mind; null: nothing. */
type Noted<Figure> = Figure & { readonly note: string | null }

export type QuizResults = {
  readonly answered: number
  readonly right: number
  /** First answers to a case alone. */
  readonly first: { readonly answered: number; readonly right: number }
  /** Places that were called something else, the most frequent first; right ones are not among them. */
  readonly confusions: readonly Confusion[]
  /** Every place, what was there against what was said. */
  readonly table: readonly ConfusionCell[]
  /** Seconds late (below 0: early) of events that were found and named, where a place was asked for. */
  readonly onsetError: readonly Noted<{ readonly of: Detected } & Spread>[]
  /** Seconds from the showing to the answer. */
  readonly seconds: Noted<Spread>
  /** First answers by tens; the last block may be shorter. */
  readonly curve: Noted<{ readonly blocks: readonly Block[] }>
  /** Told from all the rest, first answers alone. */
  readonly detection: readonly Noted<{ readonly of: Detected } & Detection>[]
  readonly confidence: readonly ConfidenceRow[]
  /** How many of the cases that were seen are mimics; share null where none was seen. */
  readonly mimics: Noted<{ readonly seen: number; readonly share: number | null }>
}

export function computeResults(answers: readonly Answer[]): QuizResults {
  const first = firstAnswers(answers)
  return {
    ...countRight(answers),
    first: countRight(first),
    confusions: confusionsOf(answers),
    table: tableOf(answers),
    onsetError: DETECTED.map((of) => onsetErrorOf(answers, of)),
    seconds: noteFew(spreadOf(answers.map(({ seconds }) => seconds)), 'answer'),
    curve: curveOf(first),
    detection: DETECTED.map((of) => detectionOf(first, of)),
    confidence: CONFIDENCES.map(({ code }) => confidenceRow(answers, code)),
    mimics: mimicsOf(first),
  }
}

function countRight(answers: readonly Answer[]) {
  return { answered: answers.length, right: answers.filter(({ judged }) => judged.isRight).length }
}

function confusionsOf(answers: readonly Answer[]): readonly Confusion[] {
  const counted = new Map<string, Confusion>()
  for (const { key, given } of answers.flatMap(({ judged }) => judged.places)) {
    if (key === given) continue
    const name = `${key} ${given}`
    counted.set(name, { key, given, count: (counted.get(name)?.count ?? 0) + 1 })
  }
  return [...counted.values()].sort((a, b) => b.count - a.count)
}

function tableOf(answers: readonly Answer[]): readonly ConfusionCell[] {
  const cells = new Map<string, { readonly cell: Confusion; readonly answers: PlaceAnswer[] }>()
  for (const { at, confidence, seconds, judged } of answers) {
    for (const { key, given } of judged.places) {
      const name = `${key} ${given}`
      const before = cells.get(name) ?? { cell: { key, given, count: 0 }, answers: [] }
      before.answers.push({ at, confidence, seconds, key, given })
      cells.set(name, { ...before, cell: { ...before.cell, count: before.cell.count + 1 } })
    }
  }
  return [...cells.values()].map(({ cell, answers: all }) => ({
    ...cell,
    answers: all.slice(-MOST_LISTED).reverse(),
  }))
}

function onsetErrorOf(answers: readonly Answer[], of: Detected) {
  const errors = answers
    .flatMap(({ judged }) => judged.places)
    .flatMap(({ key, given, onsetError }) =>
      key === of && given === of && onsetError !== null ? [onsetError] : [],
    )
  return { of, ...noteFew(spreadOf(errors), `${kindOf(of).label} mark`) }
}

/** `one`: what is counted. */
function noteFew(spread: Spread, one: string): Noted<Spread> {
  const { count } = spread
  if (count >= HANDFUL) return { ...spread, note: null }
  return {
    ...spread,
    note: `${count === 0 ? 'No' : `Only ${count}`} ${one}${count === 1 ? '' : 's'} so far: too few to say.`,
  }
}

function curveOf(first: readonly Answer[]): QuizResults['curve'] {
  const blocks: Block[] = []
  for (let start = 0; start < first.length; start += BLOCK) {
    const part = first.slice(start, start + BLOCK)
    const { median } = spreadOf(part.map(({ seconds }) => seconds))
    blocks.push({
      ...{ from: start + 1, to: start + part.length },
      ...{ right: countRight(part).right, seconds: median ?? 0 },
    })
  }
  const note =
    first.length < 2 * BLOCK
      ? `A curve needs two blocks of ${BLOCK} cases; ${first.length} ${first.length === 1 ? 'is' : 'are'} answered.`
      : 'Cases come the easier ones first: a level line means that you get better.'
  return { blocks, note }
}

/** One yes/no decision a showing: was it called so anywhere, and was it so anywhere. */
function detectionOf(first: readonly Answer[], of: Detected) {
  const counts = { hits: 0, misses: 0, falseAlarms: 0, correctRejections: 0 }
  for (const { judged } of first) {
    const isSo = judged.places.some(({ key }) => key === of)
    const isCalledSo = judged.places.some(({ given }) => given === of)
    if (isSo) counts[isCalledSo ? 'hits' : 'misses'] += 1
    else counts[isCalledSo ? 'falseAlarms' : 'correctRejections'] += 1
  }
  const detection = detect(counts)
  return { of, ...detection, note: detectionNote(detection, of) }
}

function detectionNote(
  { hits, misses, falseAlarms, correctRejections }: Detection,
  of: Detected,
): string | null {
  const { label } = kindOf(of)
  const [signals, others] = [hits + misses, falseAlarms + correctRejections]
  if (signals === 0) return `No case of ${label} is answered yet: nothing can be said.`
  if (others === 0) return `Every case so far was ${label}: nothing can be said.`
  const fewer = Math.min(signals, others)
  if (fewer >= FEWEST_TO_JUDGE) return null
  return `From ${signals} with and ${others} without: below ${FEWEST_TO_JUDGE} of either, chance decides most of it.`
}

function confidenceRow(answers: readonly Answer[], confidence: Confidence): ConfidenceRow {
  const counts = countRight(answers.filter((answer) => answer.confidence === confidence))
  const interval = counts.answered === 0 ? null : wilsonInterval(counts.right, counts.answered)
  return { confidence, ...counts, interval }
}

function mimicsOf(first: readonly Answer[]): QuizResults['mimics'] {
  const seen = first.filter(({ judged }) =>
    judged.places.some(({ key }) => kindOfCalled(key) === 'mimic'),
  ).length
  if (first.length === 0) return { seen, share: null, note: null }
  const share = seen / first.length
  return { seen, share, note: fewMimics(seen, first.length) }
}

/** What too few mimics mean, in a sentence; null: there are enough. */
export function fewMimics(mimics: number, cases: number): string | null {
  if (cases === 0 || mimics / cases >= LEAST_MIMICS) return null
  return (
    `${mimics} of ${cases} cases ${mimics === 1 ? 'is a mimic' : 'are mimics'} (${formatPercent(mimics / cases)}, below ` +
    `${formatPercent(LEAST_MIMICS)}): who calls everything an event does well among so few, and how you tell them apart is hardly tested.`
  )
}
