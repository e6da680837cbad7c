/** The bytes were made by Python's codecs. */
import { describe, expect, test } from 'vitest'
import { bytesSource } from '../../../../shared/bytes.ts'
import { CODE_PAGES, type CodePage, parseCodePage } from '../../../../shared/edf/header/codePages.ts'
import { openRecording, scanRecording } from '../../../../shared/edf/recording.ts'
import { plusFile, rampSignal } from '../../../fixtures/edf/fixtures.ts'
import { annotationSignal, edfBytes } from '../../../support/edfBytes.ts'

const TEXTS: readonly (readonly [CodePage, string, string])[] = [
  ['gb18030', '\xb1\xd5\xd1\xdb', '闭眼'],
  ['gb18030', '\xb9\xfd\xb6\xc8\xbb\xbb\xc6\xf8 \xbf\xaa\xca\xbc', '过度换气 开始'],
  ['shift_jis', '\x8aJ\x8a\xe1', '開眼'],
  ['windows-1250', '\xa3ukasz \x9cpi', 'Łukasz śpi'],
  ['windows-1252', '\x80 caf\xe9', '€ café'],
  ['windows-1251', '\xf1\xee\xed', 'сон'],
]

async function read(text: string, label: string, page: CodePage) {
  const signals = [{ ...rampSignal(8), label }, annotationSignal(() => `+0||_+1.5^0.2|${text}@@${label}|_`)]
  const source = bytesSource(edfBytes(plusFile({ recordCount: 1, signals })))
  const opened = await openRecording(source, { page })
  return scanRecording(source, opened, { page })
}

describe('texts in the code page that the reader has said', () => {
  test.each(TEXTS)('%s: %j is read as %s', async (page, bytes, text) => {
    const { annotations, recording } = await read(bytes, bytes.slice(0, 16), page)
    const label = text.slice(0, text.length)
    expect(annotations).toEqual([{ onset: 1.5, duration: 0.2, text, channel: label }])
    // A label too, by which the note links to its signal; and nothing is said to be read as Latin-1.
    expect(recording.header.signals[0]?.label).toBe(label)
    expect(recording.warnings.filter(({ code }) => code === 'tal-encoding')).toEqual([])
  })

  test('bytes that are not in that page are read as if none had been said', async () => {
    const { annotations } = await read('\xa3\xff', 'Fp1', 'gb18030')
    expect(annotations[0]?.text).toBe('\xa3\xff')
  })

  test('without a word UTF-8 is read as such, the rest as Latin-1, and said', async () => {
    const { annotations, recording } = await read('\xb1\xd5', 'Fp1', 'auto')
    expect(annotations[0]?.text).toBe('±Õ')
    expect(recording.warnings.map(({ code }) => code)).toContain('tal-encoding')
  })
})

test('every page that is offered can be decoded here', () => {
  for (const { id } of CODE_PAGES) if (id !== 'auto') expect(() => new TextDecoder(id)).not.toThrow()
})

test.each([
  ['GBK', 'gb18030'],
  ['cp936', 'gb18030'],
  ['Shift-JIS', 'shift_jis'],
  ['sjis', 'shift_jis'],
  ['cp1250', 'windows-1250'],
  ['1250', 'windows-1250'],
  ['windows-1251', 'windows-1251'],
  ['latin1', 'windows-1252'],
  ['UTF8', 'utf-8'],
  ['Klingon', null],
  ['', null],
])('%j names the page %s', (name, page) => {
  expect(parseCodePage(name)).toBe(page)
})
