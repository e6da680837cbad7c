/**
 * A file that says "in use", with who uses it. Whether its holder is still there is asked of the process first
 * and only then of the clock: clocks are set, differ between computers, and stand still in a sleeping laptop.
 *
 * - The holder's process is gone, or its number belongs to another process by now: left by a crash, taken at once.
 * - It was touched within the last half minute: held.
 * - Else (untouched for long, or dated in the future) it is watched, by a clock that nobody can set: a holder
 *   that works touches it every few seconds and keeps it. One that does not is stopped, hangs, or sits on another
 *   computer that died. It loses the lock, since else a window that hangs would keep the reader from marking
 *   for ever; two do not write over each other, because each holder asks `isHeld` before it writes, and before a file
 *   that it made takes the place of another. What is left between that question and the system's call is
 *   told of in ARCHITECTURE.md, decision 16.
 */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, lstat, open, readFile, rename, rm, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ReviewError } from '../../shared/failure.ts'
import { statOrNull, temporaryIn } from './atomicFile.ts'
import { describeNode } from './nodeKind.ts'
import { identifyProcess, isRunning, type ProcessIdentity } from './processIdentity.ts'
import { codeOf } from './systemError.ts'
import { refuseRecording } from './writeGuard.ts'

/** Longer than a disk sleeps, shorter than a person waits. */
const STALE_AFTER = 30_000
const TOUCH_EVERY = 2_000
/** Three touches would fall into it. */
const WATCH_FOR = 6_500
const LOOK_EVERY = 100
const RETRY_EVERY = 20
/** A lock is a line of JSON; what is larger is something else. */
const LARGEST_LOCK = 4096
/** Without O_NONBLOCK opening a FIFO would wait for ever for its other end. No lock of ours is a link. Windows has neither. */
const READING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0)

export type Lock = {
  /** false once another process has taken it over, because this one did not stir for long. */
  readonly isHeld: () => Promise<boolean>
  readonly release: () => Promise<void>
}

/** Milliseconds. */
type Waiting = { readonly patience?: number; readonly watchFor?: number; readonly touchEvery?: number }

/** A pid comes back, often at once in a container: a lock with ours that we do not hold is of a process before us. */
const heldHere = new Set<string>()
/** Since when a lock has been seen unchanged, so that it is watched once only. Milliseconds of `performance.now`. */
const seenUnchanged = new Map<string, { readonly state: string; readonly since: number }>()

type Holder = ProcessIdentity & { readonly host: string; readonly token: string }

/**
 * Takes the lock, waiting at most `patience` milliseconds for a holder that works, and `watchFor` for one that
 * may be gone; null where another one holds it. Rejects with the system's error where the file cannot be made,
 * with ReviewError `unreadable` where a folder, pipe, device or link has its name, and `bad-input` where a recording has.
 */
export async function acquireLock(file: string, waiting: Waiting = {}): Promise<Lock | null> {
  const { patience = 0, watchFor = WATCH_FOR, touchEvery = TOUCH_EVERY } = waiting
  const deadline = performance.now() + patience
  const token = randomBytes(8).toString('hex')
  const me: Holder = { ...(await identifyProcess()), host: hostname(), token }
  heldHere.add(token)
  try {
    while (!(await tryCreate(file, me))) {
      if (await removeAbandonedLock(file, me, watchFor)) continue
      if (performance.now() >= deadline) {
        heldHere.delete(token)
        return null
      }
      await wait(RETRY_EVERY)
    }
  } catch (error) {
    heldHere.delete(token)
    throw error
  }
  const isHeld = async () => (await readHolder(file, 'nobody'))?.token === token
  const touching = setInterval(() => void touch().catch(() => {}), touchEvery)
  touching.unref()
  async function touch(): Promise<void> {
    // Another's lock is not kept alive by one that lost it.
    if (!(await isHeld())) return clearInterval(touching)
    const now = new Date()
    await utimes(file, now, now)
  }
  return {
    isHeld,
    release: async () => {
      clearInterval(touching)
      if (await isHeld()) await rm(file, { force: true })
      heldHere.delete(token)
    },
  }
}

/** Whether a process that works holds the lock; may take `watchFor` milliseconds where that is in doubt. */
export async function isLocked(file: string, watchFor = WATCH_FOR): Promise<boolean> {
  const holder = await readHolder(file)
  return holder !== null && !(await isAbandoned(file, holder, watchFor))
}

/** The name appears with its content at once: a lock that others see is never empty. */
async function tryCreate(file: string, me: Holder): Promise<boolean> {
  const draft = temporaryIn(path.dirname(file))
  const handle = await open(draft, 'wx')
  try {
    await handle.writeFile(JSON.stringify(me))
    await handle.close()
    await link(draft, file)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(codeOf(error) ?? '')) throw error
    return await createWithoutLink(file, me)
  } finally {
    await handle.close().catch(() => {})
    await rm(draft, { force: true })
  }
}

