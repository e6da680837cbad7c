/**
 * What a reviewer can do to marks, one function a verb: document and arguments in, edit out. null
 * means that there is nothing to change (the mark is gone, or is already so). Nothing is changed
 * here: `applyEdit` does that, `record` remembers it. Ranges marked as reviewed are in `reviewed.ts`.
 */
import { ReviewError } from '../failure.ts'
import { TICKS_PER_SECOND, type Ticks } from '../units.ts'
import { markItem } from './applyEdit.ts'
import type { AnnotationDocument, Change, Edit, Mark, MarkView, MeasuredValue, TickSpan } from './document.ts'
import { markProblems } from './invariants.ts'
import {
  type Confidence,
  codesOf,
  EVIDENCE,
  type Evidence,
  type MarkKind,
  mimicOf,
  specificName,
} from './kinds.ts'
import { spanOf } from './order.ts'
import { clipText, MAX_COMMENT, MAX_NAME, plainLine, plainText } from './plainText.ts'
import { findMark } from './queries.ts'
import { sameValue } from './sameValue.ts'

/** Who edits, and when (ISO 8601, UTC). `newId` gives ids to new marks; tests pass their own. */
export type EditContext = {
  readonly author: string
  readonly now: string
  readonly newId?: () => string
}

/** The shortest mark a hand can make: 1 ms. Imports may be shorter, down to a moment. */
const SHORTEST_MARK = (TICKS_PER_SECOND / 1000) as Ticks

export type NewMark = {
  readonly kind: MarkKind
  readonly subtype?: string | null
  readonly onset: Ticks
  readonly duration: Ticks
  readonly channels?: readonly string[]
  readonly confidence?: Confidence | null
  readonly evidence?: readonly Evidence[]
  readonly comment?: string
  readonly view: MarkView | null
  /** What it was made of, where that was no drag: said in the history, as "from" and this. */
  readonly madeFrom?: string
  readonly parameters?: Mark['parameters']
}

/** Marks a span; one drawn backwards (negative duration) is turned round, a shorter one than 1 ms grows. */
export function addMark(document: AnnotationDocument, mark: NewMark, context: EditContext): Edit | null {
  const { start, end } = drawnSpan(mark.onset, (mark.onset + mark.duration) as Ticks)
  const added: Mark = {
    id: freshId(context, takenIds(document)),
    kind: mark.kind,
    subtype: checkedSubtype(mark.kind, mark.subtype ?? null),
    onset: start,
    duration: (end - start) as Ticks,
    channels: plainChannels(mark.channels ?? []),
    confidence: mark.confidence ?? null,
    evidence: orderedEvidence(mark.evidence ?? []),
    comment: plainComment(mark.comment ?? ''),
    view: mark.view,
    author: context.author,
    created: context.now,
    changed: context.now,
    ...(mark.parameters === undefined ? {} : { parameters: mark.parameters }),
  }
  const from = mark.madeFrom === undefined ? '' : ` from ${mark.madeFrom}`
  return edit(
    `mark ${nameOf(added.kind, added.subtype)}${from}`,
    [{ id: added.id, before: null, after: markItem(added) }],
    context,
  )
}

/** Puts the onset elsewhere, not before 0; the duration stays. */
export function moveMark(
  document: AnnotationDocument,
  id: string,
  to: { readonly onset: Ticks },
  context: EditContext,
  gesture?: string,
): Edit | null {
  return change(document, id, { onset: Math.max(0, to.onset) as Ticks }, 'move mark', context, gesture)
}

/**
 * Puts one edge elsewhere. An edge pulled across the other turns the mark round; it never gets
 * shorter than 1 ms. While dragging, `from` is the span the mark had when the drag began, so that
 * the edge held down stays the other one even after they have crossed.
 */
