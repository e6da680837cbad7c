/**
 * Every page of a file as it is drawn, in every montage and with any filters. The rule: numbers that are numbers,
 * within the page, for no more time and memory than the watch allows.
 */
import { computeLayout } from '../../renderer/page/layout.ts'
import { planTraces } from '../../renderer/page/planTraces.ts'
import type { ByteSource } from '../../shared/bytes.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { measureEvidence } from '../../shared/evidence/measureEvidence.ts'
import { MONTAGES } from '../../shared/montage/montages.ts'
import type { Page } from '../../shared/signal/model.ts'
import { readView } from '../../shared/signal/readView.ts'
import { computePage, planView } from '../../shared/signal/view.ts'
import { DIRECTIONS, FILTERS, type ViewSettings } from '../../shared/signal/viewSettings.ts'
import type { Span } from '../../shared/units.ts'
import type { Random } from './mutate.ts'

const COLUMNS = [1, 100, 1500, 16_384]
const COLOURS = {
  left: '',
  right: '',
  midline: '',
  eog: '',
  emg: '',
  ecg: '',
  other: '',
  danger: '',
}

/** Rejects where the rule is broken. */
export async function exerciseView(
  source: ByteSource,
  recording: Recording,
  random: Random,
  onStep: () => void,
): Promise<void> {
  for (const { id: montage } of MONTAGES) {
    const filters = () => ({
      lowFrequency: random.pick([...FILTERS.lowFrequency.steps, 0.01, 10_000]),
      highFrequency: random.pick([...FILTERS.highFrequency.steps, 0.01, 10_000]),
      notch: random.pick([...FILTERS.notch.steps, 1]),
    })
    const settings: ViewSettings = {
      montage,
      ...filters(),
      kinds: random.pick([{}, { emg: filters(), other: filters() }, { eog: filters(), ecg: filters() }]),
      direction: random.pick(DIRECTIONS).id,
      bad: random.pick([[], [0], [1, 2, 4000]]),
    }
    for (const span of pagesOf(recording, random)) {
      onStep()
      const plan = planView(recording, settings, span)
      const samples = await readView(source, recording, plan)
      const page = computePage(plan, samples, { span, columns: random.pick(COLUMNS) })
      expectSoundPage(page)
      const layout = computeLayout(1600, 900, plan.derivations)
      planTraces({ page, layout, sensitivity: 7, pixelsPerMm: 4, colours: COLOURS })
    }
    onStep()
    const { start } = recording.timeline.span
    const mark = { start: start + random.next(), end: start + 1 + 4 * random.next() }
    await measureEvidence(source, recording, { span: mark, notes: [], areNotesComplete: true })
  }
}

/** The first page, and one anywhere, of any length on offer. */
function pagesOf({ timeline: { span } }: Recording, random: Random): readonly Span[] {
  const start = span.start - 1 + random.next() * (span.end - span.start + 2)
  return [
    { start: span.start, end: span.start + 10 },
    { start, end: start + random.pick([1e-6, 0.1, 5, 10, 60]) },
  ]
}

function expectSoundPage({ span, columns, traces }: Page): void {
  for (const { pieces, baseline = 0 } of traces) {
    if (!Number.isFinite(baseline)) throw new Error('a mean that is none')
    for (const piece of pieces) {
      for (const value of piece.values) if (!Number.isFinite(value)) throw new Error('a value that is none')
      if (piece.form === 'columns') {
        const end = piece.firstColumn + piece.values.length / 4
        if (!(piece.firstColumn >= 0 && end <= columns)) throw new Error('columns beyond the page')
      } else {
        const end = piece.start + piece.step * (piece.values.length - 1)
        const room = 1.001 * piece.step + 1e-6
        if (!(piece.start >= span.start - room && end <= span.end + room))
          throw new Error(`samples from ${piece.start} to ${end} on a page from ${span.start} to ${span.end}`)
      }
    }
  }
}
