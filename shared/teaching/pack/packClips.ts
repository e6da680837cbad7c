/** Which clips a pack has, and what its cases are on them: decided here, with nothing read. */
import type { RecordingIdentity, TickSpan } from '../../annotation/document.ts'
import { spanOf } from '../../annotation/order.ts'
import type { ClipPlan } from '../../clips/model.ts'
import { isKnown } from '../../clips/words.ts'
import type { Header } from '../../edf/header/model.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../units.ts'
import type { CaseView, LessonCase } from '../lesson.ts'
import { caseRecording } from '../makeCase.ts'

/** On either side of a case: for its filters to settle, and for what is measured against the half minute around it. */
export const MARGIN = (30 * TICKS_PER_SECOND) as Ticks

export type ClipOfCases = { readonly span: TickSpan; readonly cases: readonly LessonCase[] }

/** The stretches of one recording's cases with their margins, those that overlap as one: no second of signal goes twice. */
export function clipsOfCases(cases: readonly LessonCase[]): readonly ClipOfCases[] {
  const clips: { span: TickSpan; cases: LessonCase[] }[] = []
  for (const each of cases.toSorted((a, b) => a.onset - b.onset)) {
    const { start, end } = spanOf(each)
    const padded = { start: (start - MARGIN) as Ticks, end: (end + MARGIN) as Ticks }
    const last = clips.at(-1)
    if (last !== undefined && padded.start <= last.span.end) {
      last.span = { start: last.span.start, end: Math.max(last.span.end, padded.end) as Ticks }
      last.cases.push(each)
    } else clips.push({ span: padded, cases: [each] })
  }
  return clips
}

type Cut = {
  /** Of the recording. */
  readonly header: Header
  readonly plan: Pick<ClipPlan, 'signals' | 'cells' | 'toClip'>
  /** Of the clip. */
  readonly identity: RecordingIdentity
}

/** The case on its clip: every time shifted alike, channels by the clip's labels and indexes. */
export function caseOnClip(each: LessonCase, cut: Cut): LessonCase {
  const { plan, identity } = cut
  const moved = <Item extends { readonly onset: Ticks }>(item: Item): Item => ({
    ...item,
    onset: plan.toClip(item.onset),
  })
  return {
    ...moved(each),
    recording: caseRecording(identity),
    view: viewOnClip(each.view, cut),
    key: {
      marks: each.key.marks.map((mark) => ({
        ...moved(mark),
        channels: [...new Set(mark.channels.flatMap((label) => labelOnClip(label, cut) ?? []))],
      })),
      votes: each.key.votes.map((vote) => ({ ...vote, marks: vote.marks.map(moved) })),
    },
  }
}

function viewOnClip({ bad, own, ...view }: CaseView, cut: Cut): CaseView {
  const { signals } = cut.plan
  const there = bad?.map((signal) => signals.indexOf(signal)).filter((index) => index >= 0)
  return {
    ...view,
    ...(there !== undefined && { bad: there }),
    ...(own !== undefined && {
      own: {
        ...own,
        lines: own.lines.map((line) => ({
          ...line,
          terms: line.terms.map((term) => ({
            ...term,
            channel: labelOnClip(term.channel, cut) ?? 'left out',
          })),
        })),
      },
    }),
  }
}

/** What a channel is called on the clip; null: it is not there, or called by what is no word of the field. */
function labelOnClip(label: string, { header, plan }: Cut): string | null {
  const same = header.signals.filter((signal) => signal.label === label && signal.kind !== 'annotations')
  const indexes = new Set(same.map(({ index }) => index))
  const slot = plan.signals.findIndex((index) => indexes.has(index))
  if (slot >= 0) return plan.cells[slot]?.label ?? null
  return same.length === 0 && isKnown('label', label) ? label : null
}
