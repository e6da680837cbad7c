/** Where packs are kept, a folder each, and where one is put together before it is anything. */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, realpath, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import {
  LESSON_NAME,
  MANIFEST_NAME,
  MAX_MANIFEST_BYTES,
  type PackManifest,
} from '../../shared/teaching/pack/pack.ts'
import { parseManifest } from '../../shared/teaching/pack/packManifest.ts'
import { readBounded, statOrNull, writeFailure } from './atomicFile.ts'
import { type UnpackedPack, unpackInto } from './packReading.ts'
import { identifyProcess, isRunning } from './processIdentity.ts'
import { shownName } from './shownName.ts'

const UNFINISHED = '.part'
/** Of files that are added all the time, so that the folder of work that is under way is young. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000
/** Of a hash of 256 bits, for a name that every system holds. */
const NAME_LENGTH = 32
const MOST_PACKS = 500

export function packsFolder(lessonFolder: string): string {
  return path.join(lessonFolder, 'packs')
}

/** A pack that was taken in. */
export type KeptPack = {
  readonly folder: string
  readonly lessonFile: string
  readonly manifest: PackManifest
}

/** All that there are, by the names of their folders. */
export async function listPacks(folder: string): Promise<readonly KeptPack[]> {
  const names: readonly string[] = await readdir(folder).catch(() => [])
  const kept = await Promise.all(
    names
      .filter((name) => /^[0-9a-f]{32}$/.test(name))
      .sort()
      .slice(0, MOST_PACKS)
      .map((name) => readPack(path.join(folder, name))),
  )
  return kept.filter((each) => each !== null)
}

/** The pack whose folder this is; null: it is none. */
export async function readPack(folder: string): Promise<KeptPack | null> {
  try {
    const { bytes } = await readBounded(path.join(folder, MANIFEST_NAME), MAX_MANIFEST_BYTES)
    const manifest = parseManifest(new TextDecoder().decode(bytes))
    return { folder, lessonFile: path.join(folder, LESSON_NAME), manifest }
  } catch {
    return null
  }
}

/** The pack that a lesson's file, or what it is a link to, came in; null: none. */
export async function packOfLesson(file: string): Promise<KeptPack | null> {
  return readPack(path.dirname(await realpath(file)))
}

/**
 * Looks at all of a pack and keeps nothing. Throws ReviewError `bad-pack` with one sentence, or what the system says.
 */
export async function checkPack(file: string, folder: string): Promise<UnpackedPack> {
  return inWorkplace(file, folder, async (_, unpacked) => unpacked)
}

/**
 * Takes a pack in, in one step; where it is there already, it is what it was, and a file of it that was lost or changed is
 * put right. Throws as `checkPack` does.
 */
export async function addPack(file: string, folder: string): Promise<KeptPack & { readonly isNew: boolean }> {
  return inWorkplace(file, folder, async (workplace, { id, manifest }) => {
    const home = homeOf(folder, id)
    const kept = { folder: home, lessonFile: path.join(home, LESSON_NAME), manifest }
    if (await isWhole(home, id, manifest)) return { ...kept, isNew: false }
    const wasListed = (await readPack(home)) !== null
    const names = [...manifest.files.map(({ name }) => name), MANIFEST_NAME]
    for (const name of names) await syncFile(path.join(workplace, name))
    try {
      await rename(workplace, home)
    } catch (thrown) {
      if ((await statOrNull(home)) === null) throw thrown
      // Another window was first.
      if (await isWhole(home, id, manifest)) return { ...kept, isNew: false }
      // One by one: sets that were saved beside the clips stay.
      for (const name of names) await rename(path.join(workplace, name), path.join(home, name))
    }
    return { ...kept, isNew: !wasListed }
  })
}

async function isWhole(home: string, id: string, { files }: PackManifest): Promise<boolean> {
  const all = [...files, { name: MANIFEST_NAME, sha256: id }]
  for (const { name, sha256 } of all) {
    const found = await hashOfFile(path.join(home, name)).catch(() => null)
    if (found?.sha256 !== sha256) return false
  }
  return true
}

/** On disk before it has its place: a crash leaves all of a pack or nothing. */
async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** Where the pack of this id lies, or would. */
export function homeOf(folder: string, id: string): string {
  return path.join(folder, id.slice(0, NAME_LENGTH))
}

async function inWorkplace<Value>(
  file: string,
  folder: string,
  work: (workplace: string, unpacked: UnpackedPack) => Promise<Value>,
): Promise<Value> {
  const workplace = path.join(folder, await unfinishedName())
  try {
    await removeUnfinished(folder)
    await mkdir(workplace, { recursive: true, mode: 0o700 })
    return await work(workplace, await unpackInto(file, workplace))
  } catch (thrown) {
    throw writeFailure(thrown, shownName(file))
  } finally {
    // Where it could not be made it cannot be removed either, and the first reason is the one to be told.
    await rm(workplace, { recursive: true, force: true }).catch(() => {})
  }
}

/** For work that is under way: tells who is at it, so that what was left behind is known at once where the system tells. */
export async function unfinishedName(): Promise<string> {
  const { boot, pid, started } = await identifyProcess()
  return `${[randomUUID(), ...(boot === null ? [] : [boot, pid, started ?? ''])].join('.')}${UNFINISHED}`
}

/** What a program that was ended in the middle has left. */
export async function removeUnfinished(folder: string): Promise<void> {
  const names: readonly string[] = await readdir(folder).catch(() => [])
  for (const name of names.filter((each) => each.endsWith(UNFINISHED))) {
    const facts = await statOrNull(path.join(folder, name)).catch(() => null)
    const isOld = facts !== null && Date.now() - facts.mtimeMs > ABANDONED_AFTER_MS
    if (isOld || (await isLeft(name))) await rm(path.join(folder, name), { recursive: true, force: true })
  }
}

/** Of this start of this computer, by a program that runs no longer. */
async function isLeft(name: string): Promise<boolean> {
  const [, boot, pid, started] = name.split('.')
  if (boot === undefined || pid === undefined || boot !== (await identifyProcess()).boot) return false
  return !(await isRunning({ pid: Number(pid), started: started || null }))
}

/** Of a whole file, as `sha256sum` prints it. */
export async function hashOfFile(file: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.byteLength
  }
  return { bytes, sha256: hash.digest('hex') }
}
