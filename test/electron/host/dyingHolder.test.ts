/** A program that dies just while another one opens the same set: what it had acknowledged is found all the same. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { makeDesk, makeWindow, onsets } from '../../support/setDesk.ts'

/** Runs just before a lock is asked for. */
const moment = vi.hoisted(() => ({ arrives: async () => {} }))

vi.mock(import('../../../electron/host/lockFile.ts'), async (original) => {
  const real = await original()
  return {
    ...real,
    acquireLock: async (...asked) => {
      await moment.arrives()
      return await real.acquireLock(...asked)
    },
  }
})

/** Holds the lock of the journal that is there. */
async function startHolder(journals: string): Promise<ChildProcess> {
  const [journal = ''] = readdirSync(journals).filter((name) => name.endsWith('.journal'))
  const program = path.resolve(import.meta.dirname, '../../support/lockHolder.ts')
  const child = spawn(process.execPath, [program, path.join(journals, `${journal}.lock`)])
  onTestFinished(() => void child.kill('SIGKILL'))
  expect(String((await once(child.stdout, 'data'))[0]).trim()).toBe('held')
  return child
}

it('is recovered from, whenever it dies', async () => {
  const desk = makeDesk()
  const window = makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null))
  await window.mark(1)
  await window.mark(2)
  const later = desk.afterCrash()
  const holder = await startHolder(later.journals)
  moment.arrives = async () => {
    moment.arrives = async () => {}
    holder.kill('SIGKILL')
    await once(holder, 'exit')
  }
  const opened = await later.sets.open(later.recording, 'R-01', null)
  expect(opened.readOnly).toBe(false)
  expect(opened.recovered).toMatchObject({ edits: 2 })
  expect(onsets(opened.document)).toEqual([1, 2])
})

it('leaves the set for reading, as it was saved, while it lives', async () => {
  const desk = makeDesk()
  await makeWindow(desk, await desk.sets.open(desk.recording, 'R-01', null)).mark(1)
  const later = desk.afterCrash()
  await startHolder(later.journals)
  const opened = await later.sets.open(later.recording, 'R-01', null)
  expect([opened.readOnly, opened.recovered, onsets(opened.document)]).toEqual([true, null, []])
})
