/** When the recording started: the header's date and time, and the Startdate subfield of EDF+. */
import { formatStart, parseDate, parseNamedDate, parseTime } from './fields.ts'
import type { Finding } from './finding.ts'
import { FILE_FIELDS, readField } from './layout.ts'
import { quote } from './text.ts'

/** Local date and time at the patient; EDF+ `Startdate` wins over the two-digit year of the field. */
export function parseStart(bytes: Uint8Array, plus: boolean, findings: Finding[]): string | null {
  const dateText = readField(bytes, 'startDate')
  const timeText = readField(bytes, 'startTime')
  const parsed = parseDate(dateText)
  const time = parseTime(timeText)
  const subfield = /^Startdate +(\S+)/i.exec(readField(bytes, 'recording'))?.[1]
  const named = subfield === undefined ? null : parseNamedDate(subfield)
  const own = parsed.kind === 'date' ? parsed.date : null
  const date = plus ? (named?.date ?? own) : (own ?? named?.date ?? null)

  const asked = {
    code: 'start-date',
    clause: plus ? 'EDF+ 2.1.3 (2): startdate' : 'EDF: startdate of recording',
    field: 'Start date',
    byteOffset: FILE_FIELDS.startDate.offset,
    found: quote(dateText),
    expected: 'a date as dd.mm.yy',
  }
  const read = date === null ? 'the start is shown as unknown' : `read as ${formatDay(date)}`
  if (parsed.kind === 'none') findings.push({ ...asked, howRead: read })
  else if (parsed.kind === 'date' && !parsed.strict) findings.push({ ...asked, howRead: read })
  else if (parsed.kind === 'year-elsewhere' && date === null) findings.push({ ...asked, howRead: read })
  if (plus && named !== null && own !== null && formatDay(named.date) !== formatDay(own)) {
    findings.push({
      ...asked,
      clause: 'EDF+ 2.1.3 (4): startdate subfield',
      expected: 'the same day as the Startdate subfield',
      howRead: `the Startdate subfield is taken: ${formatDay(named.date)}`,
    })
  }
  if (time === null || !time.strict) {
    findings.push({
      code: 'start-time',
      clause: plus ? 'EDF+ 2.1.3 (2): starttime' : 'EDF: starttime of recording',
      field: 'Start time',
      byteOffset: FILE_FIELDS.startTime.offset,
      found: quote(timeText),
      expected: 'a time as hh.mm.ss',
      howRead: time === null ? 'the start is shown as unknown' : `read as ${formatClock(time.time)}`,
    })
  }
  return date === null || time === null ? null : formatStart(date, time.time)
}

function formatDay(date: Parameters<typeof formatStart>[0]): string {
  return formatStart(date, { hour: 0, minute: 0, second: 0 }).slice(0, 10)
}

function formatClock(time: Parameters<typeof formatStart>[1]): string {
  return formatStart({ year: 2000, month: 1, day: 1 }, time).slice(11)
}
