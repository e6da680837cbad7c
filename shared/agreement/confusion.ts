/** Who calls what how: a row a label of the reference, a column a label of the other, and what either has not. */
import { codesOf, KINDS, type MarkKind, MIMICS, markName } from '../annotation/kinds.ts'
import type { Case } from './cases.ts'
import { labelOf } from './events.ts'

export const NOT_MARKED = 'not_marked'

export type ConfusionLabel = { readonly code: string; readonly name: string; readonly kind: MarkKind | null }

export type Confusion = {
  /** Those that occur, in the order of the kinds and mimics; the last is `NOT_MARKED`. */
  readonly labels: readonly ConfusionLabel[]
  /** Rows: the reference's label; columns: the other's. The last cell of all is 0: nobody marks what nobody marks. */
  readonly counts: readonly (readonly number[])[]
}

const ORDER: readonly ConfusionLabel[] = KINDS.flatMap(({ code: kind }) => {
  const subtypes = kind === 'mimic' ? [...codesOf(MIMICS), null] : [null]
  return subtypes.map((subtype) => {
    const label = { kind, subtype }
    const name = kind === 'mimic' && subtype === null ? 'Mimic, not said which' : markName(label)
    return { code: labelOf(label), name, kind }
  })
})

const KIND_ORDER: readonly ConfusionLabel[] = KINDS.map(({ code, label }) => ({
  code,
  name: label,
  kind: code,
}))

/** By kind alone, or by kind and mimic. */
export type ConfusionDetail = 'kinds' | 'mimics'

export const CONFUSION_DETAILS = [
  { code: 'kinds', label: 'Kinds' },
  { code: 'mimics', label: 'And mimics' },
] as const satisfies readonly { readonly code: ConfusionDetail; readonly label: string }[]

type Readers = {
  /** Whose labels are the rows, and whose the columns: places in the cases' events. */
  readonly reference: number
  readonly other: number
  readonly detail: ConfusionDetail
}

/** What two readers of the cases call them, as a table; cases that neither has are left out. */
export function confusionOf(
  all: readonly Case[],
  { reference, other, detail }: Readers = { reference: 0, other: 1, detail: 'mimics' },
): Confusion {
  const cases = all.filter(({ events }) => (events[reference] ?? events[other] ?? null) !== null)
  const used = new Set(
    cases.flatMap((each) => [codeIn(each, reference, detail), codeIn(each, other, detail)]),
  )
  const labels = [
    ...(detail === 'kinds' ? KIND_ORDER : ORDER).filter(({ code }) => used.has(code)),
    { code: NOT_MARKED, name: 'Not marked', kind: null },
  ]
  const places = new Map(labels.map(({ code }, index) => [code, index]))
  const counts = labels.map(() => labels.map(() => 0))
  for (const each of cases) {
    const row = places.get(codeIn(each, reference, detail))!
    const column = places.get(codeIn(each, other, detail))!
    counts[row]![column]! += 1
  }
  return { labels, counts }
}

/** What a reader calls a case: a code of `ConfusionLabel`. */
export function codeIn({ events }: Case, reader: number, detail: ConfusionDetail = 'mimics'): string {
  const event = events[reader] ?? null
  if (event === null) return NOT_MARKED
  return detail === 'kinds' ? event.kind : labelOf(event)
}
