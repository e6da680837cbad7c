import { linkSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { removeAbandoned, writeFileAtomically } from '../../../electron/host/atomicFile.ts'
import { makeFolder } from '../../support/folders.ts'

describe('a file that is replaced', () => {
  const makeFile = () => {
    const file = path.join(makeFolder(), 'a.json')
    writeFileSync(file, 'before')
    return file
  }

  it('is as it was, with what is beside it, where the last question is answered with an error', async () => {
    const file = makeFile()
    writeFileSync(`${file}.bak`, 'long before')
    const beforeRename = () => Promise.reject(new Error('not now'))
    const written = writeFileAtomically(file, 'after', { keepPrevious: true, beforeRename })
    await expect(written).rejects.toThrowError('not now')
    expect(readFileSync(file, 'utf8')).toBe('before')
    expect(readFileSync(`${file}.bak`, 'utf8')).toBe('long before')
    expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['a.json', 'a.json.bak'])
  })

  it('is kept though another program takes away what was abandoned, however old it is', async () => {
    const file = makeFile()
    utimesSync(file, new Date(), new Date(Date.now() - 365 * 24 * 3_600_000))
    const beforeRename = () => removeAbandoned(path.dirname(file), Date.now())
    await writeFileAtomically(file, 'after', { keepPrevious: true, beforeRename })
    expect(readFileSync(`${file}.bak`, 'utf8')).toBe('before')
  })

  it('leaves nothing behind where a crash has left it and its backup one file', async () => {
    const file = makeFile()
    linkSync(file, `${file}.bak`)
    await writeFileAtomically(file, 'after', { keepPrevious: true })
    expect(readFileSync(`${file}.bak`, 'utf8')).toBe('before')
    expect(readdirSync(path.dirname(file)).toSorted()).toEqual(['a.json', 'a.json.bak'])
  })
})
