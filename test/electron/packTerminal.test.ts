/** The commands that make packs and take them in. */
import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { captureCommand } from '../support/captureCommand.ts'
import { makeFolder } from '../support/folders.ts'
import { layLesson, sha256Of } from '../support/packs.ts'

let folder: string
let lesson: string
let data: string
let out: string

afterEach(() => vi.unstubAllEnvs())

beforeEach(() => {
  folder = makeFolder()
  data = makeFolder()
  vi.stubEnv('HYPNOSPIKE_DATA', data)
  lesson = layLesson(folder).file
  out = path.join(folder, 'week.hypnopack')
})

const said = ['--licence', 'CC BY 4.0', '--consent', 'Synthetic recordings: no patients.']
const packs = () =>
  existsSync(path.join(data, 'lessons', 'packs')) ? readdirSync(path.join(data, 'lessons', 'packs')) : []

describe('pack and unpack', () => {
  it('make a pack, look at it, and take it in once', async () => {
    const { code, out: told, err } = await captureCommand('pack', lesson, '--out', out, ...said, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const sha256 = sha256Of(readFileSync(out))
    expect(JSON.parse(told)).toMatchObject({ cases: 4, made: { name: 'week.hypnopack', sha256, clips: 4 } })
    const checked = await captureCommand('unpack', out, '--check')
    expect(checked.out).toContain(`SHA-256 ${sha256}`)
    expect(checked.out).toContain('nothing was kept')
    expect(packs()).toEqual([])
    const added = await captureCommand('unpack', out, '--json')
    expect(JSON.parse(added.out)).toMatchObject({ licence: 'CC BY 4.0', keys: 'open', added: true, sha256 })
    expect(packs().length).toBe(1)
    expect((await captureCommand('unpack', out)).out).toContain('among the lessons of Hypnospike already')
    expect(packs().length).toBe(1)
  })

  it('say what is missing before anything is read', async () => {
    const missing = async (...args: string[]) => (await captureCommand('pack', lesson, ...args)).err
    expect(await missing(...said)).toContain('--out is missing')
    expect(await missing('--out', out, '--consent', 'x')).toContain('--licence is missing')
    expect(await missing('--out', out, '--licence', 'x', '--consent', ' ')).toContain('--consent is missing')
    expect(await missing('--out', out, ...said, '--channels', 'some')).toContain(
      '--channels is all or shown, not some',
    )
    expect(await missing('--out', path.join(folder, 'week.zip'), ...said)).toContain(
      'let it end in .hypnopack',
    )
    expect(readdirSync(folder)).not.toContain('week.hypnopack')
  })

  it('find recordings in another folder, and say what stays behind', async () => {
    const elsewhere = path.join(makeFolder(), 'week.lesson.json')
    copyFileSync(lesson, elsewhere)
    const none = await captureCommand('pack', elsewhere, '--preview', ...said)
    expect([none.code, none.err]).toEqual([
      2,
      expect.stringContaining('none of the folders that are known here'),
    ])
    const bytes = readFileSync(path.join(folder, 'hypnic-jerks.edf'))
    bytes.write('Mrs Zebra'.padEnd(16), 256, 'latin1')
    writeFileSync(path.join(folder, 'hypnic-jerks.edf'), bytes)
    const found = await captureCommand('pack', elsewhere, '--preview', '--recordings', folder, ...said)
    expect(found.out).toContain('stays behind: label “Mrs Zebra”')
    const kept = await captureCommand(
      'pack',
      elsewhere,
      '--preview',
      '--recordings',
      folder,
      ...said,
      '--keep-texts',
      'all',
    )
    expect(kept.out).not.toContain('stays behind')
  })

  it('print no answer of a sealed pack unless they are asked to', async () => {
    await captureCommand('pack', lesson, '--out', out, ...said, '--sealed')
    expect((await captureCommand('unpack', out)).out).toContain('answers sealed')
    const [home] = packs()
    const taken = path.join(data, 'lessons', 'packs', home!, 'lesson.lesson.json')
    const answers = async (...more: string[]) =>
      JSON.parse((await captureCommand('lesson', taken, '--json', ...more)).out).cases.map(
        ({ answer, rationale }: Record<string, unknown>) => answer === null && rationale === null,
      )
    expect(await answers()).toEqual([true, true, true, true])
    expect(await answers('--unseal')).toEqual([false, false, false, false])
    const link = path.join(folder, 'link.lesson.json')
    if (process.platform !== 'win32') {
      symlinkSync(taken, link)
      const linked = await captureCommand('lesson', link, '--json')
      expect(JSON.parse(linked.out).cases).toMatchObject([1, 2, 3, 4].map(() => ({ answer: null })))
      const packed = await captureCommand(
        'pack',
        link,
        '--preview',
        '--recordings',
        path.dirname(taken),
        ...said,
      )
      expect([packed.code, packed.err]).toEqual([2, expect.stringContaining('are sealed')])
    }
    const other = path.join(folder, 'other.hypnopack')
    const again = await captureCommand('pack', taken, '--out', other, ...said)
    expect([again.code, existsSync(other)]).toEqual([2, false])
  })

  it('refuse what is no pack in one line', async () => {
    const { code, err } = await captureCommand('unpack', lesson)
    expect({ code, err }).toEqual({
      code: 2,
      err: 'hypnospike: This is not a Hypnospike pack: choose a file that ends in .hypnopack.',
    })
  })
})
