/**
 * From what was found in another program's file to what is added to a set: each text with what it becomes, marks and
 * reviewed ranges, and what stays behind. All of it or, where a time is not of this recording, nothing. For the reader:
 * `planImport`, and `importEdit` for the one step of undo.
 */
import { rangeItem } from '../../annotation/applyEdit.ts'
import type { AnnotationDocument, Change, Edit, ReviewedRange, TickSpan } from '../../annotation/document.ts'
import {
  type EditContext,
  edit,
  freshId,
  type ImportedMark,
  importMarks,
  takenIds,
} from '../../annotation/edits.ts'
import { spanOf } from '../../annotation/order.ts'
import { clipText, MAX_COMMENT, MAX_NAME, plainLine, plainText } from '../../annotation/plainText.ts'
import { ReviewError } from '../../failure.ts'
import { mergeSpans, type Ticks } from '../../units.ts'
import { sayPlace } from './fault.ts'
import type { Found } from './format.ts'
import type { RecordingFacts } from './recordingFacts.ts'
import { formatSeconds } from './seconds.ts'
import { exactTarget, proposeTarget, type Target } from './vocabulary.ts'

/** One text of the file, how often it is there, and what it becomes. */
export type TextRow = {
  readonly text: string
  readonly count: number
  readonly target: Target
  /** Said by the format or this project's own words, proposed from a spelling, chosen by the reader, or unknown. */
  readonly because: 'known' | 'proposed' | 'chosen' | 'unknown'
}

export type ImportPlan = {
  readonly marks: readonly ImportedMark[]
  readonly reviewed: readonly TickSpan[]
  readonly rows: readonly TextRow[]
}

/** Rounding of another program may put an event this much outside the recording: 20 ms. */
const GRACE = 200_000

/** The texts with what each would become. `chosen` is what the reader has said, by text. */
export function listTexts(found: readonly Found[], chosen: ReadonlyMap<string, Target>): readonly TextRow[] {
  const rows = new Map<string, TextRow>()
  for (const event of found) {
    const text = keyOf(event)
    const known = rows.get(text)
    rows.set(
      text,
      known === undefined ? rowOf(event, chosen.get(text)) : { ...known, count: known.count + 1 },
    )
  }
  return [...rows.values()].sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
}

function rowOf(event: Found, chosen: Target | undefined): TextRow {
  const text = keyOf(event)
  if (chosen !== undefined) return { text, count: 1, target: chosen, because: 'chosen' }
  if (event.target !== undefined) return { text, count: 1, target: event.target, because: 'known' }
  const exact = exactTarget(event.text)
  if (exact !== null) return { text, count: 1, target: exact, because: 'known' }
  const proposed = proposeTarget(event.text)
  if (proposed === null) return { text, count: 1, target: { as: 'nothing' }, because: 'unknown' }
  return { text, count: 1, target: proposed, because: 'proposed' }
}

/** Plain as it is, as nearly every text is. */
const SIMPLE = /^(?! )[ -~]{0,200}(?<! )$/

/** Texts that mean different things by what stands beside them are told apart in the list. */
function keyOf({ text, target }: Found): string {
  const plain = SIMPLE.test(text) ? text : clipText(plainLine(text), MAX_NAME)
  const isTold = target?.as !== 'mark' || target.subtype === null || plain.includes(target.subtype)
  return isTold ? plain : `${plain} (${target.subtype})`
}

/** Throws ReviewError `bad-set` where an event lies outside the recording: nothing of the file is then taken. */
export function planImport(
  found: readonly Found[],
  recording: RecordingFacts,
  chosen: ReadonlyMap<string, Target> = new Map(),
): ImportPlan {
  const rows = listTexts(found, chosen)
  const targets = new Map(rows.map(({ text, target }) => [text, target]))
  const marks: ImportedMark[] = []
  const reviewed: TickSpan[] = []
  for (const event of found) {
    const span = spanIn(event, recording)
    const target = targets.get(keyOf(event))
    if (target?.as === 'reviewed' && span.end > span.start) reviewed.push(span)
    if (target?.as === 'mark') marks.push(markOf(event, span, target))
  }
  return { marks, reviewed, rows }
}

function markOf(
  event: Found,
  { start, end }: TickSpan,
  { kind, subtype }: Extract<Target, { as: 'mark' }>,
): ImportedMark {
  const author = plainLine(event.author ?? '').slice(0, MAX_NAME)
  return {
    kind,
    subtype,
    onset: start,
    duration: (end - start) as Ticks,
    channels: event.channels,
    confidence: event.confidence ?? null,
    evidence: event.evidence ?? [],
    comment: clipText(plainText(event.comment ?? ''), MAX_COMMENT),
    view: null,
    ...(author === '' ? {} : { author }),
  }
}

/** The event's span; one that rounding has put a little before the start begins there. */
function spanIn({ onset, duration, line }: Found, { end }: RecordingFacts): TickSpan {
  const where = line === null ? 'An event' : sayPlace({ line })
  const stop = (onset + duration) as Ticks
  if (onset < -GRACE) {
    throw new ReviewError(
      'bad-set',
      `${where}: ${formatSeconds(onset)} s lies before the start of the recording.`,
    )
  }
  if (stop > end + GRACE) {
    throw new ReviewError(
      'bad-set',
      `${where}: ${formatSeconds(stop)} s lies after the end of the recording (${formatSeconds(end)} s): is it of another one?`,
    )
  }
  return { start: Math.max(0, onset) as Ticks, end: Math.max(0, stop) as Ticks }
}

/** All of the plan as one step of undo; null where the set has all of it already. */
export function importEdit(
  document: AnnotationDocument,
  plan: ImportPlan,
  context: EditContext,
): Edit | null {
  const marks = importMarks(document, plan.marks, context)
  const taken = takenIds(document)
  for (const { id } of marks?.changes ?? []) taken.add(id)
  const ranges = joinRanges(document, plan.reviewed, () => freshId(context, taken))
  if (ranges.length === 0) return marks
  return edit(marks?.label ?? 'import reviewed ranges', [...(marks?.changes ?? []), ...ranges], context)
}

/** What makes the document's ranges and the further spans one list of ranges that do not touch. */
function joinRanges(
  { reviewed }: AnnotationDocument,
  spans: readonly TickSpan[],
  newId: () => string,
): readonly Change[] {
  if (spans.length === 0) return []
  const changes: Change[] = []
  let next = 0
  for (const { start, end } of mergeSpans([...reviewed.map(spanOf), ...spans])) {
    const inside: ReviewedRange[] = []
    for (let range = reviewed[next]; range !== undefined && range.onset <= end; range = reviewed[next]) {
      inside.push(range)
      next += 1
    }
    const [first, ...others] = inside
    const joined = { ...first, onset: start as Ticks, duration: (end - start) as Ticks }
    for (const range of others) changes.push({ id: range.id, before: rangeItem(range), after: null })
    if (first === undefined) {
      const id = newId()
      changes.push({ id, before: null, after: rangeItem({ ...joined, id }) })
    } else if (first.onset !== joined.onset || first.duration !== joined.duration) {
      changes.push({ id: first.id, before: rangeItem(first), after: rangeItem({ ...joined, id: first.id }) })
    }
  }
  return changes
}
