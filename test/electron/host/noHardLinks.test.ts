/** Disks that know no hard links (FAT, some shares): what is put in place there is whole, or not there. */
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { writeNewRecording } from '../../../electron/host/newFile.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import { blankDocument } from '../../support/annotations.ts'
import { makeFolder } from '../../support/folders.ts'
import { makeDesk } from '../../support/setDesk.ts'

const disk = vi.hoisted(() => ({
  hasLinks: false,
  isFailing: false,
  /** What was done, in order: `sync` of a file or folder, and names given and taken. */
  done: [] as string[],
}))

const refused = () => Object.assign(new Error('refused'), { code: 'EPERM' })

vi.mock(import('node:fs/promises'), async (original) => {
  const actual = await original()
  const told = (what: string, file: unknown) => disk.done.push(`${what} ${path.basename(String(file))}`)
  return {
    ...actual,
    link: async (from, to) => {
      if (!disk.hasLinks) throw refused()
      told('link', to)
      return actual.link(from, to)
    },
    rename: async (from, to) => {
      if (disk.isFailing) throw refused()
      told('rename', to)
      return actual.rename(from, to)
    },
    rm: async (file, options) => {
      told('rm', file)
      return actual.rm(file, options)
    },
    copyFile: async (from, to, mode) => {
      told('copy', to)
      await actual.copyFile(from, to, mode)
      // As it is left by a program that is killed meanwhile.
      if (disk.isFailing) {
        truncateSync(to, 1)
        throw refused()
      }
    },
    open: async (file, ...rest) => {
      const handle = await actual.open(file, ...rest)
      const sync = handle.sync.bind(handle)
      handle.sync = async () => {
        told('sync', file)
        return sync()
      }
      return handle
    },
  }
})

const TEMPORARY = /\.hypnospike-[0-9a-f]{16}\.tmp/
/** Windows syncs no folders. */
const folderSynced = (name: string) => (process.platform === 'win32' ? [] : [`sync ${name}`])
const done = () => disk.done.map((each) => each.replace(TEMPORARY, 'temporary'))

beforeEach(() => {
  Object.assign(disk, { hasLinks: false, isFailing: false })
  disk.done.length = 0
})

describe('a new recording', () => {
  it('takes its name at once, and is on disk when it has been written', async () => {
    const folder = makeFolder()
    await writeNewRecording(path.join(folder, 'clip.edf'), [new Uint8Array([1, 2, 3])])
    expect([...readFileSync(path.join(folder, 'clip.edf'))]).toEqual([1, 2, 3])
    expect(done()).toEqual([
      ...['sync temporary', 'rename clip.edf', `sync ${path.basename(folder)}`, 'rm temporary'],
    ])
    expect(readdirSync(folder)).toEqual(['clip.edf'])
  })

  it('is on disk, too, where there are hard links', async () => {
    disk.hasLinks = true
    const folder = makeFolder()
    await writeNewRecording(path.join(folder, 'clip.edf'), [new Uint8Array([1, 2, 3])])
    expect(done()).toEqual([
      ...['sync temporary', 'link clip.edf', `sync ${path.basename(folder)}`, 'rm temporary'],
    ])
  })

  it('leaves nothing of itself where its name cannot be given', async () => {
    disk.isFailing = true
    const folder = makeFolder()
    const written = writeNewRecording(path.join(folder, 'clip.edf'), [new Uint8Array([1, 2, 3])])
    await expect(written).rejects.toMatchObject({ code: 'read-only' })
    expect(readdirSync(folder)).toEqual([])
  })

  it('replaces no file that is there', async () => {
    const file = path.join(makeFolder(), 'clip.edf')
    await expect(
      writeNewRecording(file, [new Uint8Array([1])], async () => writeFileSync(file, 'mine')),
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })
})

describe('a copy of a set that is set aside', () => {
  it('is on disk in its new place before it goes from the old one', async () => {
    const desk = makeDesk()
    const { setId } = await desk.sets.open(desk.recording, 'JS', null)
    const copy = path.join(desk.folder, 'night.JS.hypnospike (copy).json')
    writeFileSync(copy, serializeSet({ ...blankDocument(), reviewer: 'JS' }))
    const { hash } = await desk.sets.readVersion(setId, copy)
    disk.done.length = 0
    await desk.sets.setCopyAside(setId, copy, hash)
    const name = path.basename(copy)
    expect(done()).toEqual([`copy ${name}`, `sync ${name}`, ...folderSynced('set aside'), `rm ${name}`])
    expect([existsSync(copy), existsSync(path.join(desk.folder, 'set aside', name))]).toEqual([false, true])
  })
})
