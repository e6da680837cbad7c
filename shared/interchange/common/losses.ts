/** What of a set a format cannot carry, said before it is written. For the reader: `listLosses`. */
import type { Mark } from '../../annotation/document.ts'
import { kindOf } from '../../annotation/kinds.ts'
import { FIELDS, type Field, type Format, type WriteJob } from './format.ts'
import { formatSeconds } from './seconds.ts'

/** One phrase a loss, each with its count; none: all of it arrives. */
export function listLosses(format: Format, job: WriteJob): readonly string[] {
  const { document } = job
  const carried = document.marks.filter(({ kind }) => format.kinds.includes(kind))
  const losses: string[] = []
  for (const code of new Set(document.marks.map(({ kind }) => kind))) {
    if (format.kinds.includes(code)) continue
    const count = document.marks.filter(({ kind }) => kind === code).length
    losses.push(`${marks(count)} of kind “${kindOf(code).label}”: ${format.label} has no word for it`)
  }
  for (const { id, one, many } of FIELDS) {
    if (format.keeps.includes(id)) continue
    const count =
      id === 'reviewed' ? document.reviewed.length : carried.filter((mark) => says(mark, id, job)).length
    if (count > 0) losses.push(count === 1 ? one : many(count))
  }
  const spans = format.keeps.includes('reviewed') ? [...carried, ...document.reviewed] : carried
  const rounded = spans.filter(
    ({ onset, duration }) =>
      (onset - origin(format, job)) % format.step !== 0 || duration % format.step !== 0,
  ).length
  if (rounded > 0) {
    losses.push(
      `times finer than ${formatSeconds(format.step)} s: ${rounded} ${rounded === 1 ? 'is' : 'are'} rounded`,
    )
  }
  return [...losses, ...(format.losses?.(job) ?? [])]
}

function origin(format: Format, { recording }: WriteJob): number {
  return format.countsFrom === 'first sample' ? (recording.firstSample ?? 0) : 0
}

function says(mark: Mark, field: Exclude<Field, 'reviewed'>, { document }: WriteJob): boolean {
  switch (field) {
    case 'subtype':
      return mark.subtype !== null
    case 'channels':
      return mark.channels.length > 0
    case 'confidence':
      return mark.confidence !== null
    case 'evidence':
      return mark.evidence.length > 0
    case 'comment':
      return mark.comment !== ''
    case 'author':
      return mark.author !== document.reviewer
    case 'view':
      return mark.view !== null
    case 'parameters':
      return mark.parameters !== undefined
    case 'measured':
      return mark.measured !== undefined
  }
}

function marks(count: number): string {
  return count === 1 ? '1 mark' : `${count} marks`
}
