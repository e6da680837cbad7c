/** What comes next: rules that hold for any lesson and any learner, and the order among what they allow. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { codesOf } from '../../../../shared/annotation/kinds.ts'
import { DIFFICULTIES } from '../../../../shared/teaching/lesson.ts'
import {
  comesAgain,
  type Next,
  type OrderedCase,
  planNext,
  type Sort,
  sortOf,
} from '../../../../shared/teaching/quiz/order.ts'
import type { Standing } from '../../../../shared/teaching/quiz/schedule.ts'
import { CASE } from '../../../support/lessons.ts'
import { cases as runs } from '../../../support/properties.ts'

const NOW = '2026-01-31T08:00:00.000Z'
const LATER = '2026-02-03T08:00:00.000Z'
const SORTS: readonly Sort[] = ['hypnic_jerk', 'spike_wave_3hz', 'mimic', 'nothing']

const anyStanding: fc.Arbitrary<Standing> = fc.constantFrom<Standing[]>(
  { type: 'fresh' },
  { type: 'fresh' },
  { type: 'missed', since: '2026-01-30T08:00:00.000Z' },
  { type: 'scheduled', due: '2026-01-31T07:00:00.000Z' },
  { type: 'scheduled', due: LATER },
  { type: 'retired' },
)

const anyCases = fc
  .array(
    fc.record({
      sort: fc.constantFrom(...SORTS),
      difficulty: fc.option(fc.constantFrom(...codesOf(DIFFICULTIES))),
      recording: fc.constantFrom('a', 'b', 'c', 'd'),
      standing: anyStanding,
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((cases) => cases.map((each, index): OrderedCase => ({ ...each, id: `${index}` })))

type Shown = { readonly case: OrderedCase; readonly open: readonly OrderedCase[]; readonly left: number }

/** A learner who judges as `rights` says, over and over, for at most `most` showings. */
function play(cases: readonly OrderedCase[], rights: readonly boolean[], seed: number, most = 60) {
  let now = cases
  const shown: Shown[] = []
  let next: Next = planNext({ cases: now, shown: [], now: NOW, seed })
  while (next.type === 'case' && shown.length < most) {
    const { id } = next
    const gone = new Set(shown.slice(-3).map((each) => each.case.id))
    const open = now.filter(
      ({ id: other, standing }) =>
        !gone.has(other) &&
        standing.type !== 'retired' &&
        !(standing.type === 'scheduled' && standing.due > NOW),
    )
    shown.push({ case: now.find((each) => each.id === id)!, open, left: next.left })
    const isRight = rights[(shown.length - 1) % rights.length] ?? true
    const standing: Standing = isRight ? { type: 'scheduled', due: LATER } : { type: 'missed', since: NOW }
    now = now.map((each) => (each.id === id ? { ...each, standing } : each))
    next = planNext({ cases: now, shown: shown.map((each) => each.case.id), now: NOW, seed })
  }
  return { shown, end: next, cases: now }
}

const anyPlay = fc.record({
  cases: anyCases,
  rights: fc.array(fc.boolean(), { minLength: 1, maxLength: 12 }),
  seed: fc.nat(),
})

