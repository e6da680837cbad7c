/** A recording beside the window's own: opened, followed and closed with the page that shows it, and only read. */
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { HostEvent, OpenedRecording, OpenRef, SetSummary } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { assertNever } from '../../shared/units.ts'
import type { GuestRecording } from './guestRecording.ts'
import { getHost } from './host.ts'
import { notify } from './notices.ts'
import type { Pane } from './panesState.ts'
import { getState, patchPane } from './state.ts'
import { settlePages } from './viewing.ts'

/**
 * With the marks that can be read of it: the reader's own, else the key's. With those of the key alone it is an example,
 * and no recording that the reader has opened. Rejects with the host's ReviewError; nothing stays open then.
 */
export async function openGuest(
  source: OpenRef,
  marksOf: 'reader' | 'key' = 'reader',
): Promise<GuestRecording> {
  const unlisted = marksOf === 'key'
  const opened = await getHost().openRecording({
    ref: source.ref,
    beside: true,
    ...(unlisted && { unlisted }),
  })
  const { recordingId } = opened
  try {
    const [scanned, document] = await Promise.all([
      getHost().scanned({ recordingId }),
      readMarks(opened, opened.sets, marksOf),
    ])
    const { complete, annotations, activity, recording } = scanned
    return {
      opened: { ...opened, recording },
      source,
      activity,
      notes: complete ? annotations : [],
      document,
    }
  } catch (thrown) {
    closeRecording(recordingId)
    throw thrown
  }
}

/** Nobody waits for it. */
export function closeGuest({ opened: { recordingId } }: GuestRecording): void {
  closeRecording(recordingId)
}

/** Those of every page: with the window's own recording they go. */
export function closeGuests(): void {
  for (const { guest } of Object.values(getState().panes.byId)) if (guest !== null) closeGuest(guest)
}

function closeRecording(recordingId: string): void {
  void getHost()
    .closeRecording({ recordingId })
    .catch(() => {})
}

/** What of the reader's own set is on disk, else the key; null where none can be read, which is no failure here. */
async function readMarks(
  { recordingId }: OpenedRecording,
  sets: readonly SetSummary[],
  marksOf: 'reader' | 'key' = 'reader',
): Promise<AnnotationDocument | null> {
  const { reviewer } = getState().shell.settings
  const readable = sets.filter(({ problem, isSealed, copyOf, strayedIn }) => {
    return problem === null && !isSealed && copyOf === null && strayedIn === null
  })
  const own = readable.find((set) => !set.isKey && set.reviewer === reviewer)
  const key = readable.find((set) => set.isKey)
  const chosen = marksOf === 'key' ? key : (own ?? key)
  if (chosen === undefined) return null
  try {
    const { setId, document } = await getHost().openSet({
      recordingId,
      reviewer,
      ref: chosen.ref,
      toRead: true,
    })
    void getHost()
      .closeSet({ setId })
      .catch(() => {})
    return document
  } catch {
    return null
  }
}

type GuestEvent = Extract<HostEvent, { readonly recordingId: string }>

/** What the host tells of a guest; of any other recording nothing is done. */
export function followGuest(event: GuestEvent): void {
  const pane = paneOfGuest(event.recordingId)
  if (pane === null) return
  switch (event.type) {
    case 'scan':
      if (event.done) void loadGuestNotes(event.recordingId)
      return
    case 'activity':
      return patchGuest(event.recordingId, { activity: event.activity })
    case 'timeline':
      return adoptGuestTimeline(event.recordingId, event.recording)
    case 'sets':
      if (pane.guest.document === null) void loadGuestMarks(pane.guest.opened, event.sets)
      return
    case 'recording-changed':
      return notify('problem', event.message)
    default:
      return assertNever(event)
  }
}

type PaneWithGuest = Pane & { readonly guest: GuestRecording }

function paneOfGuest(recordingId: string): PaneWithGuest | null {
  const panes = Object.values(getState().panes.byId)
  return panes.find((pane): pane is PaneWithGuest => pane.guest?.opened.recordingId === recordingId) ?? null
}

function patchGuest(recordingId: string, change: Partial<GuestRecording>): void {
  const pane = paneOfGuest(recordingId)
  if (pane !== null) patchPane({ guest: { ...pane.guest, ...change } }, pane.id)
}

function adoptGuestTimeline(recordingId: string, recording: OpenedRecording['recording']): void {
  const pane = paneOfGuest(recordingId)
  if (pane === null) return
  patchGuest(recordingId, { opened: { ...pane.guest.opened, recording } })
  settlePages()
}

async function loadGuestNotes(recordingId: string): Promise<void> {
  try {
    const { annotations, activity } = await getHost().scanned({ recordingId })
    patchGuest(recordingId, { notes: annotations, ...(activity === null ? {} : { activity }) })
  } catch {
    // It was closed meanwhile; a host that has gone says so itself.
  }
}

async function loadGuestMarks(opened: OpenedRecording, sets: readonly SetSummary[]): Promise<void> {
  const document = await readMarks(opened, sets)
  if (document !== null) patchGuest(opened.recordingId, { document })
}

/** Reads them anew once there is another reader: what one may see of a guest's sets, another may not. */
export async function readGuestsAgain(): Promise<void> {
  const guests = Object.values(getState().panes.byId).flatMap(({ guest }) => (guest === null ? [] : [guest]))
  for (const { opened } of guests) patchGuest(opened.recordingId, { document: null })
  for (const { opened } of guests) {
    const { recordingId } = opened
    const sets = await getHost()
      .listSets({ recordingId })
      .catch(() => [])
    await loadGuestMarks(opened, sets)
  }
}

/** Opens the same files again in a host that has started anew. false: one of them cannot be had as it was. */
export async function openGuestsAgain(): Promise<boolean> {
  for (const { id, guest } of Object.values(getState().panes.byId)) {
    if (guest === null) continue
    try {
      const opened = await getHost().openRecording({ ref: guest.source.ref, beside: true })
      if (opened.fingerprint !== guest.opened.fingerprint) {
        closeRecording(opened.recordingId)
        return false
      }
      // What is shown stays.
      patchPane({ guest: { ...guest, opened: { ...opened, recording: guest.opened.recording } } }, id)
    } catch (thrown) {
      if (thrown instanceof ReviewError && thrown.code === 'host-gone') throw thrown
      return false
    }
  }
  return true
}
