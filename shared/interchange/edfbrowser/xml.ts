/**
 * EDFbrowser's annotations as XML: root `annotationlist`, the start of the recording and of each annotation as dates
 * with 100 ns. Where dates do not go along the recording begins on a day that no recording has.
 */
import { SaxesParser } from 'saxes'
import { clipText, plainLine } from '../../annotation/plainText.ts'
import { ReviewError } from '../../failure.ts'
import type { Ticks } from '../../units.ts'
import { joinChannels, listEvents, splitChannel } from '../common/events.ts'
import { faultAt, quoteCell } from '../common/fault.ts'
import type { Found, ReadJob, TextFormat, WriteJob } from '../common/format.ts'
import { baseOf, channelsOf } from '../common/recordingFacts.ts'
import { formatSeconds, parseSeconds } from '../common/seconds.ts'
import { ALL_KINDS, momentAfter, NEUTRAL_START, originOf, ticksBetween } from '../common/shape.ts'
import { plainLines } from '../common/table.ts'
import { exactTarget } from '../common/vocabulary.ts'

export const edfbrowserXml: TextFormat = {
  id: 'edfbrowser-xml',
  label: 'EDFbrowser list (XML)',
  hint: 'For EDFbrowser: Tools, Import annotations, XML.',
  medium: 'text',
  countsFrom: 'start second',
  step: 1,
  keeps: ['subtype', 'channels', 'reviewed'],
  kinds: ALL_KINDS,
  losses: ({ options }) =>
    options.dates ? [] : [`the date and time of day: the recording begins on ${NEUTRAL_START.slice(0, 10)}`],
  nameOf: ({ recording, document }) => `${baseOf(recording)}_${document.reviewer}_annotations.xml`,
  write: (job) => [{ name: edfbrowserXml.nameOf(job), text: write(job) }],
  recognises: (head) => /<annotationlist[\s>]/.test(head),
  read,
}

function write(job: WriteJob): string {
  const { document, recording, options } = job
  const start = (options.dates ? recording.start : null) ?? NEUTRAL_START
  const moment = (ticks: number) => {
    const { time, rest } = momentAfter(start, ticks)
    return `${time}.${String(rest).padStart(7, '0')}`
  }
  const annotations = listEvents(document, recording).map(({ onset, duration, text, channel }) =>
    [
      ' <annotation>',
      `  <onset>${moment(onset)}</onset>`,
      `  <duration>${duration === 0 ? '' : formatSeconds(duration)}</duration>`,
      `  <description>${escapeXml(channel === null ? text : `${text}@@${channel}`)}</description>`,
      ' </annotation>',
    ].join('\n'),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<annotationlist>',
    ` <recording_start_time>${moment(originOf(job))}</recording_start_time>`,
    ...annotations,
    '</annotationlist>',
    '',
  ].join('\n')
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

type Part = { readonly text: string; readonly line: number }
type Annotation = { readonly line: number; readonly parts: Map<string, Part> }

/** Throws where the text is no such XML. No entity is read from anywhere: the parser knows the five of XML alone. */
function parse(text: string): { readonly start: Part; readonly annotations: readonly Annotation[] } {
  const parser = new SaxesParser()
  const open: string[] = []
  const annotations: Annotation[] = []
  let start: Part | null = null
  let words = ''
  parser.on('error', ({ message }) => {
    const said = clipText(plainLine(message.replace(/^\d+:\d+:\s*/, '')), 80).replace(/\.$/, '')
    throw new ReviewError('bad-set', `Line ${parser.line}, character ${parser.column + 1}: ${said}.`)
  })
  parser.on('opentag', ({ name }) => {
    if (open.length === 0 && name !== 'annotationlist') {
      throw faultAt({ line: parser.line }, `<${quoteCell(name)}> should be <annotationlist>.`)
    }
    if (open.length > 3)
      throw faultAt({ line: parser.line }, 'its elements are nested deeper than a list of annotations.')
    open.push(name)
    words = ''
    if (open.length === 2 && name === 'annotation') annotations.push({ line: parser.line, parts: new Map() })
  })
  parser.on('text', (more) => {
    words += more
  })
  parser.on('closetag', () => {
    const [, second, third] = open
    const part = { text: words.trim(), line: parser.line }
    if (open.length === 2 && second === 'recording_start_time') start = part
    if (open.length === 3 && second === 'annotation' && third !== undefined) {
      annotations.at(-1)?.parts.set(third, part)
    }
    open.pop()
    words = ''
  })
  parser.write(text).close()
  if (start === null) throw faultAt({ line: 1 }, 'the element <recording_start_time> is missing.')
  return { start, annotations }
}

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const { start, annotations } = parse(plainLines(text))
  // Counted from the second in which the recording began: from any fixed day ticks would be past what is exact.
  const second = start.text.slice(0, 19)
  if (ticksBetween(second, start.text) === null) {
    throw faultAt({ line: start.line }, `${quoteCell(start.text)} should be a date and time.`)
  }
  refuseOtherStart(start, recording.start)
  const found = annotations.map(({ line, parts }): Found => {
    const at = parts.get('onset')
    const onset = at === undefined ? null : ticksBetween(second, at.text)
    if (onset === null)
      throw faultAt({ line: at?.line ?? line }, `${quoteCell(at?.text ?? '')} should be a date and time.`)
    const length = parts.get('duration')
    const duration = length === undefined || length.text === '' ? 0 : parseSeconds(length.text)
    if (duration === null || duration < 0) {
      throw faultAt(
        { line: length?.line ?? line },
        `${quoteCell(length?.text ?? '')} should be seconds, with a point before the decimals.`,
      )
    }
    const description = parts.get('description')?.text ?? ''
    const { text: words, channel } = splitChannel(
      description,
      recording,
      (each) => exactTarget(each) !== null,
    )
    return {
      text: words,
      onset: onset as Ticks,
      duration: duration as Ticks,
      channels: channel === null ? [] : channelsOf([channel], recording),
      line,
    }
  })
  return joinChannels(found)
}

/** Where neither side's date was taken out, both have to be the same recording's. */
function refuseOtherStart(start: Part, of: string | null): void {
  const said = start.text.slice(0, 19).replace(' ', 'T')
  const neutral = NEUTRAL_START.slice(0, 10)
  if (of === null || of === said || said.startsWith(neutral) || of.startsWith(neutral)) return
  throw new ReviewError(
    'wrong-recording',
    `Line ${start.line}: these annotations are of another recording, one that began at another time than this one.`,
  )
}
