/** Recordings: which there are, opening and closing, what the header says. */
import * as v from 'valibot'
import { CODE_PAGES } from '../edf/header/codePages.ts'
import type { Identification, OpenedRecording, OpenRef, ReadTexts, RecordingChoice } from './model.ts'
import { id, nothing, recording, takes } from './procedure.ts'
import { rememberedViewSchema } from './rememberedView.ts'

export const RECORDING_PROCEDURES = {
  /** Recent files, the samples, and (browser) the folder the host was started on. */
  listRecordings: takes(nothing).gives<readonly RecordingChoice[]>(),
  /** The system's open dialog; null when dismissed. `bad-input` in a shell that has none. */
  chooseRecording: takes(nothing).gives<OpenRef | null>(),
  /**
   * `beside`: for a second page, to be read beside what the window has open; the next window does not open with it.
   * `unlisted`: it does not become a recent one, since the reader did not choose it: the case of a quiz.
   */
  openRecording: takes(
    v.strictObject({
      ref: id,
      beside: v.exactOptional(v.boolean()),
      unlisted: v.exactOptional(v.boolean()),
    }),
  ).gives<OpenedRecording>(),
  /** Opens the same file again from disk: new records of a growing file, or its replacement. */
  reopenRecording: takes(recording).gives<OpenedRecording>(),
  closeRecording: takes(recording).gives<null>(),
  /** Reads the texts of header and annotations in another code page, and remembers it for this recording. */
  readTexts: takes(
    v.strictObject({ recordingId: id, codePage: v.picklist(CODE_PAGES.map((page) => page.id)) }),
  ).gives<ReadTexts>(),
  /** How it is shown now: found again when it is opened. */
  rememberView: takes(v.strictObject({ recordingId: id, remembered: rememberedViewSchema })).gives<null>(),
  identification: takes(recording).gives<Identification>(),
} as const
