/** Packs for tests: a lesson of the samples, and zips written byte by byte, so that they can be what no library writes. */
import { createHash } from 'node:crypto'
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Mark } from '../../shared/annotation/document.ts'
import { parseSet } from '../../shared/annotation/format.ts'
import type { Lesson, LessonCase } from '../../shared/teaching/lesson.ts'
import { serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { caseRecording, keyMarksOf } from '../../shared/teaching/makeCase.ts'
import type { PackManifest } from '../../shared/teaching/pack/pack.ts'
import { serializeManifest } from '../../shared/teaching/pack/packManifest.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../shared/units.ts'
import { VIEW } from './annotations.ts'
import { CASE, LESSON } from './lessons.ts'

export const SAMPLES = path.resolve(import.meta.dirname, '../../samples')
export const HEAD = {
  licence: 'CC BY 4.0',
  consent: 'Synthetic recordings: no patients.',
  keys: 'open',
} as const

/** A case of ten seconds around a mark of a sample's key. */
function caseOf(name: string, mark: Mark, id: string): LessonCase {
  const { recording, marks } = parseSet(readFileSync(path.join(SAMPLES, `${name}.key.json`), 'utf8'))
  const onset = (mark.onset - 3 * TICKS_PER_SECOND) as Ticks
  const duration = (10 * TICKS_PER_SECOND) as Ticks
  const stretch = { start: onset, end: (onset + duration) as Ticks }
  const key = { marks: keyMarksOf(marks, stretch), votes: [] }
  return { ...CASE, id, recording: caseRecording(recording), onset, duration, view: VIEW, key }
}

/** Its first and its last mark, which lie apart. */
export function marksOf(name: string): readonly [Mark, Mark] {
  const { marks } = parseSet(readFileSync(path.join(SAMPLES, `${name}.key.json`), 'utf8'))
  const [first, last] = [marks[0], marks.at(-1)]
  if (first === undefined || last === undefined) throw new Error(`${name} has no marks`)
  return [first, last]
}

/** Cases of two samples, laid into a folder beside the lesson's file. */
export function layLesson(
  folder: string,
  change: Partial<Lesson> = {},
): { readonly file: string; readonly lesson: Lesson } {
  const names = ['hypnic-jerks', 'spike-wave-3hz']
  const cases = names.flatMap((name) => {
    copyFileSync(path.join(SAMPLES, `${name}.edf`), path.join(folder, `${name}.edf`))
    return marksOf(name).map((mark, index) => caseOf(name, mark, `case-${names.indexOf(name)}-${index}`))
  })
  const lesson = { ...LESSON, cases, ...change }
  const file = path.join(folder, 'week.lesson.json')
  writeFileSync(file, serializeLesson(lesson))
  return { file, lesson }
}

export type ZipEntry = {
  readonly name: string
  readonly content: Uint8Array
  /** 8: deflated, 0: stored. */
  readonly method?: number
  /** What is said in place of what is so. */
  readonly claims?: {
    readonly bytes?: number
    readonly compressed?: number
    readonly crc?: number
    readonly flags?: number
    readonly attributes?: number
    readonly localName?: string
    readonly offset?: number
    readonly extra?: Uint8Array
  }
}

export type ZipEnd = {
  readonly before?: Uint8Array
  readonly beforeDirectory?: Uint8Array
  readonly after?: Uint8Array
  readonly comment?: string
  readonly disk?: number
  readonly entries?: number
}

/** A zip by APPNOTE 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16. */
export function zipBytes(entries: readonly ZipEntry[], end: ZipEnd = {}): Buffer {
  const parts: Buffer[] = [Buffer.from(end.before ?? [])]
  const directory: Buffer[] = []
  const length = () => parts.reduce((sum, { byteLength }) => sum + byteLength, 0)
  for (const { name, content, method = 8, claims = {} } of entries) {
    const data = method === 8 ? deflateRawSync(content) : Buffer.from(content)
    const extra = Buffer.from(claims.extra ?? [])
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(claims.flags ?? 0, 2)
    common.writeUInt16LE(method, 4)
    common.writeUInt32LE(claims.crc ?? crc32(content), 10)
    common.writeUInt32LE(claims.compressed ?? data.byteLength, 14)
    common.writeUInt32LE(claims.bytes ?? content.byteLength, 18)
    const at = claims.offset ?? length()
    const local = Buffer.from(claims.localName ?? name, 'latin1')
    common.writeUInt16LE(local.byteLength, 22)
    common.writeUInt16LE(0, 24)
    parts.push(Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from(common), local, data)
    const named = Buffer.from(name, 'latin1')
    common.writeUInt16LE(named.byteLength, 22)
    common.writeUInt16LE(extra.byteLength, 24)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(claims.attributes ?? 0, 6)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 3]), Buffer.from(common), rest, named, extra)
  }
  parts.push(Buffer.from(end.beforeDirectory ?? []))
  const start = length()
  const listed = Buffer.concat(directory)
  const last = Buffer.alloc(22)
  last.writeUInt32LE(0x06054b50, 0)
  last.writeUInt16LE(end.disk ?? 0, 4)
  last.writeUInt16LE(end.disk ?? 0, 6)
  last.writeUInt16LE(end.entries ?? entries.length, 8)
  last.writeUInt16LE(end.entries ?? entries.length, 10)
  last.writeUInt32LE(listed.byteLength, 12)
  last.writeUInt32LE(start, 16)
  const comment = Buffer.from(end.comment ?? '')
  last.writeUInt16LE(comment.byteLength, 20)
  return Buffer.concat([...parts, listed, last, comment, Buffer.from(end.after ?? [])])
}

