/**
 * `npm run bench [-- --windows | --candidates | --marks]`: makes a recording of a day (1.4 GB), measures opening, paging, reading
 * and drawing, prints one table and removes what it made; with `--windows` only the real windows beside EDFbrowser's, with
 * `--candidates` only what the search for candidates finds and misses, with `--marks` only what is done with sets of 10,000
 * marks. Figures of one run on one machine, to be compared within the run; no gate.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { launchChromium } from '../support/chromium.ts'
import { writeLargeFile } from '../support/largeFile.ts'
import { measureWindow } from './browserBench.ts'
import { measureCandidates } from './candidateBench.ts'
import { writeDenseFile } from './denseFile.ts'
import { describeFile, measureGaps, measureHost, measureWholeFile } from './hostBench.ts'
import { measureMarks } from './marksBench.ts'
import { measureMemory } from './memoryBench.ts'
import { megabytes, printTable, type Row } from './table.ts'
import { measureWindows } from './windowBench.ts'

const ROOM = 3e9
const GAPS = 200

const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-bench-'))
process.on('SIGINT', () => {
  rmSync(folder, { recursive: true, force: true })
  process.exit(130)
})
try {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < ROOM) throw new Error(`needs ${megabytes(ROOM)} of room in ${tmpdir()}`)
  await run()
} catch (thrown) {
  console.error(`bench: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
// A window that was left open by a failure must not keep this from ending.
process.exit()

async function run(): Promise<void> {
  const started = performance.now()
  if (process.argv.includes('--candidates')) return printTable(await measureCandidates())
  if (process.argv.includes('--marks'))
    return printTable(await inChromium((browser) => measureMarks(browser, folder)))
  const at = (name: string) => path.join(folder, name)
  const day = { hours: 24, channels: 32, rate: 256, waves: true } as const
  console.log(
    `${cpus().length} x ${cpus()[0]?.model ?? 'CPU'}, ${megabytes(totalmem())}, Node ${process.versions.node}`,
  )
  const bytes = await writeLargeFile(at('day.edf'), { ...day, format: 'EDF+C' })
  await writeLargeFile(at('gaps.edf'), { ...day, format: 'EDF+D', gaps: GAPS, sparse: true })
  await writeLargeFile(at('hour.edf'), { ...day, hours: 1, format: 'EDF' })
  console.log(`24 h, 32 channels, 256 Hz, EDF+C, ${megabytes(bytes)}: made, and in the page cache\n`)

  const rows: Row[] = [{ what: 'measured', measured: 'median', budget: 'budget' }]
  await writeDenseFile(at('dense.edf'))
  rows.push(...(await measureWindows(folder, { day: at('day.edf'), dense: at('dense.edf') })))
  if (process.argv.includes('--windows')) return printTable(rows)
  rows.push(...(await measureHost(at('day.edf'), bytes)))
  rows.push(...(await measureGaps(at('gaps.edf'), GAPS)))
  rows.push(...(await measureWholeFile(at('hour.edf'))))
  rows.push(...(await measureMemory({ file: at('day.edf'), data: at('data-host') })))
  rows.push(...(await measureMemory({ file: at('dense.edf'), data: at('data-dense'), isDense: true })))
  const place = { folder, data: at('data-window'), remove: () => {} }
  const opened = await describeFile(at('day.edf'))
  rows.push(...(await inChromium((browser) => measureWindow(browser, place, at('day.edf'), opened))))
  rows.push(...(await inChromium((browser) => measureMarks(browser, folder))))
  rows.push(...(await measureCandidates()))
  printTable(rows)
  console.log(`${Math.round((performance.now() - started) / 1000)} s in all.`)
}

async function inChromium<Result>(work: (browser: Browser) => Promise<Result>): Promise<Result> {
  const browser = await launchChromium()
  try {
    return await work(browser)
  } finally {
    await browser.close()
  }
}
