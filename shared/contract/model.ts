/** What the procedures answer with, where it is no value of another room. */

import type { AnnotationDocument, SetChange, SignOff } from '../annotation/document.ts'
import type { History } from '../annotation/history.ts'
import type { MarkKind } from '../annotation/kinds.ts'
import type { CodePage } from '../edf/header/codePages.ts'
import type { FileAnnotation, Recording } from '../edf/header/model.ts'
import type { OwnMontage } from '../montage/ownMontages.ts'
import type { Seconds } from '../units.ts'
import type { RememberedView } from './rememberedView.ts'
import type { Settings } from './settings.ts'

/** Which of the three doors the renderer came through, for the few words that differ. */
export type ShellFacts = {
  readonly kind: 'desktop' | 'browser'
  /** The desktop shell has native dialogs and a menu; the browser shell has a list and a drop zone. */
  readonly platform: 'mac' | 'windows' | 'linux'
  readonly version: string
}

/** A recording or set that can be opened: an id for the host, a name for the reader. Never a path. */
export type OpenRef = {
  readonly ref: string
  readonly name: string
}

export type RecordingChoice = OpenRef & {
  readonly origin: 'recent' | 'sample' | 'folder'
  /** The folder's own name, to tell two files of one name apart. */
  readonly folder: string
  readonly bytes: number | null
  readonly available: boolean
}

export type Startup = {
  readonly shell: ShellFacts
  readonly settings: Settings
  /** Those that the reader has made. */
  readonly montages: readonly OwnMontage[]
  /** What the command line, the system or the last drop asked for. */
  readonly open: OpenRef | null
}

/** A file's own name and what it says. */
export type TextFile = { readonly name: string; readonly text: string }

export type SetSummary = OpenRef & {
  readonly reviewer: string
  /** null: the set is sealed, and its reader is told nothing of what is in it. */
  readonly marks: number | null
  readonly changed: string | null
  readonly isKey: boolean
  /** The host gives it to nobody before this reader's own set is signed off. */
  readonly isSealed: boolean
  /** When it was signed off last, and how much of it was changed since; null: never. */
  readonly signedOff: Pick<SignOff, 'at' | 'changedSince'> | null
  /** The name of the file that it is a copy of, made by a program that keeps folders alike; else null. */
  readonly copyOf: string | null
  /** It is not named for this recording but belongs to its samples: the folder where it was found; else null. */
  readonly strayedIn: string | null
  /** Why it cannot be used with this recording, else null. */
  readonly problem: string | null
}

export type OpenedRecording = {
  readonly recordingId: string
  readonly name: string
  readonly bytes: number
  /** Free of patient fields unless asked for: header.patient and header.recording are emptied. */
  readonly recording: Recording
  readonly fingerprint: string
  /** Of its texts: remembered from when the reader said it, else `auto`. */
  readonly codePage: CodePage
  /** How it was last shown; null or absent where that is not known. */
  readonly remembered?: RememberedView | null
  /** How the reader wants recordings to open of which that is not known. */
  readonly defaultView?: RememberedView | null
  /** Those read by now, the recording's key among them; the event `sets` brings the others. */
  readonly sets: readonly SetSummary[]
}

/** What reads otherwise once the reader has said which code page a file's texts are in. */
export type ReadTexts = {
  readonly codePage: CodePage
  readonly recording: Recording
  readonly annotations: readonly FileAnnotation[]
}

/** Identification as written in the header, sent only when the reader asks to see it. */
export type Identification = { readonly patient: string; readonly recording: string }

/** What the background reading has found so far; events tell of it too, but a window may come late. */
export type Scanned = {
  /** true when every annotation signal has been read. */
  readonly complete: boolean
  readonly annotations: readonly FileAnnotation[]
  /** With the record times and warnings known by now. */
  readonly recording: Recording
  readonly activity: Activity | null
}

