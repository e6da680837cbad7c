import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { captureCommand } from '../support/captureCommand.ts'

const sample = (name: string) => fileURLToPath(new URL(`../../samples/${name}.edf`, import.meta.url))
const RUN = ['--from', '66.4', '--to', '74.863']

test('prints what the card shows, as a table and as JSON', async () => {
  const { code, out, err } = await captureCommand('evidence', sample('spike-wave-3hz'), ...RUN)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toMatch(/^Spike-and-wave\n/)
  expect(out).toMatch(/Rate, first → last second +3\.4 → 2\.8 Hz/)
  expect(out).toMatch(/Complexes +26/)
  const json = await captureCommand('evidence', sample('spike-wave-3hz'), ...RUN, '--json')
  const { span, rows } = JSON.parse(json.out)
  expect(span).toEqual({ start: 66.4, end: 74.863 })
  const rate = rows.find((row: { entry: string }) => row.entry === 'repetition-rate')
  expect(rate.subject).toBe('spikeWave')
  expect(rate.finding.values[0]).toMatchObject({ id: 'first', unit: 'Hz' })
  expect(rate.finding.where.moments).toHaveLength(26)
  expect(rate.criteria[0].sources.length).toBeGreaterThan(0)
})

test.each([
  [['--from', '10'], /--to is missing/],
  [['--from', '10', '--to', 'x'], /--to must be a number of seconds/],
  [['--from', '10', '--to', '5'], /it must lie after --from 10, by at most 300 s/],
  [['--from', '0', '--to', '400'], /by at most 300 s/],
])('says of %j what is wrong', async (args, words) => {
  const { code, err } = await captureCommand('evidence', sample('spike-wave-3hz'), ...args)
  expect(code).toBe(1)
  expect(err).toMatch(words)
})
