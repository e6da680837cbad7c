/**
 * Every number of the spike-and-wave side within the error that its entry states, on runs whose truth is known: over
 * sampling rates, noise and muscle, rates, spikes, fields and lags, drawn once and the same in every run of the tests.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ENTRIES } from '../../../shared/evidence/entries.ts'
import type { EvidenceFinding } from '../../../shared/evidence/evidence.ts'
import { measureEvidence } from '../../../shared/evidence/measureEvidence.ts'
import type { Span } from '../../../shared/units.ts'
import {
  gainsOf,
  type Made,
  type MadeRun,
  makeRun,
  openMade,
  PLAIN_RUN,
} from '../../support/evidence/madeRun.ts'
import { harmonicTruth, rateTruth, ratioTruth, variationTruth } from '../../support/evidence/runTruth.ts'
import { cases, sampleOf } from '../../support/properties.ts'

const OWN = ENTRIES.filter(({ side }) => side === 'spikeWave')

type Card = {
  readonly of: (entry: string) => EvidenceFinding
  /** NaN where it was refused. */
  readonly value: (entry: string, id: string) => number
  readonly text: (entry: string) => string
}

async function measure(
  made: Made,
  change: { readonly span?: Span; readonly bad?: readonly number[] } = {},
): Promise<Card> {
  const { source, recording } = await openMade(made)
  const { rows } = await measureEvidence(source, recording, {
    ...{ span: { start: made.start, end: made.end }, notes: [], areNotesComplete: true, entries: OWN },
    ...change,
  })
  const of = (entry: string) => rows.find((row) => row.entry === entry)!.finding
  return {
    of,
    value: (entry, id) => {
      const finding = of(entry)
      const found = finding.is === 'measured' ? finding.values.find((value) => value.id === id) : undefined
      return found?.value ?? Number.NaN
    },
    text: (entry) => {
      const finding = of(entry)
      return finding.is === 'measured' ? finding.text : finding.reason
    },
  }
}

const double = (min: number, max: number) => fc.double({ min, max, noNaN: true })

/** Of a run in the page of a reader: 2.3 to 4.2 Hz, slowing, a field larger in front, in quiet and in restless EEG. */
const plainRun = fc
  .record({
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
    sampleRate: fc.constantFrom(100, 128, 200, 250, 256, 500, 512, 1000),
    firstRate: double(2.6, 4.2),
    slowing: double(0, 0.9),
    complexes: fc.integer({ min: 6, max: 32 }),
    jitter: double(0, 0.05),
    spikeSize: double(120, 300),
    waveSize: double(150, 350),
    back: double(0.3, 0.9),
    rightLag: double(-0.015, 0.015),
    noise: double(5, 30),
    muscle: double(1, 8),
  })
  .map(({ slowing, back, ...run }): Partial<MadeRun> => {
    const lastRate = Math.max(2.3, run.firstRate - slowing)
    return { ...run, lastRate, gains: gainsOf(1, back) }
  })

const withSpikes = fc
  .tuple(plainRun, fc.constantFrom(1, 1, 1, 2, 3), double(0.022, 0.068))
  .map(([run, spikes, base]): MadeRun => {
    // A row of them leaves room for the wave.
    const longest = 0.35 / run.firstRate! / 1.25 / spikes
    return { ...PLAIN_RUN, ...run, spikes, spikeBase: spikes === 1 ? base : Math.min(base, 0.04, longest) }
  })

const wavesAlone = plainRun.map((run): MadeRun => ({ ...PLAIN_RUN, ...run, spikes: 0 }))

/** An error holds in so many of a hundred runs: noise may make a beat of any one of them uncertain. */
const HOLDS = 0.95

type Held = Map<string, { of: number; readonly beyond: string[] }>

/** Measures runs that are always the same ones, and expects each number within its error in at least `HOLDS` of them. */
async function expectWithin<Drawn>(
  drawn: fc.Arbitrary<Drawn>,
  count: number,
  measureOne: (
    drawn: Drawn,
    near: (found: number, truth: number, error: number, what: string) => void,
  ) => Promise<void>,
): Promise<void> {
  const held: Held = new Map()
  const runs = sampleOf(fc.array(drawn, { minLength: count, maxLength: count }), 1)
  for (const [index, run] of runs.entries()) {
    await measureOne(run, (found, truth, error, what) => {
      const one = held.get(what) ?? { of: 0, beyond: [] }
      held.set(what, one)
      one.of += 1
      if (!(Math.abs(found - truth) <= error)) one.beyond.push(`run ${index}: ${found}, in truth ${truth}`)
    })
  }
  expect(held.size).toBeGreaterThan(0)
  for (const [what, { of, beyond }] of held) {
    expect(1 - beyond.length / of, `${what}, ${of} runs: ${beyond.join('; ')}`).toBeGreaterThanOrEqual(HOLDS)
  }
}

/** Of the runs that are tried here; HYPNOSPIKE_PROPERTY_RUNS asks for more. */
const countOf = (usual: number) => cases(usual).numRuns

