import type { Where } from '../common/entry.ts'
import type { Run } from './run.ts'

/** The run, on the line that has most of it. */
export function showOn({ lines, weights, times, period }: Run): Where {
  let most = 0
  for (let c = 0; c < weights.length; c++) if (Math.abs(weights[c]!) > Math.abs(weights[most]!)) most = c
  const span = { start: times[0]! - period / 2, end: times.at(-1)! + period / 2 }
  return { span, channel: lines[most]?.channel ?? null }
}
