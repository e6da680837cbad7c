/** Marks from files of other programs, and from the recording's own annotations, as one step of undo. */
import type { ByteSource } from '../../shared/bytes.ts'
import { decodeText, displayText } from '../../shared/edf/header/text.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type Format, type Found, MAX_IMPORT_BYTES } from '../../shared/interchange/common/format.ts'
import { importEdit, planImport } from '../../shared/interchange/common/planImport.ts'
import { factsOfRecording, type RecordingFacts } from '../../shared/interchange/common/recordingFacts.ts'
import type { Target } from '../../shared/interchange/common/vocabulary.ts'
import { edfAnnotations } from '../../shared/interchange/edf/formats.ts'
import { eventsOfFile } from '../../shared/interchange/edf/read.ts'
import { recogniseFormat } from '../../shared/interchange/formats.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { canEdit, dispatch, editContext } from './editing.ts'
import { notify } from './notices.ts'
import { activeSet, headerOf, notesOf, openedOf } from './selectors.ts'
import { getState } from './state.ts'

/** As much of a file as tells its format. */
const HEAD = 4096

export type FoundEvents = {
  readonly from: string
  readonly found: readonly Found[]
  /** A sentence on what was left out before anybody chose, else null. */
  readonly notice: string | null
}

function facts(): RecordingFacts {
  const opened = openedOf(getState())
  if (opened === null) throw new ReviewError('not-found', 'No recording is open.')
  return factsOfRecording(opened.recording, opened.name)
}

/** Rejects with one sentence where the file is none that is known, or is of another recording. */
export async function readForeignFile(file: File): Promise<FoundEvents> {
  const recording = facts()
  const { format, found } = await readEvents(file, recording)
  // Nothing is shown of a file of which nothing could be taken.
  planImport(found, recording)
  return { from: `${displayText(file.name)}, ${format.label}`, found, notice: null }
}

async function readEvents(
  file: File,
  recording: RecordingFacts,
): Promise<{ readonly format: Format; readonly found: readonly Found[] }> {
  const version = decodeText(new Uint8Array(await file.slice(0, 8).arrayBuffer())).text
  if (version === '0       ' || version === '\u00ffBIOSEMI') {
    const source = sourceOf(file)
    const opened = await openRecording(source, { timeline: 'quick' })
    const { annotations } = await scanRecording(source, opened, { samples: false })
    return { format: edfAnnotations, found: eventsOfFile(annotations, opened.header, { recording }) }
  }
  const name = displayText(file.name)
  if (file.size > MAX_IMPORT_BYTES) {
    throw new ReviewError('bad-set', `${name} is larger than ${MAX_IMPORT_BYTES / 1024 / 1024} MB.`)
  }
  const { text } = decodeText(new Uint8Array(await file.arrayBuffer()))
  const format = recogniseFormat(text.slice(0, HEAD), file.name)
  if (format === null) throw new ReviewError('bad-set', `${name} is in no format that is known here.`)
  return { format, found: format.read(text, { recording }) }
}

function sourceOf(file: File): ByteSource {
  return {
    byteLength: file.size,
    slice: async (start, end) => new Uint8Array(await file.slice(start, end).arrayBuffer()),
  }
}

/** The recording's own annotations; those outside of it are no marks. */
export function readOwnAnnotations(): FoundEvents {
  const recording = facts()
  const all = eventsOfFile(notesOf(getState()), { start: headerOf(getState())?.start ?? null }, { recording })
  const found = all.filter(({ onset, duration }) => onset >= 0 && onset + duration <= recording.end)
  const outside = all.length - found.length
  return {
    from: recording.name,
    found,
    notice: outside === 0 ? null : `${outside} of them lie outside the recording and are left out.`,
  }
}

/** Adds what the reader has chosen, as one step; false where nothing was added. */
export function addImported({ from, found }: FoundEvents, chosen: ReadonlyMap<string, Target>): boolean {
  const set = activeSet(getState())
  if (set === null || !canEdit()) return false
  const plan = planImport(found, facts(), chosen)
  const edit = dispatch(importEdit(set.document, plan, editContext()))
  if (edit === null) {
    notify('info', `All of ${from} is in this set already.`)
    return false
  }
  const added = edit.changes.filter(({ after }) => after?.type === 'mark').length
  const first = edit.changes
    .flatMap(({ after }) => (after?.type === 'mark' ? [after.onset] : []))
    .sort((a, b) => a - b)[0]
  const text = `${added === 1 ? '1 mark' : `${added} marks`} from ${from}`
  if (first === undefined) notify('good', text, { do: 'undo' })
  else notify('good', `${text}, the first at ${Math.round(secondsFromTicks(first))} s`, { do: 'undo' })
  return true
}
