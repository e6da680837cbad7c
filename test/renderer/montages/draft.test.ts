import { describe, expect, it } from 'vitest'
import {
  addLine,
  changeLine,
  draftOf,
  finishDraft,
  moveBy,
  moveLine,
  removeLine,
} from '../../../renderer/montages/draft.ts'
import { MOST_LINES, type OwnMontage, parseFormula } from '../../../shared/montage/ownMontages.ts'

const line = (formula: string, gap = false) => ({ label: '', terms: parseFormula(formula).terms!, gap })
const MINE: OwnMontage = { name: 'Mine', lines: [line('Fp1-F7'), line('F7-T7'), line('Fp2-F8', true)] }

describe('a montage that is edited', () => {
  it('unchanged is what it was', () => {
    expect(finishDraft(draftOf(MINE), [])).toEqual({ montage: MINE, problem: null })
  })

  it('takes a changed formula, a name and a gap', () => {
    const draft = changeLine(changeLine(draftOf(MINE), 1, { formula: 'F7-T3', label: ' left ' }), 0, {
      gap: true,
    })
    expect(finishDraft({ ...draft, name: ' Other ' }, [MINE]).montage).toEqual({
      name: 'Other',
      lines: [{ ...line('Fp1-F7'), gap: true }, { ...line('F7-T3'), label: 'left' }, line('Fp2-F8', true)],
    })
  })

  it('adds a line below another, moves and removes lines', () => {
    const added = changeLine(addLine(draftOf(MINE), 0), 3, { formula: 'Cz' })
    expect(added.lines.map(({ formula }) => formula)).toEqual(['Fp1-F7', 'Cz', 'F7-T7', 'Fp2-F8'])
    const moved = moveLine(moveLine(added, 3, 1), 3, 1)
    expect(moved.lines.map(({ formula }) => formula)).toEqual(['Fp1-F7', 'F7-T7', 'Fp2-F8', 'Cz'])
    expect(moveLine(moved, 3, 1)).toEqual(moved)
    expect(removeLine(moved, 0).lines).toHaveLength(3)
  })

  it('has no more lines than may be', () => {
    let draft = draftOf(MINE)
    for (let k = 0; k < 200; k += 1) draft = addLine(draft, null)
    expect(draft.lines).toHaveLength(MOST_LINES)
  })

  it('is not finished with a line that cannot be read, a taken name or no line', () => {
    const draft = draftOf(MINE)
    expect(finishDraft(changeLine(draft, 1, { formula: 'F7-' }), []).problem).toMatch(
      /^Line 2: “-” cannot be read/,
    )
    expect(finishDraft(draft, [MINE]).problem).toBe('You have a montage called Mine already.')
    expect(finishDraft({ ...draft, lines: [] }, []).problem).toBe('A montage needs a line, such as Fp1-F7.')
  })

  it('forgets lines that nothing was typed into', () => {
    expect(finishDraft(addLine(draftOf(MINE), null), []).montage).toEqual(MINE)
  })
})

it('moves what is in a list by one place, and stays at its ends', () => {
  expect(moveBy(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  expect(moveBy(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
  expect(moveBy(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c'])
  expect(moveBy(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c'])
})
