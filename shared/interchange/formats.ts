/** THE registry of other programs' formats: a row a format, which is all that terminal and window know of it. */
import { bids } from './bids/events.ts'
import type { Format, TextFormat } from './common/format.ts'
import { csv } from './csv/spreadsheet.ts'
import { edfAnnotations, edfCopy } from './edf/formats.ts'
import { edfbrowserCsv } from './edfbrowser/csv.ts'
import { edfbrowserXml } from './edfbrowser/xml.ts'
import { mne } from './mne/annot.ts'
import { szcore } from './szcore/events.ts'
import { tuh, tuhBi } from './tuh/csv.ts'

/** In the order of a list; where a file could be several, the first that recognises it. */
export const FORMATS: readonly Format[] = [
  edfAnnotations,
  edfCopy,
  edfbrowserCsv,
  edfbrowserXml,
  mne,
  szcore,
  bids,
  tuhBi,
  tuh,
  csv,
]

export const FORMAT_IDS = FORMATS.map(({ id }) => id)

export function formatOf(id: string): Format | null {
  return FORMATS.find((format) => format.id === id) ?? null
}

export function isText(format: Format): format is TextFormat {
  return format.medium === 'text'
}

/** The format of text a file is in, by its beginning and its name; null where none knows it. */
export function recogniseFormat(head: string, name: string): TextFormat | null {
  return FORMATS.filter(isText).find((format) => format.recognises(head, name)) ?? null
}
