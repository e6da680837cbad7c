/** Two readers of one recording: what counts, what is one event, and what is said where a figure means nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparePair, type Reading } from '../../../shared/agreement/agreement.ts'
import { verdictOf } from '../../../shared/agreement/cases.ts'
import { codeIn, NOT_MARKED } from '../../../shared/agreement/confusion.ts'
import { DEFAULT_RULES, parseRules, ruleIdOf } from '../../../shared/agreement/rules.ts'
import { compareSeveral } from '../../../shared/agreement/several.ts'
import type { Mark } from '../../../shared/annotation/document.ts'
import { type MarkKind, MIMICS } from '../../../shared/annotation/kinds.ts'
import { sortMarks } from '../../../shared/annotation/order.ts'
import { ticksFromSeconds } from '../../../shared/units.ts'
import reference from '../../fixtures/agreement/reference.json' with { type: 'json' }

const TIME = '2026-01-31T08:00:00.000Z'

function mark(
  start: number,
  end: number,
  kind: MarkKind = 'hypnic_jerk',
  subtype: string | null = null,
): Mark {
  const onset = ticksFromSeconds(start)
  return {
    id: `${kind} ${start} ${end}`,
    kind,
    subtype,
    onset,
    duration: ticksFromSeconds(end - start),
    channels: [],
    confidence: null,
    evidence: [],
    comment: '',
    view: null,
    author: 'JS',
    created: TIME,
    changed: TIME,
  }
}

const run = (start: number, end: number) => mark(start, end, 'spike_wave_3hz')

function reading(
  reviewer: string,
  marks: readonly Mark[],
  reviewed: readonly (readonly [number, number])[] = [[0, 3600]],
): Reading {
  return {
    reviewer,
    marks: sortMarks(marks),
    reviewed: reviewed.map(([start, end], index) => ({
      id: `range ${index}`,
      onset: ticksFromSeconds(start),
      duration: ticksFromSeconds(end - start),
    })),
  }
}

function compare(a: readonly Mark[], b: readonly Mark[], rules = DEFAULT_RULES) {
  return comparePair(reading('A', a), reading('B', b), rules)
}

describe('what is one event', () => {
  it('for jerks: onsets a quarter of a second apart, no more', () => {
    expect(compare([mark(10, 10.1)], [mark(10.25, 10.4)]).where.both).toBe(1)
    expect(compare([mark(10, 10.1)], [mark(10.26, 10.4)]).where.both).toBe(0)
  })

  it('for jerks: any part in common, whatever the onsets', () => {
    expect(compare([mark(10, 10.9)], [mark(10.8, 11)]).where.both).toBe(1)
    // Within the tolerance of 0.1 s.
    expect(compare([mark(10, 10.9)], [mark(10.95, 11.2)]).where.both).toBe(1)
    expect(compare([mark(10, 10.9)], [mark(11.01, 11.2)]).where.both).toBe(0)
  })

  it('for runs: three tenths in common, or both ends near', () => {
    // Lengthened by half the tolerance at either end: 3.5 of 10.5 s in common.
    expect(compare([run(10, 20)], [run(10, 13)]).where.both).toBe(1)
    expect(compare([run(10, 20)], [run(17.5, 20)]).where.both).toBe(0)
    expect(compare([run(10, 11)], [run(11, 13)]).where.both).toBe(1)
    expect(compare([run(10, 11)], [run(11, 13.1)]).where.both).toBe(0)
  })

  it('for a moment without a length as for any other', () => {
    expect(compare([mark(10, 10)], [mark(10, 10)]).where.both).toBe(1)
  })

  it('by the rule of either, where the kinds differ', () => {
    const pair = compare([mark(15, 15.2)], [run(10, 20)])
    expect(pair.where.both).toBe(1)
    expect(pair.what.same).toBe(0)
    expect(pair.cases.map(verdictOf)).toEqual(['kinds differ'])
  })

  it('by the row of what a mimic is mistaken for', () => {
    const rows = MIMICS.map(({ code }) => ruleIdOf({ kind: 'mimic', subtype: code }))
    expect(new Set(rows)).toEqual(new Set(['jerk', 'run', 'other']))
    expect(ruleIdOf({ kind: 'mimic', subtype: 'oirda' })).toBe('run')
    expect(ruleIdOf({ kind: 'mimic', subtype: 'leg_movement' })).toBe('jerk')
    expect(ruleIdOf({ kind: 'mimic', subtype: null })).toBe('other')
    expect(ruleIdOf({ kind: 'uncertain', subtype: null })).toBe('other')
  })

  it('by rules that were changed', () => {
    const rules = parseRules('jerk.onset=0.5, run.offset=none')
    expect(compare([mark(10, 10.1)], [mark(10.5, 10.6)], rules).where.both).toBe(1)
    expect(rules.run.offset).toBeNull()
    expect(rules.other).toEqual(DEFAULT_RULES.other)
  })

  it.each([
    'jerk.onset',
    'jerk.onset=-1',
    'jerk.onset=none',
    'leg.onset=1',
    'jerk.overlap=1.1',
    '',
    'run.offset=1e9',
  ])('but not by "%s", which is refused', (text) => {
    expect(() => parseRules(text)).toThrow(expect.objectContaining({ code: 'bad-input' }))
  })
})

describe('one to one', () => {
  it('a run over three jerks is one of them', () => {
    const pair = compare([mark(11, 11.2), mark(13, 13.2), mark(15, 15.2)], [run(10, 20)])
    expect(pair.where).toMatchObject({ reference: 3, other: 1, both: 1 })
    expect(pair.cases[0]?.events[1]).not.toBeNull()
  })

  it('as many as there can be, also where the nearest is not chosen', () => {
    const pair = compare([mark(10, 10.05), mark(10.2, 10.25)], [mark(10.2, 10.25), mark(10.44, 10.5)])
    expect(pair.where.both).toBe(2)
  })

  it('the same kinds, where the onsets do not decide', () => {
    const both = [mark(10, 10.2), mark(10, 10.2, 'mimic', 'emg_artifact')]
    expect(compare(both, [...both].reverse()).what.same).toBe(2)
  })

  it('each event is in one case, whoever is the reference', () => {
    const events = fc.array(
      fc.tuple(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 80 }),
        fc.constantFrom<MarkKind>('hypnic_jerk', 'spike_wave_3hz', 'uncertain'),
      ),
      { maxLength: 25 },
    )
    const marksOf = (list: readonly (readonly [number, number, MarkKind])[]) =>
      list.map(([start, length, kind], index) => ({
        ...mark(start / 10, (start + length) / 10, kind),
        id: String(index),
      }))
    fc.assert(
      fc.property(events, events, (a, b) => {
        const [one, other] = [marksOf(a), marksOf(b)]
        const there = compare(one, other)
        const back = compare(other, one)
        expect(there.where.both).toBe(back.where.both)
        expect(there.where.f1.value).toBe(back.where.f1.value)
        expect(there.marks).toEqual([one.length, other.length])
        expect(there.where.reference + there.where.other - there.where.both).toBe(there.cases.length)
        const seen = there.cases.flatMap(({ events: [event] }) => event?.marks.map(({ id }) => id) ?? [])
        expect([...seen].sort()).toEqual(one.map(({ id }) => id).sort())
        const cells = there.confusion.counts.flat().reduce((sum, count) => sum + count, 0)
        expect(cells).toBe(there.cases.length)
      }),
    )
  })

  it('10,000 marks against as many are matched at once', () => {
    const marks = Array.from({ length: 10_000 }, (_, index) => mark(index / 3, index / 3 + 0.2))
    const moved = marks.map((each) => ({ ...each, onset: ticksFromSeconds(each.onset / 1e7 + 0.1) }))
    expect(compare(marks, moved).where.both).toBe(10_000)
  })

  it('marks in heaps are refused in a sentence, not waited for', () => {
    const heap = Array.from({ length: 3000 }, (_, index) => ({ ...mark(10, 10.2), id: String(index) }))
    expect(() => compare(heap, heap)).toThrow(expect.objectContaining({ code: 'bad-set' }))
  })
})

describe('pieces of a run', () => {
  const pieces = [run(10, 14), run(14.8, 20)]

  it('are one event within a second, and the figures without it stand beside', () => {
    const pair = compare([run(10, 20)], pieces)
    expect(pair.where).toMatchObject({ reference: 1, other: 1, both: 1 })
    expect(pair.marks).toEqual([1, 2])
    expect(pair.unjoined).toMatchObject({ reference: 1, other: 2, both: 1 })
  })

  it('are two further apart, and of two mimics', () => {
    expect(compare([], [run(10, 14), run(15.1, 20)]).where.other).toBe(2)
    expect(compare([], [mark(10, 14, 'mimic', 'oirda'), mark(14.5, 20, 'mimic', 'firda')]).where.other).toBe(
      2,
    )
  })

  it('jerks are never joined, however near', () => {
    const pair = compare([], [mark(10, 10.2), mark(10.2, 10.4)])
    expect(pair.where.other).toBe(2)
    expect(pair.unjoined).toBeNull()
  })
})

describe('only where both have reviewed', () => {
  const a = reading('A', [mark(5, 5.2), mark(25, 25.2)], [[0, 20]])
  const b = reading('B', [mark(5, 5.2), mark(15, 15.2), mark(25, 25.2)], [[10, 40]])

  it('a mark counts, and how many do not is said', () => {
    const pair = comparePair(a, b, DEFAULT_RULES)
    expect(pair.commonLength).toBe(10)
    expect(pair.where).toMatchObject({ reference: 0, other: 1, both: 0 })
    expect(pair.outside).toEqual([2, 2])
  })

  it('the halves of a pair on both sides of an edge count as the pair that they are', () => {
    const pair = comparePair(
      reading('A', [mark(19.9, 20.1)], [[0, 20]]),
      reading('B', [mark(20.05, 20.2)], [[0, 40]]),
      DEFAULT_RULES,
    )
    expect(pair.where).toMatchObject({ reference: 1, other: 1, both: 1 })
    expect(pair.outside).toEqual([0, 0])
  })

  it('who has reviewed nothing is named', () => {
    const pair = comparePair(a, reading('B', [mark(5, 5.2)], []), DEFAULT_RULES)
    expect(pair.problem).toBe('B has marked nothing as reviewed (V): there is nothing to compare.')
    expect(pair.where.f1.value).toBeNull()
    const none = comparePair(reading('A', [], []), reading('B', [], []), DEFAULT_RULES)
    expect(none.problem).toContain('A and B have')
  })

  it('that no part was reviewed by both is said', () => {
    const pair = comparePair(reading('A', [], [[0, 5]]), reading('B', [], [[5, 9]]), DEFAULT_RULES)
    expect(pair.problem).toContain('No part')
  })
})

describe('the figures', () => {
  it.each(reference.scores)('of $both events in common are those of scikit-learn', (each) => {
    const own = each.reference - each.both
    const common = Array.from({ length: each.both }, (_, index) => mark(index * 10, index * 10 + 0.2))
    const missed = Array.from({ length: own }, (_, index) => mark(1000 + index * 10, 1000.2 + index * 10))
    const added = Array.from({ length: each.other - each.both }, (_, index) =>
      mark(2000 + index * 10, 2000.2 + index * 10),
    )
    const { where } = compare([...common, ...missed], [...common, ...added])
    expect([where.sensitivity.value, where.precision.value, where.f1.value]).toEqual(
      each.sklearn.map((value) => expect.closeTo(value, 12)),
    )
  })

  it('of ten jerks each, six of them the same: F1 0.6, where the share of samples says 0.9996', () => {
    const jerks = (from: number) =>
      Array.from({ length: 10 }, (_, index) => mark(from + index * 60, from + index * 60 + 0.2))
    const a = jerks(0)
    const b = [...a.slice(0, 6), ...jerks(30).slice(6)]
    expect(compare(a, b).where.f1.value).toBeCloseTo(0.6, 12)
  })

  it('of three absences of which one was found: a third, where SzCORE says all', () => {
    const a = [run(100, 110), run(150, 158), run(400, 406)]
    const b = [run(101, 109), run(430, 436)]
    const pair = comparePair(reading('A', a, [[0, 600]]), reading('B', b, [[0, 600]]), DEFAULT_RULES)
    expect(pair.where.sensitivity.value).toBeCloseTo(1 / 3, 12)
    expect(pair.where.precision.value).toBe(0.5)
    expect(pair.szcore?.events).toMatchObject({
      reference: 2,
      truePositives: 2,
      falsePositives: 0,
      sensitivity: 1,
    })
  })

  it('tell how much later the other begins and ends', () => {
    const a = [mark(10, 10.2), mark(20, 20.2), mark(30, 30.2)]
    const b = [mark(10.1, 10.2), mark(19.9, 20.3), mark(30.2, 30.5)]
    const { onset, offset } = compare(a, b).where
    expect(onset).toMatchObject({ count: 3, median: expect.closeTo(0.1, 9) })
    expect(onset.quartiles?.[0]).toBeCloseTo(0, 9)
    expect(offset.median).toBeCloseTo(0.1, 9)
  })

  it('say so where there is nothing to count', () => {
    const { where, what } = compare([], [mark(10, 10.2)])
    expect(where.sensitivity).toEqual({ value: null, note: 'A has no event here to be found.' })
    expect(where.precision.value).toBe(0)
    expect(where.onset.median).toBeNull()
    expect(what.kappa.note).toContain('No event')
    expect(compare([], []).where.f1.note).toContain('Neither')
  })

  it('are counted by kind, a mark of another kind being none of its own', () => {
    const pair = compare([mark(10, 10.2), run(20, 30)], [mark(10, 10.2, 'uncertain'), run(20, 30)])
    const kinds = Object.fromEntries(pair.kinds.map((each) => [each.kind, each]))
    expect(kinds.hypnic_jerk).toMatchObject({ reference: 1, other: 0, both: 0 })
    expect(kinds.uncertain).toMatchObject({ reference: 0, other: 1, both: 0 })
    expect(kinds.spike_wave_3hz).toMatchObject({ reference: 1, other: 1, both: 1 })
    expect(pair.where.both).toBe(2)
  })

  it('lead from a cell of the table to its events', () => {
    const pair = compare([mark(10, 10.2), run(20, 30)], [mark(10, 10.2, 'mimic', 'emg_artifact')])
    const codes = pair.confusion.labels.map(({ code }) => code)
    expect(codes).toEqual(['hypnic_jerk', 'spike_wave_3hz', 'mimic:emg_artifact', NOT_MARKED])
    expect(pair.confusion.counts).toEqual([
      [0, 0, 1, 0],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ])
    const found = pair.cases.filter(
      (each) => codeIn(each, 0) === 'spike_wave_3hz' && codeIn(each, 1) === NOT_MARKED,
    )
    expect(found).toHaveLength(1)
  })
})

describe('three readers', () => {
  const a = reading('A', [mark(10, 10.2), run(20, 30), mark(50, 50.2)])
  const b = reading('B', [mark(10.1, 10.2), run(21, 29)])
  const c = reading('C', [mark(10.05, 10.2, 'uncertain'), run(20, 30), mark(80, 80.2)])

  it('give votes for each event, and a kappa of what all have', () => {
    const all = compareSeveral([a, b, c], DEFAULT_RULES)
    expect(all.cases).toHaveLength(4)
    expect(all.votes).toEqual([2, 0, 2])
    expect(all.kappa.count).toBe(2)
    expect(all.cases.map(verdictOf)).toEqual([
      'kinds differ',
      'agreed',
      'not marked by all',
      'not marked by all',
    ])
  })

  it('only where all have reviewed', () => {
    const short = { ...c, reviewed: reading('C', [], [[0, 15]]).reviewed }
    const all = compareSeveral([a, b, short], DEFAULT_RULES)
    expect(all.cases).toHaveLength(1)
    expect(all.outside).toEqual([2, 1, 2])
  })
})
