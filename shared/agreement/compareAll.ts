/** Every two of several readers, and all of them together: what a comparison comes to. */
import { comparePair, type PairAgreement, type Reading } from './agreement.ts'
import type { MatchRules } from './rules.ts'
import { compareSeveral, type SeveralAgreement } from './several.ts'

/** The figures of two readers; their events are in the cases of all. */
export type PairFigures = Omit<PairAgreement, 'cases'>

export type Compared = {
  readonly several: SeveralAgreement
  /** By places among the readers, the first one's first. */
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly agreement: PairFigures }[]
}

/** Throws ReviewError `bad-set` where too many marks lie over one another. */
export function compareAll(readings: readonly Reading[], rules: MatchRules): Compared {
  const pairs = readings.flatMap((one, a) =>
    readings.slice(a + 1).map((other, further) => {
      const { cases: _, ...agreement } = comparePair(one, other, rules)
      return { a, b: a + 1 + further, agreement }
    }),
  )
  return { several: compareSeveral(readings, rules), pairs }
}
