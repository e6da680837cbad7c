/** Lengths of time as they are said beside a picture: short, in the unit that fits. */
import type { Seconds } from '../units.ts'

const UNITS = [
  { name: 'h', seconds: 3600, from: 2 * 3600 },
  { name: 'min', seconds: 60, from: 2 * 60 },
  { name: 's', seconds: 1, from: 0 },
] as const

/** `90 min of 24 h`, `1.2 of 4.7 min`; of the whole `all 8.1 h`. */
export function formatShare(part: Seconds, whole: Seconds): string {
  const all = inUnit(whole)
  if (part >= whole) return `all ${all.text} ${all.unit}`
  const { text, unit } = inUnit(part)
  return unit === all.unit ? `${text} of ${all.text} ${unit}` : `${text} ${unit} of ${all.text} ${all.unit}`
}

/** A decimal below ten. */
function inUnit(length: Seconds): { readonly text: string; readonly unit: string } {
  // As rounded, so that 119.9 s are two minutes and never "120 s".
  const unit = UNITS.find(({ from }) => Math.round(length) >= from) ?? UNITS[2]
  const value = length / unit.seconds
  const text = Math.round(value * 10) >= 100 ? String(Math.round(value)) : String(Number(value.toFixed(1)))
  return { text, unit: unit.name }
}
