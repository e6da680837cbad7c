/**
 * Gets the wanted page onto the screen: from the cache at once, else from the host, the latest wish only.
 * The one place where stale answers are dropped. The pages beside the shown one are fetched ahead.
 */

import { ReviewError } from '../../shared/failure.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { MontageId } from '../../shared/montage/montages.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import type { Page } from '../../shared/signal/model.ts'
import { settingsKey, settingsOf, type ViewSettings } from '../../shared/signal/viewSettings.ts'
import type { Span } from '../../shared/units.ts'
import { getHost } from '../store/host.ts'
import { messageOf, notify } from '../store/notices.ts'
import { getState, type ReviewState, setState, useReview } from '../store/state.ts'
import { clampPageStart, wantedSpan } from '../store/viewing.ts'

/** Thirty pages of 32 channels are about 20 MB. */
const MOST_PAGES = 30

type Wish = {
  readonly recordingId: string
  /** Grows when the recording's timeline or file changes: old pages are of another recording then. */
  readonly edition: object
  readonly span: Span
  readonly settings: ViewSettings
  readonly columns: number
}

let columns = 0
const cache = new Map<string, Page>()
let cachedEdition: object | null = null
/** What is being asked for; at most one for the screen and one ahead. */
let inFlight: string | null = null
let prefetching = false
let derived: {
  readonly edition: object
  readonly montage: MontageId
  readonly derivations: readonly Derivation[]
} | null = null

/** Device pixels across the plot area: what the host reduces to. */
export function setPlotColumns(next: number): void {
  if (next === columns) return
  columns = next
  load()
}

/** Follows the store until the returned function is called. */
export function startPageLoader(): () => void {
  const unsubscribe = useReview.subscribe((state, before) => {
    const changed =
      state.recording !== before.recording ||
      state.pageStart !== before.pageStart ||
      state.view !== before.view
    if (changed) load()
  })
  load()
  return unsubscribe
}

/** true while the page asked for is not yet the page shown: a held key waits for it. */
export function isPageOnItsWay(): boolean {
  return inFlight !== null
}

function load(): void {
  const wish = currentWish(getState())
  if (wish === null) return
  if (wish.edition !== cachedEdition) {
    cache.clear()
    cachedEdition = wish.edition
  }
  const key = keyOf(wish)
  const cached = cache.get(key)
  if (cached !== undefined) {
    show(cached, wish)
    void prefetch(wish)
    return
  }
  // One request at a time: when it is answered, the latest wish is looked at again.
  if (inFlight !== null) return
  inFlight = key
  void fetchPage(wish)
    .then((page) => {
      inFlight = null
      if (!isStillWanted(wish)) return load()
      show(page, wish)
      void prefetch(wish)
    })
    .catch((thrown: unknown) => {
      inFlight = null
      const { recording, hostLink } = getState()
      // A host that has just started anew has nothing open yet: the page is asked for again when it has.
      const isEarly =
        hostLink.state !== 'there' && thrown instanceof ReviewError && thrown.code === 'not-found'
      // A file that went away is said once, by the watcher; anything else here.
      if (recording?.recordingId === wish.recordingId && !isEarly) notify('problem', messageOf(thrown))
      // Asking for the same again would fail again.
      if (!isStillWanted(wish)) load()
    })
}

function isStillWanted(wish: Wish): boolean {
  const latest = currentWish(getState())
  return latest !== null && latest.edition === wish.edition && keyOf(latest) === keyOf(wish)
}

function show(page: Page, wish: Wish): void {
  const { shown } = getState()
  if (shown?.page === page) return
  setState({ shown: { span: page.span, page, derivations: derivationsOf(wish) } })
}

async function prefetch(wish: Wish): Promise<void> {
  if (prefetching) return
  prefetching = true
  try {
    for (const direction of [1, -1]) {
      const { recording, view } = getState()
      if (recording === null || recording.recordingId !== wish.recordingId || inFlight !== null) return
      const start = clampPageStart(recording, view.timebase, wish.span.start + direction * view.timebase)
      const beside: Wish = { ...wish, span: { start, end: start + view.timebase } }
      if (start !== wish.span.start && !cache.has(keyOf(beside))) await fetchPage(beside)
    }
  } catch {
    // The page itself will be asked for again when it is wanted, and then the failure is said.
  } finally {
    prefetching = false
  }
}

async function fetchPage(wish: Wish): Promise<Page> {
  const { recordingId, span, settings } = wish
  const page = await getHost().page({ recordingId, span, settings, columns: wish.columns })
  if (wish.edition === cachedEdition) {
    cache.set(keyOf(wish), page)
    const oldest = cache.keys().next().value
    if (cache.size > MOST_PAGES && oldest !== undefined) cache.delete(oldest)
  }
  return page
}

function currentWish(state: ReviewState): Wish | null {
  const { recording, view } = state
  if (recording === null || columns === 0) return null
  return {
    recordingId: recording.recordingId,
    edition: recording.recording,
    span: wantedSpan(state),
    settings: settingsOf(view),
    columns,
  }
}

function keyOf({ span, settings, columns: across }: Wish): string {
  return [span.start, span.end, settingsKey(settings), across].join(' ')
}

function derivationsOf(wish: Wish): readonly Derivation[] {
  const { recording } = getState()
  if (recording === null) return []
  const { montage } = wish.settings
  if (derived === null || derived.edition !== wish.edition || derived.montage !== montage) {
    const { derivations } = planMontage(recording.recording.header, montage)
    derived = { edition: wish.edition, montage, derivations }
  }
  return derived.derivations
}
