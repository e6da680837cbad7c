/**
 * Gets the wanted page onto the screen: from the pages at hand at once, else from the host, the latest wish only.
 * The one place where stale answers are dropped. The pages that may be turned to next are fetched and drawn ahead.
 */
import type { Host } from '../../shared/contract/contract.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { MontageId } from '../../shared/montage/montages.ts'
import type { OwnMontage } from '../../shared/montage/ownMontages.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import type { Page } from '../../shared/signal/model.ts'
import {
  badOf,
  montageOfView,
  settingsKey,
  settingsOf,
  type ViewSettings,
} from '../../shared/signal/viewSettings.ts'
import type { Span } from '../../shared/units.ts'
import { pagesOfMarksBeside } from '../store/marking.ts'
import { messageOf, notify } from '../store/notices.ts'
import type { PaneId, ShownPage } from '../store/panesState.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { openedOf, paneOf } from '../store/selectors.ts'
import { documentIn, headerIn, notesIn, openedIn, recordingIdIn } from '../store/shownIn.ts'
import { getState, useReview } from '../store/state.ts'
import { clampPageStart, showPage, wantedSpan } from '../store/viewing.ts'
import type { afterFrame } from './afterFrame.ts'
import { createMarkSigns } from './markSigns.ts'
import { createPageScreen, type PageLook, type Surface } from './pageScreen.ts'
import type { Painter } from './painter.ts'
import { pictureSize } from './paintTraces.ts'
import { planAhead } from './planAhead.ts'

/** Of samples: a hundred pages of 32 channels, a dozen of 64 on a display of 3840 pixels. */
const MOST_BYTES = 64e6

/** What stands around the first page goes before the pages beside it. */
const AFTER_FIRST_MS = 150

export type LoaderOptions = {
  readonly pane: PaneId
  readonly askPage: Host['page']
  readonly painter: Painter
  readonly afterFrame: typeof afterFrame
  /** Of the memory for pages and pictures, from 0 to 1: pages side by side share it. All of it where it is not given. */
  readonly share?: () => number
}

/** A page of minutes is looked over, not leafed through: reading its neighbours would only hold up what is asked next. */
const LONGEST_AHEAD = 60

/** One page of one recording on one canvas. */
export type PageLoader = {
  readonly setSurface: (surface: Surface | null) => void
  /** How pages are drawn from now on; from it follows to how many columns the host reduces. */
  readonly setLook: (look: PageLook) => void
  /** true while the page asked for is not yet the page shown: a held key waits for it. */
  readonly isPageOnItsWay: () => boolean
  readonly close: () => void
}

type Wish = {
  readonly recordingId: string
  /** Grows when the recording's timeline or file changes: old pages are of another recording then. */
  readonly edition: object
  readonly span: Span
  readonly settings: ViewSettings
  readonly columns: number
}

