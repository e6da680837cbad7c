/** Which filters act on which line of a page, and what the reader should be told of it. */
import type { Header } from '../edf/header/model.ts'
import type { Derivation } from '../montage/derivation.ts'
import type { Hertz } from '../units.ts'
import { type Chain, carryProblem, designChain } from './filter.ts'
import { isVoltage } from './sensitivity.ts'
import {
  FILTERS,
  type FilterName,
  type FilterSettings,
  filtersOfKind,
  NO_FILTERS,
  type ViewSettings,
} from './viewSettings.ts'

/** What of a view the filters of its lines follow from. */
export type LineFilterSettings = FilterSettings & Pick<ViewSettings, 'kinds' | 'direction'>

export type FilteredLine = {
  /** Position among the derivations. */
  readonly index: number
  readonly derivation: Derivation
  readonly sampleRate: Hertz
  readonly samplesPerRecord: number
  readonly filters: FilterSettings
  readonly chain: Chain
}

/** The lines that can be drawn, each with its filters. */
export function planFilters(
  header: Header,
  derivations: readonly Derivation[],
  settings: LineFilterSettings,
): readonly FilteredLine[] {
  return derivations.flatMap((derivation, index): FilteredLine[] => {
    const { sampleRate, terms } = derivation
    const first = terms[0] === undefined ? undefined : header.signals[terms[0].signal]
    if (derivation.problem !== null || sampleRate === null || first === undefined) return []
    const filters = filtersFor(derivation, settings)
    const chain = designChain(filters, sampleRate, settings.direction)
    return [{ index, derivation, sampleRate, samplesPerRecord: first.samplesPerRecord, filters, chain }]
  })
}

/**
 * The filters of the view act on voltages, each kind with its own: EEG, EOG, EMG, ECG and voltages of unknown kind.
 * Respiration, status and what is no voltage (SpO2, position) are shown as recorded: 1 Hz would leave nothing of a breath.
 */
export function filtersFor(derivation: Derivation, settings: LineFilterSettings): FilterSettings {
  return isWave(derivation) ? filtersOfKind(settings, derivation.kind) : NO_FILTERS
}

function isWave(derivation: Derivation): boolean {
  const { kind } = derivation
  return isVoltage(derivation) && kind !== 'respiration' && kind !== 'status' && !isHeld(derivation)
}

/** A signal of less than one sample a second is no wave but a list of readings. */
const SLOWEST_WAVE: Hertz = 1

const STAGE = /hypno|\bsleep ?stag|^stages?\b/i

/**
 * Whether each value stands until the next: sleep stages, and whatever has less than one sample a second (SpO2,
 * heart rate, temperature). Lines between its values would show what nobody measured.
 */
export function isHeld({ sampleRate, label }: Pick<Derivation, 'sampleRate' | 'label'>): boolean {
  return (sampleRate !== null && sampleRate < SLOWEST_WAVE) || STAGE.test(label)
}

/**
 * Whether a line is drawn less its own mean over the page: a voltage without a low-frequency filter, off or left
 * out. Offsets of electrodes reach 300 mV, a thousand times the page.
 */
export function isMeanRemoved(derivation: Derivation, settings: LineFilterSettings): boolean {
  const { sampleRate, problem } = derivation
  if (sampleRate === null || problem !== null || !isWave(derivation)) return false
  const { lowFrequency } = filtersFor(derivation, settings)
  return (
    lowFrequency === null ||
    carryProblem('lowFrequency', lowFrequency, sampleRate, settings.direction) !== null
  )
}

const MEAN_REMOVED =
  'Without a low-frequency filter each voltage is drawn less its own mean over the page; read-outs give its true value.'

/** A sentence for every filter that the sampling rate of a line cannot carry: its lines and the reason. */
export function noteFilters(lines: readonly FilteredLine[]): readonly string[] {
  const found = new Map<string, { readonly name: FilterName; readonly reason: string; labels: string[] }>()
  for (const { derivation, filters, sampleRate, chain } of lines) {
    for (const name of chain.off) {
      const reason = carryProblem(name, filters[name] ?? 0, sampleRate, chain.direction) ?? ''
      const key = `${name} ${reason}`
      const known = found.get(key) ?? { name, reason, labels: [] }
      found.set(key, known)
      known.labels.push(derivation.label)
    }
  }
  const off = [...found.values()].map(
    ({ name, reason, labels }) => `The ${FILTERS[name].name} is off for ${labels.join(', ')}: ${reason}.`,
  )
  const isOffset = lines.some(({ derivation, filters, chain }) =>
    isMeanRemoved(derivation, { ...filters, direction: chain.direction }),
  )
  return isOffset ? [...off, MEAN_REMOVED] : off
}
