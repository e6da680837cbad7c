import { closeSync, openSync, readSync } from 'node:fs'
import { FIXTURES } from '../fixtures/edf/fixtures.ts'
import { realRecordings } from '../support/recordings.ts'

const MOST_BYTES = 48 * 1024

/** The project's fixtures, and the beginnings of the real recordings that lie beside it. */
export function fuzzSeeds(): readonly Uint8Array[] {
  const real = realRecordings().map(({ path }) => {
    const bytes = new Uint8Array(MOST_BYTES)
    const file = openSync(path, 'r')
    const read = readSync(file, bytes, 0, MOST_BYTES, 0)
    closeSync(file)
    return bytes.slice(0, read)
  })
  return [...FIXTURES.map(({ bytes }) => bytes).filter(({ length }) => length <= 2 * MOST_BYTES), ...real]
}
