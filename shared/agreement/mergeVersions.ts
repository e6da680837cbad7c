/**
 * Two versions of one reviewer's set, of which nobody knows what they have in common: what lies on disk against what a
 * window holds, or a copy that was saved in another place. Marks and decisions are compared by their ids, reviewed
 * ranges by their time, since ranges of two hands overlap. Which one came first cannot be told from a set that lacks a
 * mark: it may have been deleted there, or made here. So nothing is decided here: `proposed` keeps what only one has,
 * but not twice what both have marked by hand.
 * For the reader: `listDifferences`, then `planMerge` with what the reader has chosen.
 */

import { decisionItem, markItem, rangeItem } from '../annotation/applyEdit.ts'
import { fieldsThatDiffer } from '../annotation/changes.ts'
import type {
  AnnotationDocument,
  Change,
  Edit,
  Item,
  Mark,
  ReviewedRange,
  TickSpan,
} from '../annotation/document.ts'
import { type EditContext, edit, freshId, likeness, takenIds } from '../annotation/edits.ts'
import { compareMarks, spanOf } from '../annotation/order.ts'
import type { Ticks } from '../units.ts'
import { DEFAULT_RULES, type MatchRules } from './rules.ts'
import { pairSameMarks } from './sameMarks.ts'

/** Of what only one of them has, 'mine' leaves one's own set as it is and 'theirs' makes it as the other one. */
export type Keep = 'mine' | 'theirs' | 'both'

export type VersionDifference = {
  /** Names it among the differences. */
  readonly key: string
  /** null: it is not there. Of reviewed ranges the part that only one of them has. */
  readonly mine: Item | null
  readonly theirs: Item | null
  /** Names of the fields that differ, where both have it. */
  readonly fields: readonly string[]
  readonly proposed: Keep
  /** It is only there, but one's own set has a mark of the same kind at the same place under another id: this one. */
  readonly overlaps: Mark | null
  /** 'both' is for marks alone: ranges are joined, and of a decision there is one. */
  readonly choices: readonly Keep[]
}

const ONE_OR_OTHER: readonly Keep[] = ['mine', 'theirs']
const ALSO_BOTH: readonly Keep[] = ['mine', 'theirs', 'both']

/**
 * What differs between them, in the order of time. What differs in the time of its last change alone is the same. `rules`
 * say when two marks are at one place.
 */
export function listDifferences(
  mine: AnnotationDocument,
  theirs: AnnotationDocument,
  rules: MatchRules = DEFAULT_RULES,
): readonly VersionDifference[] {
  const twins = findTwins(mine, theirs, rules)
  const marks = pairById(mine.marks.map(markItem), theirs.marks.map(markItem))
  const decisions = pairById(
    (mine.decisions ?? []).map(decisionItem),
    (theirs.decisions ?? []).map(decisionItem),
  )
  const differences = [
    ...[...marks, ...decisions].flatMap((pair) => difference(pair, twins)),
    ...rangePieces(mine, theirs, 'mine'),
    ...rangePieces(theirs, mine, 'theirs'),
  ]
  return differences.sort((a, b) => compareMarks(itemOf(a), itemOf(b)))
}

/** The one that there is; of two one's own. */
export function itemOf({ mine, theirs }: Pick<VersionDifference, 'mine' | 'theirs'>): Item {
  const item = mine ?? theirs
  if (item === null) throw new Error('a difference of nothing')
  return item
}

/** One step that makes one's own set what was chosen, by `key`, else what is proposed; null: it is that already. */
export function planMerge(
  mine: AnnotationDocument,
  differences: readonly VersionDifference[],
  chosen: ReadonlyMap<string, Keep>,
  context: EditContext,
): Edit | null {
  const taken = takenIds(mine)
  for (const { theirs } of differences) if (theirs !== null) taken.add(theirs.id)
  const own = takenIds(mine)
  const kept = (each: VersionDifference) => chosen.get(each.key) ?? each.proposed
  const addable = (item: Item): Item => {
    if (!own.has(item.id)) return item
    const id = freshId(context, taken)
    taken.add(id)
    return { ...item, id }
  }
  const changes: Change[] = []
  const wanted: TickSpan[] = []
  const unwanted: TickSpan[] = []
  for (const each of differences) {
    const { mine: here, theirs: there } = each
    const keep = kept(each)
    if (keep === 'mine') continue
    if (itemOf(each).type === 'reviewed') {
      if (there === null) unwanted.push(spanOf(itemOf(each)))
      else wanted.push(spanOf(there))
    } else if (there !== null && (here === null || keep === 'both')) {
      const added = addable(there)
      changes.push({ id: added.id, before: null, after: added })
    } else if (here !== null) changes.push({ id: here.id, before: here, after: there })
  }
  const spans = joinSpans([...subtractSpans(mine.reviewed.map(spanOf), joinSpans(unwanted)), ...wanted])
  if (wanted.length + unwanted.length > 0) {
    changes.push(
      ...rangeChanges(mine.reviewed, spans, () => {
        const id = freshId(context, taken)
        taken.add(id)
        return id
      }),
    )
  }
  return changes.length === 0 ? null : edit('merge two versions', changes, context)
}

type Pair = Pick<VersionDifference, 'mine' | 'theirs'>

function pairById(mine: readonly Item[], theirs: readonly Item[]): readonly Pair[] {
  const there = new Map(theirs.map((item) => [item.id, item]))
  const here = new Set(mine.map(({ id }) => id))
  return [
    ...mine.map((item) => ({ mine: item, theirs: there.get(item.id) ?? null })),
    ...theirs.filter(({ id }) => !here.has(id)).map((item) => ({ mine: null, theirs: item })),
  ]
}

