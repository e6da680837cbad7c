/** Packs that are damaged, or that somebody means harm with: each refused in a sentence, with nothing kept. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { addPack, checkPack } from '../../../electron/host/packFolder.ts'
import { makePack } from '../../../electron/host/packMaking.ts'
import type { PackManifest } from '../../../shared/teaching/pack/pack.ts'
import { parseManifest } from '../../../shared/teaching/pack/packManifest.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder, makePipe } from '../../support/folders.ts'
import { entriesOf, filesOfZip, HEAD, layLesson, type ZipEntry, zipBytes } from '../../support/packs.ts'

/** The files of a sound pack of one case, and its manifest. */
let files: ReadonlyMap<string, Buffer>
let manifest: PackManifest

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-test-'))
  try {
    const { lesson } = layLesson(folder)
    const one = { ...lesson, cases: lesson.cases.slice(0, 1) }
    const places = one.cases.map(
      ({ recording }) => [recording.fingerprint, path.join(folder, recording.fileName)] as const,
    )
    const target = path.join(folder, 'one.hypnopack')
    await makePack(
      { lesson: one, head: HEAD, channels: 'all', keep: [], places },
      { target, workplace: path.join(folder, 'work') },
      { signal: new AbortController().signal, onProgress: () => {} },
    )
    files = filesOfZip(readFileSync(target))
    manifest = parseManifest(files.get('pack.json')!.toString())
  } finally {
    rmSync(folder, { recursive: true })
  }
})

/** What taking it in is refused with; and that nothing of it is anywhere. */
async function refusal(pack: Uint8Array): Promise<string> {
  const folder = makeFolder()
  const file = path.join(folder, 'other.hypnopack')
  const data = path.join(folder, 'a', 'b', 'packs')
  mkdirSync(data, { recursive: true })
  writeFileSync(file, pack)
  const failure = await addPack(file, data).then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(failure).toMatchObject({ name: 'ReviewError', code: 'bad-pack' })
  expect(readdirSync(folder, { recursive: true }).map(String).toSorted()).toEqual([
    ...['a', 'a/b', 'a/b/packs'].map((name) => path.join(...name.split('/'))),
    'other.hypnopack',
  ])
  const { message } = failure as Error
  // One paragraph for people, without a stack, an offset or a path.
  expect(message).not.toMatch(/\n|node_modules|0x|\/tmp/)
  return message
}

const clip = () => [...files.keys()].find((name) => name.endsWith('.edf'))!
const proof = () => [...files.keys()].find((name) => name.endsWith('.proof.txt'))!
const sound = () => entriesOf(files, manifest)
const TAIL = ' Nothing of it was kept; fetch it again, or ask whoever made it.'
const cannot = (reason: string) => `This pack cannot be opened: ${reason}.${TAIL}`

/** An entry of the pack said otherwise. */
const claiming = (name: string, claims: ZipEntry['claims']): readonly ZipEntry[] =>
  sound().map((entry) => (entry.name === name ? { ...entry, ...(claims && { claims }) } : entry))
const and = (...more: readonly ZipEntry[]) => [...sound(), ...more]
const with_ = (change: Readonly<Record<string, Uint8Array>>) =>
  entriesOf(new Map([...files, ...Object.entries(change)]), manifest)
const x = (name: string, claims: ZipEntry['claims'] = {}): ZipEntry => ({
  name,
  content: Buffer.from('x'),
  claims,
})

