/** The terminal from outside: a process of its own, its two streams and its exit code. */
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { progressLine } from '../../electron/terminal/progressLine.ts'
import { runTerminal } from '../../electron/terminal/run.ts'
import { FIXTURES, fixture, plusFile, rampSignal } from '../fixtures/edf/fixtures.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { annotationSignal, edfBytes } from '../support/edfBytes.ts'

const cli = fileURLToPath(new URL('../../electron/terminal/cli.ts', import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-cli-'))
const at = (name: string) => path.join(folder, name)

/** An identification that must never be seen. */
const SECRET = 'MCH-0234567 F 02-MAY-1951 Haagse_Harry'

beforeAll(async () => {
  await mkdir(at('folder'))
  await writeFile(at('plain.edf'), edfBytes({ patient: SECRET }))
  await writeFile(
    at('plus.edf'),
    edfBytes(
      plusFile({
        patient: SECRET,
        signals: [rampSignal(8), annotationSignal((r) => `+${r}||_+${r}.5^0.25|note@@EEG Fp1-Ref|_`)],
      }),
    ),
  )
  await writeFile(at('long.edf'), edfBytes({ recordCount: 300, signals: [rampSignal(1000)] }))
  await writeFile(at('odd.edf'), fixture('an impossible date'))
  await writeFile(at('note.txt'), 'not a recording\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [cli, ...args],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
      },
    )
  })
}

describe('in a process of its own', () => {
  test('info answers in JSON on one stream and is silent on the other', async () => {
    const { code, out, err } = await run('info', 'plus.edf', '--json', '--digest')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      format: 'EDF+C',
      start: '2016-08-02T22:15:30',
      firstRecordOnset: 0,
      recordDuration: 1,
      records: 3,
      duration: 3,
      span: 3,
      gaps: [],
      annotationCount: 3,
      warnings: [],
      signals: [
        {
          index: 0,
          label: 'EEG Fp1-Ref',
          kind: 'eeg',
          unit: 'uV',
          sampleRate: 8,
          samplesPerRecord: 8,
          samples: 24,
        },
        { index: 1, label: 'EDF Annotations', kind: 'annotations', sampleRate: null },
      ],
    })
    expect(JSON.parse(out).signals[0].sha256).toMatch(/^[0-9a-f]{64}$/)
    expect(out).not.toMatch(/Haagse|MCH|1951/)
  })

  test.each([
    [['info', 'missing.edf'], 2, 'hypnospike: "missing.edf" was not found.\n'],
    [['info', 'folder'], 2, 'hypnospike: "folder" is a folder, not a recording.\n'],
    [['info', 'note.txt'], 2, 'hypnospike: "note.txt": Not an EDF or BDF file: it is a text.\n'],
    [['check', 'note.txt'], 2, ''],
    [['frobnicate'], 1, 'hypnospike: there is no command "frobnicate". Try hypnospike --help\n'],
    [[], 1, 'hypnospike: which command? Try hypnospike --help\n'],
  ])('%j: one line, no stack', async (args, code, err) => {
    const result = await run(...args)
    expect(result.code).toBe(code)
    if (err !== '') expect(result).toMatchObject({ err, out: '' })
    expect(result.err).not.toContain(folder)
  })

  test('who stops reading is not an error', async () => {
    const child = spawn(
      process.execPath,
      [cli, 'samples', 'long.edf', '--signal', '0', '--count', '300000'],
      { cwd: folder },
    )
    child.stdout.once('data', () => child.stdout.destroy())
    const err: Buffer[] = []
    child.stderr.on('data', (chunk) => err.push(chunk))
    const code = await new Promise((resolve) => child.once('close', resolve))
    expect({ code, err: Buffer.concat(err).toString() }).toEqual({ code: 0, err: '' })
  })
})

