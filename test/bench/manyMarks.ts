/** A set with more marks than a reader makes in a day. */
import type { OpenedFile } from '../../electron/host/workerMessages.ts'
import type { AnnotationDocument, Mark } from '../../shared/annotation/document.ts'
import { emptyDocument } from '../../shared/annotation/emptyDocument.ts'
import { identityOf } from '../../shared/annotation/identity.ts'
import { KINDS } from '../../shared/annotation/kinds.ts'
import { type Seconds, ticksFromSeconds } from '../../shared/units.ts'

/** Where marks past the `every` of a short recording have their places: at its end, where no page is turned. */
const TAIL_SHARE = 0.2

/**
 * Marks all over the recording, a few on every page: `every` so many seconds one, as far as there is room, and the rest on its
 * last fifth. Evenly where it is not given.
 */
export function manyMarks(
  opened: OpenedFile,
  fileName: string,
  count: number,
  every?: Seconds,
): AnnotationDocument {
  const recording = identityOf(opened.recording.header, opened.fingerprint, fileName)
  const now = '2026-01-31T08:00:00.000Z'
  const { span } = opened.recording.timeline
  const length = span.end - span.start
  const apart = every ?? length / count
  const spread = every === undefined ? count : Math.floor(((1 - TAIL_SHARE) * length) / every)
  const packed = (TAIL_SHARE * length) / Math.max(1, count - spread)
  const onsetOf = (index: number) =>
    index < spread ? index * apart : (1 - TAIL_SHARE) * length + (index - spread) * packed
  const marks = Array.from({ length: count }, (_, index): Mark => {
    const { code } = KINDS[index % KINDS.length]!
    return {
      id: `mark-${String(index).padStart(5, '0')}`,
      kind: code,
      subtype: null,
      onset: ticksFromSeconds(span.start + onsetOf(index)),
      duration: ticksFromSeconds(0.3 + (index % 7)),
      channels: [],
      confidence: null,
      evidence: [],
      comment: '',
      view: null,
      author: 'R-01',
      created: now,
      changed: now,
    }
  })
  return { ...emptyDocument({ recording, reviewer: 'R-01', now }), marks }
}
