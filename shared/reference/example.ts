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

/**
 * Where the page of an example begins, in whole seconds: a short event in the middle of the page, a long one with two
 * seconds before it. Times in seconds; the timebase is what the window could give, which may be less than asked for.
 */
export function examplePageStart(
  event: { readonly start: number; readonly duration: number },
  timebase: number,
): number {
  const { start, duration } = event
  return Math.floor(duration < timebase * 0.6 ? start + duration / 2 - timebase / 2 : start - 2)
}
