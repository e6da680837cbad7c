/**
 * A consensus set: what several readers come to, event by event, with who decided and why. It is a set like any other,
 * of a reviewer of its own, so that its marks are drawn, undone, kept and saved like any; each decision is an item
 * beside the mark that came of it. For the reader: `decideCase`.
 */
import { applyEdit, decisionItem, joinEdits, markItem } from '../annotation/applyEdit.ts'
import type { AnnotationDocument, Change, Decision, Edit, Mark, TickSpan } from '../annotation/document.ts'
import { type EditContext, edit, freshId, takenIds } from '../annotation/edits.ts'
import { codesOf, EVIDENCE } from '../annotation/kinds.ts'
import { clipText, MAX_COMMENT, plainText } from '../annotation/plainText.ts'
import { addReviewed } from '../annotation/reviewed.ts'
import type { Ticks } from '../units.ts'
import { type Case, verdictOf } from './cases.ts'
import type { ReadEvent } from './events.ts'

/** The reviewer that a consensus set has: no reader's own code. */
export const CONSENSUS_REVIEWER = 'consensus'

/** Whose sets were compared, in the order of a case's events. */
export type ComparedReader = { readonly reviewer: string; readonly changed: string }

/** What became of a case: a reader's event, what all agree on, or nothing. */
export type Choice = { readonly take: number } | { readonly take: 'agreed' } | { readonly take: 'none' }

/** Decides one case, also anew: then the earlier decision and its mark go. */
export function decideCase(
  document: AnnotationDocument,
  decided: { readonly case: Case; readonly readers: readonly ComparedReader[] },
  choice: Choice,
  reason: string,
  context: EditContext,
): Edit {
  const { case: each, readers } = decided
  const earlier = findDecision(document, decisionKeys(each, readers))
  const before =
    earlier?.mark === null ? null : (document.marks.find(({ id }) => id === earlier?.mark) ?? null)
  const changes: Change[] = []
  if (earlier !== null) changes.push({ id: earlier.id, before: decisionItem(earlier), after: null })
  if (before !== null) changes.push({ id: before.id, before: markItem(before), after: null })
  const taken = takenIds(document)
  const mark = markFor(each, choice, freshId(context, taken), context)
  if (mark !== null) {
    taken.add(mark.id)
    changes.push({ id: mark.id, before: null, after: markItem(mark) })
  }
  const decision: Decision = {
    id: freshId(context, taken),
    onset: each.onset,
    duration: (each.end - each.onset) as Ticks,
    readers: readers.map((reader, index) => ({
      ...reader,
      marks: each.events[index]?.marks.map(({ id }) => id) ?? [],
    })),
    mark: mark?.id ?? null,
    taken: typeof choice.take === 'number' ? (readers[choice.take]?.reviewer ?? null) : null,
    reason: clipText(plainText(reason), MAX_COMMENT),
    author: context.author,
    decided: context.now,
  }
  changes.push({ id: decision.id, before: null, after: decisionItem(decision) })
  return edit(labelOf(decision, choice), changes, context)
}

/**
 * What all agree on, and what all have read, in one step; null where it is there already. Where they agree, the
 * edges are in the middle of what they marked: nobody's is the truth.
 */
export function takeAgreed(
  document: AnnotationDocument,
  compared: {
    readonly cases: readonly Case[]
    readonly common: readonly TickSpan[]
    readonly readers: readonly ComparedReader[]
  },
  context: EditContext,
): Edit | null {
  const { cases, common, readers } = compared
  const known = decisionsByMark(document)
  const open = cases.filter(
    (each) => verdictOf(each) === 'agreed' && !decisionKeys(each, readers).some((key) => known.has(key)),
  )
  const steps: Edit[] = []
  let current = document
  const step = (one: Edit | null) => {
    if (one === null) return
    steps.push(one)
    current = applyEdit(current, one)
  }
  for (const span of common) step(addReviewed(current, span, context))
  for (const each of open) {
    step(decideCase(current, { case: each, readers }, { take: 'agreed' }, '', context))
  }
  const [first, ...others] = steps
  if (first === undefined) return null
  const label = `take over ${open.length} agreed ${open.length === 1 ? 'event' : 'events'}`
  return { ...others.reduce(joinEdits, first), label }
}

