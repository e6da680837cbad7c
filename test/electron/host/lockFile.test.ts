import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { acquireLock, isLocked } from '../../../electron/host/lockFile.ts'
import { identifyProcess } from '../../../electron/host/processIdentity.ts'
import { makeFolder, makePipe } from '../../support/folders.ts'

const NOBODY = 2 ** 22 + 1
/** More than any machine needs, so that only a lock that is never let go is given up. */
const PATIENCE = { patience: 60_000 }

function leaveLock(file: string, content: string, age = 0): void {
  writeFileSync(file, content)
  utimesSync(file, new Date(), new Date(Date.now() - age))
}

/** How long a lock is watched that nobody touches; how long one that somebody does. */
const SHORT = { watchFor: 50 }
const LONG = { watchFor: 60_000 }
const HOUR = 3_600_000

const holder = (pid: number, host = hostname(), more: object = {}) =>
  JSON.stringify({ pid, host, token: 'of another process', ...more })

/** A process that holds the lock and touches it all the time; `say` waits for its next line. */
async function startHolder(file: string): Promise<{ child: ChildProcess; say: () => Promise<string> }> {
  const child = spawn(process.execPath, [
    path.resolve(import.meta.dirname, '../../support/lockHolder.ts'),
    file,
  ])
  onTestFinished(() => void child.kill('SIGKILL'))
  const say = async () => String((await once(child.stdout!, 'data'))[0]).trim()
  expect(await say()).toBe('held')
  return { child, say }
}

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
    ['of another computer, not touched for long', holder(NOBODY, 'elsewhere'), HOUR, false],
    ['of another computer, dated in the future', holder(NOBODY, 'elsewhere'), -24 * HOUR, false],
    ['of a living process, not touched for long', holder(process.ppid), HOUR, false],
    ['of a living process, dated in the future', holder(process.ppid), -24 * HOUR, false],
    ['of a process that is gone, dated in the future', holder(NOBODY), -24 * HOUR, false],
    ['that says nothing', '', 0, true],
    ['that says nothing, for long', '', HOUR, false],
    ['that says nothing, dated in the future', '', -24 * HOUR, false],
    ['that says something else', '{"pid":"x"}', 0, true],
    ['that says null', 'null', HOUR, false],
    ['that is far too large', 'x'.repeat(5_000_000), HOUR, false],
  ])('%s', async (_, content, age, isHeld) => {
    const file = path.join(makeFolder(), 'a.lock')
    leaveLock(file, content, age)
    expect(await isLocked(file, SHORT.watchFor)).toBe(isHeld)
    const lock = await acquireLock(file, SHORT)
    expect(lock === null).toBe(isHeld)
    await lock?.release()
  })

  it('of a process is not held by a later one that got its number', async () => {
    const { child } = await startHolder(path.join(makeFolder(), 'other.lock'))
    const file = path.join(makeFolder(), 'a.lock')
    const { boot, machine } = await identifyProcess()
    // Without /proc nobody tells when a process began.
    if (boot === null) return
    leaveLock(file, holder(child.pid!, hostname(), { started: '1', boot, machine }))
    expect(await isLocked(file, LONG.watchFor)).toBe(false)
    leaveLock(file, holder(child.pid!, hostname(), { started: null, boot: 'before this start', machine }))
    expect(await isLocked(file, LONG.watchFor)).toBe(false)
    leaveLock(file, holder(NOBODY, hostname(), { started: '1', boot, machine: 'another of one name' }))
    expect(await isLocked(file, LONG.watchFor)).toBe(true)
  })

  it.each([
    ['behind', -HOUR],
    ['ahead', HOUR],
  ])('of a process that works is held, though its clock is an hour %s', async (_, off) => {
    const file = path.join(makeFolder(), 'a.lock')
    await startHolder(file)
    const touched = setInterval(
      () => utimesSync(file, new Date(), new Date(Date.now() + off + Math.random())),
      5,
    )
    onTestFinished(() => clearInterval(touched))
    utimesSync(file, new Date(), new Date(Date.now() + off))
    expect(await isLocked(file, LONG.watchFor)).toBe(true)
    expect(await acquireLock(file, LONG)).toBeNull()
  })

  it('goes from a process that does not stir to one that asks, for good', async () => {
    const file = path.join(makeFolder(), 'a.lock')
    const { child, say } = await startHolder(file)
    child.kill('SIGSTOP')
    utimesSync(file, new Date(), new Date(Date.now() - HOUR))
    const second = (await acquireLock(file, { ...SHORT, patience: 60_000 }))!
    const mine = readFileSync(file, 'utf8')
    child.kill('SIGCONT')
    child.stdin!.write('release\n')
    expect(await say()).toBe('was held: false')
    expect(readFileSync(file, 'utf8')).toBe(mine)
    expect(await isLocked(file)).toBe(true)
    expect(await acquireLock(file)).toBeNull()
    await second.release()
    expect(await isLocked(file)).toBe(false)
  })

  it('left by a crash in the middle of a takeover is taken over at once', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'a.lock')
    leaveLock(file, holder(NOBODY))
    leaveLock(`${file}.takeover`, holder(NOBODY))
    const lock = await acquireLock(file)
    expect(lock).not.toBeNull()
    await lock!.release()
    expect(readdirSync(folder)).toEqual([])
  })

  it('that another is just taking over is left to that one', async () => {
    const file = path.join(makeFolder(), 'a.lock')
    leaveLock(file, holder(NOBODY))
    leaveLock(`${file}.takeover`, holder(process.ppid))
    expect(await acquireLock(file)).toBeNull()
    leaveLock(`${file}.takeover`, holder(process.ppid), HOUR)
    const lock = await acquireLock(file, SHORT)
    expect(lock).not.toBeNull()
    await lock!.release()
  })

  it('never takes away a recording that has its name', async () => {
    const file = path.join(makeFolder(), 'a.lock')
    const recording = '0'.padEnd(256)
    leaveLock(file, recording, HOUR)
    await expect(acquireLock(file, SHORT)).rejects.toMatchObject({ code: 'bad-input' })
    expect(readFileSync(file, 'utf8')).toBe(recording)
  })

  it('is never waited for where its name is that of a pipe, a folder or a link', async () => {
    const folder = makeFolder()
    const named = (name: string) => path.join(folder, name)
    mkdirSync(named('folder.lock'))
    // A link to nothing is there, and no file that it leads to is.
    symlinkSync('nothing', named('link.lock'))
    const sentences = [
      [
        'folder.lock',
        'folder.lock, which should say who is writing, is a folder: take it away, then try again.',
      ],
      ['link.lock', 'link.lock, which should say who is writing, is a link: take it away, then try again.'],
    ]
    if (makePipe(named('pipe.lock'))) {
      const sentence = 'pipe.lock, which should say who is writing, is a pipe: take it away, then try again.'
      sentences.push(['pipe.lock', sentence])
    }
    for (const [name = '', message] of sentences) {
      await expect(acquireLock(named(name), PATIENCE)).rejects.toMatchObject({ code: 'unreadable', message })
      await expect(isLocked(named(name))).rejects.toMatchObject({ code: 'unreadable', message })
    }
    expect(readdirSync(folder).sort()).toEqual(sentences.map(([name]) => name).sort())
  })

  it('that a pipe has taken the place of is held no more, and let go without waiting', async () => {
    const file = path.join(makeFolder(), 'a.lock')
    const lock = (await acquireLock(file))!
    rmSync(file)
    if (!makePipe(file)) return
    expect(await lock.isHeld()).toBe(false)
    await lock.release()
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