describe('whatever the lesson and the learner', () => {
  it('a case comes again after three others at the earliest, and never while it is not due or retired', () => {
    fc.assert(
      fc.property(anyPlay, ({ cases, rights, seed }) => {
        const { shown } = play(cases, rights, seed)
        for (const { case: each, open } of shown) expect(open).toContain(each)
      }),
    )
  })

  it('tells how many are to come if no more are missed, those that come again among them', () => {
    fc.assert(
      fc.property(anyPlay, fc.nat(20), ({ cases, rights, seed }, misses) => {
        const untilThen = Array.from({ length: misses }, (_, at) => rights[at % rights.length]!)
        const { shown, end } = play(cases, [...untilThen, ...Array<boolean>(200).fill(true)], seed, 200)
        expect(end.type).toBe('end')
        for (const [at, { left }] of shown.entries()) if (at >= misses) expect(left).toBe(shown.length - at)
      }),
      runs(300),
    )
  })

  it('tells of a missed one whether it comes again before the end, if no more are missed', () => {
    fc.assert(
      fc.property(anyPlay, fc.nat(20), ({ cases, rights, seed }, before) => {
        const missed = [...Array.from({ length: before }, (_, at) => rights[at % rights.length]!), false]
        const soFar = play(cases, missed, seed, missed.length)
        if (soFar.shown.length < missed.length) return
        const shown = soFar.shown.map((each) => each.case.id)
        const { shown: all } = play(cases, [...missed, ...Array<boolean>(200).fill(true)], seed, 200)
        const isShownAgain = all.slice(missed.length).some((each) => each.case.id === shown.at(-1))
        expect(comesAgain({ cases: soFar.cases, shown, now: NOW })).toBe(isShownAgain)
      }),
      runs(300),
    )
  })

  it('two of any five, so four of any ten, are mimics, as long as there are some to show', () => {
    fc.assert(
      fc.property(anyPlay, ({ cases, rights, seed }) => {
        const { shown } = play(cases, rights, seed)
        for (let end = 5; end <= shown.length; end += 1) {
          const window = shown.slice(end - 5, end)
          const hadMimics = window.every(({ open }) => open.some(({ sort }) => sort === 'mimic'))
          if (hadMimics) {
            expect(window.filter((each) => each.case.sort === 'mimic').length).toBeGreaterThanOrEqual(2)
          }
        }
      }),
      runs(300),
    )
  })

  it('no sort comes a fourth time in a row where another could', () => {
    fc.assert(
      fc.property(anyPlay, ({ cases, rights, seed }) => {
        const { shown } = play(cases, rights, seed)
        for (let at = 3; at < shown.length; at += 1) {
          const row = shown.slice(at - 3, at + 1)
          if (new Set(row.map((each) => each.case.sort)).size > 1) continue
          const others = shown[at]!.open.filter(({ sort }) => sort !== row[0]!.case.sort)
          expect(others).toEqual([])
        }
      }),
      runs(300),
    )
  })

  it('it ends only where nothing can be shown, and says why and until when', () => {
    fc.assert(
      fc.property(anyPlay, ({ cases, rights, seed }) => {
        const { end, cases: after, shown } = play(cases, rights, seed)
        if (end.type === 'case') {
          expect(shown.length).toBe(60)
          return
        }
        const isAllRetired = after.every(({ standing }) => standing.type === 'retired')
        expect(end.reason).toBe(isAllRetired ? 'all-retired' : 'none-due')
        expect(end.nextDue === null).toBe(isAllRetired)
      }),
    )
  })

  it('the same seed gives the same order', () => {
    fc.assert(
      fc.property(anyPlay, ({ cases, rights, seed }) => {
        const ids = () => play(cases, rights, seed).shown.map((each) => each.case.id)
        expect(ids()).toEqual(ids())
      }),
      runs(20),
    )
  })
})

const make = (id: string, facts: Partial<OrderedCase> = {}): OrderedCase => ({
  ...{ id, sort: 'mimic', difficulty: null, recording: id, standing: { type: 'fresh' } },
  ...facts,
})

/** Of one sort, so that nothing but urgency decides. */
const orderOf = (cases: readonly OrderedCase[], seed = 1) =>
  play(cases, [true], seed).shown.map((each) => each.case.id)

