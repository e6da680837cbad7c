/**
 * The set of a recording that its reviewer has saved elsewhere than beside it: what is remembered of its place, and how
 * that is found again, also once the recording has grown. For the reader: `knownPlaces` and `rememberPlace`.
 */
import { createHash } from 'node:crypto'
import path from 'node:path'
import type { RecordingIdentity } from '../../shared/annotation/document.ts'
import { matchSet } from './annotationFiles.ts'
import { readSetName, setPlaces } from './setNames.ts'
import { loadHead } from './setReader.ts'
import type { SetRecording } from './setStart.ts'
import type { SetElsewhere, SettingsStore } from './settings.ts'
import { shownName } from './shownName.ts'
import { whyUnwritten } from './unwritten.ts'

/** Of a recording that may have grown: for each one up to 64 of its records are read, or the head of a set. */
const MOST_SHORTER = 5

/** `fingerprintOfFirst` null: not asked whether it has grown. */
export type PlacedRecording = Pick<SetRecording, 'path' | 'identity'> & {
  readonly fingerprintOfFirst: SetRecording['fingerprintOfFirst'] | null
}

/** Where the reviewer has saved the set of this recording elsewhere, the latest first; of its shorter self if none. */
export async function knownPlaces(
  settings: Pick<SettingsStore, 'setsElsewhere'>,
  recording: PlacedRecording,
  reviewer: string,
): Promise<readonly SetElsewhere[]> {
  const mine = (await settings.setsElsewhere()).filter((place) => place.reviewer === reviewer)
  const same = mine.filter((place) => place.fingerprint === recording.identity.fingerprint)
  if (same.length > 0) return same
  const shape = shapeOf(recording.identity)
  const shorter = mine.filter((place) => mayBeShorter(place, recording, shape)).slice(0, MOST_SHORTER)
  const found: SetElsewhere[] = []
  for (const place of shorter) if (await isOfShorter(place, recording)) found.push(place)
  return found
}

/**
 * After a save by *Save as*: beside the recording no other place is remembered any more, elsewhere this one alone. Gives
 * a sentence where that could not be written, else null.
 */
export async function rememberPlace(
  settings: Pick<SettingsStore, 'setsElsewhere' | 'moveSetElsewhere'>,
  recording: PlacedRecording,
  reviewer: string,
  file: string,
): Promise<string | null> {
  const known = (await knownPlaces(settings, recording, reviewer)).map((place) => place.path)
  const isUsual = isUsualPlace(recording.path, reviewer, file)
  if (isUsual && known.length === 0) return null
  const { fingerprint, records } = recording.identity
  const place = { fingerprint, reviewer, path: file, records, shape: shapeOf(recording.identity) }
  const failure = await settings.moveSetElsewhere(known, isUsual ? null : place)
  if (failure === null) return null
  return `Where this set lies now could not be remembered (${whyUnwritten(failure)}): mend that and save it as ${shownName(file)} again, or choose that file by Open set… the next time.`
}

function isUsualPlace(recordingPath: string, reviewer: string, file: string): boolean {
  return setPlaces(recordingPath, reviewer).some((usual) => usual.normalize('NFC') === file.normalize('NFC'))
}

/**
 * What stays alike while a recording grows: its name, and the length and samples of a record. A hash, since the name may
 * be a patient's.
 */
function shapeOf({ fileName, recordDuration, signals }: RecordingIdentity): string {
  const samples = signals.map(({ samplesPerRecord }) => samplesPerRecord)
  const text = JSON.stringify([fileName.normalize('NFC'), recordDuration, samples])
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Told by the entry alone; by the name of the set's file where an earlier version has written it. */
function mayBeShorter(
  place: SetElsewhere,
  { path: file, identity }: PlacedRecording,
  shape: string,
): boolean {
  if (place.records === undefined) return readSetName(file, path.basename(place.path)) !== null
  return place.shape === shape && place.records > 0 && place.records < identity.records
}

async function isOfShorter(place: SetElsewhere, recording: PlacedRecording): Promise<boolean> {
  const { identity, fingerprintOfFirst } = recording
  if (fingerprintOfFirst === null) return false
  if (place.records !== undefined) return (await fingerprintOfFirst(place.records)) === place.fingerprint
  const loaded = await loadHead(place.path).catch(() => null)
  return loaded !== null && (await matchSet(loaded.head, identity, fingerprintOfFirst)) === 'grown'
}