describe('commands', () => {
  test('--help tells every command and its exit codes', async () => {
    const { code, out } = await captureCommand('--help')
    expect(code).toBe(0)
    for (const name of ['info', 'samples', 'annotations', 'spectrum', 'check'])
      expect(out).toContain(`hypnospike ${name} FILE`)
    expect((await captureCommand('info', '--help')).out).toContain('--digest')
  })

  test.each([
    [['info'], 'FILE is missing'],
    [['info', 'a', 'b'], 'only one FILE'],
    [['info', 'plain.edf', '--nonsense'], '--nonsense'],
    [['samples', at('plain.edf')], '--signal is missing'],
    [['samples', at('plain.edf'), '--signal', 'x', '--count', '1'], '--signal must be a whole number'],
    [['samples', at('plain.edf'), '--signal', '-1', '--count', '1'], '--signal'],
    [['samples', at('plain.edf'), '--signal', '7', '--from', '0', '--count', '1'], 'signals 0 to 0'],
    [
      ['samples', at('plain.edf'), '--signal', '0', '--from', '1.5', '--count', '1'],
      '--from must be a whole number',
    ],
    [['samples', at('plain.edf'), '--signal', '0'], '--count is missing'],
    [['spectrum', at('plain.edf'), '--to', '2'], '--from is missing'],
    [['spectrum', at('plain.edf'), '--from', 'now', '--to', '2'], '--from must be a number of seconds'],
    [['spectrum', at('plain.edf'), '--from', '2', '--to', '1'], '--to 1: it must lie after --from 2'],
    [['spectrum', at('plain.edf'), '--from', '0', '--to', '301'], 'by at most 300 s'],
    [['spectrum', at('plain.edf'), '--from', '0', '--to', '2', '--montage', 'mine'], 'it is one of recorded'],
    [
      ['spectrum', at('plain.edf'), '--from', '0', '--to', '2', '--montage', 'average'],
      '--montage average: An average reference needs 8',
    ],
  ])('%j is wrong usage', async (args, words) => {
    const { code, out, err } = await captureCommand(...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(words)
    expect(err).not.toContain('\n')
  })

  test('samples prints physical values, counted in file order', async () => {
    const args = ['--signal', '0', '--from', '3', '--count', '4']
    const { out } = await captureCommand('samples', at('plain.edf'), ...args, '--json')
    const answer = JSON.parse(out)
    expect(answer).toMatchObject({ unit: 'uV', sampleRate: 4 })
    expect(answer.values.map((value: number) => Number(value.toFixed(9)))).toEqual([0.3, 1, 1.1, 1.2])
    expect((await captureCommand('samples', at('plain.edf'), ...args)).out.trim().split('\n')).toHaveLength(4)
  })

  test('samples beyond the end are those that are there', async () => {
    const { out, code } = await captureCommand(
      'samples',
      at('plain.edf'),
      '--signal',
      '0',
      '--from',
      '11',
      '--count',
      '99',
      '--json',
    )
    expect(code).toBe(0)
    expect(JSON.parse(out).values).toHaveLength(1)
    const none = await captureCommand(
      'samples',
      at('plain.edf'),
      '--signal',
      '0',
      '--from',
      '99',
      '--count',
      '9',
      '--json',
    )
    expect(JSON.parse(none.out).values).toEqual([])
  })

  test('samples of a long signal are written in parts, as one JSON', async () => {
    const { out } = await captureCommand(
      'samples',
      at('long.edf'),
      '--signal',
      '0',
      '--count',
      '300000',
      '--json',
    )
    expect(JSON.parse(out).values).toHaveLength(300_000)
  })

  test('annotations are read in the code page that is said, and one unknown is wrong usage', async () => {
    const signals = [rampSignal(8), annotationSignal(() => '+0||_+1|\xb1\xd5\xd1\xdb|_')]
    await writeFile(at('gbk.edf'), edfBytes(plusFile({ recordCount: 1, signals })))
    const { code, out } = await run('annotations', at('gbk.edf'), '--encoding', 'GBK', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toEqual([{ onset: 1, duration: null, text: '闭眼', channel: null }])
    const wrong = await run('annotations', at('gbk.edf'), '--encoding', 'Klingon')
    expect(wrong.code).toBe(1)
    expect(wrong.err).toMatch(/--encoding Klingon is no code page known here \(auto, utf-8/)
  })

  test('annotations tell onset, duration, text and channel', async () => {
    const { out } = await captureCommand('annotations', at('plus.edf'), '--json')
    expect(JSON.parse(out)[1]).toEqual({ onset: 1.5, duration: 0.25, text: 'note', channel: 'EEG Fp1-Ref' })
    expect((await captureCommand('annotations', at('plus.edf'))).out.split('\n')[1]).toBe(
      '1.5\t0.25\tnote\tEEG Fp1-Ref',
    )
  })

  test('spectrum tells the dominant frequency of each channel, and its power in JSON', async () => {
    const file = path.join(import.meta.dirname, '..', '..', 'samples', 'spike-wave-3hz.edf')
    const args = ['spectrum', file, '--from', '67', '--to', '71', '--montage', 'longitudinal']
    const { code, out } = await captureCommand(...args, '--json')
    expect(code).toBe(0)
    const { channels } = JSON.parse(out)
    expect(channels[0]).toMatchObject({ label: 'Fp1-F7', unit: 'uV', spectrum: { step: 0.25, windows: 3 } })
    expect(channels[0].spectrum.power).toHaveLength(401)
    expect((await captureCommand(...args)).out).toMatch(/^Fp1-F7 +3\.\d\d Hz {2}[\d.]+ uV2\/Hz$/m)
  })

  test('check: conforming, readable with deviations, refused', async () => {
    expect(await captureCommand('check', at('plus.edf'))).toMatchObject({
      code: 0,
      out: expect.stringContaining('conforms'),
    })
    const odd = await captureCommand('check', at('odd.edf'), '--json')
    expect(odd.code).toBe(3)
    expect(JSON.parse(odd.out)).toMatchObject({
      verdict: 'deviating',
      deviations: [
        { field: 'Start date', byteOffset: 168, found: '"42.00.00"', expected: 'a date as dd.mm.yy' },
        { field: 'Start time', byteOffset: 176 },
      ],
    })
    const text = await captureCommand('check', at('odd.edf'))
    expect(text.out).toContain('byte 168')
    expect(await captureCommand('check', at('note.txt'), '--json')).toMatchObject({ code: 2 })
  })

  test('check on a terminal says how far it is on a line that is gone at the end', async () => {
    const shown: string[] = []
    const showProgress = progressLine((text) => shown.push(text))
    for (const done of [0, 0.004, 0.01, 0.5, 1, 1]) showProgress(done)
    const said = ['0 %', '1 %', '50 %'].map((percent) => expect.stringContaining(`: ${percent}`))
    expect(shown).toEqual([...said, '\r\x1b[K'])
    const told: number[] = []
    const out: string[] = []
    await runTerminal(['check', at('plus.edf')], {
      write: async (text) => void out.push(text),
      writeError: async () => {},
      showProgress: (done) => told.push(done),
    })
    expect(told.at(-1)).toBe(1)
    expect(out.join('')).toContain('conforms')
  })

  test.each(FIXTURES)(
    'info, annotations and check of $name answer in valid JSON without the patient',
    async ({ name, bytes }) => {
      const file = at(`${name.replace(/[^a-z0-9]/gi, '-')}.edf`)
      await writeFile(file, bytes)
      for (const args of [
        ['info', file, '--json', '--digest'],
        ['annotations', file, '--json'],
        ['check', file, '--json'],
      ]) {
        const { code, out, err } = await captureCommand(...args)
        expect(err).toBe('')
        expect([0, 3]).toContain(code)
        expect(() => JSON.parse(out)).not.toThrow()
        expect(out).not.toMatch(/NaN|Infinity/)
      }
      for (const command of ['info', 'annotations', 'check']) {
        expect((await captureCommand(command, file)).out).not.toMatch(/undefined|NaN|\[object/)
      }
    },
  )
})
