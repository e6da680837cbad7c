/** A line as the evidence card hands it to an entry. */
import type { SignalKind } from '../../../shared/edf/header/model.ts'
import type { Line } from '../../../shared/evidence/common/entry.ts'
import { siteOf } from '../../../shared/montage/electrodes.ts'
import { applyChain, designChain } from '../../../shared/signal/filter.ts'
import { type FilterSettings, NO_FILTERS } from '../../../shared/signal/viewSettings.ts'

/** From 0; `electrode` names where on the head it lies. */
export function lineOf(
  values: Float64Array,
  rate: number,
  facts: {
    readonly kind: SignalKind
    readonly channel?: string
    readonly electrode?: string
    readonly reference?: string
    readonly band?: FilterSettings
    readonly start?: number
  },
): Line {
  const { kind, electrode, channel = electrode ?? kind.toUpperCase(), band = NO_FILTERS, start = 0 } = facts
  const chain = designChain(band, rate)
  return {
    id: channel,
    channel,
    kind,
    site: electrode === undefined ? null : siteOf(electrode),
    reference: facts.reference ?? null,
    unit: 'uV',
    sampleRate: rate,
    pieces: [{ start, values: applyChain(chain, values, { atStart: true, atEnd: true }) }],
  }
}

/** The same with a gap cut into it. */
export function withGap(line: Line, from: number, to: number): Line {
  const { pieces, sampleRate } = line
  return {
    ...line,
    pieces: pieces.flatMap(({ start, values }) => {
      const a = Math.round((from - start) * sampleRate)
      const b = Math.round((to - start) * sampleRate)
      return [
        { start, values: values.subarray(0, a) },
        { start: start + b / sampleRate, values: values.subarray(b) },
      ]
    }),
  }
}

/** How many of a hundred lie within `limit` of 0. */
export function shareWithin(errors: readonly number[], limit: number): number {
  return errors.filter((error) => Math.abs(error) <= limit).length / errors.length
}

export const SEEDS = (count: number, from = 1) => Array.from({ length: count }, (_, k) => from + k)
