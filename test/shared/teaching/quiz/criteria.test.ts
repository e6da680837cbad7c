import { describe, expect, it } from 'vitest'
import { codesOf, KINDS, MIMICS } from '../../../../shared/annotation/kinds.ts'
import { REFERENCE } from '../../../../shared/reference/reference.ts'
import { CRITERIA, compareCriteria } from '../../../../shared/teaching/quiz/criteria.ts'

describe('criteria', () => {
  it.each(CRITERIA)(
    '$id rests on statements of the reference, and on sources that those name',
    (criterion) => {
      const backings = criterion.statements.map((id) => {
        const statement = REFERENCE.statements.find((each) => each.id === id)
        const mimic = REFERENCE.mimics.find((each) => each.id === id)
        return (
          statement ??
          (mimic === undefined
            ? null
            : { ...mimic.tell, sources: [...mimic.tell.sources, ...mimic.looks.sources] })
        )
      })
      expect(backings).not.toContain(null)
      const named = new Set(backings.flatMap((each) => each?.sources ?? []))
      expect(criterion.sources.filter((source) => !named.has(source))).toEqual([])
      expect(criterion.sources.length).toBeGreaterThan(0)
      for (const backing of backings) expect(backing?.evidence).not.toBe('unverified')
    },
  )

  it('say only of kinds and mimics that there are what fits', () => {
    const known = new Set<string>([...codesOf(KINDS), ...codesOf(MIMICS).map((code) => `mimic:${code}`)])
    const named = CRITERIA.flatMap(({ fits }) => Object.keys(fits))
    expect(named.filter((called) => !known.has(called))).toEqual([])
  })

  it('tell a jerk from a run, and each from nothing in between', () => {
    for (const kind of ['hypnic_jerk', 'spike_wave_3hz']) {
      expect(CRITERIA.filter(({ fits }) => Object.hasOwn(fits, kind)).length).toBeGreaterThan(3)
    }
  })

  it('are compared with what fits the key, and decide nothing where it has several or none', () => {
    const given = { 'spike-each-wave': 'likely' } as const
    const [first, second] = compareCriteria(given, ['spike_wave_3hz'])
    expect(first).toEqual({ id: 'spike-each-wave', given: 'likely', expected: 'yes' })
    expect(second).toMatchObject({ given: null, expected: 'yes' })
    for (const key of [['nothing'], ['spike_wave_3hz', 'hypnic_jerk']]) {
      expect(compareCriteria(given, key).every(({ expected }) => expected === null)).toBe(true)
    }
  })
})
