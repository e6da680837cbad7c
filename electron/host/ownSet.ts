/** Where a reviewer's own set of a recording lies: told by the reviewer inside, since several codes may share a name. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError } from '../../shared/failure.ts'
import { statOrNull } from './atomicFile.ts'
import { setPlaces } from './setNames.ts'
import { loadHead, prepareToRead, readAhead } from './setReader.ts'
import type { SettingsStore } from './settings.ts'

/** 'bad': there is something that is no readable set. */
export type Holds = 'nothing' | 'own' | "another's" | 'bad'

export async function whoseSet(file: string, reviewer: string): Promise<Holds> {
  try {
    return (await loadHead(file)).head.reviewer === reviewer ? 'own' : "another's"
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    return (await isThere(file)) ? 'bad' : 'nothing'
  }
}

/** Where it was last saved elsewhere, as far as it is there; else beside the recording, as `findOwnSet` has it. */
export async function ownSetPlace(
  settings: Pick<SettingsStore, 'setsElsewhere'>,
  recording: { readonly path: string; readonly fingerprint: string },
  reviewer: string,
): Promise<string> {
  for (const place of settings.setsElsewhere(recording.fingerprint)) {
    if (place.reviewer === reviewer && (await whoseSet(place.path, reviewer)) === 'own') return place.path
  }
  return await findOwnSet(recording.path, reviewer)
}

/** The reviewer's set beside the recording; where there is none, the place that it will have. Never another's. */
export async function findOwnSet(recordingPath: string, reviewer: string): Promise<string> {
  const places = await asWritten(setPlaces(recordingPath, reviewer))
  const holds = await Promise.all(places.map((place) => whoseSet(place, reviewer)))
  const own = places[holds.indexOf('own')]
  // What cannot be read may have been this reviewer's: it is told of, and kept as it is.
  const next = places.find((_, index) => holds[index] !== "another's")
  return own ?? next ?? places[0] ?? ''
}

/** While a recording is opened: where the reviewer has a large set beside it, a thread gets ready to read it. */
export async function prepareOwn(recordingPath: string, reviewer: string): Promise<void> {
  for (const place of setPlaces(recordingPath, reviewer)) if (await prepareToRead(place)) return
}

/** Begins to read such a set while it is asked whether it may be, and what a crash has left of it. */
export async function readOwnAhead(recordingPath: string, reviewer: string): Promise<void> {
  for (const place of setPlaces(recordingPath, reviewer)) if (await readAhead(place)) return
}

/** As the folder spells them: copies between systems turn composed letters into decomposed ones and back. */
async function asWritten(places: readonly string[]): Promise<readonly string[]> {
  const folder = path.dirname(places[0] ?? '')
  const names: readonly string[] = await readdir(folder).catch(() => [])
  return places.flatMap((place) => {
    const name = path.basename(place)
    const others = names.filter((each) => each !== name && each.normalize('NFC') === name.normalize('NFC'))
    const spelled = others.map((each) => path.join(folder, each))
    return names.includes(name) || spelled.length === 0 ? [place, ...spelled] : spelled
  })
}

async function isThere(file: string): Promise<boolean> {
  return (await statOrNull(file).catch(() => 'unreadable')) !== null
}
