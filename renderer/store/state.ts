/** Everything the window shows, as one value. Actions stand beside it in this folder; components show and call. */
import { create } from 'zustand'
import type { Mark } from '../../shared/annotation/document.ts'
import type { History } from '../../shared/annotation/history.ts'
import type { MarkKind } from '../../shared/annotation/kinds.ts'
import type {
  Activity,
  HostEvent,
  OpenedRecording,
  OpenedSet,
  OpenRef,
  SetSummary,
  ShellFacts,
} from '../../shared/contract/model.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../shared/contract/settings.ts'
import type { FileAnnotation } from '../../shared/edf/header/model.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { Page } from '../../shared/signal/model.ts'
import { DEFAULT_VIEW, type View } from '../../shared/signal/viewSettings.ts'
import type { Seconds, Span, Ticks } from '../../shared/units.ts'

export type SetState = Omit<OpenedSet, 'unsaved'> & {
  /** What it was opened by; null: as the reviewer's own. */
  readonly ref?: string | null
  /** The step that stood last when the set was saved; null: no step. undefined: it was never saved as it is. */
  readonly savedStep: History['done'][number] | null | undefined
  readonly saving: boolean
}

/** What is on the canvas now; the overlay, axis and status speak of this, not of what was asked for. */
export type ShownPage = {
  readonly span: Span
  readonly page: Page
  readonly derivations: readonly Derivation[]
}

export type Notice = {
  readonly id: number
  readonly tone: 'info' | 'good' | 'problem'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
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

export type Panel = 'marks' | 'notes' | 'details' | 'reference'
export type DialogName =
  | 'open'
  | 'saveAs'
  | 'sets'
  | 'palette'
  | 'keys'
  | 'about'
  | 'calibrate'
  | 'reviewer'
  | 'check'
  | 'unsaved'
  | 'recovery'

/** A drag in progress or a selection that waits for its label. */
export type Selection = Span

export type DragPreview = { readonly id: string; readonly onset: Ticks; readonly duration: Ticks }

export type BeforeExample = {
  readonly source: OpenRef | null
  readonly pageStart: Seconds
  readonly view: View
}

export type MarkPart = 'whole' | 'start' | 'end'

export type ReviewState = {
  readonly phase: 'starting' | 'empty' | 'opening' | 'open'
  /** What is being opened, or why the last opening failed. */
  readonly opening: { readonly name: string } | null
  readonly failure: string | null
  /** Another window has taken the host over; this one waits to be loaded again. */
  readonly takenOver: boolean
  readonly hostLink: HostLink
  /** Changes of the open set that the host has not confirmed to be in its journal. */
  readonly unkept: number
  readonly shell: ShellFacts
  readonly settings: Settings
  readonly recording: OpenedRecording | null
  /** The whole list of a recording's sets where it came later than the recording, perhaps before it was shown. */
  readonly laterSets: Extract<HostEvent, { readonly type: 'sets' }> | null
  /** What the open recording was opened by. */
  readonly source: OpenRef | null
  /** Where the reader was before an example was shown. */
  readonly before: BeforeExample | null
  /** Where the background reading of record times and annotations stands, 0..1; null when done. */
  readonly scan: number | null
  readonly changedOnDisk: { readonly change: 'grown' | 'replaced' | 'gone'; readonly message: string } | null
  /** For the overview strip; null until some of the recording has been read. */
  readonly activity: Activity | null
  readonly notes: readonly FileAnnotation[]
  readonly view: View
  /** Where the reader wants the page to begin. */
  readonly pageStart: Seconds
  readonly shown: ShownPage | null
  /** First channel in view where there are more than fit. */
  readonly firstLane: number
  readonly cursor: Seconds | null
  /** Where the mouse is on the page, and over which trace (an id of the shown derivations). */
  readonly hover: { readonly time: Seconds; readonly trace: string } | null
  readonly selection: Selection | null
  /** A label pressed before its span was dragged; null subtype: to be chosen after. */
  readonly armed: MarkKind | null
  /** A mimic waits to be told which. */
  readonly subtypeFor: string | null
  readonly selectedMark: string | null
  readonly markPart: MarkPart
  readonly drag: DragPreview | null
  readonly set: SetState | null
  readonly panel: Panel
  /** The reference beside the page takes half of the window, with both events side by side. */
  readonly panelWide: boolean
  readonly dialog: DialogName | null
  /** What to do once the reader has answered about unsaved work. */
  readonly afterUnsaved: (() => void) | null
  readonly notices: readonly Notice[]
}

const INITIAL: ReviewState = {
  phase: 'starting',
  opening: null,
  failure: null,
  takenOver: false,
  hostLink: { state: 'there' },
  unkept: 0,
  shell: { kind: 'browser', platform: 'linux', version: '' },
  // The statement is not shown before it is known whether it was read.
  settings: { ...DEFAULT_SETTINGS, statementSeen: true },
  recording: null,
  laterSets: null,
  source: null,
  before: null,
  scan: null,
  changedOnDisk: null,
  activity: null,
  notes: [],
  view: { montage: 'longitudinal', ...DEFAULT_VIEW },
  pageStart: 0,
  shown: null,
  firstLane: 0,
  cursor: null,
  hover: null,
  selection: null,
  armed: null,
  subtypeFor: null,
  selectedMark: null,
  markPart: 'whole',
  drag: null,
  set: null,
  panel: 'marks',
  panelWide: false,
  dialog: null,
  afterUnsaved: null,
  notices: [],
}

export const useReview = create<ReviewState>(() => INITIAL)

export const getState = useReview.getState
export const setState = useReview.setState

/** The sets beside the open recording, as far as they are known. */
export function setsBeside({
  recording,
  laterSets,
}: Pick<ReviewState, 'recording' | 'laterSets'>): readonly SetSummary[] | null {
  return laterSets?.recordingId === recording?.recordingId
    ? (laterSets?.sets ?? null)
    : (recording?.sets ?? null)
}

/** What closing a recording resets. */
export const CLOSED: Partial<ReviewState> = {
  phase: 'empty',
  opening: null,
  recording: null,
  source: null,
  scan: null,
  changedOnDisk: null,
  activity: null,
  notes: [],
  shown: null,
  firstLane: 0,
  cursor: null,
  hover: null,
  selection: null,
  armed: null,
  subtypeFor: null,
  selectedMark: null,
  drag: null,
  set: null,
}

export function isUnsaved(set: SetState | null): boolean {
  if (set === null || set.readOnly) return false
  if (set.savedStep === undefined) return true
  return (set.history.done.at(-1) ?? null) !== set.savedStep
}

export function selectedMarkOf(state: ReviewState): Mark | null {
  if (state.set === null || state.selectedMark === null) return null
  return state.set.document.marks.find((mark) => mark.id === state.selectedMark) ?? null
}
