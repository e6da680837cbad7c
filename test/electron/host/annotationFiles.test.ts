import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileVersion, findSets, saveSet } from '../../../electron/host/annotationFiles.ts'
import { setPathFor } from '../../../electron/host/setNames.ts'
import { loadSet } from '../../../electron/host/setReader.ts'
import { addMark, setComment } from '../../../shared/annotation/edits.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { ReviewError } from '../../../shared/failure.ts'
import {
  applied,
  blankDocument,
  makeContext,
  RECORDING,
  seconds,
  VIEW,
  withMarks,
} from '../../support/annotations.ts'
import { makeFolder, mountSmallDisk } from '../../support/folders.ts'

const document = withMarks([
  [10, 12],
  [20, 21],
])
const writer = path.resolve(import.meta.dirname, '../../support/setWriter.ts')

async function failureOf(promise: Promise<unknown>): Promise<{ code: string; message: string }> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof ReviewError)) throw new Error(`expected a ReviewError, got ${error}`)
  return { code: error.code, message: error.message }
}

function commented(comment: string) {
  return applied(document, setComment(document, 'id-0001', comment, makeContext()()))
}

describe('saving a set', () => {
  it('writes it whole, and reading gives it back with the version that was written', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    const loaded = await loadSet(file)
    expect(loaded.document).toEqual(document)
    expect(loaded.version).toEqual(version)
    expect(await fileVersion(file)).toEqual(version)
  })

  it('tells the version of one that is hashed in pieces as that of its bytes', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    for (const bytes of [0, 1024 * 1024, 2_500_001]) {
      const content = Buffer.alloc(bytes, 'a piece of it')
      writeFileSync(file, content)
      const hash = createHash('sha256').update(content).digest('hex')
      expect(await fileVersion(file)).toEqual({ hash, modified: statSync(file).mtimeMs })
    }
  })

  it('takes any name and label that a recording may have', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    const signals = [{ label: ` \u0000${'x'.repeat(300)}`, samplesPerRecord: 1 }]
    const recording = { ...RECORDING, fileName: `\u202E${'é'.repeat(300)}.edf`, signals }
    await saveSet(file, { ...document, recording }, { expected: null })
    expect((await loadSet(file)).document.marks).toEqual(document.marks)
  })

  it('keeps the version before it, and nothing else', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'night.JS.hypnospike.json')
    const first = await saveSet(file, commented('first'), { expected: null })
    const second = await saveSet(file, commented('second'), { expected: first })
    await saveSet(file, commented('third'), { expected: second })
    expect(readdirSync(folder).sort()).toEqual(['night.JS.hypnospike.json', 'night.JS.hypnospike.json.bak'])
    expect((await loadSet(file)).document.marks[0]!.comment).toBe('third')
    expect(parseSet(readFileSync(`${file}.bak`, 'utf8')).marks[0]!.comment).toBe('second')
  })

  it('notices that someone else changed the file, and writes nothing', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    const theirs = serializeSet(commented('theirs'))
    writeFileSync(file, theirs)
    expect(await failureOf(saveSet(file, commented('mine'), { expected: version }))).toEqual({
      code: 'conflict',
      message:
        'night.JS.hypnospike.json was changed on disk since it was read. Compare the two, overwrite it, or save elsewhere.',
    })
    expect(readFileSync(file, 'utf8')).toBe(theirs)
  })

  it('notices a file that was not there before, and one that is there no more', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    expect((await failureOf(saveSet(file, document, { expected: null }))).message).toMatch(
      /^There is a night\.JS/,
    )
    rmSync(file)
    expect((await failureOf(saveSet(file, document, { expected: version }))).code).toBe('conflict')
    await saveSet(file, document, { expected: await fileVersion(file) })
    expect(existsSync(file)).toBe(true)
  })

  it('does not mind a copy that only looks newer', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    utimesSync(file, new Date(), new Date(Date.now() + 60_000))
    await saveSet(file, commented('mine'), { expected: version })
    expect((await loadSet(file)).document.marks[0]!.comment).toBe('mine')
  })

  it('goes through a link and leaves it one', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'real.json')
    const version = await saveSet(file, document, { expected: null })
    symlinkSync('real.json', path.join(folder, 'link.json'))
    await saveSet(path.join(folder, 'link.json'), commented('through'), { expected: version })
    expect(lstatSync(path.join(folder, 'link.json')).isSymbolicLink()).toBe(true)
    expect((await loadSet(file)).document.marks[0]!.comment).toBe('through')
  })

  it('keeps the permissions of the file', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    chmodSync(file, 0o640)
    await saveSet(file, commented('mine'), { expected: version })
    expect(statSync(file).mode & 0o777).toBe(0o640)
  })

  it('sweeps away what a crash in the middle of a save left, but not a write under way', async () => {
    const folder = makeFolder()
    const old = path.join(folder, '.hypnospike-0123456789abcdef.tmp')
    const young = path.join(folder, '.hypnospike-fedcba9876543210.tmp')
    for (const file of [old, young]) writeFileSync(file, 'half a s')
    utimesSync(old, new Date(), new Date(Date.now() - 3_600_000))
    await saveSet(path.join(folder, 'night.JS.hypnospike.json'), document, { expected: null })
    expect(existsSync(old)).toBe(false)
    expect(existsSync(young)).toBe(true)
  })

  it('never writes over a recording, nor a set that is not sound', async () => {
    const folder = makeFolder()
    const recording = path.join(folder, 'night.edf')
    writeFileSync(recording, 'samples')
    const version = await fileVersion(recording)
    expect((await failureOf(saveSet(recording, document, { expected: version }))).code).toBe('bad-input')
    const mark = { ...document.marks[0]!, view: { ...VIEW, sensitivity: Number.NaN } }
    expect(
      await failureOf(
        saveSet(path.join(folder, 'a.json'), { ...document, marks: [mark] }, { expected: null }),
      ),
    ).toEqual({
      code: 'bad-input',
      message:
        'The set was not saved, it could not be read again. ' +
        'This annotation set cannot be read: marks[0].view.sensitivity should be a number, found null.',
    })
    expect(readdirSync(folder)).toEqual(['night.edf'])
  })

  it('says that the folder is gone', async () => {
    const file = path.join(makeFolder(), 'unplugged', 'night.JS.hypnospike.json')
    expect(await failureOf(saveSet(file, document, { expected: null }))).toEqual({
      code: 'not-found',
      message:
        'night.JS.hypnospike.json cannot be written: its folder is no longer there. Save it elsewhere.',
    })
  })

  it.each([
    ['x'.repeat(300), 305],
    ['眠'.repeat(120), 365],
    ['é'.repeat(119), 243],
  ])('says that the name %s is too long, and how long it may be', async (name, bytes) => {
    const file = path.join(makeFolder(), `${name}.json`)
    const failure = {
      code: 'bad-input',
      message: expect.stringMatching(`^The name is ${bytes} bytes long, and 241`),
    }
    expect(await failureOf(saveSet(file, document, { expected: null }))).toEqual(failure)
    if (bytes > 255) expect(await failureOf(fileVersion(file))).toEqual(failure)
  })

  it('takes the longest name there may be, and the lock of a crash beside it', async () => {
    const file = path.join(makeFolder(), `${'x'.repeat(236)}.json`)
    const version = await saveSet(file, document, { expected: null })
    writeFileSync(`${file}.lock`, JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), token: 'x' }))
    await saveSet(file, document, { expected: version })
  })

  it('says that the disk is full, and leaves the set as it was', async () => {
    const disk = mountSmallDisk(128)
    if (disk === null) return
    const file = path.join(disk.folder, 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    const before = readdirSync(disk.folder)
    let large = document
    for (let count = 0; count < 20; count += 1) {
      const mark = {
        kind: 'mimic',
        onset: seconds(count),
        duration: seconds(1),
        comment: 'x'.repeat(9_999),
        view: VIEW,
      } as const
      large = applied(large, addMark(large, mark, { author: 'JS', now: '2026-01-31T10:00:00.000Z' }))
    }
    expect(await failureOf(saveSet(file, large, { expected: version }))).toEqual({
      code: 'disk-full',
      message:
        'night.JS.hypnospike.json cannot be written: the disk is full. Make room, or save it elsewhere.',
    })
    expect(readdirSync(disk.folder)).toEqual(before)
    expect((await loadSet(file)).document).toEqual(document)
    await saveSet(file, commented('small enough'), { expected: version })
  })

  it('says that the disk is read-only, and reads from it all the same', async () => {
    const disk = mountSmallDisk(128)
    if (disk === null) return
    const file = path.join(disk.folder, 'night.JS.hypnospike.json')
    const version = await saveSet(file, document, { expected: null })
    disk.lock()
    expect(await failureOf(saveSet(file, commented('no'), { expected: version }))).toEqual({
      code: 'read-only',
      message:
        'night.JS.hypnospike.json cannot be written: the folder or file is read-only. Save it elsewhere.',
    })
    expect((await loadSet(file)).document).toEqual(document)
  })

  it.each(['folder', 'file'])('says that the %s is protected', async (what) => {
    const folder = makeFolder()
    const file = path.join(folder, 'night.JS.hypnospike.json')
    await saveSet(file, document, { expected: null })
    if (what === 'folder') chmodSync(folder, 0o555)
    else chmodSync(file, 0o444)
    // Root may write everything, so that another user has to try.
    const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    if (what === 'file') chmodSync(folder, 0o777)
    try {
      execFileSync(process.execPath, [writer, 'add', folder, '1'], { ...asNobody, stdio: 'pipe' })
      throw new Error('it was written')
    } catch (error) {
      expect((error as { stderr: Buffer }).stderr.toString()).toMatch(
        /night\.JS\.hypnospike\.json cannot be written: the folder or file is read-only\. Save it elsewhere\.[\s\S]*code: 'read-only'/,
      )
    }
    chmodSync(folder, 0o755)
    expect((await loadSet(file)).document).toEqual(document)
    expect(readdirSync(folder)).toEqual(['night.JS.hypnospike.json'])
  })

  it('loses no mark when several processes add to one set at once', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'night.JS.hypnospike.json')
    await saveSet(file, blankDocument(), { expected: null })
    const said = await Promise.all(
      Array.from(
        { length: 4 },
        () =>
          new Promise<string>((resolve, reject) => {
            const child = spawn(process.execPath, [writer, 'add', folder, '15'])
            let text = ''
            child.stdout.on('data', (data) => (text += data))
            child.stderr.on('data', (data) => (text += data))
            child.on('exit', (code) => (code === 0 ? resolve(text) : reject(new Error(text))))
          }),
      ),
    )
    const { marks } = (await loadSet(file)).document
    expect(marks).toHaveLength(60)
    expect(new Set(marks.map((mark) => mark.comment)).size).toBe(4)
    expect(said.join('')).toMatch(/conflicts [1-9]/)
    expect(readdirSync(folder).sort()).toEqual(['night.JS.hypnospike.json', 'night.JS.hypnospike.json.bak'])
  })
})

