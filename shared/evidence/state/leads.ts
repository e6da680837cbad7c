/** Which leads tell of the state: one function each, so that entries that need the same lines read them once. */
import { parseBipolar } from '../../montage/electrodes.ts'
import type { LineFacts } from '../common/entry.ts'

/** O1 and O2, or what else lies at the back of the head; a pair that ends there where nothing else was recorded. */
export function occipital(lines: readonly LineFacts[]): readonly LineFacts[] {
  return firstOf(
    lines.filter(({ site }) => site !== null && ['O1', 'O2', 'Oz'].includes(site.name)),
    lines.filter(({ site }) => site?.region === 'occipital'),
    lines.filter(({ channel }) => isPairWith(channel, /^(?:O[12z]|POz|PO\d+)$/i)),
  )
}

export function central(lines: readonly LineFacts[]): readonly LineFacts[] {
  return firstOf(
    lines.filter(({ site }) => site !== null && ['C3', 'C4', 'Cz'].includes(site.name)),
    lines.filter(({ channel }) => isPairWith(channel, /^(?:C[34z]|Fpz)$/i)),
  )
}

/** The chin, as tone is read there; the neck, else any other muscle. */
export function toneMuscles(lines: readonly LineFacts[]): readonly LineFacts[] {
  return firstOf(
    lines.filter(({ channel }) => /chin|mental|\bment/i.test(channel)),
    lines.filter(({ channel }) => /neck|scm|sternocl|trapez/i.test(channel)),
    lines.slice(0, 1),
  )
}

function isPairWith(channel: string, electrode: RegExp): boolean {
  const pair = parseBipolar(channel)
  return pair !== null && (electrode.test(pair.first) || electrode.test(pair.second))
}

function firstOf(...choices: readonly (readonly LineFacts[])[]): readonly LineFacts[] {
  return choices.find((choice) => choice.length > 0) ?? []
}