export function resizeMark(
  document: AnnotationDocument,
  id: string,
  to: { readonly edge: 'start' | 'end'; readonly at: Ticks; readonly from?: TickSpan },
  context: EditContext,
  gesture?: string,
): Edit | null {
  const mark = findMark(document, id)
  if (mark === null) return null
  const from = to.from ?? spanOf(mark)
  const { start, end } =
    to.edge === 'start' ? drawnSpan(from.end, to.at, 'before') : drawnSpan(from.start, to.at)
  return change(
    document,
    id,
    { onset: start, duration: (end - start) as Ticks },
    'move edge',
    context,
    gesture,
  )
}

/** Gives another kind; `subtype` (a code of MIMICS) is for mimics only and dropped otherwise. */
export function relabelMark(
  document: AnnotationDocument,
  id: string,
  to: { readonly kind: MarkKind; readonly subtype?: string | null },
  context: EditContext,
): Edit | null {
  const subtype = checkedSubtype(to.kind, to.subtype ?? null)
  return change(document, id, { kind: to.kind, subtype }, `relabel as ${nameOf(to.kind, subtype)}`, context)
}

/** Plain text of several lines; what cannot be shown safely is taken out. */
export function setComment(
  document: AnnotationDocument,
  id: string,
  comment: string,
  context: EditContext,
  gesture?: string,
): Edit | null {
  return change(document, id, { comment: plainComment(comment) }, 'comment', context, gesture)
}

export function setConfidence(
  document: AnnotationDocument,
  id: string,
  confidence: Confidence | null,
  context: EditContext,
): Edit | null {
  return change(document, id, { confidence }, 'set confidence', context)
}

/** Electrodes, and labels of signals that are none (montage/places.ts); none = all channels. */
export function setChannels(
  document: AnnotationDocument,
  id: string,
  channels: readonly string[],
  context: EditContext,
): Edit | null {
  return change(document, id, { channels: plainChannels(channels) }, 'set channels', context)
}

export function setEvidence(
  document: AnnotationDocument,
  id: string,
  evidence: readonly Evidence[],
  context: EditContext,
): Edit | null {
  return change(document, id, { evidence: orderedEvidence(evidence) }, 'set evidence', context)
}

/** What was measured on it and is kept: the whole list, none of one entry twice; none left: the field goes. */
export function setMeasured(
  document: AnnotationDocument,
  id: string,
  measured: readonly MeasuredValue[],
  context: EditContext,
): Edit | null {
  const mark = findMark(document, id)
  if (mark === null) return null
  const { measured: before = [], ...without } = mark
  const unlike = measured.filter(({ entry }, k) => measured.findIndex((each) => each.entry === entry) === k)
  const after: Mark = unlike.length === 0 ? without : { ...without, measured: unlike }
  if (sameValue(mark, after)) return null
  const label = unlike.length < before.length ? 'unpin a measured value' : 'pin a measured value'
  const changes = [{ id, before: markItem(mark), after: markItem({ ...after, changed: context.now }) }]
  return edit(label, changes, context)
}

/** Deletes those of the marks that are there. */
export function deleteMarks(
  document: AnnotationDocument,
  ids: readonly string[],
  context: EditContext,
): Edit | null {
  const wanted = new Set(ids)
  const gone = document.marks.filter((mark) => wanted.has(mark.id))
  if (gone.length === 0) return null
  const label = gone.length === 1 ? 'delete mark' : `delete ${gone.length} marks`
  return edit(
    label,
    gone.map((mark) => ({ id: mark.id, before: markItem(mark), after: null })),
    context,
  )
}

/** A mark from elsewhere; what it does not say of its making is filled from the context. */
export type ImportedMark = Omit<Mark, 'id' | 'author' | 'created' | 'changed'> &
  Partial<Pick<Mark, 'id' | 'author' | 'created' | 'changed'>>

/**
 * Adds marks from elsewhere as one step. One that is already there (same kind, subtype, onset,
 * duration and channels) is left out, so that importing twice does not double; a taken id is replaced.
 * Throws ReviewError `bad-input` where a mark is no mark.
 */
