/**
 * The montages: a row each, with the recipe by which its lines are made. A row here is all it takes: the bar, the
 * keys, the menu, the palette, the schemas and the tests walk this table. Electrodes are named as in electrodes.ts.
 */
export type Recipe =
  /** Every signal as it was recorded, in the file's order. */
  | { readonly by: 'recording' }
  /** Differences of two electrodes, a block a chain; not offered below `fewest`, which no longer show a field. */
  | { readonly by: 'chains'; readonly chains: readonly (readonly string[])[]; readonly fewest: number }
  /** Each electrode against the mean of all; below `fewest` that mean is too near to each of them. */
  | { readonly by: 'average'; readonly fewest: number }

type Montage = {
  readonly id: string
  readonly label: string
  readonly key: string
  readonly recipe: Recipe
}

export const MONTAGES = [
  { id: 'recorded', label: 'As recorded', key: 'F1', recipe: { by: 'recording' } },
  {
    id: 'longitudinal',
    label: 'Longitudinal bipolar',
    key: 'F2',
    recipe: {
      by: 'chains',
      // The "double banana": left temporal, left parasagittal, midline, right parasagittal, right temporal. Anterior
      // above posterior and left above right as in ACNS guideline 3.
      chains: [
        ['Fp1-F7', 'F7-T7', 'T7-P7', 'P7-O1'],
        ['Fp1-F3', 'F3-C3', 'C3-P3', 'P3-O1'],
        ['Fz-Cz', 'Cz-Pz'],
        ['Fp2-F4', 'F4-C4', 'C4-P4', 'P4-O2'],
        ['Fp2-F8', 'F8-T8', 'T8-P8', 'P8-O2'],
      ],
      fewest: 8,
    },
  },
  { id: 'average', label: 'Average reference', key: 'F3', recipe: { by: 'average', fewest: 8 } },
] as const satisfies readonly Montage[]

export type MontageId = (typeof MONTAGES)[number]['id']

export const MONTAGE_IDS: readonly MontageId[] = MONTAGES.map(({ id }) => id)

export function montageOf(id: MontageId): Montage {
  return MONTAGES.find((montage) => montage.id === id)!
}
