/** What a mark keeps of a value that was measured on it. */
import type { Mark, MeasuredValue } from '../annotation/document.ts'
import { clipText, MAX_NAME, plainLine } from '../annotation/plainText.ts'
import type { EvidenceRow } from './evidence.ts'

/** null where nothing was measured. */
export function pinnedOf(
  { entry, label, finding }: EvidenceRow,
  { onset, duration }: Pick<Mark, 'onset' | 'duration'>,
): MeasuredValue | null {
  if (finding.is === 'refused') return null
  const line = (text: string) => clipText(plainLine(text), MAX_NAME)
  return {
    entry,
    label: line(label),
    text: line(finding.text),
    values: finding.values.map(({ id, value, unit }) => ({ id, value, unit })),
    onset,
    duration,
  }
}
