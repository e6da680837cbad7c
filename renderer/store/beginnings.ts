/** Where each part of the state begins: every field has its first value here and nowhere else. */
import { compareAll } from '../../shared/agreement/compareAll.ts'
import { DEFAULT_RULES } from '../../shared/agreement/rules.ts'
import type { Host } from '../../shared/contract/contract.ts'
import type { OpenedRecording, OpenedSet, OpenRef } from '../../shared/contract/model.ts'
import { DEFAULT_SETTINGS } from '../../shared/contract/settings.ts'
import { PLAIN_LOOKS } from '../../shared/signal/channelLook.ts'
import { DEFAULT_VIEW } from '../../shared/signal/viewSettings.ts'
import type { Pane, PaneId, PanesState } from './panesState.ts'
import type {
  CandidatesState,
  CompareSets,
  DropFile,
  OpenRecording,
  ReviewState,
  Tools,
} from './reviewState.ts'
import type { ComparingState, OpenSetState, OutboxState, SetRole, SetsState } from './setsState.ts'

/** `compareSets`: on the spot where nothing else is given. */
export function newTools(
  host: Host | null,
  dropFile: DropFile | null,
  compareSets: CompareSets = async (readings, rules) => compareAll(readings, rules),
): Tools {
  return {
    window: crypto.randomUUID(),
    host,
    dropFile,
    compareSets,
    outboxes: new Map(),
    jobs: new Map(),
    search: { end: null },
  }
}

export const NOTHING_WAITS: OutboxState = { sent: 0, waiting: [], owed: 0, owedIds: new Set() }

/** The one pane there is as long as pages do not stand side by side: always of the window's own recording. */
export const FIRST_PANE: PaneId = 'first'
export const SECOND_PANE: PaneId = 'second'
/** In a quiz, where both references stand beside the case. */
export const THIRD_PANE: PaneId = 'third'

/** Where every field of a pane begins. */
export function newPane(
  id: PaneId,
  { view, pageStart, looks = PLAIN_LOOKS }: Pick<Pane, 'view' | 'pageStart'> & Partial<Pick<Pane, 'looks'>>,
): Pane {
  return {
    id,
    guest: null,
    aligned: null,
    view,
    looks,
    rWave: null,
    rowMm: 7,
    pageStart,
    overview: null,
    back: [],
    forward: [],
    shown: null,
    millimetres: null,
    firstLane: 0,
    cursor: null,
    hover: null,
    selection: null,
    armed: null,
    subtypeFor: null,
    selectedMark: null,
    markPart: 'whole',
    drag: null,
    caliper: null,
    showsValues: false,
    outlined: null,
    measuredAt: null,
  }
}

/** Where every field of an open set begins. `ref`: what it was opened by. */
export function newSet(
  { unsaved, ...opened }: OpenedSet,
  ref: string | null,
  role: SetRole = 'own',
): OpenSetState {
  const savedStep = unsaved ? undefined : (opened.history.done.at(-1) ?? null)
  return {
    ...opened,
    ...{ role, ref, copy: null, savedStep, saving: false, refusal: null, onDisk: null, amending: false },
    isSettling: false,
    outbox: NOTHING_WAITS,
  }
}

export const NO_CANDIDATES: CandidatesState = {
  isShown: false,
  work: { at: 'nothing' },
  reviewed: new Map(),
  chosen: null,
}

/** Where every field of an open recording begins. */
export function newRecording(
  opened: OpenedRecording,
  source: OpenRef | null,
  sets: OpenRecording['sets'],
): OpenRecording {
  return {
    phase: 'open',
    opened,
    source,
    keptStart: opened.remembered?.pageStart ?? null,
    scan: 0,
    changedOnDisk: null,
    activity: null,
    finer: { activity: null, spectrogram: null },
    notes: [],
    spectrogram: { isShown: false, work: { at: 'nothing' } },
    candidates: NO_CANDIDATES,
    sets,
  }
}

export const NO_SETS: SetsState = { byId: {}, active: null }

/** What begins anew with each recording. */
type Opened = Pick<ReviewState, 'recording' | 'sets' | 'panes' | 'comparing'>

const NO_VIEW = { view: { montage: 'longitudinal', ...DEFAULT_VIEW }, pageStart: 0 } as const

const NOTHING_COMPARED: ComparingState = { chosen: [], compared: null, cell: null, at: null, outlines: [] }

/** A window in which something has just been opened. */
export function openedWith(
  recording: OpenRecording,
  page: Pick<Pane, 'view' | 'pageStart'> & Partial<Pick<Pane, 'looks'>>,
): Opened {
  return { recording, sets: NO_SETS, panes: onePane(newPane(FIRST_PANE, page)), comparing: NOTHING_COMPARED }
}

/** A window in which nothing is open. */
export function closed(failure: string | null): Opened {
  return {
    recording: { phase: 'none', failure },
    sets: NO_SETS,
    panes: onePane(newPane(FIRST_PANE, NO_VIEW)),
    comparing: NOTHING_COMPARED,
  }
}

export function onePane(pane: Pane): PanesState {
  return { byId: { [pane.id]: pane }, active: pane.id, together: false, coming: null }
}

/** Another own set, on which the keys act, in the place of the one before; those of others stay. */
export function withOwn({ byId }: SetsState, own: OpenSetState): SetsState {
  const others = Object.values(byId).filter(({ role }) => role !== 'own')
  return { byId: Object.fromEntries([...others, own].map((set) => [set.setId, set])), active: own.setId }
}

/** A window that has just begun. */
export function newReview(tools: Tools): ReviewState {
  return {
    tools,
    ...closed(null),
    shell: {
      facts: { kind: 'browser', platform: 'linux', version: '' },
      // The statement is not shown before it is known whether it was read.
      settings: { ...DEFAULT_SETTINGS, statementSeen: true },
      montages: [],
      takenOver: false,
      hostLink: { state: 'there' },
      isJoined: true,
      openings: 0,
      earlySets: null,
      proposedOf: [],
    },
    recording: { phase: 'starting' },
    lessons: { list: null, open: null, opening: null },
    quiz: null,
    ui: {
      rules: DEFAULT_RULES,
      panel: 'marks',
      evidence: 'card',
      soughtSource: null,
      panelWide: false,
      panelFolded: false,
      dialog: null,
      asksForPlace: false,
      otherVersion: null,
      pack: null,
      afterUnsaved: null,
      startingQuiz: null,
      resultsOf: null,
      before: null,
      notices: [],
      noticesGiven: 0,
    },
  }
}
