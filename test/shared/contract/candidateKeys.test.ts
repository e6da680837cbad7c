import { describe, expect, it } from 'vitest'
import { CANDIDATE_KEYS, candidateVerbOf } from '../../../shared/contract/candidateKeys.ts'
import layouts from '../../fixtures/keys/layouts.json' with { type: 'json' }

const NAMES = Object.keys(layouts) as (keyof typeof layouts)[]

/** What a key at a place of the keyboard types, alone or with Shift. */
function strokes(layout: keyof typeof layouts) {
  const keys = layouts[layout] as unknown as Readonly<Record<string, readonly (string | null)[]>>
  return Object.entries(keys).flatMap(([code, [plain = null, shifted = null]]) =>
    [
      { key: plain, shiftKey: false },
      { key: shifted, shiftKey: true },
    ].flatMap(({ key, shiftKey }) =>
      key === null ? [] : [{ key, code, shiftKey, ctrlKey: false, metaKey: false, altKey: false }],
    ),
  )
}

describe.each(NAMES)('a %s keyboard', (layout) => {
  it.each(CANDIDATE_KEYS.filter(({ key }) => key.length === 1))(
    'has $key once for: $label',
    ({ does, key }) => {
      const found = strokes(layout).filter((stroke) => candidateVerbOf(stroke) === does)
      expect(found.length).toBeGreaterThan(0)
      if (/[A-Z]/.test(key)) expect(found).toHaveLength(1)
    },
  )
})

it('leaves what is pressed with Ctrl, Alt or Command, and letters with Shift, to the commands', () => {
  const y = { key: 'y', code: 'KeyY', shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }
  expect(candidateVerbOf(y)).toBe('accept')
  for (const held of ['ctrlKey', 'metaKey', 'altKey'] as const)
    expect(candidateVerbOf({ ...y, [held]: true })).toBeNull()
  expect(candidateVerbOf({ ...y, key: 'Y', shiftKey: true })).toBeNull()
  expect(candidateVerbOf({ ...y, key: 'x', code: 'KeyX' })).toBeNull()
})
