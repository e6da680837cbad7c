import { readdirSync, readFileSync, truncateSync } from 'node:fs'
import path from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { keepDropped } from '../../electron/browser/dropped.ts'
import { openFile } from '../../electron/host/fileSource.ts'
import { makeFolder } from '../support/folders.ts'

const drop = (folder: string, text: string, name = 'night.edf') =>
  keepDropped(Readable.from([Buffer.from(text)]), folder, name)

describe('a file dropped again', () => {
  it('is still the one that is open, and leaves nothing beside it', async () => {
    const folder = makeFolder()
    const first = await drop(folder, 'samples')
    const source = await openFile(first)
    expect(await drop(folder, 'samples')).toBe(first)
    expect(await source.checkUnchanged()).toEqual({ kind: 'same' })
    await source.close()
    expect(readdirSync(folder)).toEqual([path.basename(path.dirname(first))])
    expect(readdirSync(path.dirname(first))).toEqual(['night.edf'])
  })

  it('takes the place of a copy that was cut off', async () => {
    const folder = makeFolder()
    const first = await drop(folder, 'samples')
    truncateSync(first, 3)
    expect(await drop(folder, 'samples')).toBe(first)
    expect(readFileSync(first, 'utf8')).toBe('samples')
  })
})

describe('the name of a dropped file', () => {
  it.each([
    ['as long as a name may be', `${'x'.repeat(251)}.edf`, `${'x'.repeat(251)}.edf`],
    ['too long', `${'x'.repeat(400)}.edf`, `${'x'.repeat(251)}.edf`],
    ['too long in bytes', `${'é'.repeat(200)}.bdf`, `${'é'.repeat(125)}.bdf`],
    ['too long and never cut within a character', `${'𝒳'.repeat(100)}.edf`, `${'𝒳'.repeat(62)}.edf`],
    ['too long, hidden', `.${'x'.repeat(400)}`, `dropped.${'x'.repeat(243)}.edf`],
    ['too long from a dot on', `night.${'x'.repeat(400)}`, `night.${'x'.repeat(249)}`],
  ])('that is %s keeps its ending where it has one', async (_, name, kept) => {
    const file = await drop(makeFolder(), 'samples', name)
    expect(path.basename(file)).toBe(kept)
    expect(readFileSync(file, 'utf8')).toBe('samples')
  })
})
