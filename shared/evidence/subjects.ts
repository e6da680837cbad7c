import type { Subject } from './common/entry.ts'

/** The groups of the card, in order. */
export const SUBJECTS = [
  { subject: 'spikeWave', label: 'Spike-and-wave' },
  { subject: 'jerk', label: 'Jerk' },
  { subject: 'state', label: 'State' },
] as const satisfies readonly { readonly subject: Subject; readonly label: string }[]
