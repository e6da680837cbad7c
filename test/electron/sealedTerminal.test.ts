/** What a blind review keeps from the commands of the terminal. */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { hashOf } from '../../electron/host/atomicFile.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { DEFAULT_SETTINGS } from '../../shared/contract/settings.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { makeFolder } from '../support/folders.ts'

const SAMPLES = path.resolve(import.meta.dirname, '../../samples')
const KEY = parseSet(readFileSync(path.join(SAMPLES, 'hypnic-jerks.key.json'), 'utf8'))
const SIGNED = {
  signOffs: [
    { at: '2026-01-31T09:00:00.000Z', by: 'ME', hash: hashOf(''), marks: 0, blind: true, changedSince: 0 },
  ],
}

let folder: string
const at = (name: string) => path.join(folder, name)
const put = (name: string, fields: Partial<AnnotationDocument>) =>
  writeFileSync(at(name), serializeSet({ ...KEY, ...fields }))

/** ME reads here; MK has begun a blind review, and RV has a set that says nothing of it. */
beforeEach(() => {
  folder = makeFolder()
  mkdirSync(at('data'))
  const settings = { ...DEFAULT_SETTINGS, reviewer: 'ME' }
  writeFileSync(at('data/settings.json'), JSON.stringify({ settings }))
  vi.stubEnv('HYPNOSPIKE_DATA', at('data'))
  copyFileSync(path.join(SAMPLES, 'hypnic-jerks.edf'), at('hypnic-jerks.edf'))
  put('hypnic-jerks.key.json', {})
  put('hypnic-jerks.ME.hypnospike.json', { reviewer: 'ME' })
  put('hypnic-jerks.MK.hypnospike.json', { reviewer: 'MK', blind: true })
  put('renamed.RV.hypnospike.json', { reviewer: 'RV' })
  return () => vi.unstubAllEnvs()
})

describe('before the reader has signed off', () => {
  test.each(['hypnic-jerks.MK.hypnospike.json', 'hypnic-jerks.key.json', 'renamed.RV.hypnospike.json'])(
    'score and export refuse %s in one sentence',
    async (name) => {
      const sentence = `hypnospike: "${name}" is sealed until the set of ME, who reads here, is signed off: the recording is reviewed blind (--unseal shows it all the same).`
      const scored = await captureCommand('score', at(name), at('hypnic-jerks.ME.hypnospike.json'))
      expect(scored).toEqual({ code: 2, out: '', err: sentence })
      const exported = await captureCommand('export', at(name), '--to', 'csv', '--out', '-')
      expect(exported).toEqual({ code: 2, out: '', err: sentence })
      expect((await captureCommand('export', at(name), '--to', 'csv', '--out', '-', '--unseal')).code).toBe(0)
    },
  )

  test('candidates refuses in one sentence, in words and as JSON, and shows them to who asks', async () => {
    const sentence =
      'hypnospike: "hypnic-jerks.edf": Candidates are sealed: this recording is reviewed blind, and they can be looked for once your own set is signed off. (--unseal shows them all the same)'
    for (const options of [[], ['--json']]) {
      const refused = await captureCommand('candidates', at('hypnic-jerks.edf'), ...options)
      expect(refused).toEqual({ code: 2, out: '', err: sentence })
    }
    const { code, out } = await captureCommand('candidates', at('hypnic-jerks.edf'), '--unseal', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(out).candidates.length).toBeGreaterThan(0)
  })

  test('candidates of a renamed recording are kept too, whose sets its samples tell', async () => {
    copyFileSync(at('hypnic-jerks.edf'), at('other.edf'))
    expect((await captureCommand('candidates', at('other.edf'))).code).toBe(2)
  })

  test('one’s own set can be exported', async () => {
    const own = at('hypnic-jerks.ME.hypnospike.json')
    expect((await captureCommand('export', own, '--to', 'csv', '--out', '-')).code).toBe(0)
  })

  test('sets tells who has one, and nothing of what is in it', async () => {
    const { code, out } = await captureCommand('sets', folder, '--json')
    expect(code).toBe(0)
    const { recordings, reviewers } = JSON.parse(out)
    const shut = { marks: null, changed: null, shareReviewed: null, isSealed: true, problem: null }
    expect(recordings[0].sets).toMatchObject([
      { reviewer: 'ME', marks: KEY.marks.length, isSealed: false },
      { reviewer: 'MK', ...shut },
      { isKey: true, ...shut },
      { reviewer: 'RV', ...shut },
    ])
    expect(recordings[0].agreement).toEqual([])
    expect(
      reviewers.map(({ reviewer, sealed, marks }: Record<string, unknown>) => [reviewer, sealed, marks]),
    ).toEqual([
      ['ME', 0, KEY.marks.length],
      ['MK', 1, 0],
      ['RV', 1, 0],
    ])
    expect((await captureCommand('sets', folder)).out).toContain(
      'hypnic-jerks.MK.hypnospike.json: MK, sealed: reviewed blind, and you have not signed off (--unseal shows it)',
    )
  })

  test('the teacher asks for all of it', async () => {
    const { out } = await captureCommand('sets', folder, '--json', '--unseal')
    expect(JSON.parse(out).recordings[0].agreement).toHaveLength(6)
    const [key, other] = [at('hypnic-jerks.key.json'), at('hypnic-jerks.MK.hypnospike.json')]
    expect((await captureCommand('score', key, other, '--unseal')).code).toBe(0)
    for (const command of ['score', 'export', 'sets', 'candidates']) {
      expect((await captureCommand(command, '--help')).out).toContain('--unseal')
    }
  })
})

test('once the reader has signed off, all is open', async () => {
  put('hypnic-jerks.ME.hypnospike.json', { reviewer: 'ME', ...SIGNED })
  const { out } = await captureCommand('sets', folder, '--json')
  expect(JSON.parse(out).recordings[0].agreement).toHaveLength(6)
  const files = ['hypnic-jerks.key.json', 'hypnic-jerks.MK.hypnospike.json'].map(at)
  expect((await captureCommand('score', ...files)).code).toBe(0)
  expect((await captureCommand('candidates', at('hypnic-jerks.edf'))).code).toBe(0)
})

test('a sign-off under the code that everybody begins with opens no candidates to who has not said it is theirs', async () => {
  writeFileSync(at('data/settings.json'), JSON.stringify({ settings: DEFAULT_SETTINGS }))
  const reviewer = DEFAULT_SETTINGS.reviewer
  put(`hypnic-jerks.${reviewer}.hypnospike.json`, { reviewer, ...SIGNED })
  const { code, err } = await captureCommand('candidates', at('hypnic-jerks.edf'))
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining('nobody has said here whose') })
})

test('a set that says itself that it is reviewed blind is sealed wherever it is taken', async () => {
  mkdirSync(at('elsewhere'))
  put('elsewhere/hypnic-jerks.MK.hypnospike.json', { reviewer: 'MK', blind: true })
  const { code, err } = await captureCommand(
    'export',
    at('elsewhere/hypnic-jerks.MK.hypnospike.json'),
    '--to',
    'csv',
  )
  expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('is sealed until') })
})

test('where nothing is reviewed blind nothing is sealed', async () => {
  put('hypnic-jerks.MK.hypnospike.json', { reviewer: 'MK' })
  const files = ['hypnic-jerks.key.json', 'hypnic-jerks.MK.hypnospike.json'].map(at)
  expect((await captureCommand('score', ...files)).code).toBe(0)
})
