/** The pages that the window shows, and what the reader does on each. */
import type { MarkKind } from '../../shared/annotation/kinds.ts'
import type { OpenRef } from '../../shared/contract/model.ts'
import type { Where } from '../../shared/evidence/common/entry.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { CaliperReading } from '../../shared/signal/caliper.ts'
import type { ChannelLooks } from '../../shared/signal/channelLook.ts'
import type { Page } from '../../shared/signal/model.ts'
import type { View } from '../../shared/signal/viewSettings.ts'
import type { Seconds, Span, Ticks } from '../../shared/units.ts'
import type { GuestRecording } from './guestRecording.ts'
import type { MarkOfSet } from './setsState.ts'

/** What is on the canvas now; the overlay, axis and status speak of this, not of what was asked for. */
export type ShownPage = {
  readonly span: Span
  readonly page: Page
  readonly derivations: readonly Derivation[]
}

export type DragPreview = { readonly id: string; readonly onset: Ticks; readonly duration: Ticks }

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
