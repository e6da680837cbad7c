import { formatDuration } from '../../text/clock.ts'
import { cutLine } from '../common/cutLine.ts'
import { evidenceEntry, type Line, measured } from '../common/entry.ts'
import { SCALP } from './scalpLines.ts'

/** Seconds that rules are made of; see the criteria. */
const RULES = [2, 3, 4] as const

export const duration = evidenceEntry({
  id: 'duration',
  side: 'spikeWave',
  label: 'Duration',
  needs: { eeg: SCALP },
  measure: ({ span, lines }) => {
    const seconds = span.end - span.start
    return measured({
      text: formatDuration(seconds),
      values: [{ id: 'duration', label: 'from edge to edge', value: seconds, unit: 's', decimals: 2 }],
      where: { span, channel: largestOf(lines.eeg, span)?.channel ?? null },
      note: sayRules(seconds),
    })
  },
  criteria: [
    {
      text: 'In sleep the discharge breaks into fragments, usually shorter than 2 s.',
      sources: ['ilae-cae-eeg'],
    },
    {
      text: 'At least 3 s is one working rule for an absence; no duration separates harmless from harmful.',
      sources: ['tenney-glauser-2013', 'antwi-2019'],
    },
    {
      text: 'Strict criteria for childhood absence epilepsy: 4 to 20 s.',
      sources: ['panayiotopoulos-2005'],
    },
    {
      text: 'Median 10.2 s in 1,932 seizures; mean 9.4 s, from 1 to 44 s, in 339.',
      sources: ['kessler-2017', 'tenney-glauser-2013'],
    },
  ],
  algorithm: 'The time between the two edges as they were drawn; nothing is detected.',
  error: 'as exact as the edges',
})

function sayRules(seconds: number): string {
  const reached = RULES.filter((rule) => seconds >= rule)
  const missed = RULES.filter((rule) => seconds < rule)
  if (missed.length === 0) return `At least ${list(reached)} s.`
  if (reached.length === 0) return `Shorter than ${list(missed)} s.`
  return `At least ${list(reached)} s, shorter than ${list(missed)} s.`
}

function list(rules: readonly number[]): string {
  return rules.length < 2 ? rules.join() : `${rules.slice(0, -1).join(', ')} and ${rules.at(-1)}`
}

/** The line to show it on. */
function largestOf(
  lines: readonly Line[],
  span: { readonly start: number; readonly end: number },
): Line | null {
  let best: Line | null = null
  let most = -1
  for (const line of lines) {
    let energy = 0
    for (const value of cutLine(line, span)?.values ?? []) energy += value * value
    const power = energy / line.sampleRate
    if (power > most) {
      best = line
      most = power
    }
  }
  return best
}
