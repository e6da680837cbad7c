import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { captureCommand } from '../support/captureCommand.ts'
import { edfBytes } from '../support/edfBytes.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-candidates-'))
const at = (name: string) => path.join(folder, name)
const sample = (name: string) => fileURLToPath(new URL(`../../samples/${name}.edf`, import.meta.url))

beforeAll(() => writeFile(at('other.edf'), edfBytes({ patient: 'MCH-1 F X Haagse_Harry' })))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('answers in JSON with what is agreed, in seconds after the header’s start', async () => {
  const { code, out, err } = await captureCommand('candidates', sample('mixed-teaching'), '--json')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  const { candidates, notes } = JSON.parse(out)
  expect(notes).toEqual([])
  const key = JSON.parse(readFileSync(sample('mixed-teaching').replace(/edf$/, 'key.json'), 'utf8'))
  const putAt = (kind: string) =>
    key.marks.find((mark: { kind: string; duration: number }) => mark.kind === kind).onset / 1e7
  const near = (kind: string, time = putAt(kind)) =>
    candidates.find(
      (each: { kind: string; onset: number }) => each.kind === kind && Math.abs(each.onset - time) < 0.3,
    )
  const run = near('spike_wave_3hz')
  expect(Object.keys(run)).toEqual(['kind', 'onset', 'duration', 'score', 'reason', 'channels', 'rate'])
  expect(run.rate).toBeGreaterThan(2.5)
  expect(run.rate).toBeLessThan(4)
  const jerk = near('hypnic_jerk')
  expect(Object.keys(jerk)).toEqual(['kind', 'onset', 'duration', 'score', 'reason', 'channels'])
  expect(jerk.channels.every((label: string) => label.startsWith('EMG '))).toBe(true)
})

test('reads as a table that says what it is', async () => {
  const { code, out } = await captureCommand('candidates', sample('hypnic-jerks'))
  expect(code).toBe(0)
  const lines = out.split('\n')
  expect(lines[0]).toMatch(/^ +onset s +lasts s +kind +score +reason$/)
  expect(lines.filter((line) => line.includes('hypnic_jerk')).length).toBeGreaterThan(3)
  expect(out).toContain('A search aid, not a diagnosis')
  expect(out).toContain('No published detector for hypnic jerks exists')
})

test('what was not looked for is said, and nobody is named', async () => {
  const { code, out } = await captureCommand('candidates', at('other.edf'))
  expect(code).toBe(0)
  expect(out).toMatch(/^No candidates\.\n/)
  expect(out).toContain('3 Hz spike-and-wave was not looked for: ')
  expect(out).toContain('Hypnic jerks were not looked for: ')
  expect(out).not.toContain('Haagse')
})

test.each([
  [['candidates'], 1, 'hypnospike: FILE is missing. Usage: hypnospike candidates FILE [--unseal] [--json]'],
  [['candidates', 'missing.edf'], 2, 'hypnospike: "missing.edf" was not found.'],
  [['candidates', 'a.edf', '--kind', 'jerk'], 1, /^hypnospike: Unknown option '--kind'.* Usage: .*$/],
])('%j is refused in one line', async (args, code, err) => {
  const result = await captureCommand(...args)
  expect(result).toMatchObject({ code, out: '' })
  if (typeof err === 'string') expect(result.err).toBe(err)
  else expect(result.err).toMatch(err)
})
