/** What a page needs of its file. */
import type { ByteSource } from '../bytes.ts'
import type { Recording, SignalSamples } from '../edf/header/model.ts'
import { type ReadOptions, readSpan } from '../edf/recording.ts'
import type { ViewPlan } from './view.ts'

/** The samples for `computePage`, with the options of `readSpan` for all but the few that hold. Throws what it does. */
export async function readView(
  source: ByteSource,
  recording: Recording,
  plan: ViewPlan,
  options: ReadOptions = {},
): Promise<readonly SignalSamples[]> {
  const samples = await readSpan(source, recording, plan.signals, plan.readSpan, options)
  if (plan.held === null) return samples
  return [...samples, ...(await readSpan(source, recording, plan.held.signals, plan.held.span))]
}
