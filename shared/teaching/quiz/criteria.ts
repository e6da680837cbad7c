/**
 * What a learner is asked to look for before saying what it is: a row a criterion, the same ones for every case, since a
 * choice of them would tell. What fits is said only where the reference says it; elsewhere a criterion decides nothing.
 * Test: test/shared/teaching/quiz/criteria.test.ts asks for each source among those of the reference.
 */
import { codesOf } from '../../annotation/kinds.ts'
import type { Called } from './called.ts'

export const CRITERION_ANSWERS = [
  { code: 'no', label: 'No' },
  { code: 'unlikely', label: 'Unlikely' },
  { code: 'likely', label: 'Likely' },
  { code: 'yes', label: 'Yes' },
] as const

export type CriterionAnswer = (typeof CRITERION_ANSWERS)[number]['code']

type Criterion = {
  readonly id: string
  readonly label: string
  /** What is asked, in a sentence. */
  readonly sentence: string
  /** Statements of the reference that it rests on, by id; those of mimics by the mimic's. */
  readonly statements: readonly string[]
  /** Ids of the reference's sources. */
  readonly sources: readonly string[]
  /** Which answer fits what; not named: it decides nothing there. */
  readonly fits: Readonly<Record<Called, CriterionAnswer>>
}

export const CRITERIA = [
  {
    id: 'spike-each-wave',
    label: 'A spike to each wave',
    sentence: 'Does a spike belong to each slow wave, again and again?',
    statements: [
      'absence-eeg',
      'hypnagogic-hypersynchrony',
      'hyperventilation-slowing',
      'oirda',
      'firda',
      'vertex-waves',
      'slow-spike-wave',
    ],
    sources: ['ilae-cae-eeg', 'hed-score-2025', 'ofer-pien'],
    fits: {
      spike_wave_3hz: 'yes',
      'mimic:hypnagogic_hypersynchrony': 'no',
      'mimic:hyperventilation_slowing': 'no',
      'mimic:oirda': 'no',
      'mimic:firda': 'no',
      'mimic:vertex_waves': 'no',
      'mimic:slow_spike_wave': 'yes',
    },
  },
  {
    id: 'generalised',
    label: 'Generalised',
    sentence: 'Is it generalised: both sides at once, and not at one place of the scalp alone?',
    statements: ['absence-eeg', 'oirda', 'vertex-waves', 'electrode-artifact'],
    sources: ['ilae-cae', 'ilae-cae-eeg', 'hed-score-2025', 'hermes-2025'],
    fits: {
      spike_wave_3hz: 'yes',
      'mimic:oirda': 'no',
      'mimic:vertex_waves': 'no',
      'mimic:electrode_artifact': 'no',
    },
  },
  {
    id: 'rate',
    label: '2.5 to 4 Hz',
    sentence: 'Does it run at 2.5 to 4 Hz where it begins?',
    statements: ['absence-eeg', 'absence-rate', 'phantom-6hz', 'slow-spike-wave'],
    sources: ['ilae-cae', 'ilae-cae-eeg', 'panayiotopoulos-2005', 'benbadis-2018'],
    fits: {
      spike_wave_3hz: 'yes',
      'mimic:phantom_6hz': 'no',
      'mimic:slow_spike_wave': 'no',
    },
  },
  {
    id: 'switches-on',
    label: 'Switches on',
    sentence: 'Does it begin abruptly, instead of building up?',
    statements: ['absence-awareness', 'hyperventilation-slowing', 'slow-spike-wave'],
    sources: ['ilae-typical-absence', 'hed-score-2025', 'epstein-1994', 'ilae-cae-eeg'],
    fits: {
      spike_wave_3hz: 'yes',
      'mimic:hyperventilation_slowing': 'no',
      'mimic:slow_spike_wave': 'no',
    },
  },
  {
    id: 'muscle-burst',
    label: 'Brief muscle burst',
    sentence: 'Is there a burst of muscle that is over within a quarter of a second?',
    statements: ['jerk-burst', 'jerk-duration', 'leg-movement', 'arousal'],
    sources: ['chiaro-2016', 'fusco-1999', 'ferri-2016', 'asda-1992'],
    fits: {
      hypnic_jerk: 'yes',
      'mimic:leg_movement': 'no',
      'mimic:arousal': 'no',
    },
  },
  {
    id: 'single',
    label: 'Single',
    sentence: 'Is it single, without a rhythm or a series?',
    statements: ['jerk-not-rhythmic', 'rhythmic-feet', 'fragmentary-myoclonus', 'absence-eeg'],
    sources: ['calandra-buonaura-2014', 'wichniak-2001', 'fusco-1999', 'frauscher-2014', 'ilae-cae-eeg'],
    fits: {
      hypnic_jerk: 'yes',
      'mimic:rhythmic_feet': 'no',
      'mimic:fragmentary_myoclonus': 'no',
      spike_wave_3hz: 'no',
    },
  },
  {
    id: 'no-discharge-before',
    label: 'No discharge before it',
    sentence: 'Is the scalp free of a discharge in the 100 ms before the burst of muscle?',
    statements: ['jerk-no-spike', 'polyspike-wave-jerk', 'jerk-trap-cue'],
    sources: ['hallett-1979', 'hed-score-2025', 'shibasaki-2000'],
    fits: {
      hypnic_jerk: 'yes',
      'mimic:polyspike_wave_jerk': 'no',
    },
  },
  {
    id: 'drowsy',
    label: 'Falling asleep',
    sentence: 'Is the person falling asleep: has alpha gone, and has theta come?',
    statements: ['jerk-state', 'jerk-falling-asleep', 'hypnagogic-hypersynchrony', 'rudimentary-spike-wave'],
    sources: ['chiaro-2016', 'fusco-1999', 'mateos-salgado-2018', 'hed-score-2025'],
    fits: {
      hypnic_jerk: 'likely',
      'mimic:hypnagogic_hypersynchrony': 'yes',
      'mimic:rudimentary_spike_wave': 'yes',
    },
  },
] as const satisfies readonly Criterion[]

export type CriterionId = (typeof CRITERIA)[number]['id']
export type CriteriaGiven = { readonly [Id in CriterionId]?: CriterionAnswer }

export const CRITERION_CODES = codesOf(CRITERION_ANSWERS)

export type CriterionCompared = {
  readonly id: CriterionId
  /** null: the learner left it out. */
  readonly given: CriterionAnswer | null
  /** null: it decides nothing there. */
  readonly expected: CriterionAnswer | null
}

/** Each criterion beside what fits what the key says; where it says several, none fits all. */
export function compareCriteria(given: CriteriaGiven, key: readonly Called[]): readonly CriterionCompared[] {
  const called = key.length === 1 ? key[0] : undefined
  return CRITERIA.map((criterion) => {
    const fits: Readonly<Record<Called, CriterionAnswer>> = criterion.fits
    return {
      id: criterion.id,
      given: given[criterion.id] ?? null,
      expected: called === undefined ? null : (fits[called] ?? null),
    }
  })
}