export type OpenedSet = {
  readonly setId: string
  readonly fileName: string
  /** A key or another reviewer's set is for reading only. */
  readonly readOnly: boolean
  readonly isKey: boolean
  readonly document: AnnotationDocument
  readonly history: History
  /** Edits that had not been saved when the app last stopped, already applied to `document`. */
  readonly recovered: { readonly edits: number; readonly lastChange: string } | null
  /** What was saved and what was recovered each hold what the other does not; `document` is what was recovered. */
  readonly choice: RecoveryChoice | null
  /** What is wrong with what a crash left, until `putDamageAside`; else null. */
  readonly damaged: string | null
  /** Why no step is kept until a save, else null; `journal-recovered` tells when it is over. */
  readonly journalProblem: string | null
  /** A sentence worth showing (a set's recording grew, a journal was damaged), else null. */
  readonly notice: string | null
  readonly unsaved: boolean
  readonly signed: Signed | null
}

/** A set that was signed off, and whether it still is what was signed. */
export type Signed = SignOff & { readonly isIntact: boolean }

/** What was changed in a set, oldest first: by its saves, and since the last of them. */
export type SetHistory = {
  readonly saved: readonly SetChange[]
  readonly unsaved: readonly SetChange[]
  readonly signOffs: readonly SignOff[]
}

/** For the reader to choose by: none of the two is given up unseen. */
export type RecoveryChoice = {
  readonly fileName: string
  readonly saved: { readonly marks: number; readonly reviewed: number; readonly changed: string }
  readonly recovered: { readonly marks: number; readonly reviewed: number; readonly changed: string }
  readonly differences: readonly {
    readonly what: MarkKind | 'reviewed' | 'decision'
    readonly onset: number
    readonly duration: number
    readonly inSaved: boolean
    readonly inRecovered: boolean
    readonly newer: 'saved' | 'recovered' | 'unknown'
  }[]
  /** Differences that are not listed. */
  readonly more: number
}

/** A set as it lies in a file, for comparing it with the one that is open. */
export type SetVersion = {
  readonly fileName: string
  /** Of the file: what is compared is what may be replaced. */
  readonly hash: string
  readonly document: AnnotationDocument
}

export type SavedSet = {
  readonly fileName: string
  readonly savedAt: string
  readonly signed: Signed | null
}

/** `notice`: what the reader is to know of its new place, in a sentence. */
export type SavedSetAs = SavedSet & { readonly notice: string | null }

/** How lively each stretch of the recording is: what the overview strip draws. Plain numbers, since it is an event. */
export type Activity = {
  readonly start: Seconds
  readonly binLength: Seconds
  /** Largest deflection of the EEG in each bin, whole uV; 0 in gaps and where nothing was read yet. */
  readonly eeg: readonly number[]
}

export type HostEvent =
  | { readonly type: 'activity'; readonly recordingId: string; readonly activity: Activity }
  | { readonly type: 'scan'; readonly recordingId: string; readonly progress: number; readonly done: boolean }
  /** The list of sets, where reading it took longer than opening the recording could wait. */
  | { readonly type: 'sets'; readonly recordingId: string; readonly sets: readonly SetSummary[] }
  | { readonly type: 'timeline'; readonly recordingId: string; readonly recording: Recording }
  | {
      readonly type: 'recording-changed'
      readonly recordingId: string
      readonly change: 'grown' | 'replaced' | 'gone'
      readonly message: string
    }
  /** How far long work is, from 0 to 1. */
  | { readonly type: 'job'; readonly jobId: string; readonly done: number }
  | { readonly type: 'journal-failed'; readonly setId: string; readonly message: string }
  /** All that was done is in the journal again. */
  | { readonly type: 'journal-recovered'; readonly setId: string }
  /** Steps were found that are not in the set: where they are kept now. */
  | { readonly type: 'kept-beside'; readonly setId: string; readonly message: string }
  | { readonly type: 'command'; readonly command: string }
  | { readonly type: 'open'; readonly open: OpenRef }
  | { readonly type: 'open-failed'; readonly message: string }
  | { readonly type: 'close-requested' }
  /** Another window has started (`by` is its name): what was open here is closed. */
  | { readonly type: 'taken-over'; readonly by: string }
