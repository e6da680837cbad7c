/** The two rows of EDF+ in the registry. What writes them is annotationsFile.ts and copy.ts, what reads them read.ts. */
import type { EdfFormat, WriteJob } from '../common/format.ts'
import { baseOf } from '../common/recordingFacts.ts'
import { ALL_KINDS, NEUTRAL_START } from '../common/shape.ts'

const shared = {
  medium: 'edf',
  countsFrom: 'start second',
  step: 1,
  keeps: ['subtype', 'channels', 'reviewed'],
  kinds: ALL_KINDS,
} as const

function cautions({ options, identification }: WriteJob): readonly string[] {
  return options.patient && identification !== undefined
    ? ['what the header says of the patient goes along, as you asked']
    : []
}

/** EDF+ 2.2.3 and the naming rule of annotation files: of R.edf they are R<anything>.edf. */
export const edfAnnotations: EdfFormat = {
  ...shared,
  id: 'edf-annotations',
  label: 'EDF+ annotations (a file of its own)',
  hint: 'For every EDF+ reader; it stands beside the recording.',
  copies: false,
  losses: ({ options }) =>
    options.dates
      ? []
      : [
          `the date and time of day (${NEUTRAL_START.slice(0, 10)} stands for them), by which others line it up`,
        ],
  cautions,
  nameOf: ({ recording, document }) => `${baseOf(recording)}_${document.reviewer}-annot.edf`,
}

export const edfCopy: EdfFormat = {
  ...shared,
  id: 'edf-copy',
  label: 'EDF+ copy of the recording with the marks',
  hint: 'For every EDF+ reader; the samples are the same bit by bit, the recording itself is not touched.',
  copies: true,
  losses: ({ options }) =>
    options.dates ? [] : [`the date and time of day: ${NEUTRAL_START.slice(0, 10)} stands for them`],
  cautions: (job) => [
    ...cautions(job),
    'the recording’s own annotations and labels go along as they are: they may name a patient',
  ],
  nameOf: ({ recording, document }) => {
    const ending = /\.bdf$/i.test(recording.name) ? 'bdf' : 'edf'
    return `${baseOf(recording)}_${document.reviewer}-marked.${ending}`
  },
}