describe('a pack that was written byte by byte', () => {
  it('is taken in where it is sound, deflated or stored', async () => {
    for (const method of [8, 0]) {
      const folder = makeFolder()
      const file = path.join(folder, 'mine.hypnopack')
      writeFileSync(file, zipBytes(sound().map((entry) => ({ ...entry, method }))))
      expect((await addPack(file, path.join(folder, 'packs'))).isNew).toBe(true)
    }
  })

  it('leads to no other folder, by no name', async () => {
    for (const name of [
      '../evil.edf',
      '/etc/evil',
      '..\\evil.edf',
      'C:\\evil.edf',
      'C:evil.edf',
      'a/b.edf',
      '..',
    ]) {
      expect(await refusal(zipBytes(and(x(name)))), name).toBe(
        cannot(`“${name}” in it leads to another folder, and a pack has none`),
      )
    }
    const local = claiming(clip(), { localName: '../../../../evil.edf' })
    expect(await refusal(zipBytes(local))).toBe(
      cannot(`${clip()} in it is another file than its directory says`),
    )
  })

  it('holds nothing that no pack has', async () => {
    for (const name of [
      'setup.exe',
      'lesson.html',
      'eeg-1.edf',
      'EEG-0123456789ABCDEF.edf',
      'pack.json.js',
      '',
    ]) {
      expect(await refusal(zipBytes(and(x(name)))), name).toBe(
        cannot(`it holds “${name}”, which is no part of a pack`),
      )
    }
    expect(await refusal(zipBytes(and(x('eeg-0123456789abcdef.edf'))))).toBe(
      cannot('it holds eeg-0123456789abcdef.edf, which pack.json does not list'),
    )
    expect(await refusal(zipBytes(and(x('a'.repeat(200)))))).toContain('it holds a name of 200 characters')
  })

  it('holds no link and no folder', async () => {
    const link = cannot(`“${clip()}” in it is a link or no file`)
    for (const mode of [0o120777, 0o040755, 0o060644, 0o010644]) {
      expect(await refusal(zipBytes(claiming(clip(), { attributes: (mode << 16) >>> 0 })))).toBe(link)
    }
    expect(await refusal(zipBytes(claiming(clip(), { attributes: 0x10 })))).toContain(
      'which is no part of a pack',
    )
  })

  it('holds no name twice', async () => {
    const entry = sound().find(({ name }) => name === clip())!
    expect(await refusal(zipBytes(and(entry)))).toBe(cannot(`it holds ${clip()} twice`))
  })

  it('is not encrypted, split, or a zip64', async () => {
    expect(await refusal(zipBytes(claiming(clip(), { flags: 1 })))).toBe(cannot('it is encrypted'))
    expect(await refusal(zipBytes(sound(), { disk: 1 }))).toBe(cannot('it is a part of a zip that was split'))
    expect(await refusal(zipBytes(sound(), { entries: 0xffff }))).toBe(
      cannot('it is a zip64, which no pack is'),
    )
    expect(await refusal(zipBytes(claiming(clip(), { flags: 0x20 })))).toContain(
      'written in a way that no pack is',
    )
    const odd = sound().map((entry) => (entry.name === clip() ? { ...entry, method: 12 } : entry))
    expect(await refusal(zipBytes(odd))).toBe(
      cannot(`${clip()} in it is compressed in a way that is not known`),
    )
  })

  it('has nothing before, between or behind its files', async () => {
    const more = Buffer.from('more')
    expect(await refusal(zipBytes(sound(), { after: more }))).toBe(
      cannot('it is cut off, or something follows its end'),
    )
    expect(await refusal(zipBytes(sound(), { comment: 'hello' }))).toBe(
      cannot('it is cut off, or something follows its end'),
    )
    expect(await refusal(zipBytes(sound(), { before: more }))).toBe(
      cannot('something lies hidden before pack.json in it'),
    )
    expect(await refusal(zipBytes(sound(), { beforeDirectory: more }))).toBe(
      cannot('something lies hidden before its directory'),
    )
    const extra = Buffer.from([0x55, 0x54, 0, 0])
    expect(await refusal(zipBytes(claiming(clip(), { extra })))).toBe(
      cannot(`its directory says more of ${clip()} than a pack does`),
    )
    expect(await refusal(zipBytes(claiming(clip(), { offset: 0 })))).toContain('lies over another file in it')
  })

  it('becomes no larger than it says, and no bomb', async () => {
    const zeros = Buffer.alloc(40 * 1024 * 1024)
    expect(await refusal(zipBytes(with_({ [clip()]: zeros })))).toBe(
      cannot(`${clip()} in it would become more than 200 times as large as it is`),
    )
    expect(await refusal(zipBytes(claiming(clip(), { bytes: 1000 })))).toBe(
      cannot(`${clip()} in it is not as large as pack.json says`),
    )
    // It says what the manifest says, and holds far more.
    const large = entriesOf(files, manifest).map((entry) =>
      entry.name === proof()
        ? { ...entry, content: zeros, claims: { bytes: entry.content.byteLength } }
        : entry,
    )
    expect(await refusal(zipBytes(large))).toBe(cannot(`${proof()} in it is damaged`))
    expect(await refusal(zipBytes(claiming(proof(), { bytes: 2 * 1024 ** 2 })))).toBe(
      cannot(`${proof()} in it is too large`),
    )
    expect(await refusal(zipBytes(claiming(clip(), { bytes: 2 ** 31 - 1, compressed: 2 ** 30 })))).toContain(
      'cannot be opened',
    )
    const many = Array.from({ length: 2100 }, (_, k) => x(`eeg-${k.toString(16).padStart(16, '0')}.edf`))
    expect(await refusal(zipBytes(many))).toBe(cannot('it holds 2100 files, and 2002 are the most'))
  })

  it('holds what its manifest lists, by hash', async () => {
    const flipped = Buffer.from(files.get(clip())!)
    flipped[flipped.length - 1]! ^= 1
    const changed = sound().map((entry) => (entry.name === clip() ? { ...entry, content: flipped } : entry))
    expect(await refusal(zipBytes(changed))).toBe(
      cannot(`${clip()} in it is not the file that pack.json lists`),
    )
    const missing = sound().filter(({ name }) => name !== clip())
    expect(await refusal(zipBytes(missing))).toBe(cannot(`${clip()} is missing`))
    expect(await refusal(zipBytes(sound().slice(1)))).toBe(cannot('pack.json is missing'))
    expect(await refusal(zipBytes(claiming(clip(), { crc: 1 })))).toBe(cannot(`${clip()} in it is damaged`))
  })

  it('has a manifest that says what one may say, and no more', async () => {
    const saying = async (change: (text: string) => string) =>
      refusal(zipBytes(entriesOf(files, manifest, change)))
    expect(await saying((text) => text.replace('"version": 1', '"version": 2'))).toBe(
      'This pack was made by a newer Hypnospike (format 2); update Hypnospike to open it.',
    )
    expect(await saying((text) => text.replace('hypnospike pack', 'hypnospike lesson'))).toContain(
      'not a Hypnospike pack',
    )
    expect(await saying((text) => text.slice(0, 50))).toBe(cannot('pack.json is not JSON'))
    expect(await saying((text) => text.replace('"cases": 1', '"cases": 0'))).toBe(
      cannot('pack.json, “cases” should be a whole number of 1 to 1000'),
    )
    expect(await saying((text) => text.replace('"keys"', '"script": "x", "keys"'))).toContain(
      'is no field of a pack',
    )
    expect(await saying((text) => text.replace(/"consent": "[^"]*"/, '"consent": ""'))).toContain(
      '“consent” should be',
    )
    expect(await saying((text) => text.replace(/"cases": 1/, '"cases": 2'))).toContain(
      'its lesson is another one',
    )
    expect(await saying((text) => text.replace(clip(), '../../evil.edf'))).toContain(
      'should be the name of a file that a pack may have',
    )
    expect(await saying(() => '['.repeat(100_000))).toContain('nested deeper')
  })

  it('has texts that are made harmless, and a lesson that is one', async () => {
    const lesson = files.get('lesson.lesson.json')!.toString()
    const odd = lesson.replace('"question":"', '"question":"<b>Which</b>\\u202e\\u001b[2J')
    const folder = makeFolder()
    const file = path.join(folder, 'mine.hypnopack')
    const hostile = { ...manifest, consent: 'Agreed\u202e by all\u0007' }
    writeFileSync(
      file,
      zipBytes(entriesOf(new Map([...files, ['lesson.lesson.json', Buffer.from(odd)]]), hostile)),
    )
    const { manifest: read, lesson: taken } = await checkPack(file, path.join(folder, 'packs'))
    expect(read.consent).toBe('Agreed by all')
    // Plain text to whoever shows it: no control that turns it round, and no markup has a meaning.
    expect(taken.cases[0]!.question).toMatch(/^<b>Which<\/b>\[2J/)
    for (const script of [
      '<script>alert(1)</script>',
      '< SCRIPT src=x>',
      'javascript:alert(1)',
      '\\u003cscript>',
    ]) {
      const text = lesson.replace('"question":"', `"question":"${script}`)
      expect(await refusal(zipBytes(with_({ 'lesson.lesson.json': Buffer.from(text) })))).toContain(
        'one of its texts holds a program',
      )
    }
    const broken = { 'lesson.lesson.json': Buffer.from(lesson.replace('"version": 1', '"version": 9')) }
    expect(await refusal(zipBytes(with_(broken)))).toBe(
      'lesson.lesson.json in this pack: This lesson was made by a newer Hypnospike (format 9); update Hypnospike to open it.',
    )
    const link = {
      'lesson.lesson.json': Buffer.from(lesson.replace('https://example.org/fusco', 'javascript:alert(1)')),
    }
    expect(await refusal(zipBytes(with_(link)))).toContain('an address that begins with https://')
  })

  it('has clips that are recordings of its lesson, and name nobody', async () => {
    expect(await refusal(zipBytes(with_({ [clip()]: Buffer.from('<html>'.repeat(100)) })))).toContain(
      `${clip()} in it cannot be read as a recording`,
    )
    const named = Buffer.from(files.get(clip())!)
    named.write('MCH-0234567 F 02-MAY-1951 Haagse_Harriet'.padEnd(80), 8, 'latin1')
    expect(await refusal(zipBytes(with_({ [clip()]: named })))).toBe(
      cannot(`the header of ${clip()} says more of a patient or recording than a clip may`),
    )
    const wide = edfBytes({
      ...{ patient: 'X X X X', recording: 'Startdate X X X X', startDate: '01.01.85', startTime: '00.00.00' },
      signals: Array.from({ length: 1025 }, (_, index) => ({ label: `EEG ${index}` })),
    })
    expect(await refusal(zipBytes(with_({ [clip()]: wide })))).toBe(
      cannot(
        `${clip()} in it has 1025 signals (“number of signals” in its header), and 1024 is the most; whoever made it can leave channels out`,
      ),
    )
    const other = Buffer.from(files.get(clip())!)
    other[Number(other.toString('latin1', 184, 192))]! ^= 1
    expect(await refusal(zipBytes(with_({ [clip()]: other })))).toMatch(/is no recording of its lesson/)
    expect(await refusal(zipBytes(with_({ 'eeg-0123456789abcdef.edf': files.get(clip())! })))).toMatch(
      /is no recording of its lesson|as another recording/,
    )
  })

  it('is refused wherever it was cut off, and however its bytes were turned', async () => {
    const whole = zipBytes(sound())
    for (const share of [0, 0.01, 0.3, 0.7, 0.999]) {
      await refusal(whole.subarray(0, Math.floor(share * whole.length)))
    }
    const directory = whole.readUInt32LE(whole.length - 6)
    for (let at = directory; at < whole.length; at += 37) {
      const turned = Buffer.from(whole)
      turned[at]! ^= 0x55
      // Times and the version that made it have no part in what a pack is.
      const folder = makeFolder()
      const file = path.join(folder, 'turned.hypnopack')
      writeFileSync(file, turned)
      const outcome = await checkPack(file, path.join(folder, 'packs')).then(
        () => 'fine',
        (thrown: { readonly code: string }) => thrown.code,
      )
      expect(['fine', 'bad-pack']).toContain(outcome)
      expect(readdirSync(path.join(folder, 'packs'))).toEqual([])
    }
  })

  it('is a file', async () => {
    const folder = makeFolder()
    await expect(checkPack(folder, path.join(folder, 'packs'))).rejects.toMatchObject({
      message: /is not a file/,
    })
    const pipe = path.join(folder, 'pipe.hypnopack')
    if (!makePipe(pipe)) return
    await expect(checkPack(pipe, path.join(folder, 'packs'))).rejects.toMatchObject({
      message: /is not a file/,
    })
  })
})