/** The files of a zip, read by its directory alone, with nothing of the app. */
export function filesOfZip(zip: Buffer): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>()
  let at = zip.readUInt32LE(zip.byteLength - 6)
  for (let left = zip.readUInt16LE(zip.byteLength - 12); left > 0; left -= 1) {
    const [method, compressed, nameLength] = [
      zip.readUInt16LE(at + 10),
      zip.readUInt32LE(at + 20),
      zip.readUInt16LE(at + 28),
    ]
    const local = zip.readUInt32LE(at + 42)
    const name = zip.toString('latin1', at + 46, at + 46 + nameLength)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const data = zip.subarray(start, start + compressed)
    found.set(name, method === 8 ? inflateRawSync(data) : Buffer.from(data))
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return found
}

export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** The files as a manifest lists them. */
export function listed(files: ReadonlyMap<string, Uint8Array>): PackManifest['files'] {
  return [...files].flatMap(([name, bytes]) =>
    name === 'pack.json' ? [] : [{ name, bytes: bytes.byteLength, sha256: sha256Of(bytes) }],
  )
}

/** Files with a manifest that fits them, but for what is changed in it. */
export function entriesOf(
  files: ReadonlyMap<string, Uint8Array>,
  manifest: PackManifest,
  change: (text: string) => string = (text) => text,
): readonly ZipEntry[] {
  const text = change(serializeManifest({ ...manifest, files: listed(files) }))
  const others = [...files].filter(([name]) => name !== 'pack.json')
  return [
    { name: 'pack.json', content: Buffer.from(text) },
    ...others.map(([name, content]) => ({ name, content })),
  ]
}

/** All samples of a channel of a file without gaps, by the layout that the header says. */
export function channelOf(
  edf: Buffer,
  channel: number,
): { readonly rate: number; readonly values: Int32Array } {
  const text = (at: number, length: number) => edf.toString('latin1', at, at + length).trim()
  const count = Number(text(252, 4))
  const [records, duration] = [Number(text(236, 8)), Number(text(244, 8))]
  const perRecord = Array.from({ length: count }, (_, k) => Number(text(256 + count * 216 + k * 8, 8)))
  const sum = (list: readonly number[]) => list.reduce((total, each) => total + each, 0)
  const own = perRecord[channel] ?? 0
  const values = new Int32Array(records * own)
  const size = edf[0] === 0xff ? 3 : 2
  const [start, recordLength] = [sum(perRecord.slice(0, channel)), sum(perRecord)]
  for (let record = 0; record < records; record += 1) {
    for (let k = 0; k < own; k += 1) {
      const at = 256 * (count + 1) + size * (record * recordLength + start + k)
      values[record * own + k] = edf.readIntLE(at, size)
    }
  }
  return { rate: own / duration, values }
}
