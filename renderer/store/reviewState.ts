/**
 * What the window shows is one value, divided by how long each part lives: the window, the open recording, its sets, the
 * pages that show it, and what stands around them.
 */
import type { Reading } from '../../shared/agreement/agreement.ts'
import type { Compared } from '../../shared/agreement/compareAll.ts'
import type { MatchRules } from '../../shared/agreement/rules.ts'
import type { OwnChanges } from '../../shared/annotation/handover.ts'
import type { Candidate, Found } from '../../shared/candidates/common/candidate.ts'
import type { Host } from '../../shared/contract/contract.ts'
import type { LessonSummary } from '../../shared/contract/lessonProcedures.ts'
import type {
  Activity,
  OpenedRecording,
  OpenRef,
  SetSummary,
  ShellFacts,
} from '../../shared/contract/model.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import type { FileAnnotation } from '../../shared/edf/header/model.ts'
import type { OwnMontage } from '../../shared/montage/ownMontages.ts'
import type { Example } from '../../shared/reference/schema.ts'
import type { Spectrogram } from '../../shared/signal/spectrogram.ts'
import type { View } from '../../shared/signal/viewSettings.ts'
import type { Lesson } from '../../shared/teaching/lesson.ts'
import type { LessonHistory } from '../../shared/teaching/lessonEdits.ts'
import type { PackFacts } from '../../shared/teaching/pack/pack.ts'
import type { Seconds } from '../../shared/units.ts'
import type { Notice } from './noticesState.ts'
import type { Panel } from './panels.ts'
import type { PanesState } from './panesState.ts'
import type { QuizRequest, QuizState, ResultsOf } from './quizState.ts'
import type { ComparingState, SetId, SetsState, Waiting } from './setsState.ts'

/** A file given to the window by dropping it: resolves when an `open` event follows, or to what to open. */
export type DropFile = (file: File) => Promise<OpenRef | null>

/** Sends what waits in the state of one set. */
export type Outbox = {
  /** Every form in which this window has had an item that it changed. */
  readonly forms: OwnChanges['forms']
  readonly add: (each: Waiting) => void
  /** Resolves when all that waits is on disk. */
  readonly flush: () => Promise<void>
}

/** Compares sets, the reference first; rejects with ReviewError where they cannot be. */
export type CompareSets = (readings: readonly Reading[], rules: MatchRules) => Promise<Compared>

/** What the window works with, and does not show: made with the window, so that each test has its own. */
export type Tools = {
  /** Names this window to the host, which serves one at a time. */
  readonly window: string
  /** null before the window has begun. */
  readonly host: Host | null
  readonly dropFile: DropFile | null
  readonly outboxes: Map<SetId, Outbox>
  readonly compareSets: CompareSets
  /** Who hears how far a job is, by its id. */
  readonly jobs: Map<string, (done: number) => void>
  /** Ends the search for candidates that is under way. */
  readonly search: { end: (() => void) | null }
}

/** How this window stands with its host: only a browser's can lose it, since the desktop's dies with it. */
export type HostLink =
  | { readonly state: 'there' }
  /** A call went unanswered, or found the set closed: the host is being asked whether it is there. */
  | { readonly state: 'asking'; readonly setLost: boolean }
  | { readonly state: 'gone' }
  /** It has started anew, and nothing of this window waits to be kept: going on is up to the reader. */
  | { readonly state: 'back' }
  /** It is there with another window at work, and this one has changes to hand over. */
  | { readonly state: 'elsewhere' }
  | { readonly state: 'returning' }
  /** It does not know this window any more. */
  | { readonly state: 'shut-out' }
  /** It is there, but could not be handed the set; why. */
  | { readonly state: 'refused'; readonly message: string }

