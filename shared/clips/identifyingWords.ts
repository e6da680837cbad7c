/**
 * The words by which a recording's header, date and file name could be found again in a text: to warn a reader who is about to
 * let one through, and to look for in what was written. They stay where the header is. For the reader: `identifyingWords`.
 */
import type { Header } from '../edf/header/model.ts'
import { isKnown } from './words.ts'

/** Shorter ones are in every text: names of three letters are looked for as words of their own. */
const SHORTEST = 4
const SHORT_NAME = /(?<!\p{L})\p{L}{3}(?!\p{L})/gu
/** What numbers a patient, whatever letters stand before it. */
const LONG_NUMBER = /\d{5,}/g

/** In lower case: subfields and their parts, dates and clock in the usual spellings, and the parts of the file's name. */
export function identifyingWords(
  header: Pick<Header, 'patient' | 'recording' | 'start'>,
  fileName: string,
): readonly string[] {
  const texts = [header.patient, header.recording, fileName.replace(/\.[^.]*$/, '')]
  const words = texts.flatMap((text) => [
    ...text.split(/\s+/),
    ...text.normalize().split(/[^\p{L}\p{N}]+/u),
    ...(text.match(LONG_NUMBER) ?? []),
  ])
  const long = [...words, ...momentsOf(header.start)].map((word) => word.toLowerCase()).filter(isTelling)
  return [...new Set([...long, ...shortNamesOf(header.patient)])]
}

function shortNamesOf(patient: string): readonly string[] {
  const found = patient.normalize().toLowerCase().match(SHORT_NAME) ?? []
  return found.filter((name) => !MONTHS.includes(name) && !PARTICLES.has(name) && !isField(name))
}

function isTelling(word: string): boolean {
  return word.length >= SHORTEST && !COMMON.has(word) && !isField(word)
}

function isField(word: string): boolean {
  return isKnown('label', word.slice(0, 16)) || isKnown('transducer', word) || isKnown('annotation', word)
}

/** Words of a field or a file's name that say nothing of anybody. */
const COMMON: ReadonlySet<string> = new Set(
  'startdate recording patient unknown anonymous anonymized anonymised test sample teaching clip copy night sleep exam study none telemetry export'.split(
    ' ',
  ),
)

/** Parts of names that are words of many languages. */
const PARTICLES: ReadonlySet<string> = new Set('von van der den del dos las los the and'.split(' '))

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `YYYY-MM-DDTHH:MM:SS` as headers, technicians and file names write it. */
function momentsOf(start: string | null): readonly string[] {
  const [, year = '', month = '', day = '', clock = ''] =
    /^(\d{4})-(\d\d)-(\d\d)T(.*)$/.exec(start ?? '') ?? []
  if (year === '') return []
  const short = year.slice(2)
  return [
    ...[
      `${day}.${month}.${short}`,
      `${day}.${month}.${year}`,
      `${year}-${month}-${day}`,
      `${year}${month}${day}`,
    ],
    ...[`${day}/${month}/${year}`, `${month}/${day}/${year}`, `${day}-${MONTHS[Number(month) - 1]}-${year}`],
    // A midnight that stands for no time is in what is written for nobody too.
    ...(clock === '00:00:00' ? [] : [clock, clock.replaceAll(':', '.')]),
  ].filter((moment) => moment !== '01.01.85')
}

/**
 * The first word of these that a text repeats; null: none. However its letters are spelled: an accent may be a character of
 * its own or left out, what is not seen may stand between them, and an address has them by their bytes.
 */
export function repeatsWord(text: string, words: readonly string[]): string | null {
  const spellings = [foldLetters(text), foldLetters(unescapeAddress(text))]
  const parts = new Set(spellings.flatMap((spelling) => spelling.split(/[^\p{L}\p{N}]+/u)))
  const isThere = (letters: string) =>
    letters.length < SHORTEST
      ? letters !== '' && parts.has(letters)
      : spellings.some((spelling) => spelling.includes(letters))
  return words.find((word) => isThere(foldLetters(word))) ?? null
}

function foldLetters(text: string): string {
  return text.normalize('NFKD').replace(UNSEEN, '').toLowerCase().replaceAll('ß', 'ss')
}

/** Accents, and what has no width. */
const UNSEEN = /[\p{M}\p{Cf}]/gu

function unescapeAddress(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
