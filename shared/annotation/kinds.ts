/**
 * What can be marked. Codes are stable (they are in files); labels are the fixed export texts.
 * Sources of the mimics: clinical review list in the project's reference (shared/reference).
 */
export type MarkKind = 'hypnic_jerk' | 'spike_wave_3hz' | 'mimic' | 'uncertain'

export type KindFacts = {
  readonly code: MarkKind
  /** Fixed text, the same in every export. */
  readonly label: string
  readonly key: string
  /** The pattern of its strip, so that kinds never differ by colour alone. */
  readonly pattern: 'diagonal' | 'vertical' | 'horizontal' | 'dots'
}

export const KINDS: readonly KindFacts[] = [
  { code: 'hypnic_jerk', label: 'Hypnic jerk', key: '1', pattern: 'diagonal' },
  { code: 'spike_wave_3hz', label: '3 Hz spike-and-wave', key: '2', pattern: 'vertical' },
  { code: 'mimic', label: 'Mimic', key: '3', pattern: 'horizontal' },
  { code: 'uncertain', label: 'Uncertain', key: '0', pattern: 'dots' },
]

export type MimicFacts = {
  readonly code: string
  readonly label: string
  /** What it is mistaken for. */
  readonly of: 'hypnic_jerk' | 'spike_wave_3hz' | 'both'
}

export const MIMICS: readonly MimicFacts[] = [
  { code: 'hypnagogic_hypersynchrony', label: 'Hypnagogic hypersynchrony', of: 'spike_wave_3hz' },
  { code: 'rudimentary_spike_wave', label: 'Rudimentary spike-wave of drowsiness', of: 'spike_wave_3hz' },
  { code: 'hyperventilation_slowing', label: 'Hyperventilation slowing', of: 'spike_wave_3hz' },
  { code: 'oirda', label: 'OIRDA', of: 'spike_wave_3hz' },
  { code: 'firda', label: 'FIRDA', of: 'spike_wave_3hz' },
  { code: 'phantom_6hz', label: 'Phantom 6 Hz spike-wave', of: 'spike_wave_3hz' },
  { code: 'slow_spike_wave', label: 'Slow spike-wave (< 2.5 Hz)', of: 'spike_wave_3hz' },
  { code: 'vertex_waves', label: 'Vertex-wave train', of: 'spike_wave_3hz' },
  { code: 'frontal_arousal_rhythm', label: 'Frontal arousal rhythm', of: 'spike_wave_3hz' },
  { code: 'polyspike_wave_jerk', label: 'Polyspike-wave with a jerk', of: 'hypnic_jerk' },
  { code: 'leg_movement', label: 'Leg movement', of: 'hypnic_jerk' },
  { code: 'fragmentary_myoclonus', label: 'Fragmentary myoclonus', of: 'hypnic_jerk' },
  { code: 'rhythmic_feet', label: 'Hypnagogic foot tremor or ALMA', of: 'hypnic_jerk' },
  { code: 'arousal', label: 'Arousal without a jerk', of: 'hypnic_jerk' },
  { code: 'emg_artifact', label: 'EMG artifact', of: 'both' },
  { code: 'electrode_artifact', label: 'Electrode artifact', of: 'both' },
  { code: 'movement_artifact', label: 'Movement artifact', of: 'both' },
  { code: 'other', label: 'Other mimic', of: 'both' },
]
