/**
 * A file that says "in use", with who uses it. Its holder touches it every few seconds, so that one
 * left by a crash is recognised: its process is gone, or it was not touched for long.
 */
import { randomBytes } from 'node:crypto'
import { link, open, readFile, rm, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { codeOf, statOrNull, temporaryIn } from './atomicFile.ts'

/** Longer than a laptop's disk sleeps, shorter than a person waits. */
const STALE_AFTER = 30_000
const TOUCH_EVERY = 5_000
const RETRY_EVERY = 20

export type Lock = {
  /** false once another process has taken it over, because this one slept for long. */
  readonly isHeld: () => Promise<boolean>
  readonly release: () => Promise<void>
}

/** A pid comes back, often at once in a container: a lock with ours that we do not hold is of a process before us. */
const heldHere = new Set<string>()

type Holder = { readonly pid: number; readonly host: string; readonly token: string }

/**
 * Takes the lock, waiting at most `patience` milliseconds; null where another one holds it. Rejects
 * with the system's error where the file cannot be made.
 */
export async function acquireLock(file: string, patience = 0): Promise<Lock | null> {
  const deadline = Date.now() + patience
  const me: Holder = { pid: process.pid, host: hostname(), token: randomBytes(8).toString('hex') }
  heldHere.add(me.token)
  while (!(await tryCreate(file, me))) {
    if (await removeAbandonedLock(file, me)) continue
    if (Date.now() >= deadline) {
      heldHere.delete(me.token)
      return null
    }
    await wait(RETRY_EVERY)
  }
  const touching = setInterval(() => {
    const now = new Date()
    utimes(file, now, now).catch(() => {})
  }, TOUCH_EVERY)
  touching.unref()
  return {
    isHeld: async () => (await readHolder(file))?.token === me.token,
    release: async () => {
      clearInterval(touching)
      if ((await readHolder(file))?.token === me.token) await rm(file, { force: true })
      heldHere.delete(me.token)
    },
  }
}

/** Whether a living process holds the lock. */
export async function isLocked(file: string): Promise<boolean> {
  const holder = await readHolder(file)
  return holder !== null && !(await isAbandoned(file, holder))
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

/** null where there is no lock; what is not ours to read counts as a lock of nobody. */
async function readHolder(file: string): Promise<Holder | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'))
    const { pid, host, token } = value as Partial<Record<keyof Holder, unknown>>
    if (typeof pid === 'number' && typeof host === 'string' && typeof token === 'string') {
      return { pid, host, token }
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    if (codeOf(error) !== null) throw error
  }
  return { pid: 0, host: '', token: '' }
}

async function isAbandoned(file: string, holder: Holder): Promise<boolean> {
  const facts = await statOrNull(file)
  if (facts === null) return false
  if (Date.now() - facts.mtimeMs > STALE_AFTER) return true
  if (holder.host !== hostname()) return false
  return holder.pid === process.pid ? !heldHere.has(holder.token) : !isAlive(holder.pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * Takes away a lock whose holder is gone; true where there is none in the way any more. Of many that
 * find it at once only the one with the guard may look again and remove, else a slow one would
 * remove the new lock of a quick one.
 */
async function removeAbandonedLock(file: string, me: Holder): Promise<boolean> {
  const holder = await readHolder(file)
  if (holder === null) return true
  if (!(await isAbandoned(file, holder))) return false
  const guard = `${file}.takeover`
  if (!(await tryCreate(guard, me))) {
    const facts = await statOrNull(guard)
    if (facts !== null && Date.now() - facts.mtimeMs > STALE_AFTER) await rm(guard, { force: true })
    return false
  }
  try {
    const found = await readHolder(file)
    if (found === null) return true
    if (!(await isAbandoned(file, found))) return false
    await rm(file, { force: true })
    return true
  } finally {
    await rm(guard, { force: true })
  }
}