/** As long as the window. */
export type ShellState = {
  readonly facts: ShellFacts
  readonly settings: Settings
  /** Those that the reader has made, in their order. */
  readonly montages: readonly OwnMontage[]
  /** Another window has taken the host over; this one waits to be loaded again. */
  readonly takenOver: boolean
  readonly hostLink: HostLink
  /** Whether what is open here is open in the host too, as far as is known. */
  readonly isJoined: boolean
  /** How often a recording was asked for: only the latest is shown. */
  readonly openings: number
  /** The whole list of a recording's sets that came before the recording was shown. */
  readonly earlySets: { readonly recordingId: string; readonly sets: readonly SetSummary[] } | null
  /** Fingerprints of the recordings of which this window has shown what a search proposes, also where that was nothing. */
  readonly proposedOf: readonly string[]
}

/** What a search proposes, and how far it was reviewed: for the session, not for the set. */
export type CandidatesState = {
  /** Listed beside the page and outlined on it. */
  readonly isShown: boolean
  readonly work:
    | { readonly at: 'nothing' }
    /** 0..1 */
    | { readonly at: 'searching'; readonly done: number }
    | { readonly at: 'found'; readonly found: Found }
    | { readonly at: 'failed'; readonly message: string }
  /** What the reader made of each that was reviewed: a mark, by its id, or nothing. */
  readonly reviewed: ReadonlyMap<Candidate, { readonly markId: string } | 'dismissed'>
  readonly chosen: Candidate | null
}

/** As long as a recording is open: closing it drops all of this. */
export type OpenRecording = {
  readonly phase: 'open'
  readonly opened: OpenedRecording
  /** What it was opened by. */
  readonly source: OpenRef | null
  /** Where the page began when that was last kept for the next opening; null: where the recording begins. */
  readonly keptStart: Seconds | null
  /** Where the background reading of record times and annotations stands, 0..1; null when done. */
  readonly scan: number | null
  readonly changedOnDisk: { readonly change: 'grown' | 'replaced' | 'gone'; readonly message: string } | null
  /** For the overview strip; null until some of the recording has been read. */
  readonly activity: Activity | null
  /** What was read anew of the part that the overview shows, in more detail; it may be of a part shown before. */
  readonly finer: {
    readonly activity: Activity | null
    /** `bad`: the signals it was built without. */
    readonly spectrogram: { readonly value: Spectrogram; readonly bad: string } | null
  }
  readonly notes: readonly FileAnnotation[]
  readonly spectrogram: {
    readonly isShown: boolean
    readonly work:
      | { readonly at: 'nothing' }
      /** 0..1 */
      | { readonly at: 'building'; readonly done: number }
      /** `bad`: the signals it was built without. */
      | { readonly at: 'built'; readonly value: Spectrogram; readonly bad: string }
      | { readonly at: 'failed'; readonly message: string }
  }
  readonly candidates: CandidatesState
  /** The sets beside it, as far as they are known. */
  readonly sets: readonly SetSummary[] | null
}

export type RecordingState =
  | { readonly phase: 'starting' }
  /** Nothing is open; why the last opening failed, where it did. */
  | { readonly phase: 'none'; readonly failure: string | null }
  /** With nothing open before: what is open stays until the other one is. */
  | { readonly phase: 'opening'; readonly name: string }
  | OpenRecording

/** What the tab of evidence shows. */
export type EvidenceView = 'card' | 'spectrum' | 'bands' | 'cursor'

export type DialogName =
  | 'open'
  | 'openBeside'
  | 'saveAs'
  | 'sets'
  | 'palette'
  | 'keys'
  | 'about'
  | 'calibrate'
  | 'channels'
  | 'reviewer'
  | 'whoReads'
  | 'montages'
  | 'check'
  | 'figure'
  | 'unsaved'
  | 'recovery'
  | 'versions'
  | 'blind'
  | 'changes'
  | 'signOff'
  | 'export'
  | 'clip'
  | 'copy'
  | 'import'
  | 'takeOver'
  | 'quiz'
  | 'quizResults'
  | 'endQuiz'
  | 'pack'
  | 'openPack'

