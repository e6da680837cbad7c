import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { captureCommand } from '../support/captureCommand.ts'

const sample = fileURLToPath(new URL('../../samples/hypnic-jerks.edf', import.meta.url))
const SPAN = ['--from', '68.4', '--to', '68.601']

test('prints below each value what is published of it, and who published it', async () => {
  const { code, out, err } = await captureCommand('evidence', sample, ...SPAN)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const lines = out.split('\n')
  const bursts = lines.findIndex((line) => line.startsWith('  Muscle bursts '))
  expect(lines[bursts]).toMatch(/\d+ to \d+ ms \(onset ±/)
  expect(lines[bursts + 1]).toMatch(
    /^ {4}Published: A hypnic jerk is brief\..* \[\d+: Chiaro .* 2016; \d+: Fusco .* 1999\]$/,
  )
  const published = lines.filter((line) => line.startsWith('    Published: '))
  expect(published.length).toBeGreaterThan(10)
  for (const line of published) expect(line).toMatch(/ \[[^[\]]+\]$/)
})

test('tells what a reader must know of a value below it', async () => {
  const { out } = await captureCommand('evidence', sample, ...SPAN)
  expect(out).toContain('    Only 68 s of the two minutes could be read.\n')
})

test('refuses what lies outside the recording, and says how long it is', async () => {
  const { code, out, err } = await captureCommand('evidence', sample, '--from', '270', '--to', '281')
  expect({ code, out }).toEqual({ code: 1, out: '' })
  expect(err).toMatch(/^hypnospike: --to 281: the recording goes from 0 to 280 s\. Usage: /)
})
