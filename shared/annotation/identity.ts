/** Whether a set belongs to a recording: told by the samples, whatever the header or the file's name say. */
import type { Header } from '../edf/header/model.ts'
import { ReviewError } from '../failure.ts'
import type { AnnotationDocument, RecordingIdentity } from './document.ts'
import { clipText, MAX_NAME, plainLine } from './plainText.ts'

/** A set, or as much of one as tells which recording it was made for. */
type Made = Pick<AnnotationDocument, 'recording'>

/**
 * 'same': made on these samples. 'grown': made when the recording was shorter. 'other': neither.
 * `fingerprintOfFirst` is the open recording's fingerprint over as many records as the set names;
 * without it a grown recording cannot be told, see `mayHaveGrown`.
 */
export function matchRecording(
  document: Made,
  identity: RecordingIdentity,
  fingerprintOfFirst: string | null = null,
): 'same' | 'grown' | 'other' {
  if (document.recording.fingerprint === identity.fingerprint) return 'same'
  const isGrown = mayHaveGrown(document, identity) && document.recording.fingerprint === fingerprintOfFirst
  return isGrown ? 'grown' : 'other'
}

/** Whether it is worth computing the fingerprint of the first `document.recording.records` records. */
export function mayHaveGrown(document: Made, identity: RecordingIdentity): boolean {
  const made = document.recording
  return made.records > 0 && made.records < identity.records && hasSameShape(made, identity)
}

/**
 * Whether the recording of this name lost records since the set was made. Told by name and shape alone: the
 * samples that the set's fingerprint covers are not all there any more.
 */
export function hasShrunk(document: Made, identity: RecordingIdentity): boolean {
  const made = document.recording
  return (
    made.fingerprint !== identity.fingerprint &&
    identity.records < made.records &&
    nameOf(made) !== '' &&
    nameOf(made) === nameOf(identity) &&
    hasSameShape(made, identity)
  )
}

function hasSameShape(made: RecordingIdentity, identity: RecordingIdentity): boolean {
  return (
    made.recordDuration === identity.recordDuration &&
    made.signals.length === identity.signals.length &&
    made.signals.every(
      (signal, index) => signal.samplesPerRecord === identity.signals[index]?.samplesPerRecord,
    )
  )
}

function nameOf(recording: RecordingIdentity): string {
  return recording.fileName.split(/[\\/]/).at(-1) ?? ''
}

/**
 * The refusal of a set made for another recording, which it names; where the `open` one has lost records
 * since, it says so instead, and that the marks are kept in the file `setName`.
 */
export function wrongRecording(
  document: Made,
  open: { readonly identity: RecordingIdentity; readonly setName: string } | null = null,
): ReviewError {
  const name = nameOf(document.recording)
  if (open !== null && hasShrunk(document, open.identity)) {
    const had = document.recording.records
    const records = had === 1 ? '1 record' : `${had} records`
    return new ReviewError(
      'wrong-recording',
      `${name} had ${records} when this set was made and has ${open.identity.records} now; ` +
        `its marks are kept in ${open.setName}.`,
    )
  }
  const made = name === '' ? 'another recording' : `another recording, ${name}`
  return new ReviewError(
    'wrong-recording',
    `This set was made for ${made}. Open that recording to see its marks.`,
  )
}

/** What ties a set to an open recording. Annotation signals are left out: de-identification changes them. */
export function identityOf(header: Header, fingerprint: string, fileName: string): RecordingIdentity {
  return {
    fingerprint,
    // As it is read again from a set.
    fileName: clipText(plainLine(fileName), MAX_NAME),
    records: header.records,
    recordDuration: header.recordDuration,
    signals: header.signals
      .filter((signal) => signal.kind !== 'annotations')
      .map(({ label, samplesPerRecord }) => ({ label, samplesPerRecord })),
  }
}
