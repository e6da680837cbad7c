/** The montages of the table that tests walk. */
import { MONTAGES, type MontageId } from '../../shared/montage/montages.ts'

/** Those that are made from electrodes, which can lack some. */
export const DERIVED_MONTAGES: readonly MontageId[] = MONTAGES.filter(
  ({ recipe }) => recipe.by !== 'recording',
).map(({ id }) => id)
