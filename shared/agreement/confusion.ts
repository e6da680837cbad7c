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

/** Of the first two readers of the cases. */
export function confusionOf(cases: readonly Case[]): Confusion {
  const used = new Set(cases.flatMap((each) => [codeIn(each, 0), codeIn(each, 1)]))
  const labels = [
    ...ORDER.filter(({ code }) => used.has(code)),
    { code: NOT_MARKED, name: 'Not marked', kind: null },
  ]
  const places = new Map(labels.map(({ code }, index) => [code, index]))
  const counts = labels.map(() => labels.map(() => 0))
  for (const each of cases) {
    const row = places.get(codeIn(each, 0))!
    const column = places.get(codeIn(each, 1))!
    counts[row]![column]! += 1
  }
  return { labels, counts }
}

/** What a reader calls a case: a code of `ConfusionLabel`. */
export function codeIn({ events }: Case, reader: number): string {
  const event = events[reader] ?? null
  return event === null ? NOT_MARKED : labelOf(event)
}