describe('runs of spike-and-wave', () => {
  it('are measured within the errors that are stated', () =>
    expectWithin(withSpikes, countOf(60), async (run, near) => {
      const made = makeRun(run)
      const { value } = await measure(made)
      const rate = rateTruth(made)
      near(value('repetition-rate', 'first'), rate.first, 0.1, 'first second')
      near(value('repetition-rate', 'last'), rate.last, 0.1, 'last second')
      near(value('repetition-rate', 'mean'), rate.mean, 0.1, 'whole run')
      near(value('complexes', 'count'), run.complexes, 1, 'complexes')
      near(value('regularity', 'variation'), variationTruth(made), 2, 'variation')
      near(value('channels', 'involved'), 19, 1, 'channels')
      near(value('frontal-to-occipital', 'ratio') / ratioTruth(made), 1, 0.2, 'front to back')
      near(value('left-right-lag', 'lag'), 1000 * run.rightLag, 2, 'lag')
      const harmonics = harmonicTruth(run, made)
      near(value('harmonics', 'above'), harmonics.above, 10, 'harmonics')
      near(value('harmonics', 'from-third'), harmonics.fromThird, 15, 'harmonics from the third')
      if (run.sampleRate >= 200 && run.spikeSize >= 6 * run.noise) {
        near(value('spikes-per-complex', 'mean'), run.spikes, 0.5, 'spikes')
        if (run.spikes < 3) near(value('spike-duration', 'base'), 1000 * run.spikeBase, 5, 'spike')
      }
    }))

  it('begin and end as slowly as they were made to, and take in the channels that have them', () => {
    const edge = fc.constantFrom(0, 0.5, 1, 2)
    const quiet = fc.subarray(['T7', 'T8', 'O2', 'P7', 'Fp1', 'F4'])
    const drawn = fc.tuple(withSpikes, edge, edge, quiet)
    return expectWithin(drawn, countOf(30), async ([plain, rise, fall, without], near) => {
      const gains = { ...plain.gains, ...Object.fromEntries(without.map((name) => [name, 0])) }
      const complexes = plain.complexes + 12
      const made = makeRun({ ...plain, complexes, gains, rise, fall, noise: plain.noise / 2 })
      const { value } = await measure(made)
      near(value('abruptness', 'begin'), rise, 0.6, 'begins')
      near(value('abruptness', 'end'), fall, 0.6, 'ends')
      near(value('channels', 'involved'), 19 - without.length, 1, 'channels')
    })
  })
})

it('of waves without spikes says so, and has less sharp edges to measure by', () =>
  expectWithin(wavesAlone, countOf(30), async (run, near) => {
    const made = makeRun(run)
    const { value, text } = await measure(made)
    const rate = rateTruth(made)
    near(value('repetition-rate', 'first'), rate.first, 0.2, 'first second')
    near(value('repetition-rate', 'last'), rate.last, 0.2, 'last second')
    near(value('complexes', 'count'), run.complexes, 1, 'complexes')
    near(value('regularity', 'variation'), variationTruth(made), 4, 'variation')
    near(value('left-right-lag', 'lag'), 1000 * run.rightLag, 10, 'lag')
    near(value('harmonics', 'above'), harmonicTruth(run, made).above, 10, 'harmonics')
    if (run.sampleRate >= 200)
      near(Number(text('spikes-per-complex') === 'none that stands out'), 1, 0, 'no spikes')
  }))

describe('what a reader reads', () => {
  it('is short, with its unit, and told where it was measured', async () => {
    const made = makeRun({ complexes: 16, rightLag: 0.008, noise: 8 })
    const { of, text } = await measure(made)
    expect(text('repetition-rate')).toMatch(/^3\.[23] → 2\.[89] Hz$/)
    expect(text('complexes')).toBe('16')
    expect(text('duration')).toMatch(/^5\.\d\d s$/)
    expect(text('spikes-per-complex')).toBe('1')
    expect(text('spike-duration')).toMatch(/^\d\d ms$/)
    expect(text('left-right-lag')).toMatch(/^left leads by [6-9]|10 ms$/)
    expect(text('channels')).toBe('19 of 19 (100 %)')
    expect(text('abruptness')).toBe('begins within about 1 s, ends within about 1 s')
    const finding = of('repetition-rate')
    if (finding.is !== 'measured' || finding.where === null) throw new Error('it was not measured')
    expect(finding.where.moments).toHaveLength(16)
    // Each moment is a spike: half a base after its onset.
    for (const [k, time] of finding.where.moments!.entries()) {
      expect(Math.abs(time - made.onsets[k]! - PLAIN_RUN.spikeBase / 2)).toBeLessThan(0.006)
    }
    expect(finding.picture?.channel).toBe(finding.where.channel)
  })

  it('says of a duration which rules it reaches', async () => {
    const made = makeRun()
    const note = async (length: number) => {
      const finding = (await measure(made, { span: { start: made.start, end: made.start + length } })).of(
        'duration',
      )
      return finding.is === 'measured' ? finding.note : finding.reason
    }
    expect(await note(1.5)).toBe('Shorter than 2, 3 and 4 s.')
    expect(await note(3.2)).toBe('At least 2 and 3 s, shorter than 4 s.')
    expect(await note(4.2)).toBe('At least 2, 3 and 4 s.')
  })

  it('of a short run does not say that it begins or ends gradually', async () => {
    expect((await measure(makeRun({ complexes: 5 }))).text('abruptness')).toBe(
      'Of a run shorter than 2.4 s it cannot be told whether it begins or ends gradually.',
    )
  })

  it('of a part of a run does not say that it begins or ends there', async () => {
    const made = makeRun({ complexes: 30 })
    const middle = { start: made.start + 3, end: made.start + 7 }
    expect((await measure(made, { span: middle })).text('abruptness')).toBe(
      'has begun before it, goes on after it',
    )
  })
})

