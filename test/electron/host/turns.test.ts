/** What goes before what in the thread of a recording. */
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { createTurns } from '../../../electron/host/turns.ts'

function makeTurns() {
  let clock = 0
  let rests = 0
  const turns = createTurns({
    now: () => clock,
    rest: async () => {
      rests += 1
    },
  })
  return {
    ...turns,
    rests: () => rests,
    pass: (ms: number) => {
      clock += ms
    },
  }
}

describe('work in the background', () => {
  it('waits as long as a reader does, for all that was asked', async () => {
    const { begin, giveWay } = makeTurns()
    const ends = [begin(), begin()]
    let went = false
    const waiting = giveWay().then(() => {
      went = true
    })
    for (let turn = 0; turn < 5; turn += 1) await setImmediate()
    ends[0]!()
    for (let turn = 0; turn < 5; turn += 1) await setImmediate()
    expect(went).toBe(false)
    ends[1]!()
    await waiting
  })

  it('rests between its blocks as long as somebody leafs through pages, and then no more', async () => {
    const { begin, giveWay, rests, pass } = makeTurns()
    // What was asked before there was such work is no leafing.
    begin()()
    await giveWay()
    expect(rests()).toBe(0)
    begin()()
    await giveWay()
    pass(250)
    await giveWay()
    expect(rests()).toBe(2)
    begin()()
    pass(250)
    await giveWay()
    expect(rests()).toBe(3)
    pass(50)
    await giveWay()
    expect(rests()).toBe(3)
  })

  /** A reader who asks again while the background rests, as often as told. */
  function makeEager(pages: number, msPerPage: number) {
    let clock = 0
    let answered = 0
    const turns = createTurns({
      now: () => clock,
      rest: async () => {
        if (answered === pages) return
        const end = turns.begin()
        // Longer than the background looks for requests that have arrived.
        void setImmediate()
          .then(() => setImmediate())
          .then(() => {
            clock += msPerPage
            answered += 1
            end()
          })
      },
    })
    return { ...turns, answered: () => answered }
  }

  it('begins no block between two pages that are asked for one after the other', async () => {
    const { begin, giveWay, answered } = makeEager(5, 3)
    await giveWay()
    begin()()
    await giveWay()
    expect(answered()).toBe(5)
  })

  it('goes on after a while beside somebody who never stops asking', async () => {
    const { begin, giveWay, answered } = makeEager(1000, 10)
    await giveWay()
    begin()()
    await giveWay()
    expect(answered()).toBeGreaterThan(3)
    expect(answered()).toBeLessThan(10)
  })
})
