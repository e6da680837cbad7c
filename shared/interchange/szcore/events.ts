/**
 * SzCORE's table of seizures (epilepsy2bids annotations.py; https://epilepsybenchmarks.com): seven columns in their
 * order, times with two decimals, a date that must be one. It has words for seizures and for `bckg` alone, and no way
 * to say what was not read.
 */
import type { Confidence } from '../../annotation/kinds.ts'
import type { Ticks } from '../../units.ts'
import { faultAt, quoteCell } from '../common/fault.ts'
import type { Found, ReadJob, TextFormat, WriteJob } from '../common/format.ts'
import { baseOf, channelsOf, labelsOf, lengthOf } from '../common/recordingFacts.ts'
import { formatRounded } from '../common/seconds.ts'
import { momentAfter, NEUTRAL_START, originOf } from '../common/shape.ts'
import { cellOf, mapRows, plainLines, readRows, secondsIn, writeTsv } from '../common/table.ts'
import type { Target } from '../common/vocabulary.ts'
import { refuseOtherLength } from '../common/wrongRecording.ts'

const NONE = 'n/a'
const BACKGROUND = 'bckg'
const ABSENCE = 'sz_gen_nm_typical'
const COLUMNS = [
  'onset',
  'duration',
  'eventType',
  'confidence',
  'channels',
  'dateTime',
  'recordingDuration',
] as const
const STEP = 100_000
const CONFIDENCE = { sure: '1.00', probable: '0.75', possible: '0.50' } as const

export const szcore: TextFormat = {
  id: 'szcore',
  label: 'SzCORE seizures (TSV)',
  hint: 'For seizure benchmarks; it knows seizures and background alone.',
  medium: 'text',
  countsFrom: 'first sample',
  step: STEP,
  keeps: ['channels', 'confidence'],
  kinds: ['spike_wave_3hz'],
  losses: ({ document, options }) => {
    const waves = document.marks.filter(({ kind }) => kind === 'spike_wave_3hz').length
    return [
      ...(waves > 0
        ? [`that a pattern is no diagnosis: 3 Hz spike-and-wave goes as ${ABSENCE}, a typical absence`]
        : [`what was not read: without 3 Hz spike-and-wave the whole recording counts as ${BACKGROUND}`]),
      ...(options.dates ? [] : [`the date and time of day: ${NEUTRAL_START.slice(0, 10)} stands for them`]),
    ]
  },
  nameOf: ({ recording, document }) => `${baseOf(recording)}_${document.reviewer}_szcore.tsv`,
  write: (job) => [{ name: szcore.nameOf(job), text: write(job) }],
  recognises: (head) => /^\uFEFF?onset\tduration\teventType\t/.test(head),
  read,
}

function write(job: WriteJob): string {
  const { document, recording, options } = job
  const origin = originOf(job)
  const start = (options.dates ? recording.start : null) ?? NEUTRAL_START
  const dateTime = momentAfter(start, options.dates ? origin : 0).time.replace('T', ' ')
  const length = formatRounded(lengthOf(recording), 2)
  const rows = document.marks
    .filter(({ kind }) => kind === 'spike_wave_3hz')
    .map((mark) => {
      const labels = labelsOf(mark.channels, recording)
      return [
        formatRounded(mark.onset - origin, 2),
        formatRounded(mark.duration, 2),
        ABSENCE,
        mark.confidence === null ? NONE : CONFIDENCE[mark.confidence],
        labels.length === 0 ? NONE : labels.map((label) => label.replaceAll(',', '.')).join(','),
        dateTime,
        length,
      ]
    })
  // A table without a row breaks its reader.
  const background = [['0.00', length, BACKGROUND, NONE, NONE, dateTime, length]]
  return writeTsv([COLUMNS, ...(rows.length === 0 ? background : rows)])
}

const KNOWN: Readonly<Record<string, Target>> = {
  [ABSENCE]: { as: 'mark', kind: 'spike_wave_3hz', subtype: null },
  [BACKGROUND]: { as: 'reviewed' },
}

/** Its other seizures are no pattern that can be told here: what they are called goes into the comment. */
const OTHER_SEIZURE: Target = { as: 'mark', kind: 'uncertain', subtype: null }

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const rows = readRows(plainLines(text), { delimiter: '\t', quotes: true })
  const names = {
    needed: ['onset', 'duration', 'eventType'],
    others: ['confidence', 'channels', 'dateTime', 'recordingDuration'],
  } as const
  const origin = recording.firstSample ?? 0
  return mapRows(rows, names, (row, columns): Found => {
    if (columns.recordingDuration !== null) {
      const length = secondsIn(row, columns.recordingDuration, 'recordingDuration')
      refuseOtherLength(row.line, length, recording, STEP)
    }
    const event = cellOf(row, columns.eventType)
    if (!/^(bckg|sz(_\w+)?)$/.test(event)) {
      throw faultAt(
        { line: row.line, column: columns.eventType + 1, name: 'eventType' },
        `${quoteCell(event)} should be bckg, sz or begin with sz_.`,
      )
    }
    const target = KNOWN[event] ?? OTHER_SEIZURE
    const channels = cellOf(row, columns.channels)
    return {
      text: event,
      target,
      onset: (secondsIn(row, columns.onset, 'onset') + origin) as Ticks,
      duration: secondsIn(row, columns.duration, 'duration', { negative: false }),
      channels: channels === '' || channels === NONE ? [] : channelsOf(channels.split(','), recording),
      comment: KNOWN[event] === undefined ? event : '',
      confidence: confidenceOf(cellOf(row, columns.confidence)),
      line: row.line,
    }
  })
}

function confidenceOf(text: string): Confidence | null {
  const value = Number(text)
  if (text === '' || Number.isNaN(value)) return null
  if (value >= 0.9) return 'sure'
  return value >= 0.6 ? 'probable' : 'possible'
}
