/** The threads that read large sets: begun as seldom as can be, and none that is hung, full or of no use any more is kept. */
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createReadingThreads, type Reading, type ThreadEars } from '../../../electron/host/readingThreads.ts'
import type { SetAnswer, SetTask } from '../../../electron/host/setThread.ts'

const TASK: SetTask = { file: 'night.JS.hypnospike.json', what: 'head' }
const ANSWER: SetAnswer = { type: 'refused', failure: { code: 'bad-set', message: 'It is none.' } }

type Begun = ThreadEars & { readonly asked: SetTask[]; ended: boolean; holds: boolean }

function makeThreads() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const begun: Begun[] = []
  const threads = createReadingThreads((ears) => {
    const one: Begun = { ...ears, asked: [], ended: false, holds: true }
    begun.push(one)
    return {
      ask: (task) => one.asked.push(task),
      end: () => {
        one.ended = true
      },
      hold: (holds) => {
        one.holds = holds
      },
    }
  })
  const read = (given: Partial<Reading> = {}) =>
    threads.read({
      task: TASK,
      patienceMs: 5000,
      leavesLittle: true,
      giveUp: (why) => new Error(`It ${why}.`),
      ...given,
    })
  return { begun, read, prepare: threads.prepare }
}

describe('a thread that reads sets', () => {
  it('is begun once for readings that come one after the other', async () => {
    const { begun, read } = makeThreads()
    for (let count = 1; count <= 3; count += 1) {
      const reading = read()
      begun[0]!.onAnswer(ANSWER)
      expect(await reading).toBe(ANSWER)
    }
    expect(begun.map(({ asked }) => asked)).toEqual([[TASK, TASK, TASK]])
  })

  it('is begun before there is a reading, once, and ended where none comes', async () => {
    const { begun, read, prepare } = makeThreads()
    prepare()
    prepare()
    expect(begun.map(({ holds, asked }) => [holds, asked.length])).toEqual([[false, 0]])
    const reading = read()
    expect(begun.map(({ holds, asked }) => [holds, asked.length])).toEqual([[true, 1]])
    begun[0]!.onAnswer(ANSWER)
    expect(await reading).toBe(ANSWER)
    prepare()
    await vi.advanceTimersByTimeAsync(30_000)
    expect(begun.map(({ ended }) => ended)).toEqual([true])
    prepare()
    begun[1]!.onExit()
    prepare()
    expect(begun.length).toBe(3)
  })

  it('reads one set at a time; of three that were needed at once two wait for the next', async () => {
    const { begun, read } = makeThreads()
    const readings = [read(), read(), read()]
    for (const { onAnswer } of begun) onAnswer(ANSWER)
    await Promise.all(readings)
    expect(begun.map(({ ended }) => ended)).toEqual([false, false, true])
    void Promise.all([read(), read()])
    expect(begun.map(({ asked }) => asked.length)).toEqual([2, 2, 1])
  })

  it('that takes too long is given up and ended, and reads no other', async () => {
    const { begun, read } = makeThreads()
    const reading = read()
    const failed = expect(reading).rejects.toThrow('It takes longer than 5 s.')
    await vi.advanceTimersByTimeAsync(5000)
    await failed
    expect(begun[0]?.ended).toBe(true)
    const next = read()
    begun[1]!.onAnswer(ANSWER)
    expect(await next).toBe(ANSWER)
  })

  it('is not given up for the patience of a reading that it has answered', async () => {
    const { begun, read } = makeThreads()
    const first = read()
    begun[0]!.onAnswer(ANSWER)
    await first
    await vi.advanceTimersByTimeAsync(4000)
    const second = read()
    await vi.advanceTimersByTimeAsync(4000)
    begun[0]!.onAnswer(ANSWER)
    expect(await second).toBe(ANSWER)
  })

  it('that ends or fails by itself is said to have, and reads no other', async () => {
    const { begun, read } = makeThreads()
    const ended = expect(read()).rejects.toThrow('It ended its reading.')
    begun[0]!.onExit()
    await ended
    const failed = expect(read()).rejects.toThrow('no memory')
    begun[1]!.onError(new Error('no memory'))
    await failed
    void read()
    expect(begun.length).toBe(3)
  })

  it('that ends while it waits is not asked any more', async () => {
    const { begun, read } = makeThreads()
    const reading = read()
    begun[0]!.onAnswer(ANSWER)
    await reading
    begun[0]!.onExit()
    void read()
    expect(begun.map(({ asked }) => asked.length)).toEqual([1, 1])
  })

  it('goes with what it has read where that is much', async () => {
    const { begun, read } = makeThreads()
    const reading = read({ leavesLittle: false })
    begun[0]!.onAnswer(ANSWER)
    await reading
    expect(begun[0]?.ended).toBe(true)
  })

  it('waits for half a minute, and holds no process that has nothing else to do', async () => {
    const { begun, read } = makeThreads()
    const reading = read()
    expect(begun[0]?.holds).toBe(true)
    begun[0]!.onAnswer(ANSWER)
    await reading
    expect(begun[0]?.holds).toBe(false)
    await vi.advanceTimersByTimeAsync(20_000)
    const another = read()
    expect(begun[0]?.holds).toBe(true)
    begun[0]!.onAnswer(ANSWER)
    await another
    await vi.advanceTimersByTimeAsync(29_999)
    expect(begun[0]?.ended).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(begun[0]?.ended).toBe(true)
    void read()
    expect(begun.length).toBe(2)
  })
})
