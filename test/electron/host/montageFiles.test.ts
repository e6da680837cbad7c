import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readMontageFile, writeMontageFile } from '../../../electron/host/montageFiles.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import { LARGEST_MONTAGE_FILE } from '../../../shared/ownMontages/montageFile.ts'
import { withMarks } from '../../support/annotations.ts'
import { makeFolder } from '../../support/folders.ts'

describe('a file of montages', () => {
  it('is written where it was asked for, and read with its name', async () => {
    const file = path.join(makeFolder(), 'night.mtg')
    expect(await writeMontageFile(file, 'µV\n')).toBe('night.mtg')
    expect(await readMontageFile(file)).toEqual({ name: 'night.mtg', text: 'µV\n' })
  })

  it('never takes the place of a recording', async () => {
    const folder = makeFolder()
    for (const name of ['night.edf', 'night.bdf']) {
      await expect(writeMontageFile(path.join(folder, name), 'x')).rejects.toMatchObject({
        code: 'bad-input',
      })
    }
    const disguised = path.join(folder, 'night.mtg')
    const header = `0       ${' '.repeat(248)}`
    writeFileSync(disguised, header.padEnd(600))
    await expect(writeMontageFile(disguised, 'x')).rejects.toMatchObject({ code: 'bad-input' })
    expect(readFileSync(disguised, 'utf8')).toHaveLength(600)
  })

  it('never takes the place of a set, nor a name that one may have', async () => {
    const folder = makeFolder()
    const set = path.join(folder, 'mine.json')
    const text = serializeSet(withMarks([[1, 2]]))
    writeFileSync(set, text)
    for (const name of ['mine.json', 'night.JS.hypnospike.json', 'night.key.json']) {
      await expect(writeMontageFile(path.join(folder, name), 'x')).rejects.toMatchObject({
        code: 'bad-input',
      })
    }
    expect(readFileSync(set, 'utf8')).toBe(text)
    expect(readdirSync(folder)).toEqual(['mine.json'])
  })

  it('that is too large is refused in a sentence', async () => {
    const file = path.join(makeFolder(), 'large.json')
    writeFileSync(file, ' '.repeat(LARGEST_MONTAGE_FILE + 1))
    await expect(readMontageFile(file)).rejects.toThrow('large.json is larger than 2 MB.')
  })
})
