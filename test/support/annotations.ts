/** Documents, contexts and random reviewers for tests of marks. */
import fc from 'fast-check'
import { type Choice, decideCase } from '../../shared/agreement/consensus.ts'
import { DEFAULT_RULES } from '../../shared/agreement/rules.ts'
import { applyEdit } from '../../shared/annotation/applyEdit.ts'
import type {
  AnnotationDocument,
  Edit,
  Mark,
  MarkView,
  RecordingIdentity,
} from '../../shared/annotation/document.ts'
import {
  addMark,
  deleteMarks,
  type EditContext,
  importMarks,
  moveMark,
  relabelMark,
  resizeMark,
  setChannels,
  setComment,
  setConfidence,
  setEvidence,
} from '../../shared/annotation/edits.ts'
import { emptyDocument } from '../../shared/annotation/emptyDocument.ts'
import { EMPTY_HISTORY, type Marked, record, redo, undo } from '../../shared/annotation/history.ts'
import type { JournalEntry } from '../../shared/annotation/journalEntry.ts'
import {
  CONFIDENCES,
  codesOf,
  EVIDENCE,
  KINDS,
  type MarkKind,
  MIMICS,
} from '../../shared/annotation/kinds.ts'
import { addReviewed, removeReviewed } from '../../shared/annotation/reviewed.ts'
import { type Ticks, ticks } from '../../shared/units.ts'
import { anyText } from './texts.ts'

export const RECORDING: RecordingIdentity = {
  fingerprint: 'a'.repeat(64),
  fileName: 'night.edf',
  records: 600,
  recordDuration: 1,
  signals: [
    { label: 'EEG Fp1-A2', samplesPerRecord: 256 },
    { label: 'EMG Chin', samplesPerRecord: 256 },
  ],
}

export const VIEW: MarkView = {
  montage: 'longitudinal',
  lowFrequency: 1,
  highFrequency: 70,
  notch: null,
  sensitivity: 7,
  timebase: 10,
}

export function blankDocument(reviewer = 'JS'): AnnotationDocument {
  return emptyDocument({ recording: RECORDING, reviewer, now: '2026-01-31T08:00:00.000Z' })
}

/** A clock that moves on by a second a call, and ids in order. */
export function makeContext(author = 'JS'): () => EditContext {
  let calls = 0
  let ids = 0
  return () => {
    calls += 1
    return {
      author,
      now: new Date(Date.UTC(2026, 0, 31, 9) + calls * 1000).toISOString(),
      newId: () => {
        ids += 1
        return `id-${String(ids).padStart(4, '0')}`
      },
    }
  }
}

export function seconds(value: number): Ticks {
  return ticks(Math.round(value * 10_000_000))
}

export function withMarks(spans: readonly (readonly [start: number, end: number])[]): AnnotationDocument {
  const context = makeContext()
  return spans.reduce(
    (document, [start, end]) =>
      applied(
        document,
        addMark(
          document,
          { kind: 'hypnic_jerk', onset: seconds(start), duration: seconds(end - start), view: VIEW },
          context(),
        ),
      ),
    blankDocument(),
  )
}

/** Applies an edit that the test expects to be one. */
export function applied(document: AnnotationDocument, edit: Edit | null): AnnotationDocument {
  if (edit === null) throw new Error('expected an edit, there was nothing to change')
  return applyEdit(document, edit)
}

/** A step of a random reviewer: a number picks the mark, so that a sequence shrinks well. */
export type Step =
  | { readonly do: 'undo' | 'redo' }
  | {
      readonly do: 'edit'
      readonly make: (document: AnnotationDocument, context: EditContext) => Edit | null
    }

const tick = fc.integer({ min: -50_000_000, max: 36_000_000_000 }).map(ticks)
const length = fc.oneof(fc.integer({ min: -100_000_000, max: 100_000_000 }), fc.constant(0)).map(ticks)
const kind = fc.constantFrom(...codesOf(KINDS))
const subtype = fc.option(fc.constantFrom(...codesOf(MIMICS)))
const gesture = fc.option(fc.constantFrom('drag-1', 'drag-2'), { nil: undefined })
const text = anyText({ maxLength: 40 })
const evidence = fc.array(fc.constantFrom(...codesOf(EVIDENCE)), { maxLength: 5 })
const confidence = fc.constantFrom(...codesOf(CONFIDENCES), null)
const channels = fc.array(fc.constantFrom('Fp1-F7', 'EMG Chin', ' ', 'EMG Chin', 'O1\u0007'), {
  maxLength: 4,
})
const span = fc.tuple(tick, length).map(([start, by]) => ({ start, end: ticks(start + by) }))

function editStep<Args>(
  args: fc.Arbitrary<Args>,
  make: (document: AnnotationDocument, args: Args, context: EditContext) => Edit | null,
): fc.Arbitrary<Step> {
  return args.map((chosen) => ({ do: 'edit', make: (document, context) => make(document, chosen, context) }))
}

