/** Text of a header or an annotation as plain text: decoded without loss, harmless to show. */
import { displayName, HIDDEN } from '../../shownText.ts'
import type { CodePage } from './codePages.ts'

const NOT_ASCII = /\P{ASCII}/u
const CONTROL = /\p{Cc}/gu

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export type DecodedText = {
  readonly text: string
  readonly encoding: 'ascii' | 'utf-8' | 'latin-1' | 'chosen'
}

const decoders = new Map<CodePage, TextDecoder>()

function decoderOf(page: CodePage): TextDecoder {
  const decoder = decoders.get(page) ?? new TextDecoder(page, { fatal: true, ignoreBOM: true })
  decoders.set(page, decoder)
  return decoder
}

/**
 * In the code page that the reader has said, where the bytes are valid in it; else UTF-8 where they are that, else
 * ISO 8859-1, which every byte is valid in.
 */
export function decodeText(bytes: Uint8Array, page: CodePage = 'auto'): DecodedText {
  const latin = latin1(bytes)
  if (!NOT_ASCII.test(latin)) return { text: latin, encoding: 'ascii' }
  if (page !== 'auto') {
    try {
      return { text: decoderOf(page).decode(bytes), encoding: 'chosen' }
    } catch {
      // These bytes are not in that page: they are read as if none had been said.
    }
  }
  try {
    return { text: strictUtf8.decode(bytes), encoding: 'utf-8' }
  } catch {
    return { text: latin, encoding: 'latin-1' }
  }
}

/** One character a byte, the same number (TextDecoder's `latin1` is windows-1252, which is not). */
export function latin1(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += 8192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return text
}

/** A header field as a reader sees it: padding removed, controls as spaces, reordering marks as U+FFFD. */
export function cleanField(text: string): string {
  return text.replace(CONTROL, ' ').replace(HIDDEN, '\ufffd').trim()
}

/** A short quotation for a message: one line, at most 40 characters. */
export function quote(text: string): string {
  const clean = displayName(text)
  const shown = [...clean]
  return `"${shown.length > 40 ? `${shown.slice(0, 39).join('')}…` : clean}"`
}
