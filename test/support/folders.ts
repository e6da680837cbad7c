/** Folders for tests that write: their own, gone afterwards. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

export function makeFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A pipe that nobody writes to; false where the system has none. */
export function makePipe(file: string): boolean {
  try {
    execFileSync('mkfifo', [file], { stdio: 'ignore' })
    return true
  } catch {
    console.log('  not tried here: the system makes no pipes')
    return false
  }
}

/** A file system of its own of a few hundred kilobytes, to fill up or lock; null where it may not be mounted. */
export function mountSmallDisk(
  kilobytes: number,
): { readonly folder: string; readonly lock: () => void } | null {
  const folder = makeFolder()
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', folder], { stdio: 'ignore' })
  } catch {
    console.log('  not mounted: needs Linux and root; a full and a read-only disk are not tried here')
    return null
  }
  // Registered after makeFolder's, and so run before it: an unmounted folder can be removed.
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
  })
  return {
    folder,
    lock: () => {
      execFileSync('mount', ['-o', 'remount,ro', folder], { stdio: 'ignore' })
    },
  }
}
