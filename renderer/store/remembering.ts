/**
 * How a recording is shown is kept as it changes, and found again when it is opened: by the host, one file a recording. The
 * reader may also keep a view for every recording to open with.
 */
import type { OpenedRecording } from '../../shared/contract/model.ts'
import { asDefault, type RememberedView } from '../../shared/contract/rememberedView.ts'
import { MONTAGE_IDS } from '../../shared/montage/montages.ts'
import { type OwnMontage, ownIdOf } from '../../shared/montage/ownMontages.ts'
import { defaultMontage, planMontage } from '../../shared/montage/planMontage.ts'
import { PLAIN_LOOKS } from '../../shared/signal/channelLook.ts'
import { badOf, DEFAULT_VIEW, montageOfView, type View } from '../../shared/signal/viewSettings.ts'
import type { Seconds } from '../../shared/units.ts'
import { getHost } from './host.ts'
import { notify, reportFailure } from './notices.ts'
import type { Pane } from './panesState.ts'
import type { OpenRecording } from './reviewState.ts'
import { openRecordingOf, ownPane, recordingIdOf } from './selectors.ts'
import { getState, patchRecording, useReview } from './state.ts'

/** How a recording opens: as it was last, else as the reader wants all to, else as the program does. */
export function viewToOpen(
  {
    recording: { header },
    remembered = null,
    defaultView = null,
  }: Pick<OpenedRecording, 'recording' | 'remembered' | 'defaultView'>,
  montages: readonly OwnMontage[] = getState().shell.montages,
): Pick<Pane, 'view' | 'looks'> {
  const kept = remembered ?? defaultView
  if (kept === null) return { view: { ...DEFAULT_VIEW, montage: defaultMontage(header) }, looks: PLAIN_LOOKS }
  const { montage, ...others } = kept.view
  const bad = badOf(kept.view).filter((signal) => header.signals[signal] !== undefined)
  const chosen = montageNamed(montage, montages)
  const isDerived = chosen !== null && planMontage(header, montageOfView(chosen), bad).problem === null
  return {
    view: { ...others, ...(isDerived ? chosen : { montage: defaultMontage(header) }), bad },
    looks: kept.looks,
  }
}

/** null where there is none of that name, or none any more. */
function montageNamed(name: string, montages: readonly OwnMontage[]): Pick<View, 'montage' | 'own'> | null {
  const own = montages.find((each) => ownIdOf(each) === name)
  if (own !== undefined) return { montage: ownIdOf(own), own }
  const built = MONTAGE_IDS.find((id) => id === name)
  return built === undefined ? null : { montage: built }
}

/** Pages turn faster than a disk should be asked for: where the reader is, is kept once they rest. */
const REST_MS = 2000

/**
 * Sends how the open recording is shown whenever that has changed, the latest only, and where its page is once that has
 * stayed for `restMs`, or the window is hidden; ends with the returned function.
 */
export function rememberViews(restMs = REST_MS): () => void {
  let isSending = false
  let resting: ReturnType<typeof setTimeout> | undefined
  async function send(): Promise<void> {
    if (isSending) return
    isSending = true
    const recordingId = recordingIdOf(getState())
    try {
      let sent: Shown | null = null
      for (;;) {
        const now: Shown = ownPane(getState())
        if (recordingId === null || recordingIdOf(getState()) !== recordingId || isSame(now, sent)) return
        sent = now
        await sendView(recordingId, now)
      }
    } catch {
      // A view that is not remembered is no failure to speak of; a host that has gone says so itself.
    } finally {
      isSending = false
    }
  }
  const unsubscribe = useReview.subscribe((state, before) => {
    const now = ownPane(state)
    const last = ownPane(before)
    if (now === last && recordingIdOf(state) === recordingIdOf(before)) return
    // What has just been opened is as it was kept.
    if (recordingIdOf(state) === null || recordingIdOf(state) !== recordingIdOf(before)) {
      clearTimeout(resting)
      return
    }
    if (!isSame(now, last)) void send()
    if (now.pageStart === last.pageStart) return
    clearTimeout(resting)
    resting = setTimeout(keepPlace, restMs)
  })
  // A tab that is closed is hidden first.
  const onHidden = () => {
    if (document.visibilityState === 'hidden') void keepPlace()
  }
  const page = typeof document === 'undefined' ? null : document
  page?.addEventListener('visibilitychange', onHidden)
  return () => {
    clearTimeout(resting)
    unsubscribe()
    page?.removeEventListener('visibilitychange', onHidden)
  }
}

/** Where the reader leaves the open recording, unless that is kept already; never rejects. */
export async function keepPlace(): Promise<void> {
  const recording = openRecordingOf(getState())
  if (recording === null) return
  const now = ownPane(getState())
  if (startToKeep(recording, now) === recording.keptStart) return
  // As above: no failure to speak of.
  await sendView(recording.opened.recordingId, now).catch(() => {})
}

async function sendView(recordingId: string, shown: Shown): Promise<void> {
  const recording = openRecordingOf(getState())
  // How a case is looked at says nothing of how its recording is to be opened.
  if (recording?.opened.recordingId !== recordingId || getState().quiz !== null) return
  const pageStart = startToKeep(recording, shown)
  patchRecording({ keptStart: pageStart })
  await getHost().rememberView({ recordingId, remembered: toRemember(shown, pageStart) })
}

type Shown = Pick<Pane, 'view' | 'looks' | 'pageStart'>

/** null where the recording begins: there it opens anyway. */
function startToKeep({ opened }: OpenRecording, { pageStart }: Pick<Shown, 'pageStart'>): Seconds | null {
  return pageStart <= opened.recording.timeline.span.start ? null : pageStart
}

function toRemember(
  { view: { own: _, ...view }, looks }: Pick<Shown, 'view' | 'looks'>,
  pageStart: Seconds | null = null,
): RememberedView {
  return { view, looks, ...(pageStart === null ? {} : { pageStart }) }
}

function isSame(a: Pick<Shown, 'view' | 'looks'>, b: Pick<Shown, 'view' | 'looks'> | null): boolean {
  return b !== null && a.view === b.view && a.looks === b.looks
}

/** Every recording of which nothing is remembered opens as this one is shown now, but for its bad electrodes. */
export async function keepDefaultView(): Promise<void> {
  const lines = ownPane(getState()).shown?.derivations ?? []
  const labelOf = (id: string) => lines.find((line) => line.id === id)?.label
  await keep(
    asDefault(toRemember(ownPane(getState())), labelOf),
    'Recordings that are new to you open like this one now.',
  )
}

export async function forgetDefaultView(): Promise<void> {
  await keep(null, 'Recordings that are new to you open as the program has them.')
}

async function keep(defaultView: RememberedView | null, says: string): Promise<void> {
  try {
    await getHost().keepDefaultView({ defaultView })
    notify('good', says)
  } catch (thrown) {
    reportFailure(thrown)
  }
}
