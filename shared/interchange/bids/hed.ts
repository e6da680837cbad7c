/**
 * HED-SCORE 2.1.0 strings of what can be marked (Hermes et al. 2025, doi:10.1038/s41597-025-05791-2). Each was validated
 * with hed-validator 4.2.0; test/fixtures/interchange/hed.json holds its verdicts, and the script that asks for them.
 *
 * 2.1.0 has no tag for a hypnic jerk, and its Benign-sleep-myoclonus is of the newborn: so it is another episode, named.
 * An ictal tag is for events with a clinical change, which a mark does not claim.
 */
import type { MarkKind, MIMICS } from '../../annotation/kinds.ts'

export const HED_VERSION = 'score_2.1.0'

export const HED_OF_KIND: Readonly<Record<MarkKind, string | null>> = {
  hypnic_jerk:
    'Other-episode/Sleep-start-hypnic-jerk, Sleep-related-episode, (EMG-channel-feature, Myoclonus), Drowsy',
  spike_wave_3hz:
    '(Epileptiform-interictal-activity, Spike-and-slow-wave, Rhythmic-trains-or-bursts, Feature-frequency/3 Hz)',
  // What it is says the column of mimics.
  mimic: null,
  uncertain: 'Uncertain-significant-pattern',
}

export const HED_OF_MIMIC: Readonly<Record<(typeof MIMICS)[number]['code'], string | null>> = {
  hypnagogic_hypersynchrony: '(Sleep-and-drowsiness, Hypnagogic-hypersynchrony, Drowsy)',
  rudimentary_spike_wave: 'Rudimentary-spike-wave-complex',
  hyperventilation_slowing: 'Diffuse-slowing-hyperventilation',
  oirda: 'Occipital-intermittent-rhythmic-delta-activity',
  firda: 'Frontal-intermittent-rhythmic-delta-activity',
  phantom_6hz: 'Six-Hz-spike-slow-wave',
  slow_spike_wave: '(Epileptiform-interictal-activity, Spike-and-slow-wave)',
  vertex_waves: 'Vertex-wave',
  frontal_arousal_rhythm: 'Frontal-arousal-rhythm',
  polyspike_wave_jerk:
    '(Epileptiform-interictal-activity, Polyspike-and-slow-wave), (EMG-channel-feature, Myoclonus)',
  // The tag for leg movements is of periodic ones, which one movement is not.
  leg_movement: 'Other-episode/Leg-movement, Sleep-related-episode',
  fragmentary_myoclonus: '(EMG-channel-feature, Myoclonus-arrhythmic)',
  rhythmic_feet: 'Other-episode/Hypnagogic-foot-tremor-or-ALMA, Sleep-related-episode',
  arousal: 'Sleep-related-arousal',
  emg_artifact: '(Data-artifact, EMG-artifact)',
  electrode_artifact: '(Data-artifact, Nonbiological-artifact)',
  movement_artifact: '(Data-artifact, Movement-artifact)',
  other: null,
}
