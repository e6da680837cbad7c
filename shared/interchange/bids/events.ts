/**
 * BIDS `_events.tsv` with its `_events.json` (bids-specification 1.10, EEG and task events): onset in seconds after the
 * first sample, `n/a` for what is not known, several values of a cell with `|` between.
 */
import type { Mark, ReviewedRange } from '../../annotation/document.ts'
import { CONFIDENCES, type Confidence, codesOf, EVIDENCE, KINDS, MIMICS } from '../../annotation/kinds.ts'
import { TEACHING_STATEMENT } from '../../statement.ts'
import type { Ticks } from '../../units.ts'
import { inOrder } from '../common/events.ts'
import { exportedComment } from '../common/exportedComment.ts'
import type { Found, ReadJob, TextFormat, WriteJob, WrittenFile } from '../common/format.ts'
import { baseOf, channelsOf, labelsOf } from '../common/recordingFacts.ts'
import { formatSeconds } from '../common/seconds.ts'
import { ALL_KINDS, originOf } from '../common/shape.ts'
import {
  cellOf,
  mapRows,
  oneOf,
  plainLines,
  type Row,
  readRows,
  secondsIn,
  textOf,
  writeTsv,
} from '../common/table.ts'
import { exactTarget, REVIEWED_CODE } from '../common/vocabulary.ts'
import { HED_OF_KIND, HED_OF_MIMIC, HED_VERSION } from './hed.ts'

const NONE = 'n/a'
const COLUMNS = [
  'onset',
  'duration',
  'trial_type',
  'mimic',
  'channel',
  'rater',
  'confidence',
  'evidence',
  'comment',
]

export const bids: TextFormat = {
  id: 'bids',
  label: 'BIDS events (TSV and JSON, HED)',
  hint: 'For BIDS datasets; with a folder also the dataset around it.',
  medium: 'text',
  countsFrom: 'first sample',
  step: 1,
  keeps: ['subtype', 'channels', 'confidence', 'evidence', 'comment', 'measured', 'author', 'reviewed'],
  kinds: ALL_KINDS,
  losses: ({ document, recording }) => {
    const broken = document.marks.filter(({ comment }) => /\n/.test(comment)).length
    const barred = document.marks.filter(({ channels }) => channels.some((each) => each.includes('|'))).length
    return [
      ...(broken > 0 ? [`the line breaks of ${broken === 1 ? '1 comment' : `${broken} comments`}`] : []),
      ...(barred > 0 ? [`the | in channel names of ${barred === 1 ? '1 mark' : `${barred} marks`}`] : []),
      ...(recording.gaps > 0 ? ['the gaps of the recording: BIDS counts on through them'] : []),
    ]
  },
  nameOf: (job) => `${entitiesOf(job)}_events.tsv`,
  write: (job) => [
    { name: `${entitiesOf(job)}_events.tsv`, text: writeTable(job) },
    { name: `${entitiesOf(job)}_events.json`, text: writeJson(sidecar()) },
  ],
  writeFolder,
  recognises: (head, name) =>
    /^\uFEFF?onset\tduration\t(?!eventType)/.test(head) || /_events\.tsv$/i.test(name),
  read,
}

/** The entities of a recording that is named as BIDS asks, else those of a first subject. */
function entitiesOf({ recording }: Pick<WriteJob, 'recording'>): string {
  const match = /^(sub-[a-z0-9]+(?:_ses-[a-z0-9]+)?_task-[a-z0-9]+(?:_(?:acq|run)-[a-z0-9]+)*)_eeg$/i.exec(
    baseOf(recording),
  )
  return match?.[1] ?? 'sub-01_task-review'
}

/** A derivative: the marks without the recording, which may hold what a dataset must not. */
function writeFolder(job: WriteJob): readonly WrittenFile[] {
  const entities = entitiesOf(job)
  const subject = /^sub-[a-z0-9]+/i.exec(entities)?.[0] ?? 'sub-01'
  const session = /_(ses-[a-z0-9]+)/i.exec(entities)?.[1]
  const folder = [subject, ...(session === undefined ? [] : [session]), 'eeg'].join('/')
  const stem = `${folder}/${entities}_desc-review_events`
  return [
    { name: 'dataset_description.json', text: writeJson(description()) },
    {
      name: 'README',
      text: `Marks of one reviewer on one EEG recording, made with Hypnospike.\n\n${TEACHING_STATEMENT}\n`,
    },
    { name: `${stem}.tsv`, text: writeTable(job) },
    { name: `${stem}.json`, text: writeJson(sidecar()) },
  ]
}

function description(): unknown {
  return {
    Name: 'EEG review',
    BIDSVersion: '1.10.0',
    HEDVersion: HED_VERSION,
    DatasetType: 'derivative',
    GeneratedBy: [{ Name: 'Hypnospike', Description: TEACHING_STATEMENT }],
  }
}

function writeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function sidecar(): unknown {
  const withoutNone = (table: Readonly<Record<string, string | null>>) =>
    Object.fromEntries(Object.entries(table).filter(([, hed]) => hed !== null))
  const levels = (table: readonly { readonly code: string; readonly label: string }[]) =>
    Object.fromEntries(table.map(({ code, label }) => [code, label]))
  return {
    onset: { Description: 'Start of the event after the first sample', Units: 's' },
    duration: { Description: 'Length of the event; 0: a moment', Units: 's' },
    trial_type: {
      LongName: 'Event',
      Description: 'What the rater marked',
      Levels: {
        ...levels(KINDS),
        [REVIEWED_CODE]: 'The rater has read this stretch: what is not listed in it was not seen',
      },
      HED: withoutNone(HED_OF_KIND),
    },
    mimic: {
      LongName: 'Mimic',
      Description: 'What a mimic is',
      Levels: levels(MIMICS),
      HED: withoutNone(HED_OF_MIMIC),
    },
    channel: { Description: 'Where the event is; n/a: all channels', Delimiter: '|' },
    rater: { Description: 'Code of who made the mark' },
    confidence: { Description: 'How sure the rater is', Levels: levels(CONFIDENCES) },
    evidence: {
      Description: 'What was seen that supports the mark',
      Delimiter: '|',
      Levels: levels(EVIDENCE),
    },
    comment: { Description: 'Free text of the rater' },
  }
}

function writeTable(job: WriteJob): string {
  const { document } = job
  const origin = originOf(job)
  const rows = inOrder(document).map((item) => [
    formatSeconds(item.onset - origin, 3),
    formatSeconds(item.duration, 3),
    ...('kind' in item ? markCells(item, job) : rangeCells(item, document.reviewer)),
  ])
  return writeTsv([COLUMNS, ...rows])
}

function markCells(mark: Mark, { recording }: WriteJob): readonly string[] {
  const labels = labelsOf(mark.channels, recording).map((label) => label.replaceAll('|', '/'))
  return [
    mark.kind,
    mark.subtype ?? NONE,
    cell(labels.join('|')),
    cell(mark.author),
    mark.confidence ?? NONE,
    cell(mark.evidence.join('|')),
    cell(exportedComment(mark)),
  ]
}

function rangeCells(_: ReviewedRange, reviewer: string): readonly string[] {
  return [REVIEWED_CODE, NONE, NONE, cell(reviewer), NONE, NONE, NONE]
}

/** One line without a tab; what is not said is `n/a`. */
function cell(text: string): string {
  const plain = text.replace(/\s/g, ' ')
  return plain === '' ? NONE : plain
}

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const rows = readRows(plainLines(text), { delimiter: '\t', quotes: true })
  const names = {
    needed: ['onset', 'duration', 'trial_type'],
    others: ['mimic', 'channel', 'rater', 'confidence', 'evidence', 'comment'],
  } as const
  const origin = recording.firstSample ?? 0
  return mapRows(rows, names, (row, columns): Found => {
    const text = saidIn(row, columns.trial_type) ?? ''
    const mimic = saidIn(row, columns.mimic)
    const author = saidIn(row, columns.rater)
    const target = exactTarget(mimic === null ? text : `mimic:${mimic}`)
    const channels = saidIn(row, columns.channel)
    return {
      text,
      ...(target === null ? {} : { target }),
      onset: (secondsIn(row, columns.onset, 'onset') + origin) as Ticks,
      duration:
        saidIn(row, columns.duration) === null
          ? (0 as Ticks)
          : secondsIn(row, columns.duration, 'duration', { negative: false }),
      channels: channels === null ? [] : channelsOf(channels.split('|'), recording),
      confidence: confidenceIn(row, columns.confidence),
      evidence: (saidIn(row, columns.evidence)?.split('|') ?? []).map((one) =>
        oneOf(one, codesOf(EVIDENCE), {
          line: row.line,
          column: (columns.evidence ?? 0) + 1,
          name: 'evidence',
        }),
      ),
      comment: saidIn(row, columns.comment) === null ? '' : textOf(row, columns.comment),
      ...(author === null ? {} : { author }),
      line: row.line,
    }
  })
}

function saidIn(row: Row, column: number | null): string | null {
  const text = cellOf(row, column)
  return text === '' || text === NONE ? null : text
}

/** A number between 0 and 1, as others write confidence, is no word of ours and says nothing here. */
function confidenceIn(row: Row, column: number | null): Confidence | null {
  const text = saidIn(row, column)
  if (text === null || /^[\d.]+$/.test(text)) return null
  return oneOf(text, codesOf(CONFIDENCES), { line: row.line, column: (column ?? 0) + 1, name: 'confidence' })
}
