/** What every entry of the evidence card must be, whatever it measures. */
import { expect, it } from 'vitest'
import { ENTRIES } from '../../../shared/evidence/entries.ts'
import { REFERENCE } from '../../../shared/reference/reference.ts'

it('has entries of unlike ids in small letters, since sets keep them', () => {
  const ids = ENTRIES.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
})

it.each(ENTRIES.map((entry) => [entry.id, entry] as const))(
  '%s says how it is measured, and cites nothing that was not read',
  (_, { side, criteria, algorithm, error }) => {
    if (side !== 'missing') {
      expect(algorithm).toMatch(/\.$/)
      expect(error).not.toBe('')
    }
    for (const { text, sources } of criteria) {
      expect(text).toMatch(/\.$/)
      for (const id of sources) {
        const source = REFERENCE.sources.find((each) => each.id === id)
        expect(source, id).toBeDefined()
        expect(source?.read, id).not.toBe('unread')
        expect(REFERENCE.numbers.has(id), id).toBe(true)
      }
    }
  },
)
