/**
 * What can be marked. Codes are stable (they are in files); labels are the fixed export texts.
 * Sources of the mimics: clinical review list in the project's reference (shared/reference).
 */
export const KINDS = [
  { code: 'hypnic_jerk', label: 'Hypnic jerk', key: '1', pattern: 'diagonal', colour: 'jerk' },
  {
    code: 'spike_wave_3hz',
    label: '3 Hz spike-and-wave',
    key: '2',
    pattern: 'vertical',
    colour: 'spike-wave',
  },
  { code: 'mimic', label: 'Mimic', key: '3', pattern: 'horizontal', colour: 'mimic' },
  { code: 'uncertain', label: 'Uncertain', key: '0', pattern: 'dots', colour: 'uncertain' },
] as const satisfies readonly Kind[]

type Kind = {
  readonly code: string
  /** Fixed text, the same in every export. */
  readonly label: string
  readonly key: string
  /** The pattern of its strip, so that kinds never differ by colour alone. */
  readonly pattern: 'diagonal' | 'vertical' | 'horizontal' | 'dots'
  /** The name of its colour among the tokens. */
  readonly colour: string
}

export type MarkKind = (typeof KINDS)[number]['code']
export type KindFacts = (typeof KINDS)[number]

const kindByCode = new Map<MarkKind, KindFacts>(KINDS.map((kind) => [kind.code, kind]))

export function kindOf(code: MarkKind): KindFacts {
  return kindByCode.get(code)!
}

export const MIMICS = [
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
] as const satisfies readonly {
  readonly code: string
  readonly label: string
  /** What it is mistaken for. */
  readonly of: MarkKind | 'both'
}[]

/** The mimic of a code, null for one that is unknown or not said. */
export function mimicOf(code: string | null): (typeof MIMICS)[number] | null {
  return MIMICS.find((mimic) => mimic.code === code) ?? null
}

/** `Hypnic jerk`, `Mimic · OIRDA`: as on the page, where the colour alone must not tell. */
export function markName(mark: { readonly kind: MarkKind; readonly subtype: string | null }): string {
  const { label } = kindOf(mark.kind)
  return mark.kind === 'mimic' && mark.subtype !== null ? `${label} · ${specificName(mark)}` : label
}

/** `Hypnic jerk`, `OIRDA`: as in a list, where a glyph says that it is a mimic. */
export function specificName(mark: { readonly kind: MarkKind; readonly subtype: string | null }): string {
  if (mark.kind !== 'mimic' || mark.subtype === null) return kindOf(mark.kind).label
  return mimicOf(mark.subtype)?.label ?? mark.subtype
}

/** What was seen that supports a mark; a jerk cannot be established from scalp EEG alone. */
export const EVIDENCE = [
  { code: 'eeg', label: 'EEG' },
  { code: 'emg', label: 'EMG' },
  { code: 'video', label: 'Video' },
] as const

export type Evidence = (typeof EVIDENCE)[number]['code']

export function evidenceLabel(code: Evidence): string {
  return EVIDENCE.find((each) => each.code === code)?.label ?? code
}

export const CONFIDENCES = [
  { code: 'sure', label: 'sure' },
  { code: 'probable', label: 'probable' },
  { code: 'possible', label: 'possible' },
] as const

export type Confidence = (typeof CONFIDENCES)[number]['code']

/** The codes of a table, for a schema that admits them and no others. */
export function codesOf<Code extends string>(table: readonly { readonly code: Code }[]): readonly Code[] {
  return table.map(({ code }) => code)
}