/** One event of two readers, of whom the second has none; the same mark comes again, to be decided anew. */
function caseOf(which: number, code: MarkKind, onset: Ticks, duration: number) {
  const end = ticks(onset + duration)
  const mark: Mark = {
    ...{ id: `mark ${which}`, kind: code, subtype: null, onset, duration: ticks(duration), channels: [] },
    ...{ confidence: null, evidence: [], comment: 'theirs', view: VIEW, author: 'A' },
    ...{ created: '2026-01-31T08:00:00.000Z', changed: '2026-01-31T08:00:00.000Z' },
  }
  const event = { marks: [mark] as const, kind: code, subtype: null, onset, end, rule: DEFAULT_RULES.jerk }
  const changed = '2026-01-31T08:00:00.000Z'
  const readers = [
    { reviewer: 'A', changed },
    { reviewer: 'B', changed },
  ]
  return { case: { onset, end, events: [event, null] }, readers }
}

function idOf(document: AnnotationDocument, pick: number): string {
  return document.marks[pick % Math.max(1, document.marks.length)]?.id ?? 'none'
}

const pick = fc.nat(30)

export const stepArbitrary: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: editStep(
      fc.record({
        kind,
        subtype,
        onset: tick,
        duration: length,
        channels,
        confidence,
        evidence,
        comment: text,
      }),
      (document, args, context) => addMark(document, { ...args, view: VIEW }, context),
    ),
  },
  editStep(fc.tuple(pick, tick, gesture), (document, [which, onset, during], context) =>
    moveMark(document, idOf(document, which), { onset }, context, during),
  ),
  editStep(
    fc.tuple(pick, fc.constantFrom('start', 'end'), tick, gesture),
    (document, [which, edge, at, during], context) =>
      resizeMark(document, idOf(document, which), { edge, at }, context, during),
  ),
  editStep(fc.tuple(pick, kind, subtype), (document, [which, to, mimic], context) =>
    relabelMark(document, idOf(document, which), { kind: to, subtype: mimic }, context),
  ),
  editStep(fc.tuple(pick, text, gesture), (document, [which, comment, during], context) =>
    setComment(document, idOf(document, which), comment, context, during),
  ),
  editStep(fc.tuple(pick, confidence), (document, [which, to], context) =>
    setConfidence(document, idOf(document, which), to, context),
  ),
  editStep(fc.tuple(pick, channels), (document, [which, to], context) =>
    setChannels(document, idOf(document, which), to, context),
  ),
  editStep(fc.tuple(pick, evidence), (document, [which, to], context) =>
    setEvidence(document, idOf(document, which), to, context),
  ),
  editStep(fc.array(pick, { maxLength: 3 }), (document, picks, context) =>
    deleteMarks(
      document,
      picks.map((which) => idOf(document, which)),
      context,
    ),
  ),
  {
    weight: 2,
    arbitrary: editStep(span, (document, range, context) => addReviewed(document, range, context)),
  },
  editStep(span, (document, range, context) => removeReviewed(document, range, context)),
  editStep(fc.array(fc.tuple(kind, tick, fc.nat(10_000_000)), { maxLength: 3 }), (document, marks, context) =>
    importMarks(
      document,
      marks.map(([code, onset, duration]) => ({
        kind: code,
        subtype: null,
        onset,
        duration: ticks(duration),
        channels: [],
        confidence: null,
        evidence: [],
        comment: '',
        view: null,
      })),
      context,
    ),
  ),
  {
    weight: 2,
    arbitrary: editStep(
      fc.record({
        which: fc.nat(3),
        kind,
        onset: tick,
        duration: fc.nat(10_000_000),
        take: fc.constantFrom<Choice['take']>(0, 'agreed', 'none'),
        reason: text,
      }),
      (document, { which, kind: code, onset, duration, take, reason }, context) =>
        decideCase(document, caseOf(which, code, onset, duration), { take }, reason, context),
    ),
  },
  { weight: 3, arbitrary: fc.constant<Step>({ do: 'undo' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'redo' }) },
)

export const stepsArbitrary = fc.array(stepArbitrary, { maxLength: 40 })

/** What a window does: the state after the steps, and the entries it would have sent to the journal. */
export function work(
  steps: readonly Step[],
  start: Marked = { document: blankDocument(), history: EMPTY_HISTORY },
): Marked & { readonly entries: readonly JournalEntry[]; readonly edits: readonly Edit[] } {
  const context = makeContext()
  let { document, history } = start
  const entries: JournalEntry[] = []
  const edits: Edit[] = []
  for (const step of steps) {
    const now = context()
    if (step.do === 'edit') {
      const edit = step.make(document, now)
      if (edit === null) continue
      document = applyEdit(document, edit)
      history = record(history, edit)
      entries.push({ op: 'edit', edit })
      edits.push(edit)
    } else {
      const next = step.do === 'undo' ? undo(document, history) : redo(document, history)
      if (next === null) continue
      document = next.document
      history = next.history
      entries.push({ op: step.do, at: now.now, author: now.author })
      edits.push(next.edit)
    }
  }
  return { document, history, entries, edits }
}

/** Everything of a document but the time of its newest edit, which undoing does not turn back. */
export function contentOf(document: AnnotationDocument): Omit<AnnotationDocument, 'changed'> {
  const { changed: _, ...content } = document
  return content
}
