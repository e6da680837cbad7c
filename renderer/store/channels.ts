/**
 * What the reader does to channels: gains, polarity, colour, order, which are hidden, which electrodes are bad, filters
 * by kind. None of it is an edit of the set: undo belongs to the marks, and each of these is taken back where it was done.
 */

import { nameOfSignal } from '../../shared/montage/badElectrodes.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import {
  type ChannelLooks,
  changeLook,
  type LookChange,
  lookOf,
  moveLine,
  type Overlap,
  PLAIN_LOOKS,
} from '../../shared/signal/channelLook.ts'
import { GAIN_STEPS, type GainKind } from '../../shared/signal/gains.ts'
import {
  badOf,
  DIRECTIONS,
  type Direction,
  FILTER_KINDS,
  type FilterKind,
  type FilterSettings,
  montageOfView,
  stepInList,
} from '../../shared/signal/viewSettings.ts'
import { notify } from './notices.ts'
import { headerOf, ownPane } from './selectors.ts'
import { getState, patchPanes } from './state.ts'
import { changeView } from './viewing.ts'

/** Of every page: pages side by side are drawn alike. */
function setLooks(looks: ChannelLooks): void {
  patchPanes(() => ({ looks }))
}

export function changeLooks(change: Partial<ChannelLooks>): void {
  setLooks({ ...ownPane(getState()).looks, ...change })
}

/** Everything but which electrodes are bad as it is at first. */
export function resetLooks(): void {
  setLooks(PLAIN_LOOKS)
}

export function changeChannel(line: Derivation, change: LookChange): void {
  setLooks(changeLook(ownPane(getState()).looks, line, change))
}

/** uV/mm of one channel; null: that of its kind again. */
export function setGain(line: Derivation, sensitivity: number | null): void {
  changeChannel(line, { sensitivity: sensitivity ?? undefined })
}

/** uV/mm of a kind; null: what it begins with, of the ECG by its R wave. */
export function setKindGain(kind: GainKind, sensitivity: number | null): void {
  const { [kind]: _, ...others } = ownPane(getState()).looks.gains
  changeLooks({ gains: sensitivity === null ? others : { ...others, [kind]: sensitivity } })
}

/** The step beside a gain; -1 makes waves taller. */
export function gainBeside(sensitivity: number, direction: 1 | -1): number {
  return stepInList(GAIN_STEPS, sensitivity, direction)
}

export function hideChannels(lines: readonly Derivation[], hidden: boolean): void {
  let { looks } = ownPane(getState())
  for (const line of lines) {
    if ((lookOf(looks, line).hidden === true) !== hidden) looks = changeLook(looks, line, { hidden })
  }
  setLooks(looks)
}

/** Up (-1) or down (1) past its neighbour on the page. */
export function moveChannel(line: Derivation, by: -1 | 1): void {
  const { looks, view, shown } = ownPane(getState())
  const order = moveLine(shown?.derivations ?? [], looks, view.montage, line.id, by)
  if (order !== null) changeLooks({ order: { ...looks.order, [view.montage]: order } })
}

export function setOverlap(overlap: Overlap): void {
  changeLooks({ overlap })
}

/**
 * Takes electrodes out of every average and derivation, or lets them in again; a notice offers the way back. Refused where
 * the montage could not be derived without them.
 */
export function markBad(signals: readonly number[], isBad: boolean): void {
  const state = getState()
  const header = headerOf(state)
  const { view } = ownPane(state)
  if (header === null || signals.length === 0) return
  const others = badOf(view).filter((signal) => !signals.includes(signal))
  const bad = isBad ? badOf({ bad: [...others, ...signals] }) : others
  const { problem } = planMontage(header, montageOfView(view), bad)
  if (problem !== null && isBad) return notify('problem', problem)
  changeView({ bad })
  const names = signals.map((signal) => nameOfSignal(header, signal)).join(', ')
  if (isBad) {
    const text = `${names} marked bad: no average and no derivation has ${signals.length === 1 ? 'it' : 'them'}.`
    notify('info', text, { do: 'markGood', signals })
  } else notify('info', `${names} ${signals.length === 1 ? 'is' : 'are'} good again.`)
}

/** Filters of a kind; null: those of the EEG. */
export function setKindFilters(kind: FilterKind, filters: FilterSettings | null): void {
  const { kinds = {} } = ownPane(getState()).view
  const { [kind]: _, ...others } = kinds
  changeView({ kinds: filters === null ? others : { ...others, [kind]: filters } })
}

/** Each kind in the band that it begins with. */
export function resetKindFilters(): void {
  const first = FILTER_KINDS.flatMap(({ kind, first }) => (first === null ? [] : [[kind, first]]))
  changeView({ kinds: Object.fromEntries(first), direction: 'zero-phase' })
}

export function setDirection(direction: Direction): void {
  changeView({ direction })
}

export function nextDirection(): void {
  const ids = DIRECTIONS.map(({ id }) => id)
  const now = ownPane(getState()).view.direction ?? 'zero-phase'
  setDirection(ids[(ids.indexOf(now) + 1) % ids.length]!)
}