export type BeforeExample = {
  readonly source: OpenRef | null
  readonly pageStart: Seconds
  readonly view: View
}

/** What the reader asked for that takes an open set away: done at once, or after the question about unsaved marks. */
export type NextStep =
  | { readonly to: 'open'; readonly choice: OpenRef }
  | { readonly to: 'reopen' }
  | { readonly to: 'close' }
  | { readonly to: 'closeWindow' }
  | { readonly to: 'openSet'; readonly ref: OpenRef }
  | { readonly to: 'changeReviewer'; readonly reviewer: string }
  | { readonly to: 'ownSet' }
  | { readonly to: 'consensus' }
  | { readonly to: 'openExample'; readonly example: Example }
  | { readonly to: 'goBack'; readonly before: BeforeExample }
  | { readonly to: 'showCase'; readonly caseId: string }
  | { readonly to: 'quiz'; readonly request: QuizRequest }

/** A lesson that is open to be read or changed. Each change is saved by itself. */
export type OpenLesson = {
  readonly ref: string
  readonly fileName: string
  readonly isShipped: boolean
  /** The pack that it came in; null: none. */
  readonly pack: PackFacts | null
  /** Of its file as it was read or saved last. */
  readonly hash: string
  readonly lesson: Lesson
  /** What its file holds; another value than `lesson`: something waits to be saved. */
  readonly saved: Lesson
  readonly history: LessonHistory
  /** Ids of cases whose answer is kept from this reader until they have signed off, or answered it in the quiz. */
  readonly sealed: ReadonlySet<string>
  /** By fingerprint; null: in none of the folders that are known here. */
  readonly recordings: ReadonlyMap<string, OpenRef | null>
  readonly chosen: string | null
  readonly isSaving: boolean
  /** Why the last save was refused; `isConflict`: another program has changed the file. */
  readonly refusal: { readonly message: string; readonly isConflict: boolean } | null
}

/** As long as the window. */
export type LessonsState = {
  /** null: not asked for yet. A sentence: why there is none. */
  readonly list: readonly LessonSummary[] | { readonly problem: string } | null
  readonly open: OpenLesson | null
  /** The ref of one that is being opened. */
  readonly opening: string | null
}

/** What stands around the page. */
export type UiState = {
  /** When two marks are one event, as the reader has set it. */
  readonly rules: MatchRules
  readonly panel: Panel
  readonly evidence: EvidenceView
  /** A source that the reference is to show, by id. */
  readonly soughtSource: string | null
  /** The reference beside the page takes half of the window, with both events side by side. */
  readonly panelWide: boolean
  /** The panel gives its room to pages side by side, until it is asked for. */
  readonly panelFolded: boolean
  readonly dialog: DialogName | null
  /** The field for a place to go to is there. */
  readonly asksForPlace: boolean
  /** The copy that one's own set is compared with in the dialog of versions; null: what lies on disk in its place. */
  readonly otherVersion: OpenRef | null
  /** The pack whose content is shown. */
  readonly pack: OpenRef | null
  /** What to do once the reader has answered about unsaved work. */
  readonly afterUnsaved: NextStep | null
  /** A quiz that was asked for and has not begun: its recordings may have to be made first. */
  readonly startingQuiz: QuizRequest | null
  /** Whose results the dialog shows; null: of every lesson. */
  readonly resultsOf: ResultsOf | null
  /** Where the reader was before an example was shown. */
  readonly before: BeforeExample | null
  readonly notices: readonly Notice[]
  /** How many there have been: each is named by its number. */
  readonly noticesGiven: number
}

export type ReviewState = {
  readonly tools: Tools
  readonly shell: ShellState
  readonly recording: RecordingState
  readonly sets: SetsState
  readonly panes: PanesState
  readonly comparing: ComparingState
  readonly lessons: LessonsState
  /** null: no quiz is under way. */
  readonly quiz: QuizState | null
  readonly ui: UiState
}
