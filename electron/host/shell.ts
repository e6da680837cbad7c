/** The few things that the desktop and the browser shell do differently; paths never leave this side. */
import type { ShellFacts } from '../../shared/contract/model.ts'

export type WindowState = {
  /** Marks or a lesson. */
  readonly unsaved: boolean
  readonly unsavedLesson: boolean
  readonly undo: string | null
  readonly redo: string | null
  readonly recording: string | null
}

export type ShellPort = {
  readonly facts: ShellFacts
  /** Path chosen in the system's dialog, null when dismissed. */
  readonly chooseRecording: () => Promise<string | null>
  readonly chooseSet: (folder: string) => Promise<string | null>
  /** Where to save a set: the suggestion is a full path; `name` is what a browser's reader typed. */
  readonly chooseSaveTarget: (suggestion: string, name: string | null) => Promise<string | null>
  /** The same for a file of another program. */
  readonly chooseExportTarget: (suggestion: string, name: string | null) => Promise<string | null>
  /** null when dismissed, as above. */
  readonly chooseMontageFile: () => Promise<string | null>
  /** Where to write a montage: the suggestion is a file name. */
  readonly chooseMontageTarget: (suggestion: string) => Promise<string | null>
  /** Where to write a lesson that is called so. */
  readonly chooseLessonTarget: (name: string) => Promise<string | null>
  /** Where to keep a picture that is called `name`. */
  readonly choosePictureTarget: (name: string) => Promise<string | null>
  /** For the system's list of recent documents and the window's title. */
  readonly recordingOpened: (path: string) => void
  readonly stateChanged: (state: WindowState) => void
  readonly closeWindow: () => void
  readonly printSheet: (asPdf: boolean) => Promise<boolean>
}
