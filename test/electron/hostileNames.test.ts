/** Files whose names command a terminal or turn a line round: what is said of them is plain, at the terminal and by the host. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createHost } from '../../electron/host/host.ts'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { makeFolder } from '../support/folders.ts'
import { quietShell } from '../support/quietShell.ts'

const SAMPLES = path.resolve(import.meta.dirname, '../../samples')
/** Clears a terminal and rings its bell; shows the rest from right to left; begins a line; CSI in one character. */
const NAME = 'n\u001b[2J\u0007ig\u202eht\nwrote\u009b31m'
/** Controls but tab and line feed, and what reorders or hides text (Unicode TR36, section 2.5). */
const HARMFUL = /(?![\t\n])\p{Cc}|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u

/** A folder with a recording of that name, its key, and the sets of two readers. Windows has no such names. */
function makeHostile(): string {
  const folder = path.join(makeFolder(), NAME)
  mkdirSync(folder)
  copyFileSync(path.join(SAMPLES, 'mixed-teaching.edf'), path.join(folder, `${NAME}.edf`))
  const key = parseSet(readFileSync(path.join(SAMPLES, 'mixed-teaching.key.json'), 'utf8'))
  for (const reviewer of ['R-02', 'R-03']) {
    const set = serializeSet({ ...key, reviewer })
    writeFileSync(path.join(folder, `${NAME}.${reviewer}.hypnospike.json`), set)
  }
  writeFileSync(path.join(folder, `${NAME}.R-04.hypnospike.json`), '{}')
  return folder
}

describe.skipIf(process.platform === 'win32')('a name that does harm where it is printed', () => {
  test('is plain in every answer of the terminal, and in JSON still the name', async () => {
    const folder = makeHostile()
    const at = (ending: string) => path.join(folder, `${NAME}${ending}`)
    const [recording, two, three] = ['.edf', '.R-02.hypnospike.json', '.R-03.hypnospike.json'].map(at)
    const commands: readonly (readonly [code: number, ...args: readonly string[]])[] = [
      [0, 'info', recording!],
      [0, 'check', recording!],
      [0, 'annotations', recording!],
      [0, 'score', two!, three!],
      [0, 'score', two!, three!, two!],
      [0, 'sets', folder],
      [0, 'export', two!, '--to', 'csv', '--out', at('.csv')],
      [1, 'export', two!, '--to', 'csv', '--out', at('.R-09.hypnospike.json')],
      [0, 'import', at('.csv'), '--recording', recording!, '--out', at('.R-05.hypnospike.json')],
      [2, 'score', two!, at('.R-04.hypnospike.json')],
      [2, 'info', at('.nothing')],
      [1, 'info', recording!, '--from', NAME],
      [1, NAME],
    ]
    for (const [code, ...args] of commands) {
      const { out, err, ...answer } = await captureCommand(...args)
      expect({ args, ...answer }).toEqual({ args, code })
      expect(out).not.toMatch(HARMFUL)
      expect(err).not.toMatch(HARMFUL)
      // No name begins a line that looks like one of the answer's own.
      expect(out).not.toMatch(/^wrote\ufffd/m)
    }
    for (const args of [
      ['score', two!, three!],
      ['score', two!, three!, two!],
      ['sets', folder],
      ['check', recording!],
    ]) {
      const { out } = await captureCommand(...args, '--json')
      expect(out).not.toMatch(HARMFUL)
      expect(() => JSON.parse(out)).not.toThrow()
    }
    const { out } = await captureCommand('score', two!, three!, '--json')
    expect(JSON.parse(out).reference.set).toBe(path.basename(two!))
  })

  test('is plain in all that the host tells a window', async () => {
    const folder = makeHostile()
    const heard: unknown[] = []
    const app = createHost({
      shell: quietShell({
        facts: { kind: 'desktop', platform: 'linux', version: '0' },
        chooseExportTarget: async (suggestion) => suggestion,
        chooseSaveTarget: async (suggestion) => suggestion,
        choosePictureTarget: async () => path.join(folder, `${NAME}.svg`),
        chooseMontageTarget: async () => path.join(folder, `${NAME}.mtg`),
        chooseMontageFile: async () => path.join(folder, `${NAME}.mtg`),
      }),
      dataFolder: makeFolder(),
      samplesFolder: null,
      folder,
      emit: (event) => heard.push(event),
      log: () => {},
    })
    onTestFinished(app.close)
    const { host } = app
    app.requestOpen(path.join(folder, `${NAME}.edf`))
    const tell = async <Value>(answer: Promise<Value>): Promise<Value> => {
      const value = await answer
      heard.push(value)
      return value
    }
    const { open } = await tell(host.startup({ window: 'test' }))
    await tell(host.listRecordings({}))
    const { recordingId } = await tell(host.openRecording({ ref: open!.ref }))
    for (const { ref } of await tell(host.listSets({ recordingId }))) {
      const reading = { recordingId, reviewer: 'R-02', ref, toRead: true }
      heard.push(await host.openSet(reading).catch((thrown: Error) => thrown.name))
    }
    // What cannot be read is told in the notice of what is opened in its place.
    const { setId } = await tell(host.openSet({ recordingId, reviewer: 'R-04', ref: null }))
    await tell(host.saveSet({ setId, overwrite: false }))
    await tell(host.saveSetAs({ setId, name: null }))
    await tell(host.saveCopy({ setId }))
    for (const format of ['csv', 'bids']) {
      const input = { setId, format, dates: false, patient: false, name: null }
      const { jobId } = await host.startJob({ recordingId, job: { name: 'export', input } })
      await tell(host.jobResult({ jobId }))
    }
    await tell(host.keepPicture({ name: 'figure', type: 'svg', bytes: new Uint8Array([60]) }))
    await tell(host.saveMontageFile({ name: 'mine.mtg', text: '<' }))
    await tell(host.openMontageFile({}))
    const harmful: string[] = []
    JSON.stringify(heard, (_, value: unknown) => {
      if (typeof value === 'string' && HARMFUL.test(value)) harmful.push(value)
      return value
    })
    expect(harmful).toEqual([])
    expect(heard).toContainEqual(expect.objectContaining({ notice: expect.stringContaining('\ufffd') }))
    // On disk files keep the name of their recording.
    expect(readdirSync(folder)).toContain(`${NAME}.R-04-2.hypnospike.json`)
  })
})
