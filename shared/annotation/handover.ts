/**
 * What becomes of a window's marks when its host was gone and has come back with what its journal holds. Item by
 * item: what the window did last is handed over, what was done elsewhere meanwhile stays, and where both changed
 * the same mark both are kept. For the reader: `planHandover`.
 */
import { applyEdit, decisionItem, joinEdits, markItem, rangeItem } from './applyEdit.ts'
import type { AnnotationDocument, Change, Edit, Item } from './document.ts'
import { type EditContext, edit, freshId, takenIds } from './edits.ts'
import { type History, type Marked, record } from './history.ts'
import { sameContent } from './journalEntry.ts'
import { spanOf } from './order.ts'
import { addReviewed } from './reviewed.ts'
import { sameValue } from './sameValue.ts'

/** What a window knows of its own doings since the set was opened. */
export type OwnChanges = {
  /** Every form that an item has had here, by id; null: it was not there. */
  readonly forms: ReadonlyMap<string, readonly (Item | null)[]>
  /** Ids of items in changes that the host has not confirmed. */
  readonly unkept: ReadonlySet<string>
}

export type Handover = {
  readonly marked: Marked
  /** false: the host holds all of it. */
  readonly owes: boolean
  /** How many marks were changed here and elsewhere, and are there twice now. */
  readonly doubled: number
}

const LABEL = 'bring over what was marked'

/** `found` is what the host has opened, `own` what the window shows. */
export function planHandover(
  found: Marked,
  own: Marked,
  changes: OwnChanges,
  context: EditContext,
): Handover {
  const marks = planMarks(found, own, changes, context)
  const withMarks = applyEdit(found.document, edit(LABEL, marks.changes, context))
  const step = joinAll([
    edit(LABEL, marks.changes, context),
    ...planRanges(found, own, changes, withMarks, context),
  ])
  if (step.changes.length === 0) return { marked: found, owes: false, doubled: 0 }
  const document = applyEdit(found.document, step)
  // Nobody else was here: the window's own steps can still be undone one by one.
  const isOwn = sameContent(document, own.document)
  const marked = isOwn
    ? { document: own.document, history: own.history }
    : { document, history: record(found.history, step) }
  return { marked, owes: true, doubled: marks.doubled }
}

type Forms = { readonly own: Item | null; readonly found: Item | null }
type Histories = { readonly own: History; readonly found: History }

/** Which of two forms of an item is to stand. */
type Verdict = 'same' | 'own' | 'found' | 'both'

function judge(
  id: string,
  { own, found }: Forms,
  { forms, unkept }: OwnChanges,
  histories: Histories,
): Verdict {
  if (sameValue(own, found)) return 'same'
  const here = forms.get(id)
  // Never touched here: whatever it has become was done elsewhere.
  if (here === undefined) return 'found'
  const known = [...here, ...formsIn(histories.own, id)]
  const isKnown = (item: Item | null) => known.some((form) => sameValue(form, item))
  // Also by steps that lead back to a known form: somebody took that step.
  if (isKnown(found) && formsIn(histories.found, id).every(isKnown)) return 'own'
  if (!unkept.has(id)) return 'found'
  if (own === null) return 'found'
  return found === null ? 'own' : 'both'
}

function planMarks(
  found: Marked,
  own: Marked,
  changes: OwnChanges,
  context: EditContext,
): { readonly changes: readonly Change[]; readonly doubled: number } {
  const ours = itemsOf(own.document, 'mark', 'decision')
  const theirs = itemsOf(found.document, 'mark', 'decision')
  const taken = new Set([...takenIds(own.document), ...takenIds(found.document)])
  const planned: Change[] = []
  let doubled = 0
  for (const id of new Set([...ours.keys(), ...theirs.keys()])) {
    const mine = ours.get(id) ?? null
    const other = theirs.get(id) ?? null
    const histories = { own: own.history, found: found.history }
    const verdict = judge(id, { own: mine, found: other }, changes, histories)
    if (verdict === 'own') planned.push({ id, before: other, after: mine })
    if (verdict === 'both' && mine !== null) {
      const copy = freshId(context, taken)
      taken.add(copy)
      planned.push({ id: copy, before: null, after: { ...mine, id: copy } })
      doubled += 1
    }
  }
  return { changes: planned, doubled }
}

/** Ranges never touch, so that those of two hands are joined and not put side by side. */
function planRanges(
  found: Marked,
  own: Marked,
  changes: OwnChanges,
  document: AnnotationDocument,
  context: EditContext,
): readonly Edit[] {
  const ours = itemsOf(own.document, 'reviewed')
  const theirs = itemsOf(found.document, 'reviewed')
  const ids = [...new Set([...ours.keys(), ...theirs.keys()])]
  const histories = { own: own.history, found: found.history }
  const verdicts = ids.map((id) => {
    const before = theirs.get(id) ?? null
    const after = ours.get(id) ?? null
    return { id, before, after, verdict: judge(id, { own: after, found: before }, changes, histories) }
  })
  if (verdicts.every(({ verdict }) => verdict === 'same' || verdict === 'own')) {
    const planned = verdicts.filter(({ verdict }) => verdict === 'own')
    return [
      edit(
        LABEL,
        planned.map(({ id, before, after }) => ({ id, before, after })),
        context,
      ),
    ]
  }
  const steps: Edit[] = []
  let current = document
  for (const range of own.document.reviewed) {
    if (!changes.unkept.has(range.id)) continue
    const step = addReviewed(current, spanOf(range), context)
    if (step === null) continue
    current = applyEdit(current, step)
    steps.push(step)
  }
  return steps
}

function joinAll([first, ...others]: readonly [Edit, ...Edit[]]): Edit {
  return { ...others.reduce(joinEdits, first), label: LABEL }
}

function formsIn({ done, undone }: History, id: string): readonly (Item | null)[] {
  return [...done, ...undone].flatMap((step) =>
    step.changes.filter((change) => change.id === id).flatMap(({ before, after }) => [before, after]),
  )
}

function itemsOf(document: AnnotationDocument, ...types: readonly Item['type'][]): ReadonlyMap<string, Item> {
  const items = [
    ...document.marks.map(markItem),
    ...document.reviewed.map(rangeItem),
    ...(document.decisions ?? []).map(decisionItem),
  ]
  return new Map(items.filter(({ type }) => types.includes(type)).map((item) => [item.id, item]))
}
