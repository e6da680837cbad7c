/** A pack unpacked into a folder, all of it looked at on the way: `unpackInto` is the function to read. */
import { createHash } from 'node:crypto'
import { type FileHandle, open, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readHeader } from '../../shared/edf/recording.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { type Lesson, recordingsOf } from '../../shared/teaching/lesson.ts'
import { parseLesson } from '../../shared/teaching/lessonFormat.ts'
import {
  isClipName,
  LESSON_NAME,
  MANIFEST_NAME,
  MAX_CLIP_SIGNALS,
  type PackFile,
  type PackManifest,
} from '../../shared/teaching/pack/pack.ts'
import { badPack, parseManifest } from '../../shared/teaching/pack/packManifest.ts'
import { hashOf, writeFailure } from './atomicFile.ts'
import { readIdentity } from './caseRecordings.ts'
import { openFile } from './fileSource.ts'
import { openPackZip, type PackZip } from './packZip.ts'

export type UnpackedPack = {
  readonly manifest: PackManifest
  readonly lesson: Lesson
  /** Of the manifest, which has the hashes of all else: two packs of one content are the same. */
  readonly id: string
  /** Of the pack's file. */
  readonly bytes: number
}

/**
 * Writes the files of a pack into an empty folder of the app's own; they are not synced. Throws ReviewError `bad-pack` with one sentence where it is
 * not all that its manifest says and nothing else; what the folder holds then is to be thrown away.
 */
export async function unpackInto(file: string, folder: string): Promise<UnpackedPack> {
  const zip = await openPackZip(file)
  try {
    const { manifest, id } = await readManifest(zip, folder)
    for (const listed of manifest.files) await unpackOne(zip, listed, folder)
    const lesson = await readLessonOf(manifest, folder)
    await refuseOtherClips(manifest, lesson, folder)
    return { manifest, lesson, id, bytes: zip.bytes }
  } finally {
    await zip.close()
  }
}

async function readManifest(
  zip: PackZip,
  folder: string,
): Promise<{ readonly manifest: PackManifest; readonly id: string }> {
  const entry = zip.entries.find(({ name }) => name === MANIFEST_NAME)
  if (entry === undefined) throw badPack(`${MANIFEST_NAME} is missing`)
  const parts: Uint8Array[] = []
  for await (const part of zip.read(entry)) parts.push(part)
  const bytes = Buffer.concat(parts)
  const manifest = parseManifest(textOf(bytes, MANIFEST_NAME))
  const listed = new Map(manifest.files.map((each) => [each.name, each]))
  for (const { name, bytes: size } of zip.entries) {
    if (name === MANIFEST_NAME) continue
    const found = listed.get(name)
    if (found === undefined) throw badPack(`it holds ${name}, which ${MANIFEST_NAME} does not list`)
    if (found.bytes !== size) throw badPack(`${name} in it is not as large as ${MANIFEST_NAME} says`)
    listed.delete(name)
  }
  const [missing] = listed.keys()
  if (missing !== undefined) throw badPack(`${missing} is missing`)
  await write(path.join(folder, MANIFEST_NAME), (to) => writeFile(to, bytes, { flag: 'wx', mode: 0o600 }))
  return { manifest, id: hashOf(bytes) }
}

async function unpackOne(zip: PackZip, { name, bytes, sha256 }: PackFile, folder: string): Promise<void> {
  const hash = createHash('sha256')
  await write(path.join(folder, name), async (to) => {
    const handle = await open(to, 'wx', 0o600)
    try {
      for await (const chunk of zip.read({ name, bytes })) {
        hash.update(chunk)
        await writeWhole(handle, chunk)
      }
    } finally {
      await handle.close()
    }
  })
  if (hash.digest('hex') !== sha256)
    throw badPack(`${name} in it is not the file that ${MANIFEST_NAME} lists`)
}

async function write(file: string, work: (file: string) => Promise<void>): Promise<void> {
  try {
    await work(file)
  } catch (thrown) {
    throw writeFailure(thrown, path.basename(file))
  }
}

async function writeWhole(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let at = 0
  while (at < bytes.byteLength) at += (await handle.write(bytes, at, bytes.byteLength - at)).bytesWritten
}

function textOf(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw badPack(`${name} is not in UTF-8`)
  }
}

/** It would run nowhere, since texts are shown as they stand; but who writes one into a lesson means no good. */
const PROGRAM = /<\s*script\b|\bjavascript\s*:/i

async function readLessonOf(manifest: PackManifest, folder: string): Promise<Lesson> {
  const source = await openFile(path.join(folder, LESSON_NAME))
  const bytes = await source.slice(0, source.byteLength).finally(() => source.close())
  const lesson = inside(LESSON_NAME, () => parseLesson(textOf(bytes, LESSON_NAME)))
  const { title, lessonId, cases, licence } = manifest
  const isSame =
    lesson.id === lessonId &&
    lesson.title === title &&
    lesson.cases.length === cases &&
    lesson.licence === licence
  if (!isSame) throw badPack(`its lesson is another one than ${MANIFEST_NAME} says`)
  if (PROGRAM.test(JSON.stringify([manifest, lesson]))) {
    throw badPack('one of its texts holds a program (<script> or javascript:), which no lesson needs')
  }
  return lesson
}

/** What is wrong with a file of the pack, said of the pack; a newer version says so itself. */
function inside<Value>(name: string, read: () => Value): Value {
  try {
    return read()
  } catch (thrown) {
    if (!(thrown instanceof ReviewError) || thrown.code === 'bad-pack') throw thrown
    throw new ReviewError('bad-pack', `${name} in this pack: ${thrown.message}`, { cause: thrown })
  }
}

/** Every clip is one that a case needs, and names nobody; every case has its clip. */
async function refuseOtherClips(manifest: PackManifest, lesson: Lesson, folder: string): Promise<void> {
  const needed = new Map(recordingsOf(lesson).map((each) => [each.fingerprint, each]))
  for (const { name } of manifest.files.filter((each) => isClipName(each.name))) {
    const identity = await readClip(path.join(folder, name), name)
    const wanted = needed.get(identity.fingerprint)
    if (wanted === undefined) throw badPack(`${name} in it is no recording of its lesson`)
    needed.delete(identity.fingerprint)
    if (
      wanted.fileName !== name ||
      wanted.records !== identity.records ||
      wanted.recordDuration !== identity.recordDuration
    )
      throw badPack(`its lesson describes ${name} as another recording`)
  }
  const [missing] = needed.values()
  if (missing !== undefined) throw badPack('a recording of its lesson is missing')
}

async function readClip(file: string, name: string) {
  try {
    const source = await openFile(file)
    const { header } = await readHeader(source).finally(() => source.close())
    if (header.patient !== 'X X X X' || header.recording !== 'Startdate X X X X') {
      throw badPack(`the header of ${name} says more of a patient or recording than a clip may`)
    }
    if (header.signals.length > MAX_CLIP_SIGNALS) throw tooWide(name, header.signals.length)
    return await readIdentity(file)
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code === 'bad-pack') throw thrown
    throw badPack(
      `${name} in it cannot be read as a recording (${toFailure(thrown).message.replace(/\.$/, '')})`,
    )
  }
}

function tooWide(name: string, signals: number): ReviewError {
  return badPack(
    `${name} in it has ${signals} signals (“number of signals” in its header), and ${MAX_CLIP_SIGNALS} is the most; whoever made it can leave channels out`,
  )
}
