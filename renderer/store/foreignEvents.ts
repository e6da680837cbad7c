/** A file that the reader chose, read as the events of this recording: nothing of the window is asked, so a thread can do it. */
import type { ByteSource } from '../../shared/bytes.ts'
import { decodeText } from '../../shared/edf/header/text.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type Found, MAX_IMPORT_BYTES } from '../../shared/interchange/common/format.ts'
import { planImport } from '../../shared/interchange/common/planImport.ts'
import type { RecordingFacts } from '../../shared/interchange/common/recordingFacts.ts'
import { edfAnnotations } from '../../shared/interchange/edf/formats.ts'
import { eventsOfFile } from '../../shared/interchange/edf/read.ts'
import { recogniseFormat } from '../../shared/interchange/formats.ts'
import { displayName } from '../../shared/shownText.ts'

/** As much of a file as tells its format. */
const HEAD = 4096
/** Between two tellings of how far it is. */
const BLOCK_BYTES = 2 * 1024 * 1024
/** Of the time that a file of text takes, as far as it is to be told: getting it, then making sense of it. */
const SHARE_OF_BYTES = 0.3
const SHARE_READ = 0.9

export type ForeignEvents = {
  /** The format's own name. */
  readonly format: string
  readonly found: readonly Found[]
}

/** Rejects with one sentence where the file is none that is known, or is of another recording. `onProgress`: from 0 to 1. */
export async function readForeignEvents(
  file: File,
  recording: RecordingFacts,
  onProgress: (done: number) => void,
): Promise<ForeignEvents> {
  const events = await readEvents(file, recording, onProgress)
  onProgress(SHARE_READ)
  // Nothing is shown of a file of which nothing could be taken.
  planImport(events.found, recording)
  onProgress(1)
  return events
}

async function readEvents(
  file: File,
  recording: RecordingFacts,
  onProgress: (done: number) => void,
): Promise<ForeignEvents> {
  const version = decodeText(new Uint8Array(await file.slice(0, 8).arrayBuffer())).text
  if (version === '0       ' || version === '\u00ffBIOSEMI') {
    const source = sourceOf(file)
    const opened = await openRecording(source, { timeline: 'quick' })
    const { annotations } = await scanRecording(source, opened, {
      samples: false,
      onProgress: (done) => onProgress(SHARE_READ * done),
    })
    const found = eventsOfFile(annotations, opened.header, { recording })
    return { format: edfAnnotations.label, found }
  }
  const name = displayName(file.name)
  if (file.size > MAX_IMPORT_BYTES) {
    throw new ReviewError('bad-set', `${name} is larger than ${MAX_IMPORT_BYTES / 1024 / 1024} MB.`)
  }
  const { text } = decodeText(await readBytes(file, (done) => onProgress(SHARE_OF_BYTES * done)))
  const format = recogniseFormat(text.slice(0, HEAD), file.name)
  if (format === null) throw new ReviewError('bad-set', `${name} is in no format that is known here.`)
  return { format: format.label, found: format.read(text, { recording }) }
}

async function readBytes(file: File, onProgress: (done: number) => void): Promise<Uint8Array> {
  const bytes = new Uint8Array(file.size)
  for (let at = 0; at < file.size; at += BLOCK_BYTES) {
    bytes.set(new Uint8Array(await file.slice(at, at + BLOCK_BYTES).arrayBuffer()), at)
    onProgress(Math.min(1, (at + BLOCK_BYTES) / file.size))
  }
  return bytes
}

function sourceOf(file: File): ByteSource {
  return {
    byteLength: file.size,
    slice: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  }
}
