import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { appendFile, chmod, readFile, rename, truncate, unlink, utimes, writeFile } from 'node:fs/promises'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openFile } from '../../../electron/host/fileSource.ts'
import { openRecording, readSpan } from '../../../shared/edf/recording.ts'
import { rampSignal } from '../../fixtures/edf/fixtures.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { refusalOf } from '../../support/recordings.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-source-'))
const at = (name: string) => path.join(folder, name)
const recordingBytes = edfBytes({ recordCount: 200, signals: [rampSignal(1000)] })

beforeAll(() => writeFile(at('night.edf'), recordingBytes))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function copy(name: string): Promise<string> {
  await writeFile(at(name), recordingBytes)
  return at(name)
}

describe('a file', () => {
  test('is read by position, its bytes the caller may keep', async () => {
    const source = await openFile(at('night.edf'))
    expect(source).toMatchObject({
      byteLength: recordingBytes.length,
      name: 'night.edf',
      path: at('night.edf'),
    })
    const first = await source.slice(0, 256)
    const second = await source.slice(256, 512)
    expect(first).toEqual(recordingBytes.subarray(0, 256))
    expect(second).toEqual(recordingBytes.subarray(256, 512))
    const target = new Uint8Array(100)
    await source.readInto?.(500, target)
    expect(target).toEqual(recordingBytes.subarray(500, 600))
    expect(await source.slice(10, 10)).toHaveLength(0)
    await source.close()
  })

  test.each([
    'a name with spaces.EDF',
    'Müller-Übung.Edf',
    '睡眠.edf',
    "o'brien & co (1).edf",
    '-dash.edf',
    'no ending',
  ])('called %j opens', async (name) => {
    const source = await openFile(await copy(name))
    expect((await openRecording(source)).header.records).toBe(200)
    expect(source.name).toBe(name)
    await source.close()
  })

  test('that may only be read opens', async () => {
    const file = await copy('read-only.edf')
    await chmod(file, 0o444)
    const source = await openFile(file)
    expect((await openRecording(source)).header.records).toBe(200)
    await source.close()
    expect(await readFile(file)).toEqual(Buffer.from(recordingBytes))
  })

  test('behind a link opens', async () => {
    symlinkSync(at('night.edf'), at('link.edf'))
    const source = await openFile(at('link.edf'))
    expect(source.byteLength).toBe(recordingBytes.length)
    await source.close()
  })

  test('is never asked for bytes it does not have', async () => {
    const source = await openFile(at('night.edf'))
    for (const [start, end] of [
      [-1, 5],
      [5, 4],
      [0, recordingBytes.length + 1],
      [1e15, 1e15 + 1],
    ] as const) {
      await expect(source.slice(start, end)).rejects.toThrow(RangeError)
    }
    await source.close()
  })
})

describe('what is no recording is refused in one sentence, at once', () => {
  const posix = process.platform !== 'win32'

  beforeAll(async () => {
    mkdirSync(at('a folder'))
    await writeFile(at('empty.edf'), '')
    if (!posix) return console.info('Skipped: pipes, devices and link loops are not made on Windows.')
    execFileSync('mkfifo', [at('pipe.edf')])
    symlinkSync(at('loop-b'), at('loop-a'))
    symlinkSync(at('loop-a'), at('loop-b'))
    symlinkSync(at('nothing'), at('dangling.edf'))
  })

  const cases: readonly (readonly [string, string, string, string])[] = [
    ['a folder', at('a folder'), 'not-edf', 'a folder'],
    ['an empty file', at('empty.edf'), 'not-edf', 'empty'],
    ['nothing', at('missing.edf'), 'not-found', 'not found'],
    ['a folder that is a file', path.join(at('night.edf'), 'x.edf'), 'not-found', 'not found'],
    ['a name too long', at('x'.repeat(5000)), 'not-found', 'too long'],
    ['a name with a zero byte', at('a\0b.edf'), 'bad-input', 'no file name'],
    ['an empty name', '', 'not-found', 'not found'],
    ...(posix
      ? ([
          ['a pipe', at('pipe.edf'), 'not-edf', 'a pipe'],
          ['a link loop', at('loop-a'), 'unreadable', 'leads back to itself'],
          ['a dangling link', at('dangling.edf'), 'not-found', 'not found'],
          ['/dev/zero', '/dev/zero', 'not-edf', 'a device'],
          ['/dev/null', '/dev/null', 'not-edf', 'a device'],
        ] as const)
      : []),
  ]

  test.each(cases)('%s', async (_, file, code, words) => {
    // A pipe, a socket or a device that was waited for would never be: the test's own limit tells.
    const refusal = await refusalOf(openFile(file))
    expect(refusal.code).toBe(code)
    expect(refusal.message).toContain(words)
    expect(refusal.message).not.toContain(folder)
    expect(refusal.message).not.toContain('\n')
  })

  test.runIf(posix)('a socket', async () => {
    const server = net.createServer().listen(at('socket.edf'))
    await new Promise((resolve) => server.once('listening', resolve))
    const refusal = await refusalOf(openFile(at('socket.edf')))
    expect(refusal).toMatchObject({ code: 'not-edf' })
    server.close()
  })

  test('control and reordering characters of a name are shown as signs', async () => {
    const refusal = await refusalOf(openFile(at('a\u001b[31m\u202eb.edf')))
    expect(refusal.message).toBe('"a\ufffd[31m\ufffdb.edf" was not found.')
  })
})

