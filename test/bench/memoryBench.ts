/** What the served app keeps in memory after many pages, and what a page takes through its door. */
import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { connect, type Reply } from '../../shared/contract/contract.ts'
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts'
import { DEFAULT_VIEW, settingsOf, type ViewSettings } from '../../shared/signal/viewSettings.ts'
import { COLUMNS, DIST, FILTERED } from './hostBench.ts'
import { makeRandom, megabytes, milliseconds, type Row } from './table.ts'

const DENSE_VIEW: ViewSettings = settingsOf({ ...DEFAULT_VIEW, montage: 'laplacian' })

type MemoryOf = {
  readonly file: string
  readonly data: string
  /** What `denseFile.ts` writes: asked for as two pages side by side ask for it, in the Laplacian and with filters by kind. */
  readonly isDense?: boolean
}

/** Half of `COLUMNS`, and what a page beside another one needs for itself. */
const COLUMNS_BESIDE = 640

/** Resident memory of the served app after many pages, everywhere in the file. */
export async function measureMemory({ file, data, isDense = false }: MemoryOf): Promise<readonly Row[]> {
  const child = spawn(process.execPath, [path.join(DIST, 'web.js'), file], {
    env: { ...process.env, HYPNOSPIKE_DATA: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const address = await new Promise<string>((resolve, reject) => {
      child.stdout.once('data', (text: Buffer) => resolve(/http:\S+/.exec(text.toString())?.[0] ?? ''))
      child.once('exit', () => reject(new Error('the app ended')))
    })
    const { origin } = new URL(address)
    const first = await fetch(address, { redirect: 'manual' })
    const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0]!
    const { host } = connect({
      call: async (procedure, input) => {
        const body = encodeWire({ procedure, input })
        const response = await fetch(`${origin}/rpc`, { method: 'POST', headers: { cookie, origin }, body })
        return decodeWire(new Uint8Array(await response.arrayBuffer())) as Reply
      },
      subscribe: () => () => {},
    })
    const { open: asked } = await host.startup({ window: 'bench' })
    const { recordingId, recording } = await host.openRecording({ ref: asked!.ref })
    const { span } = recording.timeline
    while (((await host.scanned({ recordingId })).activity?.eeg.at(-1) ?? 0) === 0) await setTimeout(200)
    const afterScan = residentOf(child.pid!)
    const random = makeRandom(7)
    const asks = isDense
      ? { length: 20, pages: 2, settings: DENSE_VIEW, columns: COLUMNS_BESIDE }
      : { length: 10, pages: 1, settings: FILTERED, columns: COLUMNS }
    const { length, pages, ...page } = asks
    const times: number[] = []
    for (let turn = 0; turn < 500; turn += 1) {
      const before = performance.now()
      const starts = Array.from({ length: pages }, () =>
        Math.floor(span.start + random() * (span.end - span.start - length)),
      )
      await Promise.all(
        starts.map((start) => host.page({ recordingId, span: { start, end: start + length }, ...page })),
      )
      times.push(performance.now() - before)
    }
    const after = { measured: megabytes(residentOf(child.pid!)), budget: '<= 150 MB' }
    if (isDense) {
      return [
        {
          what: '64 channels of 512 Hz, all on: two pages of 20 s through loopback',
          measured: milliseconds(times),
        },
        { what: '  memory of the host after 500 times two pages', ...after },
      ]
    }
    return [
      { what: 'page through loopback, as a window gets it', measured: milliseconds(times) },
      { what: 'memory of the host after reading the whole file', measured: megabytes(afterScan) },
      { what: 'memory of the host after 500 pages more', ...after },
    ]
  } finally {
    child.kill('SIGKILL')
  }
}

function residentOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024
  }
}
