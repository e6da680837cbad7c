import { readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { acquireLock, isLocked } from '../../../electron/host/lockFile.ts'
import { makeFolder } from '../../support/folders.ts'

const NOBODY = 2 ** 22 + 1
/** More than any machine needs, so that only a lock that is never let go is given up. */
const PATIENCE = 30_000

function leaveLock(file: string, content: string, age = 0): void {
  writeFileSync(file, content)
  utimesSync(file, new Date(), new Date(Date.now() - age))
}

const holder = (pid: number, host = hostname()) => JSON.stringify({ pid, host, token: 'of another process' })

describe('a lock', () => {
  it('is held by one at a time, and leaves nothing behind', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'a.lock')
    const first = await acquireLock(file)
    expect(await isLocked(file)).toBe(true)
    expect(await acquireLock(file)).toBeNull()
    await first!.release()
    expect(await isLocked(file)).toBe(false)
    const second = await acquireLock(file)
    expect(second).not.toBeNull()
    await second!.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is waited for', async () => {
    const file = path.join(makeFolder(), 'a.lock')
    const first = (await acquireLock(file))!
    const waiting = acquireLock(file, PATIENCE)
    // One that does not wait has tried meanwhile, and found it held.
    expect(await acquireLock(file)).toBeNull()
    await first.release()
    const second = await waiting
    expect(second).not.toBeNull()
    await second!.release()
  })

  it.each<[string, string, number, boolean]>([
    ['of a living process', holder(process.ppid), 0, true],
    ['of a process that is gone', holder(NOBODY), 0, false],
    ['with our own number, left by a process before us', holder(process.pid), 0, false],
    ['of another computer', holder(NOBODY, 'elsewhere'), 0, true],
    ['of another computer, not touched for long', holder(NOBODY, 'elsewhere'), 3_600_000, false],
    ['of a living process, not touched for long', holder(process.ppid), 3_600_000, false],
    ['that says nothing', '', 0, true],
    ['that says nothing, for long', '', 3_600_000, false],
    ['that says something else', '{"pid":"x"}', 0, true],
  ])('%s', async (_, content, age, isHeld) => {
    const file = path.join(makeFolder(), 'a.lock')
    leaveLock(file, content, age)
    expect(await isLocked(file)).toBe(isHeld)
    const lock = await acquireLock(file)
    expect(lock === null).toBe(isHeld)
    await lock?.release()
  })

  it('taken over from a process that slept is not taken away when that one wakes and lets go', async () => {
    const file = path.join(makeFolder(), 'a.lock')
    const sleeper = (await acquireLock(file))!
    utimesSync(file, new Date(), new Date(Date.now() - 3_600_000))
    const second = (await acquireLock(file))!
    await sleeper.release()
    expect(await isLocked(file)).toBe(true)
    expect(await acquireLock(file)).toBeNull()
    await second.release()
    expect(await isLocked(file)).toBe(false)
  })

  it('left by a crash in the middle of a takeover is taken over after a while', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'a.lock')
    leaveLock(file, holder(NOBODY))
    leaveLock(`${file}.takeover`, holder(NOBODY))
    expect(await acquireLock(file)).toBeNull()
    leaveLock(`${file}.takeover`, holder(NOBODY), 3_600_000)
    const lock = await acquireLock(file, PATIENCE)
    expect(lock).not.toBeNull()
    await lock!.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('left by a crash is taken over by one of many', async () => {
    for (let round = 0; round < 60; round += 1) {
      const file = path.join(makeFolder(), 'a.lock')
      leaveLock(file, holder(NOBODY))
      const locks = await Promise.all(Array.from({ length: 8 }, () => acquireLock(file)))
      expect(locks.filter((lock) => lock !== null)).toHaveLength(1)
      await Promise.all(locks.map((lock) => lock?.release()))
    }
  })
})
