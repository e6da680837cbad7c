/**
 * The montages: a row each, with the recipe by which its lines are made. A row here is all it takes: the bar, the
 * keys, the menu, the palette, the schemas and the tests walk this table. Electrodes are named as in electrodes.ts.
 */
export type Recipe =
  /** Every signal as it was recorded, in the file's order. */
  | { readonly by: 'recording' }
  /**
   * Differences of two electrodes, a block a chain; not offered below `fewest`, which no longer show a field. Those
   * of `links` are left out where they cannot be had: recordings without ears have no links to them.
   */
  | {
      readonly by: 'chains'
      readonly chains: readonly (readonly string[])[]
      readonly links: readonly string[]
      readonly fewest: number
    }
  /** Each electrode against the mean of all but some; below `fewest` that mean is too near to each of them. */
  | { readonly by: 'average'; readonly without: readonly string[]; readonly fewest: number }
  /** Each electrode against others that are the same for its side of the head. */
  | { readonly by: 'reference'; readonly against: Against; readonly fewest: number }
  /** Each electrode less the mean of its nearest neighbours. */
  | {
      readonly by: 'neighbours'
      readonly neighbours: Readonly<Record<string, readonly string[]>>
      readonly fewest: number
    }
  /** The EEG of sleep against the ear of the other side; eyes, chin, limbs and heart below it. */
  | { readonly by: 'sleep'; readonly electrodes: readonly string[]; readonly fewest: number }

/** `own ear`: the ear of its own side, both for the midline. */
export type Against = 'own ear' | 'both ears' | 'Cz'

export type Montage = {
  readonly id: string
  readonly label: string
  readonly key: string
  readonly recipe: Recipe
  /** What a reader must know who reads by it, in a sentence. */
  readonly caution: string | null
}

/** The 10-20 system without the ears: what a routine recording has. */
export const STANDARD_SCALP = [
  ...['Fp1', 'F7', 'T7', 'P7', 'O1', 'F3', 'C3', 'P3', 'Fz', 'Cz'],
  ...['Pz', 'F4', 'C4', 'P4', 'Fp2', 'F8', 'T8', 'P8', 'O2'],
] as const

const AVERAGE_CAUTION =
  'A discharge that is large over much of the head is in the average too: electrodes that it does not reach then show it upside down.'

export const MONTAGES = [
  { id: 'recorded', label: 'As recorded', key: 'F1', recipe: { by: 'recording' }, caution: null },
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
      links: [],
      fewest: 8,
    },
    caution: null,
  },
  {
    id: 'average',
    label: 'Average reference',
    key: 'F3',
    recipe: { by: 'average', without: [], fewest: 8 },
    caution: AVERAGE_CAUTION,
  },
  {
    id: 'averageWithoutFp',
    label: 'Average reference without Fp1, Fp2',
    key: 'Shift+F3',
    // Blinks are largest there; every other line would show them upside down.
    recipe: { by: 'average', without: ['Fp1', 'Fp2'], fewest: 8 },
    caution: AVERAGE_CAUTION,
  },
  {
    id: 'transverse',
    label: 'Transverse bipolar',
    key: 'F4',
    recipe: {
      by: 'chains',
      // From front to back, each from left to right; the coronal chain goes from ear to ear where there are ears.
      chains: [
        ['F7-Fp1', 'Fp1-Fp2', 'Fp2-F8'],
        ['F7-F3', 'F3-Fz', 'Fz-F4', 'F4-F8'],
        ['A1-T7', 'T7-C3', 'C3-Cz', 'Cz-C4', 'C4-T8', 'T8-A2'],
        ['P7-P3', 'P3-Pz', 'Pz-P4', 'P4-P8'],
        ['P7-O1', 'O1-O2', 'O2-P8'],
      ],
      links: ['A1-T7', 'T8-A2'],
      fewest: 8,
    },
    caution: null,
  },
  {
    id: 'ownEar',
    label: 'To the ear of each side',
    key: 'F6',
    recipe: { by: 'reference', against: 'own ear', fewest: 8 },
    caution: 'Ears lie beside the temporal lobes: what is active there is in every line of that side.',
  },
  {
    id: 'bothEars',
    label: 'To both ears',
    key: 'Shift+F6',
    recipe: { by: 'reference', against: 'both ears', fewest: 8 },
    caution: 'Ears lie beside the temporal lobes: what is active there is in every line.',
  },
  {
    id: 'vertex',
    label: 'To Cz',
    key: 'F7',
    recipe: { by: 'reference', against: 'Cz', fewest: 8 },
    caution: 'Cz is active in sleep: vertex waves, K-complexes and spindles are in every line.',
  },
  {
    id: 'laplacian',
    label: 'Laplacian (Hjorth)',
    key: 'F8',
    recipe: {
      by: 'neighbours',
      // Hjorth 1975 (doi:10.1016/0013-4694(75)90056-5): four neighbours in a star; at the edge of the array three.
      neighbours: {
        Fp1: ['Fp2', 'F3', 'F7'],
        F7: ['Fp1', 'F3', 'T7'],
        T7: ['F7', 'C3', 'P7'],
        P7: ['T7', 'P3', 'O1'],
        O1: ['P7', 'P3', 'O2'],
        F3: ['Fp1', 'F7', 'Fz', 'C3'],
        C3: ['F3', 'T7', 'Cz', 'P3'],
        P3: ['C3', 'P7', 'Pz', 'O1'],
        Fz: ['F3', 'F4', 'Cz'],
        Cz: ['Fz', 'C3', 'C4', 'Pz'],
        Pz: ['Cz', 'P3', 'P4'],
        F4: ['Fp2', 'Fz', 'F8', 'C4'],
        C4: ['F4', 'Cz', 'T8', 'P4'],
        P4: ['C4', 'Pz', 'P8', 'O2'],
        Fp2: ['Fp1', 'F4', 'F8'],
        F8: ['Fp2', 'F4', 'T8'],
        T8: ['F8', 'C4', 'P8'],
        P8: ['T8', 'P4', 'O2'],
        O2: ['O1', 'P4', 'P8'],
      },
      fewest: 8,
    },
    caution:
      'What neighbours share is taken away, and with it most of a generalised discharge: for a focus only.',
  },
  {
    id: 'sleep',
    label: 'Polysomnography',
    key: 'F9',
    recipe: { by: 'sleep', electrodes: ['F3', 'F4', 'C3', 'C4', 'O1', 'O2'], fewest: 1 },
    caution: null,
  },
] as const satisfies readonly Montage[]

export type MontageId = (typeof MONTAGES)[number]['id']

export const MONTAGE_IDS: readonly MontageId[] = MONTAGES.map(({ id }) => id)

export function montageOf(id: MontageId): Montage {
  return MONTAGES.find((montage) => montage.id === id)!
}
