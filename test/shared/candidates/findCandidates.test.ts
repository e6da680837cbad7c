import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import type { Found } from '../../../shared/candidates/common/candidate.ts'
import { findCandidates } from '../../../shared/candidates/findCandidates.ts'
import { openRecording } from '../../../shared/edf/recording.ts'
import { madeBackground, realBackground, stitch } from '../../support/heldApart/background.ts'
import { createChance } from '../../support/heldApart/chance.ts'
import { DRAWN_SCRIPT, putDrawnDischarge } from '../../support/heldApart/drawn.ts'
import { makeHeldApart, putDischarge, putJerk, type Truth } from '../../support/heldApart/heldApart.ts'
import { scoreCandidates } from '../../support/heldApart/scoring.ts'

async function search(bytes: Uint8Array): Promise<Found> {
  const source = bytesSource(bytes)
  return await findCandidates(source, await openRecording(source))
}

describe('on a made background with what another simulator made', () => {
  let found: Found
  let truth: readonly Truth[]

  beforeAll(async () => {
    const chance = createChance(21)
    const made = makeHeldApart(madeBackground(256, 600, chance), chance)
    truth = made.truth
    found = await search(made.bytes)
  })

  test.each(['spike_wave_3hz', 'hypnic_jerk'] as const)(
    'every %s is found, and nothing else for one',
    (kind) => {
      const { put, missed, wrong } = scoreCandidates(found.candidates, truth, kind)
      expect(put).toBeGreaterThan(3)
      expect({ missed, wrong }).toEqual({ missed: [], wrong: [] })
    },
  )

  test('a run is where it was put, and as fast', () => {
    for (const run of truth.filter(({ kind }) => kind === 'spike_wave_3hz')) {
      const own = found.candidates.find(
        ({ onset, duration }) => onset < run.end && onset + duration > run.start,
      )
      expect(Math.abs(own!.onset - run.start)).toBeLessThan(0.6)
      expect(Math.abs(own!.onset + own!.duration - run.end)).toBeLessThan(0.6)
      expect(own!.rate).toBeGreaterThan(2.5)
      expect(own!.rate).toBeLessThan(3.6)
    }
  })

  test('a jerk is where it was put', () => {
    for (const jerk of truth.filter(({ kind }) => kind === 'hypnic_jerk')) {
      const own = found.candidates.find(({ onset }) => Math.abs(onset - jerk.start) < 0.1)
      expect(Math.abs(own!.onset + own!.duration - jerk.end)).toBeLessThan(0.08)
    }
  })

  test('each has a score, a sentence, and channels of the file; a rate is of spike-and-wave alone', () => {
    expect(found.notes).toEqual([])
    for (const { score, reason, channels, kind, rate } of found.candidates) {
      expect(score).toBeGreaterThan(0.3)
      expect(score).toBeLessThanOrEqual(1)
      expect(reason).toMatch(/^[A-Z0-9][^.]*(?:\.\d[^.]*)*\.$/)
      expect(reason).not.toMatch(/seizure|diagnos|detected/i)
      expect(channels.length).toBeGreaterThan(0)
      expect(channels.every((label) => label.startsWith(kind === 'hypnic_jerk' ? 'EMG ' : 'EEG '))).toBe(true)
      expect(rate === undefined).toBe(kind === 'hypnic_jerk')
    }
  })
})

describe('on real backgrounds', () => {
  const NAMES = ['eegmat-Subject00_1.edf', 'eegmat-Subject00_2.edf', 'microstates-test.edf']
  test.each(NAMES)('%s: runs and jerks are found, and nothing else', async (name) => {
    const real = await realBackground(name)
    if (real === null) return void console.log(`skipped: no ../shared/recordings/valid/${name}`)
    const chance = createChance(5)
    const { bytes, truth } = makeHeldApart({ ...real, channels: stitch(real, 200, chance) }, chance)
    const { candidates } = await search(bytes)
    for (const kind of ['spike_wave_3hz', 'hypnic_jerk'] as const) {
      const { missed, wrong } = scoreCandidates(candidates, truth, kind)
      expect({ kind, missed, wrong }).toEqual({ kind, missed: [], wrong: [] })
    }
  })
})

describe('on a made background with what a third hand drew, no complex like another', () => {
  test('19 of 20 runs are found, of all heights that were asked for', async () => {
    const chance = createChance(31)
    const { bytes, truth } = makeHeldApart(madeBackground(256, 600, chance), chance, [putDrawnDischarge()])
    const { put, found, wrong } = scoreCandidates((await search(bytes)).candidates, truth, 'spike_wave_3hz')
    expect(put).toBeGreaterThan(20)
    expect(found / put).toBeGreaterThanOrEqual(0.95)
    expect(wrong).toEqual([])
  })

  test('jerks of one to four muscles are found, and slowing, chewing, legs and feet are left alone', async () => {
    const chance = createChance(32)
    const { bytes, truth } = makeHeldApart(madeBackground(256, 900, chance), chance, DRAWN_SCRIPT)
    const { candidates } = await search(bytes)
    for (const kind of ['spike_wave_3hz', 'hypnic_jerk'] as const) {
      const { put, found, wrong } = scoreCandidates(candidates, truth, kind)
      expect(found / put, kind).toBeGreaterThanOrEqual(0.9)
      expect(wrong, kind).toEqual([])
    }
  })
})

