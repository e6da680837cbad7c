/** What a day of opening and closing leaves behind in the built app: in its program, and in the window of a browser. */
import { existsSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { CDPSession, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { edfBytes, PLAIN_SIGNAL } from '../support/edfBytes.ts'
import { expectPage, menuCommand, press } from '../support/reader.ts'
import { openSession, placeForTest, sharedChromium } from '../support/session.ts'

const chromium = sharedChromium()

const RECORDINGS = 50
/** Opened and closed before the first look: what is made once is made by then. */
const FIRST = 10
/** What leaks leaks once a recording; fewer than one in four is something else, such as a notice that is about to go. */
const LUCK = (RECORDINGS - FIRST) / 4
const RATE = 128

const nameOf = (number: number) => `night-${100 + number}.edf`

/** Each of another length and other samples. */
function recordingBytes(number: number): Uint8Array {
  const signal = (label: string) => ({
    ...PLAIN_SIGNAL,
    label,
    samplesPerRecord: String(RATE),
    record: (record: number) =>
      Array.from({ length: RATE }, (_, i) => ((record * RATE + i) * (number + 7)) % 1000),
  })
  return edfBytes({ signals: ['EEG C3', 'EEG C4', 'EEG Cz'].map(signal), recordCount: 60 + number })
}

/** Threads of a process, and what of a folder it has open; null where the system does not tell. */
function heldBy(
  pid: number,
  folder: string,
): { readonly threads: number; readonly files: readonly string[] } | null {
  const own = `/proc/${pid}`
  if (!existsSync(`${own}/task`)) return null
  const files = readdirSync(`${own}/fd`).flatMap((name) => {
    try {
      return [readlinkSync(path.join(own, 'fd', name))]
    } catch {
      // Closed meanwhile.
      return []
    }
  })
  return {
    threads: readdirSync(`${own}/task`).length,
    files: files.filter((file) => file.startsWith(folder) && file.endsWith('.edf')),
  }
}

/** What is still held by something, after the garbage has gone. */
async function countKept(devtools: CDPSession) {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return { nodes: of('Nodes'), listeners: of('JSEventListeners') }
}

async function openByDialog(page: Page, name: string): Promise<void> {
  await press(page, 'Control+o')
  await page.getByRole('dialog', { name: 'Open a recording' }).getByRole('button', { name }).first().click()
  await page.getByText(name).first().waitFor()
  await expectPage(page, 0, 10)
}

it(`opens and closes ${RECORDINGS} recordings, and is as it was`, { timeout: 900_000 }, async () => {
  const place = placeForTest([])
  for (let number = 0; number < RECORDINGS; number += 1) {
    writeFileSync(path.join(place.folder, nameOf(number)), recordingBytes(number))
  }
  const { page, app } = await openSession(chromium(), place, nameOf(0))
  const pid = app.process.pid ?? 0
  await page.getByRole('button', { name: 'Understood' }).click()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const close = async () => {
    await menuCommand(page, 'File', 'Close recording')
    await page
      .getByRole('button', { name: /night-/ })
      .first()
      .waitFor()
  }

  const openAndLeave = async (from: number, to: number) => {
    for (let number = from; number < to; number += 1) {
      await openByDialog(page, nameOf(number))
      // Away from the start, so that it is remembered, and back.
      await press(page, 'PageDown')
      await expectPage(page, 10, 20)
      await press(page, 'Home')
      await expectPage(page, 0, 10)
      // Every other one is left by opening the next.
      if (number % 2 === 1) await close()
    }
  }

  await close()
  await openAndLeave(0, FIRST)
  const kept = await countKept(devtools)
  const before = heldBy(pid, place.folder)
  await openAndLeave(FIRST, RECORDINGS)

  await expect.poll(async () => (await countKept(devtools)).nodes).toBeLessThan(kept.nodes + LUCK)
  await expect.poll(async () => (await countKept(devtools)).listeners).toBeLessThan(kept.listeners + LUCK)
  if (before === null) return console.log('  no /proc here: threads and open files are not looked at')
  await expect.poll(() => heldBy(pid, place.folder)?.files).toEqual([])
  await expect.poll(() => heldBy(pid, place.folder)?.threads).toBeLessThan(before.threads + LUCK)
})
