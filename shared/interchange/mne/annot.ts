/**
 * MNE-Python's `-annot.txt`: `onset, duration, description` in seconds after the first sample, and where a mark is
 * bound to channels a fourth column of their names with colons between (mne.read_annotations). Never its `.csv`, whose
 * onsets are dates.
 */
import type { Mark } from '../../annotation/document.ts'
import type { Ticks } from '../../units.ts'
import { inOrder } from '../common/events.ts'
import { faultAt } from '../common/fault.ts'
import type { Found, ReadJob, TextFormat, WriteJob } from '../common/format.ts'
import { baseOf, channelsOf, labelsOf } from '../common/recordingFacts.ts'
import { formatRounded } from '../common/seconds.ts'
import { ALL_KINDS, originOf } from '../common/shape.ts'
import { cellOf, plainLines, readRows, secondsIn } from '../common/table.ts'
import { REVIEWED_TEXT, textOfMark } from '../common/vocabulary.ts'

const HEAD = '# MNE-Annotations'
const COLUMNS = ['onset', 'duration', 'description', 'ch_names'] as const

export const mne: TextFormat = {
  id: 'mne',
  label: 'MNE-Python (-annot.txt)',
  hint: 'For mne.read_annotations and raw.set_annotations.',
  medium: 'text',
  countsFrom: 'first sample',
  step: 1,
  keeps: ['subtype', 'channels', 'reviewed'],
  kinds: ALL_KINDS,
  losses: ({ document, recording }) => {
    const odd = document.marks.filter(
      (mark) => mark.channels.length > 0 && namesOf(mark, recording) === null,
    ).length
    return [
      ...(odd > 0 ? [`the channels of ${odd} marks, whose labels have a comma or a colon`] : []),
      ...(recording.gaps > 0 ? ['the gaps of the recording: MNE reads it as if it had none'] : []),
    ]
  },
  nameOf: ({ recording, document }) => `${baseOf(recording)}_${document.reviewer}-annot.txt`,
  write: (job) => [{ name: mne.nameOf(job), text: write(job) }],
  recognises: (head) => /^\uFEFF?# MNE-Annotations/.test(head),
  read,
}

function write(job: WriteJob): string {
  const { document, recording } = job
  const origin = originOf(job)
  const hasChannels = document.marks.some((mark) => (namesOf(mark, recording) ?? '') !== '')
  const rows = inOrder(document).map((item) => {
    const isMark = 'kind' in item
    const cells = [
      formatRounded(item.onset - origin, 7),
      formatRounded(item.duration, 7),
      isMark ? textOfMark(item) : REVIEWED_TEXT,
    ]
    return hasChannels ? [...cells, isMark ? (namesOf(item, recording) ?? '') : ''] : cells
  })
  const columns = COLUMNS.slice(0, hasChannels ? 4 : 3).join(', ')
  return `${[HEAD, `# ${columns}`, ...rows.map((cells) => cells.join(', '))].join('\n')}\n`
}

/** Names with colons between; null where a name has a sign that the file has no way to write. */
function namesOf(mark: Mark, recording: WriteJob['recording']): string | null {
  const labels = labelsOf(mark.channels, recording)
  return labels.some((label) => /[,:#]/.test(label)) ? null : labels.join(':')
}

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const plain = plainLines(text)
  const rows = readRows(plain, { delimiter: ',', quotes: false }).filter(
    ({ cells }) => !cells[0]?.startsWith('#'),
  )
  const origin = recording.firstSample ?? 0
  return rows.map((row): Found => {
    if (row.cells.length < 3 || row.cells.length > 4) {
      throw faultAt(
        { line: row.line },
        `it has ${row.cells.length} columns, and onset, duration and description are needed.`,
      )
    }
    const names = cellOf(row, 3)
    return {
      text: cellOf(row, 2),
      onset: (secondsIn(row, 0, 'onset') + origin) as Ticks,
      duration: secondsIn(row, 1, 'duration', { negative: false }),
      channels: names === '' ? [] : channelsOf(names.split(':'), recording),
      line: row.line,
    }
  })
}