async function createWithoutLink(file: string, me: Holder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx')
    await handle.writeFile(JSON.stringify(me)).finally(() => handle.close())
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
}

/**
 * null where there is no lock; what is not ours to read counts as a lock of nobody. What is no file at all was put there
 * by hand and no waiting takes it away: it is refused with ReviewError `unreadable`, or counts as nobody's too.
 */
async function readHolder(file: string, noFile: 'refused' | 'nobody' = 'refused'): Promise<Holder | null> {
  const nobody: Holder = { pid: 0, started: null, boot: null, machine: null, host: '', token: '' }
  try {
    const facts = await lstat(file)
    if (!facts.isFile()) {
      if (noFile === 'nobody') return nobody
      throw new ReviewError(
        'unreadable',
        `${path.basename(file)}, which should say who is writing, is ${describeNode(facts)}: take it away, then try again.`,
      )
    }
    if (facts.size > LARGEST_LOCK) return nobody
    const value: unknown = JSON.parse(await readFile(file, { encoding: 'utf8', flag: READING }))
    const { pid, host, token, ...process } = value as Partial<Record<keyof Holder, unknown>>
    if (typeof pid === 'number' && typeof host === 'string' && typeof token === 'string') {
      const { started, boot, machine } = process
      return {
        pid,
        host,
        token,
        started: textOrNull(started),
        boot: textOrNull(boot),
        machine: textOrNull(machine),
      }
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    if (codeOf(error) !== null || error instanceof ReviewError) throw error
  }
  return nobody
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}

async function isAbandoned(file: string, holder: Holder, watchFor: number): Promise<boolean> {
  if (heldHere.has(holder.token)) return false
  if ((await judgeProcess(holder)) === 'gone') return true
  const facts = await statOrNull(file)
  if (facts === null) return false
  const age = Date.now() - facts.mtimeMs
  return (age < 0 || age > STALE_AFTER) && (await staysUntouched(file, holder, watchFor))
}

/** 'unknown': it runs, or runs on another computer, or the lock does not say. */
async function judgeProcess(holder: Holder): Promise<'gone' | 'unknown'> {
  if (holder.pid === 0 || holder.host !== hostname()) return 'unknown'
  const mine = await identifyProcess()
  // Two computers may have one name; on one, a pid of before its last start is nobody's.
  if (differ(mine.machine, holder.machine)) return 'unknown'
  if (differ(mine.boot, holder.boot)) return 'gone'
  if (holder.pid === process.pid) return 'gone'
  return (await isRunning(holder)) ? 'unknown' : 'gone'
}

function differ(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && a !== b
}

/** true once the lock has been seen unchanged for `watchFor` milliseconds; false as soon as it is touched or goes. */
async function staysUntouched(file: string, holder: Holder, watchFor: number): Promise<boolean> {
  let first: string | null = null
  for (;;) {
    const facts = await statOrNull(file)
    const state = facts === null ? null : `${holder.token} ${facts.ino} ${facts.mtimeMs}`
    first ??= state
    if (state === null || state !== first) {
      seenUnchanged.delete(file)
      return false
    }
    const before = seenUnchanged.get(file)
    const now = performance.now()
    if (before?.state !== state) seenUnchanged.set(file, { state, since: now })
    else if (now - before.since >= watchFor) return true
    await wait(Math.min(LOOK_EVERY, watchFor))
  }
}

/**
 * Takes away a lock whose holder is gone; true where there is none in the way any more. Of many that
 * find it at once only the one with the guard may look again and remove, else a slow one would
 * remove the new lock of a quick one.
 */
async function removeAbandonedLock(file: string, me: Holder, watchFor: number): Promise<boolean> {
  const holder = await readHolder(file)
  if (holder === null) return true
  if (!(await isAbandoned(file, holder, watchFor))) return false
  await refuseRecording(file)
  const guard = `${file}.takeover`
  if (!(await tryCreate(guard, me))) {
    const other = await readHolder(guard)
    if (other === null) return true
    return (await isAbandoned(guard, other, watchFor)) && (await removeExactly(guard, other))
  }
  try {
    const found = await readHolder(file)
    if (found === null) return true
    if (found.token !== holder.token || !(await isAbandoned(file, found, watchFor))) return false
    await rm(file, { force: true })
    seenUnchanged.delete(file)
    return true
  } finally {
    await rm(guard, { force: true })
  }
}

/** Removes the guard of this holder, and puts back what turns out to be another's that came meanwhile. */
async function removeExactly(guard: string, holder: Holder): Promise<boolean> {
  const aside = temporaryIn(path.dirname(guard))
  await rename(guard, aside).catch(() => {})
  const found = await readHolder(aside)
  const isThatOne = found?.token === holder.token
  if (found !== null && !isThatOne) await link(aside, guard).catch(() => {})
  await rm(aside, { force: true })
  return isThatOne
}
