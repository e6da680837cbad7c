/**
 * What the window shows is one value, divided by how long each part lives: the window, the open recording, its sets, the
 * pages that show it, and what stands around them.
 */
import type { Reading } from '../../shared/agreement/agreement.ts'
import type { Compared } from '../../shared/agreement/compareAll.ts'
import type { ConfusionDetail } from '../../shared/agreement/confusion.ts'
import type { MatchRules } from '../../shared/agreement/rules.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { OwnChanges } from '../../shared/annotation/handover.ts'
import type { History, Marked } from '../../shared/annotation/history.ts'
import type { JournalEntry } from '../../shared/annotation/journalEntry.ts'
import type { MarkKind } from '../../shared/annotation/kinds.ts'
import type { Candidate, Found } from '../../shared/candidates/common/candidate.ts'
import type { Host } from '../../shared/contract/contract.ts'
import type { LessonSummary } from '../../shared/contract/lessonProcedures.ts'
import type {
  Activity,
  OpenedRecording,
  OpenedSet,
  OpenRef,
  SetSummary,
  ShellFacts,
} from '../../shared/contract/model.ts'
import type { Settings } from '../../shared/contract/settings.ts'
import type { FileAnnotation } from '../../shared/edf/header/model.ts'
import type { Where } from '../../shared/evidence/common/entry.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { OwnMontage } from '../../shared/montage/ownMontages.ts'
import type { Example } from '../../shared/reference/schema.ts'
import type { CaliperReading } from '../../shared/signal/caliper.ts'
import type { ChannelLooks } from '../../shared/signal/channelLook.ts'
import type { Page } from '../../shared/signal/model.ts'
import type { Spectrogram } from '../../shared/signal/spectrogram.ts'
import type { View } from '../../shared/signal/viewSettings.ts'
import type { Lesson } from '../../shared/teaching/lesson.ts'
import type { LessonHistory } from '../../shared/teaching/lessonEdits.ts'
import type { Seconds, Span, Ticks } from '../../shared/units.ts'
import type { GuestRecording } from './guestRecording.ts'
import type { Panel } from './panels.ts'
import type { QuizRequest, QuizState, ResultsOf } from './quizState.ts'

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

export type SetId = OpenedSet['setId']

/** An entry on its way, and what the window showed before it: to go back to where the host refuses it. */
export type Waiting = { readonly entry: JournalEntry; readonly before: Marked }

/** What of a set is not in the host's journal yet. */
export type OutboxState = {
  /** Entries that the host has acknowledged. */
  readonly sent: number
  readonly waiting: readonly Waiting[]
  /** Changes that the host lacks apart from those: it is to be handed the whole set first. */
  readonly owed: number
  /** Ids of items in the changes that are owed. */
  readonly owedIds: ReadonlySet<string>
}

/**
 * The reader's own, in which is marked; another's, drawn as a lane; another's that was read and is not drawn; what is
 * marked in a quiz, which no journal and no file has.
 */
export type SetRole = 'own' | 'lane' | 'aside' | 'exercise'

/** One open set. */
export type OpenSetState = Omit<OpenedSet, 'unsaved'> & {
  readonly role: SetRole
  /** What it was opened by; null: as the reviewer's own. */
  readonly ref: string | null
  /** What its name has besides that of the set which it is a copy of; null: it is none. */
  readonly copy: string | null
  /** The step that stood last when the set was saved; null: no step. undefined: it was never saved as it is. */
  readonly savedStep: History['done'][number] | null | undefined
  readonly saving: boolean
  /** Why the last save was refused and what may be done instead, until that is decided; null: it was not. */
  readonly refusal: { readonly message: string; readonly actions: readonly NoticeAction[] } | null
  /** What another program has written in its place, by its hash, and whether the reader knows; null: nothing. */
  readonly onDisk: { readonly hash: string; readonly isSeen: boolean } | null
  /** Signed off, and to be changed all the same. */
  readonly amending: boolean
  readonly outbox: OutboxState
}

export type SetsState = {
  /** The reader's own, and those of others that were read. */
  readonly byId: Readonly<Record<SetId, OpenSetState>>
  /** The one on the page: the reader's own, or another's that is shown alone. */
  readonly active: SetId | null
}

/** What is on the canvas now; the overlay, axis and status speak of this, not of what was asked for. */
export type ShownPage = {
  readonly span: Span
  readonly page: Page
  readonly derivations: readonly Derivation[]
}

export type DragPreview = { readonly id: string; readonly onset: Ticks; readonly duration: Ticks }

export type MarkOfSet = { readonly setId: SetId; readonly markId: string }

export type MarkPart = 'whole' | 'start' | 'end'

export type PaneId = string

/** Where a page began, and how much it held. */
export type PagePlace = { readonly start: Seconds } & Pick<View, 'timebase' | 'paperSpeed'>

