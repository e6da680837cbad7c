/**
 * Which case comes next. Rules from the strictest down, each kept where some case that could be shown allows it: a missed
 * one after at least three others; of any five at least two mimics, so of any ten four; no sort more than three times in
 * a row; no recording twice in a row; what was missed again waits twice as long, so that who misses much sees new ones too. Then what was missed, what is due (longest first), what is new, easy before hard.
 * Whether a mimic comes is drawn where nothing decides it, so that its place tells nothing. For the reader: `planNext`.
 */
import type { CaseKey, Difficulty } from '../lesson.ts'
import type { Standing } from './schedule.ts'

export type Sort = 'hypnic_jerk' | 'spike_wave_3hz' | 'mimic' | 'other' | 'nothing'

export type OrderedCase = {
  readonly id: string
  readonly sort: Sort
  readonly difficulty: Difficulty | null
  /** Fingerprint. */
  readonly recording: string
  readonly standing: Standing
}

/** Nothing can be shown; every case is retired; the others are not due yet. */
export type EndReason = 'no-cases' | 'all-retired' | 'none-due'

export type Next =
  /** `left`: how many are still to be shown if none is missed from now on, this one among them. */
  | { readonly type: 'case'; readonly id: string; readonly left: number }
  | { readonly type: 'end'; readonly reason: EndReason; readonly nextDue: string | null }

const OTHERS_BETWEEN = 3
const MIMIC_WINDOW = 5
const MIMICS_IN_WINDOW = 2
const LONGEST_ROW = 3
/** The draw stays open either way, whatever is left. */
const MIMIC_CHANCE = { least: 0.3, most: 0.7 }

/** By what is asked for: a mimic where there is one, else the first mark. */
export function sortOf({ marks }: CaseKey): Sort {
  const [first] = marks
  if (first === undefined) return 'nothing'
  if (marks.some(({ kind }) => kind === 'mimic')) return 'mimic'
  return first.kind === 'uncertain' ? 'other' : first.kind
}

/** `shown`: ids of this quiz, in order. `now`: ISO 8601, UTC. */
type SoFar = {
  readonly cases: readonly OrderedCase[]
  readonly shown: readonly string[]
  readonly now: string
}

export function planNext(options: SoFar & { readonly seed: number }): Next {
  const { cases, shown, now, seed } = options
  if (cases.length === 0) return { type: 'end', reason: 'no-cases', nextDue: null }
  const { open, waiting } = stillToAsk(options)
  if (open.length === 0) return endOf(cases, now)
  const byId = new Map(cases.map((each) => [each.id, each]))
  const before = shown.flatMap((id) => byId.get(id) ?? [])
  const draw = (name: string) => drawn(seed, `${shown.length} ${name}`)
  let fitting: readonly OrderedCase[] = open
  for (const rule of [
    mimicShare(before),
    rowOfSort(before),
    sameRecording(before),
    waitingLonger(shown),
    mimicDraw(open, draw('mimic')),
  ]) {
    const kept = fitting.filter(rule)
    if (kept.length > 0) fitting = kept
  }
  const [next] = [...fitting].sort((a, b) => compareUrgency(a, b) || drawn(seed, a.id) - drawn(seed, b.id))
  return { type: 'case', id: next!.id, left: open.length + waiting.length }
}

/** Whether the case that was shown last is asked again in this quiz, if none is missed from now on. */
export function comesAgain(soFar: SoFar): boolean {
  const last = soFar.shown.at(-1)
  return last !== undefined && stillToAsk(soFar).waiting.includes(last)
}

/** What could come at once, and of those that wait for others to come between the ones that still get them. */
function stillToAsk({ cases, shown, now }: SoFar) {
  const recent = shown.slice(-OTHERS_BETWEEN)
  const unanswered = cases.filter(({ standing }) => isOpen(standing, now))
  const open = unanswered.filter(({ id }) => !recent.includes(id))
  const waiting: string[] = []
  // The first shown first.
  for (const id of recent.filter((each) => unanswered.some((other) => other.id === each))) {
    const since = shown.length - 1 - shown.lastIndexOf(id)
    if (since + open.length + waiting.length >= OTHERS_BETWEEN) waiting.push(id)
  }
  return { open, waiting }
}

type Rule = (candidate: OrderedCase) => boolean

function isOpen(standing: Standing, now: string): boolean {
  if (standing.type === 'scheduled') return standing.due <= now
  return standing.type !== 'retired'
}

function endOf(cases: readonly OrderedCase[], now: string): Next {
  const dues = cases.flatMap(({ standing }) => {
    if (standing.type === 'scheduled') return [standing.due]
    return standing.type === 'retired' ? [] : [now]
  })
  const nextDue = dues.sort()[0] ?? null
  return { type: 'end', reason: nextDue === null ? 'all-retired' : 'none-due', nextDue }
}

/** Another than a mimic only where the window that ends with it, or the first one, still gets its mimics. */
function mimicShare(before: readonly OrderedCase[]): Rule {
  const mimics = before.slice(1 - MIMIC_WINDOW).filter(({ sort }) => sort === 'mimic').length
  const toCome = Math.max(0, MIMIC_WINDOW - 1 - before.length)
  return ({ sort }) => sort === 'mimic' || mimics + toCome >= MIMICS_IN_WINDOW
}

function rowOfSort(before: readonly OrderedCase[]): Rule {
  const row = before.slice(-LONGEST_ROW)
  return ({ sort }) => row.length < LONGEST_ROW || row.some((each) => each.sort !== sort)
}

function sameRecording(before: readonly OrderedCase[]): Rule {
  const last = before.at(-1)
  return ({ recording }) => recording !== last?.recording
}

/** After three others, after six, after twelve. */
function waitingLonger(shown: readonly string[]): Rule {
  return ({ id }) => {
    const times = shown.filter((each) => each === id).length
    const others = shown.length - 1 - shown.lastIndexOf(id)
    return times === 0 || others >= OTHERS_BETWEEN * 2 ** (times - 1)
  }
}

function mimicDraw(open: readonly OrderedCase[], draw: number): Rule {
  const share = open.filter(({ sort }) => sort === 'mimic').length / open.length
  const isMimic = draw < Math.min(MIMIC_CHANCE.most, Math.max(MIMIC_CHANCE.least, share))
  return ({ sort }) => (sort === 'mimic') === isMimic
}

function compareUrgency(a: OrderedCase, b: OrderedCase): number {
  const group = urgencyOf(a.standing) - urgencyOf(b.standing)
  if (group !== 0) return group
  const [since, other] = [sinceOf(a.standing), sinceOf(b.standing)]
  if (since !== other) return since < other ? -1 : 1
  return levelOf(a.difficulty) - levelOf(b.difficulty)
}

function urgencyOf({ type }: Standing): number {
  return type === 'missed' ? 0 : type === 'scheduled' ? 1 : 2
}

function sinceOf(standing: Standing): string {
  if (standing.type === 'missed') return standing.since
  return standing.type === 'scheduled' ? standing.due : ''
}

/** Of which nobody has said it stands in the middle. */
function levelOf(difficulty: Difficulty | null): number {
  return difficulty === 'easy' ? 0 : difficulty === 'hard' ? 2 : 1
}

/** From 0 to below 1, the same for the same seed and text: FNV-1a, its bits mixed as in MurmurHash3. */
function drawn(seed: number, text: string): number {
  let hash = 0x811c9dc5
  for (const letter of `${seed} ${text}`) hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
