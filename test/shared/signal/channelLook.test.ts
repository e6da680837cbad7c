import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  arrangeLines,
  type ChannelLooks,
  changeLook,
  lookOf,
  moveLine,
  orderLines,
  PLAIN_LOOKS,
  planLook,
} from '../../../shared/signal/channelLook.ts'
import { lineNamed } from '../../support/pages.ts'
import { cases } from '../../support/properties.ts'

const LINES = ['Fp1-F7', 'F7-T7', 'T7-P7'].map((label) => lineNamed(label))
const [FP1, F7, T7] = LINES
const CHIN = lineNamed('Chin EMG', { id: '22:EMG Chin', kind: 'emg' })
const CONTEXT = { sensitivity: 7, rWave: null }
const labels = (lines: readonly { readonly label: string }[]) => lines.map(({ label }) => label)

describe('what is said of a channel', () => {
  it('is kept by its id, and goes before what is said of its name', () => {
    const byName: ChannelLooks = { ...PLAIN_LOOKS, lines: { 'Chin EMG': { sensitivity: 50 } } }
    expect(lookOf(byName, CHIN).sensitivity).toBe(50)
    const own = changeLook(byName, CHIN, { sensitivity: 10 })
    expect(lookOf(own, CHIN).sensitivity).toBe(10)
    expect(lookOf(own, lineNamed('Chin EMG', { id: '23:EMG Chin' })).sensitivity).toBe(50)
  })

  it('is taken back without a trace, or where its name says otherwise with one', () => {
    const inverted = changeLook(PLAIN_LOOKS, CHIN, { inverted: true })
    expect(changeLook(inverted, CHIN, { inverted: false })).toEqual(PLAIN_LOOKS)
    const byName: ChannelLooks = { ...PLAIN_LOOKS, lines: { 'Chin EMG': { inverted: true } } }
    expect(lookOf(changeLook(byName, CHIN, { inverted: false }), CHIN)).toEqual({})
  })

  it('is nothing of a channel that is called as a part of every object', () => {
    expect(lookOf(PLAIN_LOOKS, lineNamed('constructor'))).toEqual({})
    expect(orderLines(LINES, PLAIN_LOOKS, 'toString')).toBe(LINES)
  })

  it('decides how it is drawn: its own gain, its kind’s, the EEG’s', () => {
    expect(planLook(FP1!, PLAIN_LOOKS, CONTEXT)).toMatchObject({ sensitivity: 7, limited: false })
    expect(planLook(CHIN, PLAIN_LOOKS, CONTEXT)).toMatchObject({ sensitivity: 20, limited: true })
    const kinds: ChannelLooks = { ...PLAIN_LOOKS, gains: { chin: 30 } }
    expect(planLook(CHIN, kinds, { ...CONTEXT, sensitivity: 100 }).sensitivity).toBe(30)
    expect(planLook(CHIN, changeLook(kinds, CHIN, { sensitivity: 5 }), CONTEXT)).toMatchObject({
      sensitivity: 5,
      hasOwnGain: true,
    })
  })

  it('lets lines leave their rows as the reader wants it', () => {
    const limited = (overlap: ChannelLooks['overlap']) =>
      [FP1!, lineNamed('LOC', { kind: 'eog' }), CHIN].map(
        (line) => planLook(line, { ...PLAIN_LOOKS, overlap }, CONTEXT).limited,
      )
    expect(limited('eeg')).toEqual([false, false, true])
    expect(limited('all')).toEqual([false, false, false])
    expect(limited('none')).toEqual([true, true, true])
  })
})

describe('the lines of a page', () => {
  it('are the montage’s own as long as nothing is said', () => {
    expect(arrangeLines(LINES, PLAIN_LOOKS, 'longitudinal')).toBe(LINES)
  })

  it('lack those that are hidden', () => {
    const looks = changeLook(PLAIN_LOOKS, F7!, { hidden: true })
    expect(labels(arrangeLines(LINES, looks, 'longitudinal'))).toEqual(['Fp1-F7', 'T7-P7'])
  })

  it('move past the neighbour that is seen, in their montage alone', () => {
    const looks = changeLook(PLAIN_LOOKS, F7!, { hidden: true })
    const order = moveLine(LINES, looks, 'longitudinal', T7!.id, -1)!
    const moved = { ...looks, order: { longitudinal: order } }
    expect(labels(arrangeLines(LINES, moved, 'longitudinal'))).toEqual(['T7-P7', 'Fp1-F7'])
    expect(labels(orderLines(LINES, moved, 'average'))).toEqual(labels(LINES))
    expect(moveLine(LINES, moved, 'longitudinal', T7!.id, -1)).toBeNull()
  })

  it('that an order does not name stay behind what they stood behind', () => {
    const looks = { ...PLAIN_LOOKS, order: { longitudinal: ['T7-P7', 'Fp1-F7'] } }
    expect(labels(orderLines(LINES, looks, 'longitudinal'))).toEqual(['T7-P7', 'Fp1-F7', 'F7-T7'])
  })

  it('are all there, once each, however they are moved', () => {
    const moves = fc.array(fc.tuple(fc.nat(2), fc.constantFrom(-1, 1)))
    fc.assert(
      fc.property(moves, (made) => {
        let looks: ChannelLooks = PLAIN_LOOKS
        for (const [line, by] of made) {
          const order = moveLine(LINES, looks, 'm', LINES[line]!.id, by)
          if (order !== null) looks = { ...looks, order: { m: order } }
        }
        expect(labels(orderLines(LINES, looks, 'm')).sort()).toEqual(labels(LINES).sort())
      }),
      cases(50),
    )
  })
})
