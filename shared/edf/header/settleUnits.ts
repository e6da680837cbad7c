/**
 * Units in the light of what the signals are: where a unit is in doubt, the likeliest is assumed and said; an EEG
 * stays an EEG whatever its unit says, and what is clearly no voltage is none (`kind.ts`).
 */

import { groupBy } from '../../groupBy.ts'
import { assertNever } from '../../units.ts'
import type { Finding } from './finding.ts'
import { isBioelectric } from './kind.ts'
import { signalFieldOffset } from './layout.ts'
import type { SignalDraft } from './signalDraft.ts'
import { quote } from './text.ts'
import { assumeUnit, isCredibleForEeg, readUnit, type StepAndRange, type Voltage } from './unit.ts'

const CLAUSE = 'EDF+ standard texts 2.2: physical dimension'
const EXPECTED = 'a voltage such as "uV"'

export function settleUnits(drafts: readonly SignalDraft[], findings: Finding[]): readonly SignalDraft[] {
  const usual = usualVoltage(drafts)
  // Where no channel is credible the ranges are the recorder's way; where some are, the others stand out.
  const someCredible = drafts.some((draft) => {
    const reading = readUnit(draft.unit)
    return (
      draft.kind === 'eeg' && reading.certainty === 'clear' && isCredibleForEeg(reading.unit, scaleOf(draft))
    )
  })
  const settle = (draft: SignalDraft, signal: number): SignalDraft => {
    if (draft.kind === 'annotations' || draft.scaling !== 'calibrated') return draft
    const note = (rest: Pick<Finding, 'howRead'> & Partial<Finding>) =>
      findings.push({
        code: 'unit',
        clause: CLAUSE,
        field: 'Physical dimension',
        byteOffset: signalFieldOffset('unit', drafts.length, signal),
        found: draft.unit === '' ? 'none' : quote(draft.unit),
        expected: EXPECTED,
        signal,
        ...rest,
      })
    const scale = scaleOf(draft)
    const reading = readUnit(draft.unitText.replace(/[\0 ]+$/, '').trimStart())
    switch (reading.certainty) {
      case 'clear':
        if (someCredible && draft.kind === 'eeg' && !isCredibleForEeg(reading.unit, scale)) {
          note({
            code: 'unit-range',
            expected: 'a unit in which the range and the smallest step suit an EEG',
            howRead: 'read as written: check whether these voltages can be true',
            legal: true,
          })
        }
        return draft
      case 'unclear': {
        const unit = assumeUnit(reading.candidates, scale)
        note({ howRead: `taken for ${unit}` })
        return { ...draft, unit }
      }
      case 'other':
        return draft
      case 'none':
      case 'unknown': {
        if (!isBioelectric(draft.kind)) return draft
        const alike = draft.kind === 'eeg' ? usual.get(rangeKey(draft)) : undefined
        const asked = { clause: 'EDF+ 2.1.3 (5): uncalibrated signals have no dimension' }
        if (alike !== undefined) {
          note({ ...asked, howRead: `taken for ${alike}, as of the other EEG channels with this range` })
          return { ...draft, unit: alike }
        }
        note({
          ...asked,
          legal: draft.unit === '',
          howRead:
            'shown without a unit (uncalibrated); negative is up, montages, filters and one gain for all apply',
        })
        return { ...draft, unit: '' }
      }
      default:
        return assertNever(reading)
    }
  }
  return drafts.map(settle)
}

function scaleOf(draft: SignalDraft): StepAndRange {
  const range = Math.abs(draft.physicalMax - draft.physicalMin)
  return { range, step: range / Math.abs(draft.digitalMax - draft.digitalMin) }
}

function rangeKey({ physicalMin, physicalMax, digitalMin, digitalMax }: SignalDraft): string {
  return [physicalMin, physicalMax, digitalMin, digitalMax].join(' ')
}

/** The unit that every EEG channel of a range is clearly written with: one amplifier seldom has two. */
function usualVoltage(drafts: readonly SignalDraft[]): ReadonlyMap<string, Voltage> {
  const voltages = drafts.flatMap((draft) => {
    const reading = readUnit(draft.unit)
    return draft.kind === 'eeg' && reading.certainty === 'clear'
      ? [{ key: rangeKey(draft), unit: reading.unit }]
      : []
  })
  const usual = new Map<string, Voltage>()
  for (const [key, group] of groupBy(voltages, (each) => each.key)) {
    const units = new Set(group.map(({ unit }) => unit))
    const [unit] = units
    if (units.size === 1 && unit !== undefined) usual.set(key, unit)
  }
  return usual
}