/** What was decided on each mark of each reader, by `decisionKeys`. */
export function decisionsByMark({ decisions = [] }: AnnotationDocument): ReadonlyMap<string, Decision> {
  const byMark = new Map<string, Decision>()
  for (const decision of decisions) {
    for (const { reviewer, marks } of decision.readers) {
      for (const mark of marks) byMark.set(keyOf(reviewer, mark), decision)
    }
  }
  return byMark
}

/** By which marks of which readers a case is told again, whatever is compared with them. */
export function decisionKeys({ events }: Case, readers: readonly ComparedReader[]): readonly string[] {
  return events.flatMap((event, index) => {
    const reviewer = readers[index]?.reviewer ?? ''
    return event === null ? [] : event.marks.map(({ id }) => keyOf(reviewer, id))
  })
}

function findDecision(document: AnnotationDocument, keys: readonly string[]): Decision | null {
  const known = decisionsByMark(document)
  const key = keys.find((each) => known.has(each))
  return key === undefined ? null : (known.get(key) ?? null)
}

function keyOf(reviewer: string, mark: string): string {
  return JSON.stringify([reviewer, mark])
}

function markFor(each: Case, { take }: Choice, id: string, context: EditContext): Mark | null {
  if (take === 'none') return null
  const events = each.events.filter((event) => event !== null)
  const event = take === 'agreed' ? events[0] : each.events[take]
  if (event === null || event === undefined) return null
  // Measured on that reader's own span.
  const { parameters: _, measured: __, ...mark } = event.marks[0]
  const common = take === 'agreed' ? agreedParts(events) : partsOf(event)
  return {
    ...mark,
    ...common,
    id,
    author: context.author,
    created: context.now,
    changed: context.now,
  }
}

type Parts = Pick<Mark, 'onset' | 'duration' | 'channels' | 'evidence'>

function partsOf({ onset, end, marks }: ReadEvent): Parts {
  const all = marks.some(({ channels }) => channels.length === 0)
  return {
    onset,
    duration: (end - onset) as Ticks,
    channels: all ? [] : [...new Set(marks.flatMap(({ channels }) => channels))],
    evidence: codesOf(EVIDENCE).filter((one) => marks.some(({ evidence }) => evidence.includes(one))),
  }
}

function agreedParts(events: readonly ReadEvent[]): Parts & Pick<Mark, 'comment' | 'confidence'> {
  const middle = (values: readonly number[]) => {
    const sorted = [...values].sort((a, b) => a - b)
    const half = (sorted.length - 1) / 2
    return Math.round((sorted[Math.floor(half)]! + sorted[Math.ceil(half)]!) / 2)
  }
  const parts = events.map(partsOf)
  const onset = middle(events.map((event) => event.onset))
  const end = middle(events.map((event) => event.end))
  const confidences = new Set(events.map(({ marks: [mark] }) => mark.confidence))
  return {
    onset: onset as Ticks,
    duration: Math.max(0, end - onset) as Ticks,
    channels: parts.some(({ channels }) => channels.length === 0)
      ? []
      : [...new Set(parts.flatMap(({ channels }) => channels))],
    evidence: codesOf(EVIDENCE).filter((one) => parts.some(({ evidence }) => evidence.includes(one))),
    // One reader's words are not what all agreed on.
    comment: '',
    confidence: confidences.size === 1 ? (events[0]?.marks[0].confidence ?? null) : null,
  }
}

function labelOf({ taken }: Decision, { take }: Choice): string {
  if (take === 'none') return 'decide: no event'
  return taken === null ? 'decide as agreed' : `decide as ${taken}`
}