/** For a mark that is only there, by its id, the one here that it may be. */
function findTwins(
  mine: AnnotationDocument,
  theirs: AnnotationDocument,
  rules: MatchRules,
): ReadonlyMap<string, Mark> {
  const here = new Set(mine.marks.map(({ id }) => id))
  const there = new Set(theirs.marks.map(({ id }) => id))
  const onlyThere = theirs.marks.filter(({ id }) => !here.has(id))
  const onlyHere = mine.marks.filter(({ id }) => !there.has(id))
  const alike = new Map(mine.marks.map((mark) => [likeness(mark), mark]))
  const same = pairSameMarks(onlyThere, onlyHere, rules)
  return new Map(
    onlyThere.flatMap((mark) => {
      const twin = alike.get(likeness(mark)) ?? same.get(mark)
      return twin === undefined ? [] : [[mark.id, twin] as const]
    }),
  )
}

function difference(pair: Pair, twins: ReadonlyMap<string, Mark>): readonly VersionDifference[] {
  const { mine, theirs } = pair
  const { type, id } = itemOf(pair)
  const about = { key: `${type} ${id}`, ...pair, overlaps: null }
  if (mine !== null && theirs !== null) {
    const fields = fieldsThatDiffer(mine, theirs)
    if (fields.length === 0) return []
    const choices = type === 'mark' ? ALSO_BOTH : ONE_OR_OTHER
    return [{ ...about, fields, proposed: isLater(theirs, mine) ? 'theirs' : 'mine', choices }]
  }
  const overlaps = mine === null && type === 'mark' ? (twins.get(id) ?? null) : null
  const proposed = mine === null && overlaps === null ? 'theirs' : 'mine'
  return [{ ...about, fields: [], proposed, overlaps, choices: ONE_OR_OTHER }]
}

/** Clocks of two computers may differ, so this proposes and does not decide. */
function isLater(one: Item, other: Item): boolean {
  const timeOf = (item: Item) =>
    item.type === 'mark' ? item.changed : item.type === 'decision' ? item.decided : ''
  return timeOf(one) > timeOf(other)
}

/** What the one has reviewed and the other has not, a difference a stretch. */
function rangePieces(
  one: AnnotationDocument,
  other: AnnotationDocument,
  whose: 'mine' | 'theirs',
): readonly VersionDifference[] {
  const spans = subtractSpans(one.reviewed.map(spanOf), other.reviewed.map(spanOf))
  return spans.map(({ start, end }) => {
    const key = `reviewed ${whose} ${start}`
    const item = rangeItem({ id: key, onset: start, duration: (end - start) as Ticks })
    return {
      key,
      mine: whose === 'mine' ? item : null,
      theirs: whose === 'theirs' ? item : null,
      fields: [],
      proposed: whose,
      overlaps: null,
      choices: ONE_OR_OTHER,
    }
  })
}

/** Both sorted and without overlaps. */
function subtractSpans(spans: readonly TickSpan[], without: readonly TickSpan[]): readonly TickSpan[] {
  const left: TickSpan[] = []
  let next = 0
  for (const { start, end } of spans) {
    let from = start
    while (next < without.length && without[next]!.end <= start) next += 1
    for (let at = next; at < without.length && without[at]!.start < end; at += 1) {
      const cut = without[at]!
      if (cut.start > from) left.push({ start: from, end: cut.start })
      if (cut.end > from) from = cut.end
    }
    if (end > from) left.push({ start: from, end })
  }
  return left
}

/** Sorted; those that touch or overlap are one. */
function joinSpans(spans: readonly TickSpan[]): readonly TickSpan[] {
  const joined: TickSpan[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = joined.at(-1)
    if (last === undefined || span.start > last.end) joined.push(span)
    else if (span.end > last.end) joined[joined.length - 1] = { start: last.start, end: span.end }
  }
  return joined
}

/** From sorted ranges to these spans; a range keeps its id where it reaches into one, the first of them. */
function rangeChanges(
  ranges: readonly ReviewedRange[],
  spans: readonly TickSpan[],
  newId: () => string,
): readonly Change[] {
  const changes: Change[] = []
  const used = new Set<string>()
  let next = 0
  for (const { start, end } of spans) {
    while (next < ranges.length && spanOf(ranges[next]!).end <= start) next += 1
    const here = ranges[next]
    const kept = here !== undefined && here.onset < end && !used.has(here.id) ? here : null
    const after: ReviewedRange = {
      ...kept,
      id: kept?.id ?? newId(),
      onset: start,
      duration: (end - start) as Ticks,
    }
    used.add(after.id)
    if (kept !== null && kept.onset === after.onset && kept.duration === after.duration) continue
    changes.push({ id: after.id, before: kept === null ? null : rangeItem(kept), after: rangeItem(after) })
  }
  const gone = ranges.filter(({ id }) => !used.has(id))
  return [...changes, ...gone.map((range) => ({ id: range.id, before: rangeItem(range), after: null }))]
}

/** How many marks a merge adds, changes and takes away, for the reader to see before it is done. */
export function countMerge(step: Edit | null): {
  readonly added: number
  readonly changed: number
  readonly deleted: number
} {
  const ofMarks = (step?.changes ?? []).filter(({ before, after }) => (after ?? before)?.type === 'mark')
  return {
    added: ofMarks.filter(({ before }) => before === null).length,
    changed: ofMarks.filter(({ before, after }) => before !== null && after !== null).length,
    deleted: ofMarks.filter(({ after }) => after === null).length,
  }
}

/** How many marks are the same in both. */
export function countSame(mine: AnnotationDocument, differences: readonly VersionDifference[]): number {
  return mine.marks.length - differences.filter((each) => each.mine?.type === 'mark').length
}
