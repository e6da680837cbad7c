/** What a place of a case is called, by the key or by the learner: one text for each that can be confused. */
import { labelOf } from '../../agreement/events.ts'
import { kindOf, type MarkKind, markName } from '../../annotation/kinds.ts'

/** What the key or the learner says of one place: `hypnic_jerk`, `mimic:oirda`, or that there is nothing. */
export type Called = string
export const NOTHING = 'nothing'

export function calledOf(mark: { readonly kind: MarkKind; readonly subtype: string | null } | null): Called {
  return mark === null ? NOTHING : labelOf(mark)
}

/** `Hypnic jerk`, `Mimic · OIRDA`, `Nothing`. */
export function calledName(called: Called): string {
  if (called === NOTHING) return 'Nothing'
  const [kind, subtype = null] = called.split(':')
  return markName({ kind: kind as MarkKind, subtype })
}

/** The kind alone: `mimic` of `mimic:oirda`. */
export function kindOfCalled(called: Called): MarkKind | typeof NOTHING {
  return called === NOTHING ? NOTHING : kindOf(called.split(':')[0] as MarkKind).code
}
