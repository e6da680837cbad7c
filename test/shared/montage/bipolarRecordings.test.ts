import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { classifySignal } from '../../../shared/edf/header/kind.ts'
import { isOn, placesIn } from '../../../shared/montage/places.ts'
import { availableMontages, defaultMontage, planMontage } from '../../../shared/montage/planMontage.ts'
import { makeHeader } from '../../support/signals.ts'

/** As CHB-MIT records: each chain in one go, two links across the neck, one pair twice. */
const CHB_MIT = [
  ...['FP1-F7', 'F7-T7', 'T7-P7', 'P7-O1', 'FP1-F3', 'F3-C3', 'C3-P3', 'P3-O1'],
  ...['FP2-F4', 'F4-C4', 'C4-P4', 'P4-O2', 'FP2-F8', 'F8-T8', 'T8-P8', 'P8-O2'],
  ...['FZ-CZ', 'CZ-PZ', 'P7-T7', 'T7-FT9', 'FT9-FT10', 'FT10-T8', 'T8-P8'],
]
const header = makeHeader(CHB_MIT)

describe('a recording that is bipolar already', () => {
  it('is read as it is: every pair in the file’s order, a block a chain', () => {
    expect(defaultMontage(header)).toBe('recorded')
    const { derivations } = planMontage(header, 'recorded')
    expect(derivations.map(({ terms }) => terms)).toEqual(CHB_MIT.map((_, signal) => [{ signal, weight: 1 }]))
    const blocks = derivations.map(({ block }) => block)
    expect(blocks).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 5, 5, 5])
    expect(derivations.map(({ side }) => side).slice(0, 20)).toEqual([
      ...Array<string>(8).fill('left'),
      ...Array<string>(8).fill('right'),
      ...['midline', 'midline', 'left', 'left'],
    ])
  })

  it('is offered no montage that would have to be derived, and the reader is told why', () => {
    const offered = availableMontages(header).filter(({ problem }) => problem === null)
    expect(offered.map(({ id }) => id)).toEqual(['recorded', 'longitudinal'])
    expect(planMontage(header, 'average').problem).toBe(
      'The recording is already bipolar (FP1-F7...): no other montage can be derived.',
    )
  })

  it('has the longitudinal of its own pairs, in the order of the montage, and nothing is computed', () => {
    const { derivations, notes, isComplete } = planMontage(header, 'longitudinal')
    expect(derivations.map(({ label }) => label.toUpperCase()).slice(8, 12)).toEqual([
      ...['FZ-CZ', 'CZ-PZ', 'FP2-F4', 'F4-C4'],
    ])
    for (const { label, terms } of derivations) {
      expect(terms).toEqual([{ signal: CHB_MIT.indexOf(label.toUpperCase()), weight: 1 }])
    }
    expect(notes).toEqual([
      'Recorded, but not part of this montage: P7-T7, T7-FT9, FT9-FT10, FT10-T8, T8-P8.',
    ])
    expect(isComplete).toBe(true)
  })

  it('has a pair that was recorded the other way round upside down', () => {
    const turned = makeHeader(CHB_MIT.slice(0, 18).map((label) => label.split('-').reverse().join('-')))
    const { derivations } = planMontage(turned, 'longitudinal')
    expect(derivations.map(({ terms }) => terms[0]?.weight)).toEqual(Array<number>(18).fill(-1))
    expect(derivations[0]?.label).toBe('Fp1-F7')
  })

  it('keeps the row of a pair that was not recorded, with the reason', () => {
    const lacking = makeHeader(CHB_MIT.filter((label) => label !== 'F3-C3'))
    const { derivations, notes } = planMontage(lacking, 'longitudinal')
    expect(derivations.find(({ label }) => label === 'F3-C3')?.problem).toBe('F3-C3 was not recorded')
    expect(notes[0]).toBe('Empty: F3-C3 (F3-C3 was not recorded).')
  })

  it('ties a mark to both electrodes of a pair, in either view', () => {
    const placesOf = placesIn(header)
    for (const id of ['recorded', 'longitudinal'] as const) {
      const on = planMontage(header, id).derivations.filter((line) => isOn(['P3'], placesOf(line)))
      expect(on.map(({ label }) => label)).toEqual(['C3-P3', 'P3-O1'])
    }
  })

  it('has of a sleep recording what was recorded to an ear', () => {
    const cap = makeHeader(['Fp2-F4', 'F4-C4', 'C4-P4', 'P4-O2', 'C4-A1'])
    expect(planMontage(cap, 'sleep').derivations.find(({ problem }) => problem === null)).toMatchObject({
      label: 'C4-A1',
      terms: [{ signal: 4, weight: 1 }],
    })
    expect(planMontage(cap, 'average').problem).toMatch(/^The recording is already bipolar \(Fp2-F4/)
  })
})

it('is what the header of the CHB-MIT recording is taken for', () => {
  const golden = path.resolve(
    import.meta.dirname,
    '../../../../shared/recordings/valid/chbmit-header-chb01_01.edf.golden.json',
  )
  if (!existsSync(golden)) {
    console.log('skipped: no real recordings beside this checkout')
    return
  }
  const labels: readonly { readonly label: string }[] = JSON.parse(readFileSync(golden, 'utf8')).signals
  const signals = labels.map(({ label }) => ({ label, kind: classifySignal(label, 'uV', '') }))
  const real = makeHeader(signals.filter(({ label }) => !label.includes('Annotations')))
  const { derivations } = planMontage(real, 'recorded')
  expect(Math.max(...derivations.map(({ block }) => block))).toBe(5)
  expect(availableMontages(real).filter(({ problem }) => problem === null)).toHaveLength(2)
})
