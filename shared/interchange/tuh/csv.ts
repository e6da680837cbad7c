/**
 * The tables of the TUH EEG corpora (NEDC csv_v1.0.0): `.csv_bi`, the file's seizures and background on the channel
 * TERM, and `.csv`, the same with types for each line of the montage. Times are start and stop, four decimals. They
 * have no word for a hypnic jerk.
 */
import type { Mark } from '../../annotation/document.ts'
import type { Confidence } from '../../annotation/kinds.ts'
import { mergeSpans, type Ticks } from '../../units.ts'
import { joinChannels } from '../common/events.ts'
import { faultAt } from '../common/fault.ts'
import type { Found, ReadJob, TextFormat, WriteJob } from '../common/format.ts'
import { baseOf, channelsOf, lengthOf } from '../common/recordingFacts.ts'
import { formatRounded, parseSeconds } from '../common/seconds.ts'
import { originOf } from '../common/shape.ts'
import { cellOf, mapRows, plainLines, type Row, readRows, secondsIn } from '../common/table.ts'
import type { Target } from '../common/vocabulary.ts'
import { refuseOtherLength } from '../common/wrongRecording.ts'

const STEP = 1000
const TERM = 'TERM'
const BACKGROUND = 'bckg'
const SEIZURE = 'seiz'
const ABSENCE = 'absz'
const VERSION = '# version = csv_v1.0.0'
const CONFIDENCE = { sure: 1, probable: 0.75, possible: 0.5 } as const

/** The corpus's TCP montage (nedc_eas_default_montage.txt), with the names it uses. */
const LINES = [
  ...['FP1-F7', 'F7-T3', 'T3-T5', 'T5-O1', 'FP2-F8', 'F8-T4', 'T4-T6', 'T6-O2', 'A1-T3', 'T3-C3', 'C3-CZ'],
  ...['CZ-C4', 'C4-T4', 'T4-A2', 'FP1-F3', 'F3-C3', 'C3-P3', 'P3-O1', 'FP2-F4', 'F4-C4', 'C4-P4', 'P4-O2'],
]

const shared = {
  medium: 'text',
  countsFrom: 'first sample',
  step: STEP,
  kinds: ['spike_wave_3hz'],
} as const

export const tuhBi: TextFormat = {
  ...shared,
  id: 'tuh-bi',
  label: 'TUH seizure or background (.csv_bi)',
  hint: 'For the NEDC tools; every 3 Hz spike-and-wave counts as a seizure.',
  keeps: ['confidence', 'reviewed'],
  losses: (job) => [...seizureLoss(job, SEIZURE)],
  nameOf: ({ recording }) => `${baseOf(recording)}.csv_bi`,
  write: (job) => [{ name: tuhBi.nameOf(job), text: write(job, [TERM], SEIZURE) }],
  recognises: (head, name) => isTuh(head) && (/\.csv_bi$/i.test(name) || head.includes(`\n${TERM},`)),
  read,
}

export const tuh: TextFormat = {
  ...shared,
  id: 'tuh',
  label: 'TUH types by channel (.csv)',
  hint: 'For the NEDC tools; 3 Hz spike-and-wave goes as absz on the lines of the TCP montage.',
  keeps: ['channels', 'confidence', 'reviewed'],
  losses: (job) => {
    const bound = job.document.marks.filter(
      ({ kind, channels }) => kind === 'spike_wave_3hz' && channels.length > 0,
    )
    const nowhere = bound.filter(({ channels }) => linesOf(channels, LINES).length === 0).length
    const odd = bound.filter(({ channels }) => !isOfLines(channels)).length - nowhere
    return [
      ...seizureLoss(job, ABSENCE),
      ...(nowhere > 0
        ? [
            `${nowhere === 1 ? '1 mark' : `${nowhere} marks`} whose channels are on no line of the TCP montage`,
          ]
        : []),
      ...(odd > 0
        ? [
            `the exact electrodes of ${odd === 1 ? '1 mark' : `${odd} marks`}, which become lines of the TCP montage`,
          ]
        : []),
    ]
  },
  nameOf: ({ recording }) => `${baseOf(recording)}.csv`,
  write: (job) => [{ name: tuh.nameOf(job), text: write(job, LINES, ABSENCE) }],
  recognises: (head) => isTuh(head) && !head.includes(`\n${TERM},`),
  read,
}

function isTuh(head: string): boolean {
  return /^\uFEFF?#\s*version = csv_v/.test(head)
}

function seizureLoss({ document }: WriteJob, word: string): readonly string[] {
  const waves = document.marks.filter(({ kind }) => kind === 'spike_wave_3hz').length
  return waves === 0 ? [] : [`that a pattern is no diagnosis: 3 Hz spike-and-wave goes as ${word}, a seizure`]
}

/** The montage's lines mean the same in every recording. */
const NO_SIGNALS = { signals: [] }

function placesOfLine(line: string): readonly string[] {
  return channelsOf([line], NO_SIGNALS)
}

/** The lines between two of its electrodes, else those that one of them is on. */
function linesOf(channels: readonly string[], lines: readonly string[]): readonly string[] {
  if (channels.length === 0 || lines.length === 1) return lines
  const count = (line: string) => placesOfLine(line).filter((place) => channels.includes(place)).length
  const between = lines.filter((line) => count(line) === 2)
  return between.length > 0 ? between : lines.filter((line) => count(line) > 0)
}

function isOfLines(channels: readonly string[]): boolean {
  const places = new Set(linesOf(channels, LINES).flatMap(placesOfLine))
  return places.size === channels.length && channels.every((channel) => places.has(channel))
}

