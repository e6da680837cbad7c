/** Where a reviewer's own set of a recording lies: told by the reviewer inside, since several codes may share a name. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError } from '../../shared/failure.ts'
import { formatMoment } from '../../shared/text/moment.ts'
import { matchSet } from './annotationFiles.ts'
import { statOrNull } from './atomicFile.ts'
import { holdingOf } from './heldByOther.ts'
import { knownPlaces, type PlacedRecording } from './setElsewhere.ts'
import { setPlaces } from './setNames.ts'
import { loadHead, prepareToRead, readAhead } from './setReader.ts'
import type { SettingsStore } from './settings.ts'
import { shownName } from './shownName.ts'

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

export type OwnPlace = {
  readonly path: string
  /** What the reader is to know of the other places once the set at `opened` is open; null: nothing. */
  readonly tell: (opened: string) => Promise<string | null>
}

/**
 * Where it was last saved elsewhere, as far as it is there; else beside the recording, as `findOwnSet` has it. Where both
 * hold one and differ, the one beside the recording only if it holds all of the other: which was changed last is no
 * reason, since a clock may be wrong and the later one may lack marks. Never without a word.
 */
export async function findOwnPlace(
  settings: Pick<SettingsStore, 'setsElsewhere'>,
  recording: PlacedRecording,
  reviewer: string,
): Promise<OwnPlace> {
  const known = (await knownPlaces(settings, recording, reviewer)).map((place) => place.path)
  const usual = await findOwnSet(recording.path, reviewer)
  const silent = async () => null
  const [last] = known
  if (last === undefined) return { path: usual, tell: silent }
  for (const place of known) {
    if (!(await isOwnOf(recording, reviewer, place))) continue
    const isUsualOwn = (await whoseSet(usual, reviewer)) === 'own'
    const holding = isUsualOwn ? await holdingOf(usual, place) : 'the same'
    const tellDiffering =
      holding === 'the same' ? silent : (opened: string) => sayDiffering(opened, [place, usual])
    const tell = place === last ? tellDiffering : (opened: string) => sayAway(opened, last)
    return { path: holding === 'all' ? usual : place, tell }
  }
  return { path: usual, tell: (opened) => sayAway(opened, last) }
}

/** A file may have been saved over since, by this reviewer too, with the set of another recording. */
async function isOwnOf(
  { identity, fingerprintOfFirst }: PlacedRecording,
  reviewer: string,
  file: string,
): Promise<boolean> {
  const head = (await loadHead(file).catch(() => null))?.head
  return head?.reviewer === reviewer && (await matchSet(head, identity, fingerprintOfFirst)) !== 'other'
}

async function sayAway(opened: string, away: string): Promise<string | null> {
  if (opened === away) return null
  const is = (await isThere(away)) ? 'which cannot be read as your set of it now' : 'which is not there'
  return `Your set of this recording was last saved as ${placeText(away)}, ${is}. Opened is ${await changeText(opened)}, and it may lack marks. Once the other can be read, open the recording again or choose that file by Open set…; Save set as… makes another file the one that is opened.`
}

async function sayDiffering(opened: string, places: readonly string[]): Promise<string | null> {
  const others = await Promise.all(places.filter((place) => place !== opened).map(changeText))
  return `Your set of this recording lies in two places, and they differ. Opened is ${await changeText(opened)}. The other is ${others.join(', and ')}: to see it, choose that file by Open set….`
}

async function changeText(file: string): Promise<string> {
  const changed = (await loadHead(file).catch(() => null))?.head.changed ?? null
  const when = changed === null ? 'not saved yet' : `last changed ${formatMoment(changed)}`
  return `${placeText(file)}, ${when}`
}

function placeText(file: string): string {
  return `${shownName(file)} in the folder ${shownName(path.dirname(file))}`
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
