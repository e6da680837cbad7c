/** The annotations of an EDF+ or BDF+ file as events of a recording; the file may be of annotations alone. */
import type { FileAnnotation, Header } from '../../edf/header/model.ts'
import { type Ticks, ticksFromSeconds } from '../../units.ts'
import { joinChannels, splitChannel } from '../common/events.ts'
import type { Found, ReadJob } from '../common/format.ts'
import { channelsOf } from '../common/recordingFacts.ts'
import { NEUTRAL_START } from '../common/shape.ts'
import { exactTarget } from '../common/vocabulary.ts'

/** Counted from the recording's start second: where both files tell a real one, the difference is added. */
export function eventsOfFile(
  annotations: readonly FileAnnotation[],
  header: Pick<Header, 'start'>,
  { recording }: ReadJob,
): readonly Found[] {
  const shift = secondsBetween(recording.start, header.start)
  const found = annotations.map(({ onset, duration, text, channel }): Found => {
    const whole = channel === null ? text : `${text}@@${channel}`
    const split = splitChannel(whole, recording, (each) => exactTarget(each) !== null)
    const label = split.channel ?? channel
    return {
      text: split.channel === null ? text : split.text,
      onset: ticksFromSeconds(onset + shift) as Ticks,
      duration: ticksFromSeconds(duration ?? 0) as Ticks,
      channels: label === null ? [] : channelsOf([label], recording),
      line: null,
    }
  })
  return joinChannels(found)
}

function secondsBetween(from: string | null, to: string | null): number {
  const neutral = NEUTRAL_START.slice(0, 10)
  if (from === null || to === null || from.startsWith(neutral) || to.startsWith(neutral)) return 0
  return (Date.parse(`${to}Z`) - Date.parse(`${from}Z`)) / 1000
}