function write(job: WriteJob, lines: readonly string[], word: string): string {
  const { document, recording } = job
  const origin = originOf(job)
  const marks = document.marks.filter(({ kind }) => kind === 'spike_wave_3hz')
  const rows = lines.flatMap((line) => {
    const own = marks.filter((mark) => linesOf(mark.channels, lines).includes(line))
    return [
      ...own.map((mark) => rowOf(line, mark, word, confidenceOf(mark))),
      ...backgroundOf(job, own).map((span) => rowOf(line, span, BACKGROUND, 1)),
    ].sort((a, b) => a.onset - b.onset)
  })
  return [
    VERSION,
    `# bname = ${baseOf(recording)}`,
    `# duration = ${formatRounded(lengthOf(recording), 4)} secs`,
    '# montage_file = nedc_eas_default_montage.txt',
    '#',
    'channel,start_time,stop_time,label,confidence',
    ...rows.map(({ line, onset, end, label, confidence }) =>
      [
        line,
        formatRounded(onset - origin, 4),
        formatRounded(end - origin, 4),
        label,
        confidence.toFixed(4),
      ].join(','),
    ),
    '',
  ].join('\n')
}

type Timed = { readonly onset: number; readonly duration: number }

function rowOf(line: string, { onset, duration }: Timed, label: string, confidence: number) {
  return { line, onset, end: onset + duration, label, confidence }
}

function confidenceOf({ confidence }: Mark): number {
  return confidence === null ? 1 : CONFIDENCE[confidence]
}

/** What was read and is no event: nothing is called background that nobody has read. */
function backgroundOf({ document }: WriteJob, marks: readonly Mark[]): readonly Timed[] {
  const events = mergeSpans(marks.map(({ onset, duration }) => ({ start: onset, end: onset + duration })))
  return document.reviewed.flatMap(({ onset, duration }) => {
    const spans: Timed[] = []
    let from: number = onset
    const end = onset + duration
    for (const event of events) {
      if (event.end <= from || event.start >= end) continue
      if (event.start > from) spans.push({ onset: from, duration: event.start - from })
      from = event.end
    }
    return from < end ? [...spans, { onset: from, duration: end - from }] : spans
  })
}

const KNOWN: Readonly<Record<string, Target>> = {
  [ABSENCE]: { as: 'mark', kind: 'spike_wave_3hz', subtype: null },
  [BACKGROUND]: { as: 'reviewed' },
}
/** Its other seizures are no pattern that can be told here: what they are called goes into the comment. */
const OTHER_SEIZURE: Target = { as: 'mark', kind: 'uncertain', subtype: null }

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const lines = readRows(plainLines(text), { delimiter: ',', quotes: false })
  for (const { cells, line } of lines) {
    const said = /^#\s*duration = ([\d.]+)/.exec(cells[0] ?? '')
    const length = said === null ? null : parseSeconds(said[1] ?? '')
    if (length !== null) refuseOtherLength(line, length, recording, STEP)
  }
  const rows = lines.filter(({ cells }) => !cells[0]?.trimStart().startsWith('#'))
  const names = { needed: ['channel', 'start_time', 'stop_time', 'label'], others: ['confidence'] } as const
  const found = mapRows(rows, names, (row, columns): Found => {
    const start = secondsIn(row, columns.start_time, 'start_time')
    const stop = secondsIn(row, columns.stop_time, 'stop_time')
    if (stop < start) {
      throw faultAt(
        { line: row.line, column: columns.stop_time + 1, name: 'stop_time' },
        'it is before start_time.',
      )
    }
    const label = cellOf(row, columns.label)
    const isOther = KNOWN[label] === undefined && /^(seiz|[a-z]{2}sz)$/.test(label)
    const target = isOther ? OTHER_SEIZURE : KNOWN[label]
    const channel = cellOf(row, columns.channel)
    return {
      text: label,
      ...(target === undefined ? {} : { target }),
      onset: (start + (recording.firstSample ?? 0)) as Ticks,
      duration: (stop - start) as Ticks,
      channels: channel === TERM ? [] : placesOfLine(channel),
      confidence: confidenceIn(row, columns.confidence, label),
      comment: isOther ? label : '',
      line: row.line,
    }
  })
  return withReviewed(joinChannels(found).map(withoutAll))
}

/** An event between background was read as well as that: without it each event would part what was read. */
function withReviewed(found: readonly Found[]): readonly Found[] {
  const background = found.filter(({ text }) => text === BACKGROUND)
  const edges = new Set(background.flatMap(({ onset, duration }) => [onset, onset + duration]))
  const between = found.filter(
    ({ text, onset, duration }) =>
      text !== BACKGROUND && (edges.has(onset) || edges.has((onset + duration) as Ticks)),
  )
  return [
    ...found,
    ...between.map(
      ({ onset, duration, line }): Found => ({
        ...{ text: BACKGROUND, target: { as: 'reviewed' }, onset, duration, channels: [], line },
      }),
    ),
  ]
}

/** An event on every line of the montage is one of all channels; background has none. */
function withoutAll(event: Found): Found {
  const everywhere = new Set(LINES.flatMap(placesOfLine))
  const isWhole = event.text === BACKGROUND || event.channels.length >= everywhere.size
  return isWhole ? { ...event, channels: [] } : event
}

/** All of the corpora's own confidences are 1, which says nothing. */
function confidenceIn(row: Row, column: number | null, label: string): Confidence | null {
  const value = Number(cellOf(row, column))
  if (label === BACKGROUND || cellOf(row, column) === '' || Number.isNaN(value) || value >= 0.9) return null
  return value >= 0.6 ? 'probable' : 'possible'
}