export function importMarks(
  document: AnnotationDocument,
  marks: readonly ImportedMark[],
  context: EditContext,
): Edit | null {
  const taken = takenIds(document)
  const there = new Set(document.marks.map(likeness))
  const changes: Change[] = []
  for (const imported of marks) {
    const fromElsewhere = imported.id !== undefined && !taken.has(imported.id) ? imported.id : null
    const mark: Mark = {
      author: context.author,
      created: context.now,
      changed: context.now,
      ...imported,
      channels: plainChannels(imported.channels),
      evidence: orderedEvidence(imported.evidence),
      comment: plainComment(imported.comment),
      id: fromElsewhere ?? freshId(context, taken),
    }
    const problem = markProblems(mark)[0]
    if (problem !== undefined) throw new ReviewError('bad-input', `A mark cannot be imported: ${problem}.`)
    if (there.has(likeness(mark))) continue
    there.add(likeness(mark))
    taken.add(mark.id)
    changes.push({ id: mark.id, before: null, after: markItem(mark) })
  }
  if (changes.length === 0) return null
  return edit(changes.length === 1 ? 'import mark' : `import ${changes.length} marks`, changes, context)
}

/** The words for a kind inside a sentence: `hypnic jerk`, `3 Hz spike-and-wave`, `FIRDA`. */
export function nameOf(kind: MarkKind, subtype: string | null): string {
  const label = specificName({ kind, subtype })
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}

/** Sixteen hexadecimal digits, or what the context gives, different from every id in `taken`. */
export function freshId(context: EditContext, taken: ReadonlySet<string>): string {
  for (;;) {
    const id = context.newId === undefined ? randomId() : context.newId()
    if (!taken.has(id)) return id
  }
}

export function takenIds(document: AnnotationDocument): Set<string> {
  const { marks, reviewed, decisions = [] } = document
  return new Set([...marks, ...reviewed, ...decisions].map((item) => item.id))
}

export function edit(
  label: string,
  changes: readonly Change[],
  context: EditContext,
  gesture?: string,
): Edit {
  const { author, now: at } = context
  return gesture === undefined ? { label, changes, author, at } : { label, changes, gesture, author, at }
}

function change(
  document: AnnotationDocument,
  id: string,
  fields: Partial<Mark>,
  label: string,
  context: EditContext,
  gesture?: string,
): Edit | null {
  const before = findMark(document, id)
  if (before === null) return null
  const after: Mark = { ...before, ...fields }
  if (sameValue(before, after)) return null
  const changes = [{ id, before: markItem(before), after: markItem({ ...after, changed: context.now }) }]
  return edit(label, changes, context, gesture)
}

/** Between a fixed and a drawn edge, at least 1 ms long, not before 0; at no distance it grows to `side`. */
function drawnSpan(fixed: Ticks, drawn: Ticks, side: 'before' | 'after' = 'after'): TickSpan {
  const isBefore = drawn < fixed || (drawn === fixed && side === 'before')
  const start = Math.max(0, isBefore ? Math.min(drawn, fixed - SHORTEST_MARK) : fixed)
  const end = Math.max(start + SHORTEST_MARK, isBefore ? fixed : drawn)
  return { start: start as Ticks, end: end as Ticks }
}

function checkedSubtype(kind: MarkKind, subtype: string | null): string | null {
  if (kind !== 'mimic' || subtype === null) return null
  if (mimicOf(subtype) !== null) return subtype
  throw new ReviewError('bad-input', `There is no mimic "${plainLine(subtype).slice(0, 40)}".`)
}

function plainComment(comment: string): string {
  return clipText(plainText(comment), MAX_COMMENT)
}

function plainChannels(channels: readonly string[]): readonly string[] {
  const labels = channels.map((label) => clipText(plainLine(label), MAX_NAME).trim())
  return [...new Set(labels.filter((label) => label !== ''))]
}

function orderedEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  return codesOf(EVIDENCE).filter((one) => evidence.includes(one))
}

/** Equal for marks of the same kind, subtype, place and channels, whatever else is said of them. */
export function likeness(mark: Pick<Mark, 'kind' | 'subtype' | 'onset' | 'duration' | 'channels'>): string {
  return JSON.stringify([mark.kind, mark.subtype, mark.onset, mark.duration, [...mark.channels].sort()])
}

/** 16 hexadecimal digits. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(8))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')
}