describe('a file that changes while it is open', () => {
  /** The open file is looked at every quarter of a second of reading: the clock goes on by more. */
  function letTimePass(): void {
    const now = Date.now()
    vi.useFakeTimers({ toFake: ['Date'], now: now + 300 })
    onTestFinished(() => void vi.useRealTimers())
  }

  test('is the same until then', async () => {
    const source = await openFile(await copy('same.edf'))
    expect(await source.checkUnchanged()).toEqual({ kind: 'same' })
    await source.close()
  })

  test('that becomes shorter says so on the next read', async () => {
    const file = await copy('shrinks.edf')
    const source = await openFile(file)
    const recording = await openRecording(source)
    await truncate(file, 5000)
    const refusal = await refusalOf(readSpan(source, recording, [0], { start: 100, end: 110 }))
    expect(refusal.code).toBe('changed-on-disk')
    expect(refusal.message).toContain('became shorter')
    expect(await source.checkUnchanged()).toMatchObject({ kind: 'replaced' })
    await source.close()
  })

  test('that is written over says so', async () => {
    const file = await copy('overwritten.edf')
    const source = await openFile(file)
    await source.slice(0, 10)
    await writeFile(
      file,
      recordingBytes.map((byte) => byte ^ 1),
    )
    await utimes(file, new Date(), new Date(Date.now() + 5000))
    letTimePass()
    expect((await refusalOf(source.slice(0, 10))).code).toBe('changed-on-disk')
    expect(await source.checkUnchanged()).toMatchObject({ kind: 'replaced' })
    await source.close()
  })

  test('that is replaced by another is still read as it was, and told', async () => {
    const file = await copy('replaced.edf')
    const source = await openFile(file)
    await writeFile(at('other.edf'), edfBytes())
    await rename(at('other.edf'), file)
    letTimePass()
    expect(await source.slice(0, 512)).toEqual(recordingBytes.subarray(0, 512))
    const state = await source.checkUnchanged()
    expect(state.kind).toBe('replaced')
    expect(state.kind === 'replaced' && state.message).toContain('replaced.edf')
    await source.close()
  })

  test('that vanishes is told', async () => {
    const file = await copy('vanishes.edf')
    const source = await openFile(file)
    await unlink(file)
    expect(await source.checkUnchanged()).toMatchObject({ kind: 'gone' })
    await source.close()
  })

  test('that grows goes on being read, and has its new records when it is opened again', async () => {
    const file = await copy('grows.edf')
    const source = await openFile(file)
    const recording = await openRecording(source)
    await appendFile(file, new Uint8Array(2000 * 7))
    letTimePass()
    expect(await readSpan(source, recording, [0], { start: 100, end: 110 })).toHaveLength(1)
    const bytes = source.byteLength + 2000 * 7
    expect(await source.checkUnchanged()).toMatchObject({ kind: 'grown', bytes })
    const again = await openFile(file)
    expect((await openRecording(again)).header.records).toBe(207)
    await source.close()
    await again.close()
  })
})
