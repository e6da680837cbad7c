/** Which process this is, so that a later one that got its number is not taken for it. */
import { readFile } from 'node:fs/promises'
import { codeOf } from './systemError.ts'

export type ProcessIdentity = {
  readonly pid: number
  /** When it began, in the kernel's ticks since `boot`; null where the system does not tell (macOS, Windows). */
  readonly started: string | null
  /** Changes with every start of the computer. */
  readonly boot: string | null
  readonly machine: string | null
}

let own: Promise<ProcessIdentity> | null = null

export function identifyProcess(): Promise<ProcessIdentity> {
  own ??= identify()
  return own
}

/** Whether that very process runs on this computer; where its beginning is not known, whether one of its number does. */
export async function isRunning({
  pid,
  started,
}: Pick<ProcessIdentity, 'pid' | 'started'>): Promise<boolean> {
  if (!isTaken(pid)) return false
  const now = await startOf(pid)
  return started === null || now === null || now === started
}

async function identify(): Promise<ProcessIdentity> {
  const [started, boot, machine] = await Promise.all([
    startOf(process.pid),
    readLine('/proc/sys/kernel/random/boot_id'),
    readLine('/etc/machine-id'),
  ])
  return { pid: process.pid, started, boot, machine }
}

/** Field 22 of proc(5); the name in parentheses before it may hold blanks and parentheses. */
async function startOf(pid: number): Promise<string | null> {
  const line = await readLine(`/proc/${pid}/stat`)
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? null
}

async function readLine(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trim() === '' ? null : text.trim()
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}
