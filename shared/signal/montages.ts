/** The montages as data. Names are those of electrodes.ts. */

export const MONTAGES = [
  { id: 'recorded', label: 'As recorded', key: 'F1' },
  { id: 'longitudinal', label: 'Longitudinal bipolar', key: 'F2' },
  { id: 'average', label: 'Average reference', key: 'F3' },
] as const

export type MontageId = (typeof MONTAGES)[number]['id']

/**
 * The 18 derivations of the longitudinal bipolar montage ("double banana"), a block a chain: left
 * temporal, left parasagittal, midline, right parasagittal, right temporal. Anterior above posterior
 * and left above right as in ACNS guideline 3.
 */
export const LONGITUDINAL: readonly (readonly string[])[] = [
  ['Fp1-F7', 'F7-T7', 'T7-P7', 'P7-O1'],
  ['Fp1-F3', 'F3-C3', 'C3-P3', 'P3-O1'],
  ['Fz-Cz', 'Cz-Pz'],
  ['Fp2-F4', 'F4-C4', 'C4-P4', 'P4-O2'],
  ['Fp2-F8', 'F8-T8', 'T8-P8', 'P8-O2'],
]

/** Below this a longitudinal montage no longer shows a field, so it is not offered. */
export const FEWEST_BIPOLAR = 8

/** Below this the mean of the electrodes is too near to each of them to serve as a reference. */
export const FEWEST_AVERAGED = 8
