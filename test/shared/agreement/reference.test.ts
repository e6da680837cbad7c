/** Figures of agreement against published vectors and against what other programs make of the same numbers. */
import { describe, expect, it } from 'vitest'
import { assignOneToOne } from '../../../shared/agreement/assign.ts'
import { cohenKappa, fleissKappa, gwetAc1 } from '../../../shared/agreement/kappa.ts'
import { spreadOf } from '../../../shared/agreement/spread.ts'
import { SZCORE_DEFAULTS, scoreSzcoreEvents, scoreSzcoreSamples } from '../../../shared/agreement/szcore.ts'
import reference from '../../fixtures/agreement/reference.json' with { type: 'json' }

const spans = (list: readonly (readonly number[])[]) => list.map(([start = 0, end = 0]) => ({ start, end }))

describe("Cohen's kappa", () => {
  it.each(reference.kappas)('of $table is that of scikit-learn and statsmodels', (each) => {
    const kappa = cohenKappa(each.table)
    expect(kappa.value).toBeCloseTo(each.sklearn, 12)
    expect(kappa.value).toBeCloseTo(each.statsmodels, 12)
    expect(kappa.interval?.[0]).toBeCloseTo(Math.max(-1, each.interval[0]!), 10)
    expect(kappa.interval?.[1]).toBeCloseTo(Math.min(1, each.interval[1]!), 10)
    expect(gwetAc1(each.table)).toBeCloseTo(each.ac1, 12)
  })

  it('and AC1 are as published where one kind prevails (PMC7222679)', () => {
    const table = [
      [130, 56],
      [9, 5],
    ]
    const kappa = cohenKappa(table)
    expect(kappa.observed).toBeCloseTo(0.675, 3)
    expect(kappa.expected).toBeCloseTo(0.6677, 4)
    expect(kappa.value).toBeCloseTo(0.022, 3)
    expect(gwetAc1(table)).toBeCloseTo(0.533, 3)
  })

  it('falls to 0.6 on rare events by samples, where the share of agreement says 0.9996', () => {
    const table = [
      [12, 8],
      [8, 35972],
    ]
    expect(cohenKappa(table).observed).toBeCloseTo(0.99956, 5)
    expect(cohenKappa(table).value).toBeCloseTo(0.5998, 4)
    expect(gwetAc1(table)).toBeCloseTo(0.99956, 5)
  })

  it('is not defined where both use one kind alone, and says so', () => {
    const kappa = cohenKappa([
      [5, 0],
      [0, 0],
    ])
    expect(kappa).toMatchObject({ value: null, interval: null, count: 5, observed: 1 })
    expect(kappa.note).toContain('one kind')
    expect(gwetAc1([[5]])).toBeNull()
  })

  it('is not defined without events, and says so', () => {
    expect(
      cohenKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toMatchObject({ value: null, count: 0, observed: null })
    expect(cohenKappa([[0]]).note).toContain('No event')
  })

  it('of readers who agree on all has no interval, and says so', () => {
    const kappa = cohenKappa([
      [5, 0],
      [0, 4],
    ])
    expect(kappa).toMatchObject({ value: 1, interval: null })
    expect(kappa.note).toContain('all 9')
  })

  it('says that few events are a rough guide', () => {
    expect(
      cohenKappa([
        [2, 1],
        [0, 2],
      ]).note,
    ).toContain('From 5 events')
    expect(
      cohenKappa([
        [20, 1],
        [0, 20],
      ]).note,
    ).toBeNull()
  })
})

describe("Fleiss' kappa", () => {
  it.each(reference.fleiss)('is that of statsmodels ($statsmodels)', ({ table, statsmodels }) => {
    expect(fleissKappa(table).value).toBeCloseTo(statsmodels, 12)
  })

  it('is as in his own table of 10 subjects and 14 raters (0.210)', () => {
    const table = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ]
    expect(fleissKappa(table).value).toBeCloseTo(0.21, 3)
  })

  it('is not defined without events or with one kind', () => {
    expect(fleissKappa([]).value).toBeNull()
    expect(
      fleissKappa([
        [3, 0],
        [3, 0],
      ]).value,
    ).toBeNull()
  })
})

describe('the middle and the quartiles', () => {
  it.each(reference.quartiles)('of $values.length values are those of numpy', ({ values, numpy }) => {
    const { median, quartiles } = spreadOf(values)
    const found = [quartiles?.[0], median, quartiles?.[1]]
    for (const [index, value] of found.entries()) expect(value).toBeCloseTo(numpy[index]!, 12)
  })

  it('of no values are none', () => {
    expect(spreadOf([])).toEqual({ count: 0, median: null, quartiles: null })
  })
})

describe('one to one', () => {
  it.each(reference.assignments)('$left and $right are matched as well as by scipy', (each) => {
    const edges = each.edges.map(([left = 0, right = 0, cost = 0]) => ({ left, right, cost }))
    const partners = assignOneToOne(each, edges)
    const pairs = partners.flatMap((right, left) => (right === null ? [] : [{ left, right }]))
    expect(new Set(pairs.map(({ right }) => right)).size).toBe(pairs.length)
    const costs = pairs.map((pair) => edges.find((e) => e.left === pair.left && e.right === pair.right)!.cost)
    expect(pairs.length).toBe(each.pairs)
    expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(each.cost)
  })
})

describe("SzCORE's scores", () => {
  it.each(reference.szcore)(
    'of $reference against $other in $duration s are those of timescoring',
    (each) => {
      const recorded = { duration: each.duration, compared: Math.round(each.duration * 10) / 10 }
      const events = scoreSzcoreEvents(spans(each.reference), spans(each.other), recorded, {
        ...SZCORE_DEFAULTS,
        ...each.settings,
      })
      const seconds = { duration: each.duration, compared: Math.round(each.duration) }
      const samples = scoreSzcoreSamples(spans(each.reference), spans(each.other), seconds)
      for (const [found, wanted] of [
        [events, each.events],
        [samples, each.samples],
      ] as const) {
        for (const [name, value] of Object.entries(wanted)) {
          const own = found[name as keyof typeof found]
          if (value === null) expect(own, name).toBeNull()
          else expect(own, name).toBeCloseTo(value, 9)
        }
      }
    },
  )
})
