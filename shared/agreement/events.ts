/** What a reader's marks come to as events: marks of a run that was marked in pieces are one. */
import type { Mark } from '../annotation/document.ts'
import type { MarkKind } from '../annotation/kinds.ts'
import { type Ticks, ticksFromSeconds } from '../units.ts'
import { type Extent, type MatchRule, type MatchRules, ruleIdOf } from './rules.ts'

/** What there has to be known of a mark. */
type Marked = Pick<Mark, 'kind' | 'subtype' | 'onset' | 'duration'>

export type ReadEvent<Of extends Marked = Mark> = Extent & {
  /** One, or the pieces that were joined, in order. */
  readonly marks: readonly [Of, ...Of[]]
  readonly kind: MarkKind
  readonly subtype: string | null
  readonly rule: MatchRule
}

/** The events of marks that are in order of onset, in order of onset. */
export function eventsOf<Of extends Marked>(
  marks: readonly Of[],
  rules: MatchRules,
): readonly ReadEvent<Of>[] {
  const events: ReadEvent<Of>[] = []
  /** Where the last event of each label stands. */
  const last = new Map<string, number>()
  for (const mark of marks) {
    const rule = rules[ruleIdOf(mark)]
    const label = labelOf(mark)
    const end = (mark.onset + mark.duration) as Ticks
    const at = last.get(label)
    const before = at === undefined ? undefined : events[at]
    if (
      at !== undefined &&
      before !== undefined &&
      rule.mergeGap > 0 &&
      mark.onset - before.end <= ticksFromSeconds(rule.mergeGap)
    ) {
      events[at] = { ...before, marks: [...before.marks, mark], end: Math.max(before.end, end) as Ticks }
      continue
    }
    last.set(label, events.length)
    const { kind, subtype, onset } = mark
    events.push({ marks: [mark], kind, subtype, onset, end, rule })
  }
  return events
}

/** One text a kind, and one a mimic: what the confusion table counts by. */
export function labelOf({ kind, subtype }: { readonly kind: MarkKind; readonly subtype: string | null }) {
  return subtype === null ? kind : `${kind}:${subtype}`
}