describe('where the signal does not support a number', () => {
  it('gives a reason: no rhythm', async () => {
    const made = makeRun()
    const card = await measure(made, { span: { start: 1, end: 4 } })
    expect(card.text('repetition-rate')).toBe('No rhythm of 2 to 5 Hz runs through it.')
    expect(card.text('complexes')).toBe('No rhythm of 2 to 5 Hz runs through it.')
    expect(card.of('duration').is).toBe('measured')
  })

  it('gives a reason: complexes in a part of it only, and where', async () => {
    const made = makeRun()
    const late = await measure(made, { span: { start: made.start - 5, end: made.start + 1.5 } })
    for (const entry of ['repetition-rate', 'regularity', 'complexes', 'spikes-per-complex']) {
      expect(late.text(entry)).toMatch(
        /^Complexes lie in a part of it only, about (4\.[6-9]|5\.[0-4]) to 6\.[2-9] s/,
      )
    }
    const early = await measure(made, { span: { start: made.end - 1.5, end: made.end + 5 } })
    expect(early.text('complexes')).toMatch(/part of it only, about 0\.\d to 1\.\d s/)
    const generous = await measure(made, { span: { start: made.start - 0.4, end: made.end + 0.4 } })
    expect(generous.text('complexes')).toBe('15')
  })

  it('gives a reason: too few samples a second', async () => {
    const card = await measure(makeRun({ sampleRate: 100 }))
    expect(card.text('spike-duration')).toBe('100 samples a second are too few: it needs 200.')
    expect(card.text('spikes-per-complex')).toBe('100 samples a second are too few: it needs 200.')
  })

  it('gives a reason: no electrode there, since it was marked bad', async () => {
    const made = makeRun()
    const names = [...made.channels.keys()]
    const bad = ['O1', 'O2'].map((name) => names.indexOf(name))
    const card = await measure(made, { bad })
    expect(card.text('frontal-to-occipital')).toBe(
      'It needs a frontal and an occipital electrode, each against one reference.',
    )
    expect(card.text('channels')).toBe('17 of 17 (100 %)')
  })

  it('gives a reason: one channel alone', async () => {
    const { channels, ...made } = makeRun()
    const [first] = channels
    const card = await measure({ ...made, channels: new Map([first!]) })
    expect(card.text('complexes')).toBe('Fewer than two EEG channels run through it without a gap.')
  })

  it('gives a reason: too few complexes for a variation', async () => {
    const card = await measure(makeRun({ complexes: 4, noise: 8 }))
    expect(card.text('regularity')).toBe('It needs 5 complexes; there are 4.')
    expect(card.text('complexes')).toBe('4')
  })

  it('never has a number that is none', async () => {
    const lengths = fc.tuple(double(0, 10), double(0.05, 4))
    const made = makeRun({ noise: 25, complexes: 10 })
    await fc.assert(
      fc.asyncProperty(lengths, async ([start, length]) => {
        const { source, recording } = await openMade(made)
        const { rows } = await measureEvidence(source, recording, {
          ...{ span: { start, end: start + length }, notes: [], areNotesComplete: true, entries: OWN },
        })
        expect(rows).toHaveLength(OWN.length)
        for (const { finding } of rows) {
          if (finding.is === 'refused') expect(finding.reason).toMatch(/\.$/)
          else {
            expect(finding.text).not.toMatch(/NaN|Infinity|undefined/)
            for (const { value } of finding.values) expect(Number.isFinite(value)).toBe(true)
          }
        }
      }),
      cases(20),
    )
  })
})

it('measures a deflection as it is: a wave of 100 µV from peak to peak', async () => {
  const values = (size: number) =>
    Float64Array.from({ length: 256 * 20 }, (_, i) => (size / 2) * Math.sin((2 * Math.PI * 7 * i) / 256))
  const channels = new Map([
    ['F3', values(60)],
    ['F4', values(100)],
  ])
  const { source, recording } = await openMade({ channels, sampleRate: 256 })
  const { rows } = await measureEvidence(source, recording, {
    ...{ span: { start: 8, end: 12 }, notes: [], areNotesComplete: true, only: ['amplitude'] },
  })
  const [row] = rows
  if (row?.finding.is !== 'measured') throw new Error('it was not measured')
  expect(row.finding.values[0]).toMatchObject({ channel: 'F4-Ref', unit: 'µV' })
  expect(Math.abs(row.finding.values[0]!.value - 100)).toBeLessThanOrEqual(2)
})