/** One page of a recording, and what the reader does on it. */
export type Pane = {
  readonly id: PaneId
  /** Another recording, for reading; null: the window's own. */
  readonly guest: GuestRecording | null
  /** The moment that was put where it stands on every aligned page. */
  readonly aligned: Ticks | null
  readonly view: View
  /** How its channels are drawn. */
  readonly looks: ChannelLooks
  /** Height of the ECG's R wave in uV, once the host has measured it: it decides the gain until the reader does. */
  readonly rWave: number | null
  /** Height of a row on the screen in mm. */
  readonly rowMm: number
  /** Where the reader wants the page to begin. */
  readonly pageStart: Seconds
  /** The part of the recording that the overview shows; null: all of it. */
  readonly overview: Span | null
  /** What jumps led away from, the last one last; and what going back did. */
  readonly back: readonly PagePlace[]
  readonly forward: readonly PagePlace[]
  readonly shown: ShownPage | null
  /** How wide the plot is on this display; null until it is laid out. */
  readonly millimetres: number | null
  /** First channel in view where there are more than fit. */
  readonly firstLane: number
  readonly cursor: Seconds | null
  /** Where the mouse is on the page, and over which trace (an id of the shown derivations). */
  readonly hover: { readonly time: Seconds; readonly trace: string } | null
  /** A drag in progress or a selection that waits for its label. */
  readonly selection: Span | null
  /** A label pressed before its span was dragged; null subtype: to be chosen after. */
  readonly armed: MarkKind | null
  /** A mimic waits to be told which. */
  readonly subtypeFor: string | null
  readonly selectedMark: string | null
  readonly markPart: MarkPart
  readonly drag: DragPreview | null
  readonly caliper: Caliper | null
  /** Every channel's value stands at the cursor. */
  readonly showsValues: boolean
  /** A mark of another's set, drawn as an outline. */
  readonly outlined: MarkOfSet | null
  /** Where a value of the evidence card was measured, shown on the page. */
  readonly measuredAt: Where | null
}

/** Two points on a line of the page, and what the host reads there. */
export type Caliper = {
  /** An id of the page's derivations. */
  readonly line: string
  readonly from: Seconds
  readonly to: Seconds
  /** What keys move. */
  readonly part: 'from' | 'to' | 'both'
  /** 'asked': on its way. A sentence: why there is none. */
  readonly reading: CaliperReading | 'asked' | { readonly problem: string }
}

/** The first is of the window's own recording; a second one stands beside it while the reader wants it. */
export type PanesState = {
  readonly byId: Readonly<Record<PaneId, Pane>>
  readonly active: PaneId
  /** A page that is turned takes the other along. */
  readonly together: boolean
  /** The recording that is being opened to be shown beside. */
  readonly coming: OpenRef | null
}

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

/** What a notice offers to do. */
export type NoticeAction =
  | { readonly do: 'undo' }
  | { readonly do: 'goThere'; readonly span: Span }
  | { readonly do: 'keepCopy' }
  /** Header indexes of signals that were marked bad, and are to be good again. */
  | { readonly do: 'markGood'; readonly signals: readonly number[] }
  | { readonly do: 'compareVersions' }
  | { readonly do: 'overwrite'; readonly setId: SetId }
  | { readonly do: 'saveElsewhere' }
  | { readonly do: 'showOwn' }
  | { readonly do: 'amend'; readonly setId: SetId }
  | { readonly do: 'takeStrayed'; readonly set: OpenRef }
  | { readonly do: 'undoLesson' }
  | { readonly do: 'showLesson'; readonly caseId: string | null }
  | { readonly do: 'bringBackLesson'; readonly lesson: Lesson }
  | { readonly do: 'closeUnkept' }

export type Notice = {
  readonly id: number
  readonly tone: 'info' | 'good' | 'problem'
  readonly text: string
  readonly action: NoticeAction | null
  /** Other ways out. */
  readonly others: readonly NoticeAction[]
}

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

/** A set that is compared: what it is opened by, or `own` for the one that is marked in. */
export type ComparedRef = string

/** What the readers at two places of the cases call an event: codes of the confusion table. */
export type TourCell = {
  readonly reference: number
  readonly other: number
  readonly detail: ConfusionDetail
  readonly row: string
  readonly column: string
}

/** What sets came to, and of which forms of theirs; a text: why they cannot be compared. */
export type ComparedSets = {
  readonly setIds: readonly SetId[]
  readonly documents: readonly AnnotationDocument[]
  readonly rules: MatchRules
  readonly value: Compared | string
}

/** As long as a recording is open: which sets are compared on it, and where the tour of their differences stands. */
export type ComparingState = {
  /** The reference first. */
  readonly chosen: readonly ComparedRef[]
  /** The last comparison of large sets, which is made in a thread; null: none yet. */
  readonly compared: ComparedSets | null
  /** A cell of the confusion table that the tour keeps to; null: all disagreements. */
  readonly cell: TourCell | null
  /** The case that the reader looks at, by the marks in it. */
  readonly at: string | null
  /** Its marks, outlined on the page. */
  readonly outlines: readonly MarkOfSet[]
}

/** A lesson that is open to be read or changed. Each change is saved by itself. */
export type OpenLesson = {
  readonly ref: string
  readonly fileName: string
  readonly isShipped: boolean
  /** Of its file as it was read or saved last. */
  readonly hash: string
  readonly lesson: Lesson
  /** What its file holds; another value than `lesson`: something waits to be saved. */
  readonly saved: Lesson
  readonly history: LessonHistory
  /** Ids of cases whose answer is kept from this reader until they have signed off. */
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
