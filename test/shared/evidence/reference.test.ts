/** Beside numpy: the truth that the properties go by, and what is measured on runs that numpy knows too. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { measureEvidence } from '../../../shared/evidence/measureEvidence.ts'
import { makeRun, openMade, PLAIN_RUN } from '../../support/evidence/madeRun.ts'
import { harmonicTruth, rateTruth, variationTruth } from '../../support/evidence/runTruth.ts'

type Reference = {
  readonly runs: readonly {
    readonly intervals: readonly number[]
    readonly spikes: number
    readonly spikeBase: number
    readonly spikeSize: number
    readonly waveSize: number
    readonly variation: number
    readonly above: number
    readonly fromThird: number
    readonly first: number
    readonly last: number
  }[]
}

const { runs }: Reference = JSON.parse(
  readFileSync(new URL('../../fixtures/evidence/numpy.json', import.meta.url), 'utf8'),
)

it.each(runs.map((run, k) => [k, run] as const))(
  'run %i: intervals, harmonics and rate are numpy’s',
  async (_, run) => {
    const { variation, above, fromThird, first, last, ...shape } = run
    const made = makeRun({ ...PLAIN_RUN, ...shape, noise: 8, muscle: 2, sampleRate: 500 })
    expect(variationTruth(made)).toBeCloseTo(variation, 6)
    expect(harmonicTruth({ ...PLAIN_RUN, ...shape }, made).above).toBeCloseTo(above, 1)
    expect(harmonicTruth({ ...PLAIN_RUN, ...shape }, made).fromThird).toBeCloseTo(fromThird, 1)
    expect(rateTruth(made).first).toBeCloseTo(first, 6)
    expect(rateTruth(made).last).toBeCloseTo(last, 6)
    const { source, recording } = await openMade(made)
    const { rows } = await measureEvidence(source, recording, {
      ...{ span: { start: made.start, end: made.end }, notes: [], areNotesComplete: true },
      only: ['regularity', 'harmonics', 'repetition-rate'],
    })
    const values = rows.flatMap(({ finding }) => (finding.is === 'measured' ? finding.values : []))
    const value = (id: string) => values.find((each) => each.id === id)?.value ?? Number.NaN
    expect(Math.abs(value('variation') - variation)).toBeLessThan(run.spikes === 0 ? 4 : 2)
    expect(Math.abs(value('above') - above)).toBeLessThan(10)
    expect(Math.abs(value('from-third') - fromThird)).toBeLessThan(10)
    expect(Math.abs(value('first') - first)).toBeLessThan(run.spikes === 0 ? 0.2 : 0.1)
    expect(Math.abs(value('last') - last)).toBeLessThan(run.spikes === 0 ? 0.2 : 0.1)
  },
)