describe('among what could come', () => {
  it('what was missed comes first, then what is due longest, then what is new', () => {
    const due = (at: string): Partial<OrderedCase> => ({ standing: { type: 'scheduled', due: at } })
    const missed = (since: string): Partial<OrderedCase> => ({ standing: { type: 'missed', since } })
    const cases = [
      make('new'),
      make('due', due('2026-01-20T08:00:00.000Z')),
      make('missed', missed('2026-01-30T08:00:00.000Z')),
      make('due long', due('2026-01-10T08:00:00.000Z')),
      make('missed long', missed('2026-01-02T08:00:00.000Z')),
      make('due next week', due('2026-02-07T08:00:00.000Z')),
    ]
    expect(orderOf(cases)).toEqual(['missed long', 'missed', 'due long', 'due', 'new'])
  })

  it('new ones come easy before hard, within a level as drawn by the seed', () => {
    const levels = ['hard', 'easy', null, 'medium', 'easy', 'hard', 'easy', 'medium'] as const
    const cases = levels.map((difficulty, index) => make(`${index}`, { difficulty }))
    const orders = [1, 2, 3, 4, 5].map((seed) => orderOf(cases, seed))
    for (const order of orders) {
      expect(order.map((id) => levels[Number(id)] ?? 'medium')).toEqual([
        ...['easy', 'easy', 'easy', 'medium', 'medium', 'medium', 'hard', 'hard'],
      ])
    }
    expect(new Set(orders.map(String)).size).toBeGreaterThan(1)
  })

  it('no recording comes twice in a row where it can be helped', () => {
    const cases = ['a', 'a', 'a', 'b', 'b', 'b'].map((recording, index) => make(`${index}`, { recording }))
    const recordings = play(cases, [true], 3).shown.map((each) => each.case.recording)
    expect(recordings.slice(1).every((recording, index) => recording !== recordings[index])).toBe(true)
  })

  it('a missed one comes back after exactly three others', () => {
    const cases = [...'abcdefgh'].map((id) => make(id))
    const ids = play(cases, [false, true, true, true, true], 5).shown.map((each) => each.case.id)
    expect(ids.indexOf(ids[0]!, 1)).toBe(4)
  })

  it('one that is missed again waits six others, then twelve, so that new ones come in between', () => {
    const cases = Array.from({ length: 60 }, (_, index) => make(`${index}`))
    const ids = play(cases, [false], 5).shown.map((each) => each.case.id)
    const places = ids.flatMap((id, index) => (id === ids[0] ? [index] : []))
    const gaps = places.slice(1).map((place, index) => place - places[index]! - 1)
    expect(gaps.slice(0, 2).every((gap, index) => gap >= 3 * 2 ** index)).toBe(true)
    expect(new Set(ids).size).toBeGreaterThanOrEqual(15)
  })

  it('where mimics stand is no pattern: another seed has them elsewhere', () => {
    const cases = Array.from({ length: 40 }, (_, index) =>
      make(`${index}`, {
        sort: index % 5 < 2 ? 'mimic' : index % 2 === 0 ? 'hypnic_jerk' : 'spike_wave_3hz',
      }),
    )
    const patterns = [1, 2, 3, 4, 5, 6, 7, 8].map((seed) =>
      play(cases, [true], seed)
        .shown.map((each) => (each.case.sort === 'mimic' ? 'M' : '.'))
        .join(''),
    )
    expect(new Set(patterns).size).toBe(8)
    const first = new Set(patterns.map((pattern) => pattern[0]))
    expect(first.size).toBe(2)
  })

  it('a lesson without a case that can be shown has none', () => {
    expect(planNext({ cases: [], shown: [], now: NOW, seed: 1 })).toEqual({
      ...{ type: 'end', reason: 'no-cases', nextDue: null },
    })
  })
})

it('a case is of the sort that it is told from', () => {
  const mark = CASE.key.marks[0]!
  const sortsOf = (...kinds: readonly (typeof mark.kind)[]) =>
    sortOf({ marks: kinds.map((kind) => ({ ...mark, kind })), votes: [] })
  expect([sortsOf(), sortsOf('hypnic_jerk'), sortsOf('hypnic_jerk', 'mimic'), sortsOf('uncertain')]).toEqual([
    ...['nothing', 'hypnic_jerk', 'mimic', 'other'],
  ])
})
