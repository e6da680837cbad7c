/** Who the samples pretend to be of: age shows in the rhythms, and each laboratory labels its channels in its own way. */
import type { HeadLead } from './head.ts'

export type Subject = {
  /** The technician's note at the beginning. */
  readonly note: string
  /** Middle of the posterior rhythm. */
  readonly alphaHertz: number
  /** uV RMS of the central mu rhythm while awake. */
  readonly mu: number
  /** uV from peak to peak of the transients that looking about brings to the back of the head. */
  readonly lambda: number
  /** How strong the heart is in the EEG, against what is usual: more over a short, broad neck. */
  readonly heartTrace: number
  /** The header's label of a scalp or ear electrode. */
  readonly label: (lead: HeadLead) => string
}

/** The names that the temporal electrodes had before 1991, and have in many laboratories. */
const OLD_NAMES: Partial<Record<HeadLead, string>> = { T7: 'T3', T8: 'T4', P7: 'T5', P8: 'T6' }

export const COMPOSITE: Subject = {
  note: 'Synthetic: lessons of several ages in one recording',
  alphaHertz: 9.65,
  mu: 4.4,
  lambda: 20,
  heartTrace: 1,
  label: (lead) => `EEG ${lead}-Ref`,
}

export const ADULT: Subject = {
  note: 'Synthetic adult, 34 years',
  alphaHertz: 10,
  mu: 5.6,
  lambda: 16,
  heartTrace: 2,
  label: (lead) => `EEG ${OLD_NAMES[lead] ?? lead}-Ref`,
}

export const CHILD: Subject = {
  note: 'Synthetic child, 7 years',
  alphaHertz: 8.95,
  mu: 4.4,
  lambda: 34,
  heartTrace: 0.7,
  label: (lead) => `EEG ${(OLD_NAMES[lead] ?? lead).toUpperCase()}-REF`,
}
