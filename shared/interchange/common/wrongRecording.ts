/** What tells that a file of another program is of another recording. */
import { ReviewError } from '../../failure.ts'
import { lengthOf, type RecordingFacts } from './recordingFacts.ts'
import { formatSeconds } from './seconds.ts'

/** A file that says how long its recording is has to say so of this one; `step` is what it rounds to, in ticks. */
export function refuseOtherLength(
  line: number,
  length: number,
  recording: RecordingFacts,
  step: number,
): void {
  const own = lengthOf(recording)
  if (Math.abs(length - own) <= 2 * step) return
  throw new ReviewError(
    'wrong-recording',
    `Line ${line}: this file is of a recording of ${formatSeconds(length)} s, and this one has ${formatSeconds(own)} s.`,
  )
}