describe('on recordings of any make', () => {
  const CHAINS = ['Fp1-F7', 'F7-T3', 'T3-T5', 'T5-O1', 'Fp2-F8', 'F8-T4', 'T4-T6', 'T6-O2']

  test.each([
    ['T7-style names', (label: string) => label.replace('T3', 'T7').replace('T4', 'T8')],
    ['names against a reference', (label: string) => `${label}-A1`],
    ['bare names in capitals', (label: string) => label.replace('EEG ', '').toUpperCase()],
    ['names that no list knows', (_: string, k: number) => `EEG ${k + 1}`],
  ])('%s', async (_, rename) => {
    const { candidates, truth } = await runsIn(128, (made) => ({ ...made, labels: made.labels.map(rename) }))
    expect(scoreCandidates(candidates, truth, 'spike_wave_3hz')).toMatchObject({
      put: 3,
      found: 3,
      wrong: [],
    })
  })

  test('bipolar chains as recorded', async () => {
    const { candidates, truth } = await runsIn(
      200,
      (made) => made,
      (labels, channels) => {
        const of = (name: string) => channels[labels.indexOf(`EEG ${name}`)]!
        return {
          labels: CHAINS,
          channels: CHAINS.map((chain) => {
            const [a = '', b = ''] = chain.split('-')
            return of(a).map((value, k) => value - of(b)[k]!)
          }),
        }
      },
    )
    expect(scoreCandidates(candidates, truth, 'spike_wave_3hz')).toMatchObject({
      put: 3,
      found: 3,
      wrong: [],
    })
  })

  test.each([100, 200, 512, 1000])('%s samples a second', async (rate) => {
    const { candidates, truth } = await runsIn(rate)
    expect(scoreCandidates(candidates, truth, 'spike_wave_3hz')).toMatchObject({
      put: 3,
      found: 3,
      wrong: [],
    })
  })

  async function runsIn(
    rate: number,
    change: (made: Made) => Made = (made) => made,
    after?: (labels: readonly string[], channels: readonly Float64Array[]) => Omit<Made, 'rate'>,
  ) {
    const chance = createChance(8)
    const made = madeBackground(rate, 90, chance)
    // Put in under the usual names, which tell where it is largest; then named, or derived, as asked.
    const { truth } = makeHeldApart(made, chance, [putDischarge])
    const derived = after === undefined ? made : { rate, ...after(made.labels, made.channels) }
    const { bytes } = makeHeldApart(change(derived), chance, [
      () => ({ kind: 'mimic', what: '', start: 0, end: 0 }),
    ])
    return { ...(await search(bytes)), truth }
  }
  type Made = {
    readonly rate: number
    readonly labels: readonly string[]
    readonly channels: readonly Float64Array[]
  }
})

describe('samples of this project', () => {
  test.each(['spike-wave-3hz', 'hypnic-jerks', 'mixed-teaching'])(
    '%s: runs of 3 s and jerks are found, mimics left alone',
    async (name) => {
      const file = (ending: string) =>
        fileURLToPath(new URL(`../../../samples/${name}${ending}`, import.meta.url))
      const { candidates } = await search(readFileSync(file('.edf')))
      const { marks } = JSON.parse(readFileSync(file('.key.json'), 'utf8')) as {
        marks: { kind: Truth['kind']; subtype: string | null; onset: number; duration: number }[]
      }
      const truth = marks.map(({ kind, subtype, onset, duration }) => ({
        kind,
        what: subtype ?? kind,
        start: onset / 1e7,
        end: (onset + duration) / 1e7,
      }))
      for (const kind of ['spike_wave_3hz', 'hypnic_jerk'] as const) {
        const long = truth.filter(({ start, end }) => kind === 'hypnic_jerk' || end - start >= 3)
        const { put, found } = scoreCandidates(candidates, long, kind)
        expect(found).toBeGreaterThanOrEqual(0.9 * put)
        expect(scoreCandidates(candidates, truth, kind).wrong.length).toBeLessThan(2)
      }
    },
  )
})

describe('what cannot be searched', () => {
  test('is said, one sentence a kind', async () => {
    const made = madeBackground(64, 30, createChance(1))
    const { bytes } = makeHeldApart(made, createChance(1), [putJerk])
    const { candidates, notes } = await search(bytes)
    expect(candidates).toEqual([])
    expect(notes).toEqual([
      '3 Hz spike-and-wave was not looked for: it needs 90 samples a second, the EEG has 64.',
      'Hypnic jerks were not looked for: they need an EMG of 100 samples a second.',
    ])
  })
})

test('says how far it is, and can be ended between two blocks', async () => {
  const chance = createChance(2)
  const { bytes } = makeHeldApart(madeBackground(256, 600, chance), chance)
  const source = bytesSource(bytes)
  const recording = await openRecording(source)
  const told: number[] = []
  await findCandidates(source, recording, { onProgress: (done) => told.push(done) })
  expect(told.at(-1)).toBe(1)
  expect(told).toEqual([...told].sort((a, b) => a - b))
  expect(told.length).toBeGreaterThan(2)
  const ending = new AbortController()
  const ended = findCandidates(source, recording, { signal: ending.signal, onProgress: () => ending.abort() })
  await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
})
