/** A mark's comment where a format has no other place for what was measured on it. */
import type { Mark } from '../../annotation/document.ts'

/** The comment, then a line of the values that were pinned: `Measured: Repetition rate 3.4 → 2.8 Hz; Complexes 26`. */
export function exportedComment({ comment, measured = [] }: Pick<Mark, 'comment' | 'measured'>): string {
  if (measured.length === 0) return comment
  const values = `Measured: ${measured.map(({ label, text }) => `${label} ${text}`).join('; ')}`
  return comment === '' ? values : `${comment}\n${values}`
}
