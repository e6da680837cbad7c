/** A recording that is written anew, and what is left beside it of one that never was. */
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { writeNewRecording } from '../../../electron/host/newFile.ts'
import { makeFolder } from '../../support/folders.ts'

const BYTES = [new Uint8Array([1, 2]), new Uint8Array([3])]

function age(file: string, minutes: number): void {
  const then = new Date(Date.now() - minutes * 60_000)
  utimesSync(file, then, then)
}

describe('a new recording', () => {
  it('takes away what a program that was killed has left in its folder, and nothing else', async () => {
    const folder = makeFolder()
    const left = `.hypnospike-${'0'.repeat(16)}.tmp`
    const underWay = `.hypnospike-${'1'.repeat(16)}.tmp`
    const others = ['.hypnospike-notes.tmp', 'night.edf']
    for (const name of [left, underWay, ...others]) {
      writeFileSync(path.join(folder, name), '')
      age(path.join(folder, name), name === underWay ? 5 : 11)
    }
    await writeNewRecording(path.join(folder, 'clip.edf'), BYTES)
    expect(readdirSync(folder).sort()).toEqual([underWay, ...others, 'clip.edf'].sort())
    expect([...readFileSync(path.join(folder, 'clip.edf'))]).toEqual([1, 2, 3])
  })

  it('is not taken for abandoned while it is looked at, however long that takes', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    onTestFinished(() => void vi.useRealTimers())
    const folder = makeFolder()
    const file = path.join(folder, 'clip.edf')
    await writeNewRecording(file, BYTES, async (written) => {
      age(written, 11)
      vi.advanceTimersByTime(60_000)
      await expect.poll(() => Date.now() - statSync(written).mtimeMs).toBeLessThan(10 * 60_000)
      await writeNewRecording(path.join(folder, 'other.edf'), BYTES)
      expect(existsSync(written)).toBe(true)
    })
    expect(readdirSync(folder).sort()).toEqual(['clip.edf', 'other.edf'])
    expect(vi.getTimerCount()).toBe(0)
  })
})
