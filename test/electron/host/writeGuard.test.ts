import {
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fileVersion, saveSet } from '../../../electron/host/annotationFiles.ts'
import { writeFileAtomically } from '../../../electron/host/atomicFile.ts'
import { guardRecording, refuseRecording } from '../../../electron/host/writeGuard.ts'
import { withMarks } from '../../support/annotations.ts'
import { makeFolder } from '../../support/folders.ts'

const EDF: Buffer = Buffer.from(`${'0'.padEnd(256)}samples`)
const BDF: Buffer = Buffer.from(`\xffBIOSEMI${' '.repeat(248)}samples`, 'latin1')
const document = withMarks([[10, 12]])

/** A folder with a recording in it; `make` lays the way to it that is tried, and gives that way's name. */
function lay(make: (folder: string, recording: string) => string, bytes = EDF, name = 'night.edf') {
  const folder = makeFolder()
  const recording = path.join(folder, name)
  writeFileSync(recording, bytes)
  return { folder, recording, target: path.join(folder, make(folder, recording)), bytes }
}

type Way = [string, (folder: string, recording: string) => string, Buffer?, string?]
const WAYS: readonly Way[] = [
  ['its own name', () => 'night.edf'],
  [
    'a link',
    (folder) => {
      symlinkSync('night.edf', path.join(folder, 'set.json'))
      return 'set.json'
    },
  ],
  [
    'a link to a link in another folder',
    (folder) => {
      mkdirSync(path.join(folder, 'other'))
      symlinkSync('../night.edf', path.join(folder, 'other', 'first'))
      symlinkSync('other/first', path.join(folder, 'set.json'))
      return 'set.json'
    },
  ],
  [
    'a linked folder',
    (folder, recording) => {
      mkdirSync(path.join(folder, 'real'))
      renameSync(recording, path.join(folder, 'real', 'set.json'))
      symlinkSync('real', path.join(folder, 'linked'))
      writeFileSync(recording, EDF)
      return 'linked/set.json'
    },
  ],
  [
    'a second name of the same file',
    (folder, recording) => {
      linkSync(recording, path.join(folder, 'set.json'))
      return 'set.json'
    },
  ],
  ['a name that tells nothing', () => 'set.json', EDF, 'set.json'],
  ['a name that tells nothing, of a BDF file', () => 'set.json', BDF, 'set.json'],
  ['a name in capitals', () => 'NIGHT.EDF', EDF, 'NIGHT.EDF'],
  ['a name as Windows reads it', () => 'night.edf. ', Buffer.from('damaged'), 'night.edf. '],
  ['its name, though it is damaged', () => 'night.bdf', Buffer.from('damaged'), 'night.bdf'],
  ['a name under which no recording lies yet', () => 'next.rec'],
]

describe('a recording', () => {
  it.each(WAYS)('is never written to by %s', async (_, make, bytes = EDF, name = 'night.edf') => {
    const { folder, recording, target } = lay(make, bytes, name)
    const before = readdirSync(folder, { recursive: true }).sort()
    const refused = { code: 'bad-input', message: expect.stringContaining('never written to') }
    await expect(refuseRecording(target)).rejects.toMatchObject(refused)
    for (const keepPrevious of [true, false]) {
      await expect(writeFileAtomically(target, 'x', { keepPrevious })).rejects.toMatchObject(refused)
    }
    if (target.endsWith('.json')) {
      for (const expected of [null, await fileVersion(target)]) {
        await expect(saveSet(target, document, { expected })).rejects.toMatchObject(refused)
      }
    }
    expect(readFileSync(recording)).toEqual(bytes)
    expect(readdirSync(folder, { recursive: true }).sort()).toEqual(before)
  })

  it('that is open is known by the file, whatever it begins with and is called', async () => {
    const { folder, recording, target } = lay(
      (_folder, file) => {
        linkSync(file, path.join(_folder, 'set.json'))
        return 'set.json'
      },
      Buffer.from('1       a recording that the reader takes all the same'),
      'noending',
    )
    await expect(refuseRecording(target)).resolves.toBeUndefined()
    const unguard = guardRecording(recording)
    const unguardAgain = guardRecording(recording)
    onTestFinished(unguard)
    await expect(refuseRecording(target)).rejects.toMatchObject({ code: 'bad-input' })
    unguardAgain()
    unguardAgain()
    await expect(refuseRecording(target)).rejects.toMatchObject({ code: 'bad-input' })
    unguard()
    await expect(refuseRecording(target)).resolves.toBeUndefined()
    expect(readdirSync(folder).sort()).toEqual(['noending', 'set.json'])
  })

  it('is not replaced by what is kept of a set before it is saved', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    writeFileSync(`${file}.bak`, EDF)
    await expect(saveSet(file, document, { expected: version })).rejects.toMatchObject({ code: 'bad-input' })
    expect(readFileSync(`${file}.bak`)).toEqual(EDF)
  })
})

describe('what is no recording', () => {
  it.each(['{"format":', '', '0', '0.5 and more', '%PDF-1.7 of a sheet'])(
    'may be replaced: %j',
    async (text) => {
      const file = path.join(makeFolder(), 'sheet.pdf')
      writeFileSync(file, text)
      await writeFileAtomically(file, 'new')
      expect(readFileSync(file, 'utf8')).toBe('new')
    },
  )
})