describe('reading a set', () => {
  it.each<[string, (file: string) => void, string, RegExp]>([
    ['is not there', () => {}, 'not-found', /^night\.json is not there\.$/],
    ['is a folder', (file) => mkdirSync(file), 'bad-set', /^night\.json is not a file\.$/],
    [
      'is a pipe that nobody writes to',
      (file) => execFileSync('mkfifo', [file]),
      'bad-set',
      /^night\.json is not a file\.$/,
    ],
    [
      'is 100 MB large',
      (file) => {
        writeFileSync(file, '{')
        truncateSync(file, 100 * 1024 * 1024)
      },
      'bad-set',
      /^night\.json is larger than 64 MB\.$/,
    ],
    [
      'is no text',
      (file) => writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00])),
      'bad-set',
      /not text in UTF-8/,
    ],
    ['is empty', (file) => writeFileSync(file, ''), 'bad-set', /it is not JSON\.$/],
    [
      'goes round in circles',
      (file) => symlinkSync('night.json', file),
      'unreadable',
      /^night\.json cannot be read/,
    ],
  ])('that %s is refused at once', async (_, make, code, message) => {
    const file = path.join(makeFolder(), 'night.json')
    make(file)
    // One that was waited for would never come: the test's own limit tells.
    const failure = await failureOf(loadSet(file))
    expect(failure.code).toBe(code)
    expect(failure.message).toMatch(message)
  })
})