/** Follows the store until closed. */
export function createPageLoader(options: LoaderOptions): PageLoader {
  const { pane: id, askPage, painter, afterFrame, share = () => 1 } = options
  const screen = createPageScreen({ painter, share, marksOn: createMarkSigns(id) })
  const pages = new Map<string, Page>()
  /** Asked for and not answered: the same is not asked for twice. */
  const asked = new Map<string, Promise<Page>>()
  let columns = 0
  let edition: object | null = null
  let kept = 0
  /** What the screen waits for; at most one. */
  let inFlight: string | null = null
  let fetchingAhead = false
  /** Something else may be wanted next than what is being fetched. */
  let isOvertaken = false
  let callOff = () => {}
  let lastMove = 0
  let restsUntil = 0
  let derived: {
    readonly edition: object
    readonly montage: MontageId | OwnMontage
    readonly bad: string
    readonly derivations: readonly Derivation[]
  } | null = null

  function load(): void {
    const wish = wishOf(getState(), id, columns)
    if (wish === null) return
    if (wish.edition !== edition) {
      forgetPages()
      edition = wish.edition
    }
    const key = keyOf(wish)
    const page = pages.get(key)
    if (page !== undefined) return show(page, wish)
    // One request at a time: when it is answered, the latest wish is looked at again.
    if (inFlight !== null) return
    inFlight = key
    void fetchPage(wish)
      .then((answer) => {
        inFlight = null
        if (!isStillWanted(wish)) return load()
        show(answer, wish)
      })
      .catch((thrown: unknown) => {
        inFlight = null
        const { hostLink } = getState().shell
        // A host that has just started anew has nothing open yet: the page is asked for again when it has.
        const isEarly =
          hostLink.state !== 'there' && thrown instanceof ReviewError && thrown.code === 'not-found'
        // A file that went away is said once, by the watcher; anything else here.
        if (recordingNow() === wish.recordingId && !isEarly) notify('problem', messageOf(thrown))
        // Asking for the same again would fail again.
        if (!isStillWanted(wish)) load()
      })
  }

  function recordingNow(): string | null {
    const pane = paneOf(getState(), id)
    return pane === null ? null : recordingIdIn(getState(), pane)
  }

  function isStillWanted(wish: Wish): boolean {
    const latest = wishOf(getState(), id, columns)
    return latest !== null && latest.edition === wish.edition && keyOf(latest) === keyOf(wish)
  }

  function show(page: Page, wish: Wish): void {
    const before = paneOf(getState(), id)?.shown ?? null
    if (before?.page !== page) {
      lastMove = before === null ? 0 : page.span.start - before.span.start
      const shown: ShownPage = { span: page.span, page, derivations: derivationsOf(wish) }
      // The picture first, then what stands around it: all in one frame.
      screen.show(shown)
      showPage(shown, id)
    }
    if (before === null) restsUntil = performance.now() + AFTER_FIRST_MS
    prepareLater(wish)
  }

  function prepareLater(wish: Wish): void {
    callOff()
    callOff = afterFrame(() => void prepareAhead(wish), Math.max(0, restsUntil - performance.now()))
  }

  function prepareAnew(): void {
    const wish = wishOf(getState(), id, columns)
    if (wish !== null && inFlight === null) prepareLater(wish)
  }

  /** Fetches what may come next and has it drawn; stops when something else is wanted. */
  async function prepareAhead(wish: Wish): Promise<void> {
    isOvertaken = fetchingAhead
    if (fetchingAhead) return
    fetchingAhead = true
    try {
      const ahead = wishesAhead(wish)
      const atHand = () => ahead.flatMap((beside) => pages.get(keyOf(beside)) ?? [])
      screen.expect(atHand())
      for (const beside of ahead) {
        if (pages.has(keyOf(beside))) continue
        await fetchPage(beside)
        if (isOvertaken || !isStillWanted(wish)) break
        screen.expect(atHand())
      }
    } catch {
      // The page itself will be asked for again when it is wanted, and then the failure is said.
    } finally {
      fetchingAhead = false
    }
    const latest = wishOf(getState(), id, columns)
    if (latest !== null && inFlight === null && (isOvertaken || !isStillWanted(wish)))
      void prepareAhead(latest)
  }

  function wishesAhead(wish: Wish): readonly Wish[] {
    const state = getState()
    const pane = paneOf(state, id)
    const opened = pane === null ? null : openedIn(state, pane)
    if (opened === null || pane === null || pane.view.timebase > LONGEST_AHEAD) return []
    const { timebase } = pane.view
    const clamp = (start: number) => clampPageStart(opened, timebase, start, notesIn(state, pane))
    // Who has picked a mark goes from one to the next; who leafs through pages has others beside each of them.
    const byMark = pane.selectedMark === null ? [] : pagesOfMarksBeside(state, pane).map(clamp)
    const starts = new Set([...byMark, ...planAhead(wish.span.start, timebase, lastMove, clamp)])
    starts.delete(wish.span.start)
    return [...starts].map((start) => ({ ...wish, span: { start, end: start + timebase } }))
  }

  function fetchPage(wish: Wish): Promise<Page> {
    const key = keyOf(wish)
    const sameAsked = asked.get(key)
    if (sameAsked !== undefined) return sameAsked
    const { recordingId, span, settings } = wish
    const answer = askPage({ recordingId, span, settings, columns: wish.columns }).then((page) => {
      if (wish.edition === edition) keep(key, page)
      return page
    })
    asked.set(key, answer)
    const forget = () => {
      if (asked.get(key) === answer) asked.delete(key)
    }
    answer.then(forget, forget)
    return answer
  }

  function keep(key: string, page: Page): void {
    pages.set(key, page)
    kept += bytesOf(page)
    for (const [oldKey, old] of pages) {
      if (kept <= MOST_BYTES * share() || oldKey === key) break
      pages.delete(oldKey)
      kept -= bytesOf(old)
    }
  }

  function forgetPages(): void {
    pages.clear()
    asked.clear()
    kept = 0
    screen.expect([])
  }

  function derivationsOf(wish: Wish): readonly Derivation[] {
    const pane = paneOf(getState(), id)
    const header = pane === null ? null : headerIn(getState(), pane)
    if (header === null) return []
    const montage = montageOfView(wish.settings)
    const bad = badOf(wish.settings)
    const isKnown = derived?.edition === wish.edition && derived.montage === montage
    if (derived === null || !isKnown || derived.bad !== bad.join()) {
      const { derivations } = planMontage(header, montage, bad)
      derived = { edition: wish.edition, montage, bad: bad.join(), derivations }
    }
    return derived.derivations
  }

  const unsubscribe = useReview.subscribe((state, before) => {
    const pane = paneOf(state, id)
    const last = paneOf(before, id)
    if (pane?.shown == null && last?.shown != null) {
      callOff()
      screen.show(null)
      screen.expect([])
    }
    if (pane === null) return
    if (documentIn(state, pane) !== (last && documentIn(before, last)) || pane.drag?.id !== last?.drag?.id)
      screen.lookAtMarks()
    const isOther = openedOf(state) !== openedOf(before) || pane.guest?.opened !== last?.guest?.opened
    const changed = isOther || pane.pageStart !== last?.pageStart || pane.view !== last?.view
    if (changed) load()
    else if (pane.selectedMark !== last?.selectedMark) prepareAnew()
  })

  return {
    setSurface: screen.setSurface,
    setLook: (look) => {
      screen.setLook(look)
      const next = look.layout.width > 0 ? pictureSize(look).width : 0
      if (next !== columns) {
        columns = next
        return load()
      }
      prepareAnew()
    },
    isPageOnItsWay: () => inFlight !== null,
    close: () => {
      unsubscribe()
      callOff()
      screen.close()
    },
  }
}

function wishOf(state: ReviewState, id: PaneId, columns: number): Wish | null {
  const pane = paneOf(state, id)
  const opened = pane === null ? null : openedIn(state, pane)
  if (opened === null || pane === null || columns === 0) return null
  return {
    recordingId: opened.recordingId,
    edition: opened.recording,
    span: wantedSpan(state, pane),
    settings: settingsOf(pane.view),
    columns,
  }
}

function keyOf({ recordingId, span, settings, columns }: Wish): string {
  return [recordingId, span.start, span.end, settingsKey(settings), columns].join(' ')
}

function bytesOf(page: Page): number {
  let bytes = 0
  for (const trace of page.traces) for (const { values } of trace.pieces) bytes += values.byteLength
  return bytes
}
