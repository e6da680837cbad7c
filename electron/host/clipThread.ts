/** Clips in the thread of a recording: what one would be, and writing it. */
import path from 'node:path'
import { whyNotWritable } from '../../shared/clips/channels.ts'
import type { ClipSource } from '../../shared/clips/model.ts'
import { planClip } from '../../shared/clips/planClip.ts'
import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import type { Header } from '../../shared/edf/header/model.ts'
import { readHeader, scanRecording } from '../../shared/edf/recording.ts'
import type { Background } from './background.ts'
import { type ClipPlace, type ClipWritten, clipName, writeClip } from './clipping.ts'
import type { FileSource } from './fileSource.ts'
import type { ClipWork } from './workerMessages.ts'

type Control = { readonly signal: AbortSignal; readonly onProgress: (done: number) => void }

/** What a clip would be, of what is known so far. */
export async function previewClip(
  source: FileSource,
  background: Background,
  work: ClipWork,
): Promise<ClipPreview> {
  const { recording, own, complete } = background
  const known = await clipSource(source, background, { recording, annotations: own })
  const { format, span, length, bytes, proof, texts } = planClip(
    { ...known, document: work.document },
    work.request,
  )
  return {
    format,
    span,
    length,
    bytes,
    proof,
    texts,
    complete,
    unwritable: unwritable(known.recording.header, known.raw),
  }
}

/** Reads what is not known of record times and annotations first. Rejects as `writeClip` does. */
export async function makeClip(
  source: FileSource,
  background: Background,
  { request, document }: ClipWork,
  place: ClipPlace,
  control: Control,
): Promise<ClipWritten> {
  const { recording, own, complete, codePage } = background
  const scanned = complete
    ? { recording, annotations: own }
    : await scanRecording(source, recording, { page: codePage, samples: false, signal: control.signal })
  const known = await clipSource(source, background, scanned)
  const plan = planClip({ ...known, document }, request)
  return await writeClip(
    source,
    known.recording,
    plan,
    { ...place, clip: clipName(place.clip, plan) },
    control,
  )
}

async function clipSource(
  source: FileSource,
  { codePage }: Background,
  { recording, annotations }: Pick<ClipSource, 'recording' | 'annotations'>,
): Promise<Omit<ClipSource, 'document'>> {
  const raw = await source.slice(0, recording.header.headerBytes)
  // The thread keeps the identification out of what it tells; here it is what must not be found again.
  const { patient, recording: written } = (await readHeader(source, codePage)).header
  const header = { ...recording.header, patient, recording: written }
  return { recording: { ...recording, header }, raw, name: path.basename(source.path), annotations }
}

function unwritable(header: Header, raw: Uint8Array): ClipPreview['unwritable'] {
  return header.signals
    .filter(({ kind }) => kind !== 'annotations')
    .flatMap((signal) => {
      const why = whyNotWritable(header, raw, signal)
      return why === null ? [] : [{ signal: signal.index, why }]
    })
}
