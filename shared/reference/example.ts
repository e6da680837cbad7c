/** Where an example of the reference lies in its sample. Apart from the texts, which come later than the page. */
import type { AnnotationDocument, Mark } from '../annotation/document.ts'
import type { Example } from './schema.ts'

/**
 * The mark of a sample's key that an example points at, or null where the key has none such.
 * Marks are counted by onset, so that a regenerated sample keeps its examples.
 */
export function resolveExample(example: Example, key: Pick<AnnotationDocument, 'marks'>): Mark | null {
  const wanted = key.marks.filter(
    (mark) =>
      mark.kind === example.kind && (example.subtype === undefined || mark.subtype === example.subtype),
  )
  return wanted.toSorted((a, b) => a.onset - b.onset)[example.nth] ?? null
}
