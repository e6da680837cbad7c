/** Lines and pages for tests of what is drawn. */
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { Page, TracePiece } from '../../shared/signal/model.ts'
import type { Span } from '../../shared/units.ts'

export function lineNamed(label: string, fields: Partial<Derivation> = {}): Derivation {
  return {
    id: label,
    label,
    kind: 'eeg',
    side: null,
    block: 0,
    unit: 'uV',
    sampleRate: 256,
    terms: [],
    problem: null,
    ...fields,
  }
}

export function pageOf(
  span: Span,
  columns: number,
  traces: Readonly<Record<string, readonly TracePiece[]>>,
): Page {
  return {
    span,
    columns,
    traces: Object.entries(traces).map(([id, pieces]) => ({ id, pieces, saturated: [] })),
  }
}