describe('finding the sets of a recording', () => {
  it('lists those beside it, keys too, each with what it holds', async () => {
    const folder = makeFolder()
    const recording = path.join(folder, 'night.edf')
    await saveSet(setPathFor(recording, 'JS'), document, { expected: null })
    await saveSet(setPathFor(recording, 'AB'), blankDocument('AB'), { expected: null })
    await saveSet(path.join(folder, 'night.key.json'), { ...document, reviewer: 'key' }, { expected: null })
    for (const other of [
      'night.edf',
      'night.JS.hypnospike.json.bak',
      'nightmare.JS.hypnospike.json',
      'night.old.JS.hypnospike.json',
      'night.hypnospike.json',
      'night.json',
    ]) {
      writeFileSync(path.join(folder, other), 'x')
    }
    expect(await findSets(recording, RECORDING)).toMatchObject([
      {
        fileName: 'night.AB.hypnospike.json',
        reviewer: 'AB',
        marks: 0,
        isKey: false,
        match: 'same',
        problem: null,
      },
      {
        fileName: 'night.JS.hypnospike.json',
        path: path.join(folder, 'night.JS.hypnospike.json'),
        reviewer: 'JS',
        marks: 2,
        changed: document.changed,
        match: 'same',
      },
      { fileName: 'night.key.json', reviewer: 'key', isKey: true, match: 'same' },
    ])
  })

  it('lists a bad one and one of another recording with what is wrong', async () => {
    const folder = makeFolder()
    const recording = path.join(folder, 'night.edf')
    writeFileSync(setPathFor(recording, 'XX'), '{"format":')
    const foreign = { ...document, recording: { ...RECORDING, fingerprint: 'z', fileName: 'other.edf' } }
    await saveSet(setPathFor(recording, 'YY'), foreign, { expected: null })
    expect(await findSets(recording, RECORDING)).toMatchObject(
      [
        { reviewer: 'XX', marks: 0, changed: null, match: null, problem: { code: 'bad-set' } },
        {
          reviewer: 'JS',
          marks: 2,
          match: null,
          problem: { code: 'wrong-recording', message: /other\.edf/ },
        },
      ].map((found) =>
        expect.objectContaining({ ...found, problem: expect.objectContaining({ code: found.problem.code }) }),
      ),
    )
  })

  it('recognises a set made when the recording was shorter, reading samples only then', async () => {
    const folder = makeFolder()
    const recording = path.join(folder, 'night.edf')
    await saveSet(setPathFor(recording, 'JS'), document, { expected: null })
    const grown = { ...RECORDING, fingerprint: 'g', records: 900 }
    const asked: number[] = []
    const fingerprintOfFirst = async (records: number) => {
      asked.push(records)
      return RECORDING.fingerprint
    }
    expect(await findSets(recording, grown, { fingerprintOfFirst })).toMatchObject([
      { match: 'grown', problem: null },
    ])
    expect(asked).toEqual([600])
    await findSets(recording, RECORDING, { fingerprintOfFirst })
    expect(asked).toEqual([600])
  })

  it('finds none in a folder that is not there', async () => {
    expect(await findSets(path.join(makeFolder(), 'gone', 'night.edf'), RECORDING)).toEqual([])
  })
})
