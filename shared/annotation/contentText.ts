/** What is signed off of a set, as a text whose hash anybody can compute from the file: FORMAT.md, "Sign-off". */
import type { AnnotationDocument } from './document.ts'
import { formatDecision, formatMark, formatRange } from './format.ts'

/** Fingerprint, reviewer, then each range, mark and decision as they stand in the file, a line each. */
export function contentText(document: AnnotationDocument): string {
  const { recording, reviewer, reviewed, marks, decisions = [] } = document
  const items = [...reviewed.map(formatRange), ...marks.map(formatMark), ...decisions.map(formatDecision)]
  const lines = [recording.fingerprint, reviewer, ...items]
  return lines.map((line) => `${line}\n`).join('')
}
