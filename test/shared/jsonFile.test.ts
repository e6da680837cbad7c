import { describe, expect, it } from 'vitest'
import { parseJson, type Upgrade, upgradeObject } from '../../shared/jsonFile.ts'

describe('an object of an older version', () => {
  const upgrades = new Map<number, Upgrade>([
    [1, (old) => ({ ...old, second: 'added' })],
    [2, ({ second, ...old }) => ({ ...old, third: second })],
  ])

  it('goes from version to version up to the current one', () => {
    const first = { version: 1, kept: true }
    expect(upgradeObject(first, 1, 3, upgrades)).toEqual({ version: 3, kept: true, third: 'added' })
    expect(upgradeObject({ version: 2, second: 5 }, 2, 3, upgrades)).toEqual({ version: 3, third: 5 })
    expect(upgradeObject({ version: 3, third: 1 }, 3, 3, upgrades)).toEqual({ version: 3, third: 1 })
  })

  it('goes nowhere where a step between is missing', () => {
    expect(() => upgradeObject({ version: 1 }, 1, 3, new Map([[2, upgrades.get(2)!]]))).toThrowError(
      'no upgrade from version 1',
    )
  })
})

it('a text that is no JSON is refused by its place, with nothing of what it says', () => {
  const refuse = (reason: string) => new Error(`Refused: ${reason}.`)
  expect(() => parseJson('{\n  "patient": Mrs Example}', refuse)).toThrowError(
    /^Refused: it is not JSON( \(line 2 column 14\))?\.$/,
  )
})
