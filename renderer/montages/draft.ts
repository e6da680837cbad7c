/** A montage while it is being edited: formulas as they are typed, right or not yet. Pure. */

import { plainLine } from '../../shared/annotation/plainText.ts'
import {
  formatFormula,
  MOST_LINES,
  type OwnLine,
  type OwnMontage,
  parseFormula,
} from '../../shared/montage/ownMontages.ts'

import { nameProblem } from '../../shared/ownMontages/ownMontageSchema.ts'

/** `key` stays with a line while lines move. */
export type DraftLine = {
  readonly key: number
  readonly formula: string
  readonly label: string
  readonly gap: boolean
}

export type Draft = {
  readonly name: string
  readonly lines: readonly DraftLine[]
  readonly nextKey: number
}

export function draftOf({ name, lines }: OwnMontage): Draft {
  return {
    name,
    lines: lines.map(({ terms, label, gap }, key) => ({ key, formula: formatFormula(terms), label, gap })),
    nextKey: lines.length,
  }
}

/** Whether anything was typed, moved or deleted since the draft was made of `montage`. */
export function isChanged(draft: Draft, montage: OwnMontage): boolean {
  const said = ({ name, lines }: Draft) =>
    JSON.stringify([name, lines.map(({ formula, label, gap }) => [formula, label, gap])])
  return said(draft) !== said(draftOf(montage))
}

export function changeLine(draft: Draft, key: number, change: Partial<Omit<DraftLine, 'key'>>): Draft {
  return { ...draft, lines: draft.lines.map((line) => (line.key === key ? { ...line, ...change } : line)) }
}

/** Below the line of this key, else at the end; the draft as it is where it is full. */
export function addLine(draft: Draft, below: number | null): Draft {
  if (draft.lines.length >= MOST_LINES) return draft
  const at = below === null ? -1 : draft.lines.findIndex(({ key }) => key === below)
  const lines = [...draft.lines]
  lines.splice(at < 0 ? lines.length : at + 1, 0, { key: draft.nextKey, formula: '', label: '', gap: false })
  return { ...draft, lines, nextKey: draft.nextKey + 1 }
}

export function removeLine(draft: Draft, key: number): Draft {
  return { ...draft, lines: draft.lines.filter((line) => line.key !== key) }
}

/** `list` with what is at `index` one place up (-1) or down (1); as it is at an end. */
export function moveBy<Item>(list: readonly Item[], index: number, by: 1 | -1): readonly Item[] {
  const to = index + by
  const item = list[index]
  if (item === undefined || to < 0 || to >= list.length) return list
  const rest = list.filter((_, at) => at !== index)
  return [...rest.slice(0, to), item, ...rest.slice(to)]
}

export function moveLine(draft: Draft, key: number, by: 1 | -1): Draft {
  const index = draft.lines.findIndex((line) => line.key === key)
  return { ...draft, lines: moveBy(draft.lines, index, by) }
}

export type Finished =
  | { readonly montage: OwnMontage; readonly problem: null }
  | { readonly montage: null; readonly problem: string }

/** The montage, or the first thing that is wrong with it. `others`: what its name must differ from. */
export function finishDraft(draft: Draft, others: readonly OwnMontage[]): Finished {
  const problem = nameProblem(draft.name, others)
  if (problem !== null) return { montage: null, problem }
  const lines: OwnLine[] = []
  for (const [index, { formula, label, gap }] of draft.lines.entries()) {
    // A line that nothing was typed into yet is none.
    if (formula.trim() === '' && label.trim() === '') continue
    const parsed = parseFormula(formula)
    if (parsed.terms === null) return { montage: null, problem: `Line ${index + 1}: ${parsed.problem}` }
    lines.push({ label: plainLine(label), terms: parsed.terms, gap })
  }
  if (lines.length === 0) return { montage: null, problem: 'A montage needs a line, such as Fp1-F7.' }
  return { montage: { name: plainLine(draft.name), lines }, problem: null }
}
