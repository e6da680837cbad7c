/** What an entry answers where it was given no line. */
import type { SignalKind } from '../../edf/header/model.ts'
import { type Channel, type Refused, refused } from './entry.ts'

const NAMES: Partial<Readonly<Record<SignalKind, string>>> = {
  eeg: 'EEG',
  emg: 'EMG',
  ecg: 'ECG',
  eog: 'EOG',
}

/** null where none of the kind was recorded, since that is said at the top of the card; else why none can be measured. */
export function absent(channels: readonly Channel[], kind: SignalKind): Refused | null {
  const recorded = channels.filter((channel) => channel.kind === kind)
  const name = NAMES[kind] ?? kind
  if (recorded.length === 0) return null
  const problems = [...new Set(recorded.flatMap(({ problem }) => problem ?? []))]
  return refused(
    problems.length === 0
      ? `The ${name} has no samples here.`
      : `The ${name} cannot be measured: ${problems.join('; ').replace(/\.$/, '')}.`,
  )
}
