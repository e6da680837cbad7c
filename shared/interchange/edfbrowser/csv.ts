/**
 * EDFbrowser's list of annotations as text: `Onset,Duration,Annotation`, seconds after the first sample with a sign,
 * a separator in a text replaced by a point, nothing quoted (its manual, and export_annotations.cpp).
 */
import type { Ticks } from '../../units.ts'
import { joinChannels, type ListedEvent, listEvents, splitChannel } from '../common/events.ts'
import type { Found, ReadJob, TextFormat } from '../common/format.ts'
import { baseOf, channelsOf } from '../common/recordingFacts.ts'
import { formatRounded } from '../common/seconds.ts'
import { ALL_KINDS, originOf } from '../common/shape.ts'
import { cellOf, mapRows, plainLines, readRows, secondsIn } from '../common/table.ts'
import { exactTarget } from '../common/vocabulary.ts'

const HEADER = 'Onset,Duration,Annotation'

export const edfbrowserCsv: TextFormat = {
  id: 'edfbrowser-csv',
  label: 'EDFbrowser list (CSV)',
  hint: 'For EDFbrowser: Tools, Import annotations, ASCII.',
  medium: 'text',
  countsFrom: 'first sample',
  step: 1,
  keeps: ['subtype', 'channels', 'reviewed'],
  kinds: ALL_KINDS,
  nameOf: ({ recording, document }) => `${baseOf(recording)}_${document.reviewer}_annotations.csv`,
  write: (job) => {
    const origin = originOf(job)
    const lines = listEvents(job.document, job.recording).map((event) => {
      const onset = event.onset - origin
      const sign = onset < 0 ? '' : '+'
      return `${sign}${formatRounded(onset, 7)},${formatRounded(event.duration, 7)},${textIn(event)}`
    })
    return [{ name: edfbrowserCsv.nameOf(job), text: `${[HEADER, ...lines].join('\n')}\n` }]
  },
  recognises: (head) => /^\uFEFF?Onset[,;\t|](Duration[,;\t|])?Annotation\s/.test(head),
  read,
}

/** A separator would begin a further cell. */
function textIn({ text, channel }: ListedEvent): string {
  return (channel === null ? text : `${text}@@${channel}`).replace(/[,\p{Cc}]/gu, '.')
}

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const plain = plainLines(text)
  const delimiter = /^Onset([,;\t|])/.exec(plain)?.[1] ?? ','
  const rows = readRows(plain, { delimiter, quotes: false })
  const names = { needed: ['Onset', 'Annotation'], others: ['Duration'] } as const
  const origin = recording.firstSample ?? 0
  const found = mapRows(rows, names, (row, columns): Found => {
    const { text: words, channel } = splitChannel(cellOf(row, columns.Annotation), recording, isKnown)
    const length = cellOf(row, columns.Duration)
    return {
      text: words,
      onset: (secondsIn(row, columns.Onset, 'Onset') + origin) as Ticks,
      duration:
        columns.Duration === null || length === ''
          ? (0 as Ticks)
          : secondsIn(row, columns.Duration, 'Duration', { negative: false }),
      channels: channel === null ? [] : channelsOf([channel], recording),
      line: row.line,
    }
  })
  return joinChannels(found)
}

function isKnown(text: string): boolean {
  return exactTarget(text) !== null
}
