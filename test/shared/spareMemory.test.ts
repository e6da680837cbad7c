/** Memory of reads is used again: what is left to the collector waits there for hundreds of pages. */
import { describe, expect, it } from 'vitest'
import type { ByteSource } from '../../shared/bytes.ts'
import { openRecording, readSpan } from '../../shared/edf/recording.ts'
import { walkRecords } from '../../shared/edf/records/walkRecords.ts'
import { edfBytes, PLAIN_SIGNAL } from '../support/edfBytes.ts'

const RATE = 50_000
const SECONDS = 60

/** 6 MB in records of 100 kB; every number is a sample of its own place. */
const LONG = edfBytes({
  recordCount: SECONDS,
  signals: [
    {
      ...PLAIN_SIGNAL,
      samplesPerRecord: String(RATE),
      record: (record) => Array.from({ length: RATE }, (_, k) => ((record * RATE + k) % 4001) - 2000),
    },
  ],
})

/** A file that tells into which memory it was read since the last `begin`. */
function watchedFile() {
  let memory = new Set<ArrayBufferLike>()
  let longest = 0
  const source: ByteSource = {
    byteLength: LONG.length,
    slice: async (start, end) => LONG.slice(start, end),
    readInto: async (start, target) => {
      memory.add(target.buffer)
      longest = Math.max(longest, target.length)
      target.set(LONG.subarray(start, start + target.length))
    },
  }
  const begin = () => {
    memory = new Set()
  }
  return { source, begin, memory: () => memory, longest: () => longest }
}

type Memory = ReadonlySet<ArrayBufferLike>

/** Not by `toEqual`, which would print megabytes. */
function isWithin(some: Memory, all: Memory): boolean {
  return [...some].every((memory) => all.has(memory))
}

describe('memory of reads', () => {
  it('is that of the page before, however much a page reads', async () => {
    const file = watchedFile()
    const recording = await openRecording(file.source)
    const page = (start: number) => readSpan(file.source, recording, [0], { start, end: start + 20 })
    const [first] = await page(0)
    const taken = file.memory()
    expect([taken.size, file.longest() <= 2 ** 20]).toEqual([2, true])
    file.begin()
    const [second] = await page(30)
    expect(isWithin(file.memory(), taken)).toBe(true)
    expect([first, second].map((signal) => signal?.pieces[0]?.values.length)).toEqual([20 * RATE, 20 * RATE])
    expect(first?.pieces[0]?.values[RATE]).not.toBe(second?.pieces[0]?.values[RATE])
  })

  it('is left to the pages by a walk over the whole recording', async () => {
    const file = watchedFile()
    const recording = await openRecording(file.source)
    for await (const block of walkRecords(file.source, recording.header, [0]))
      expect(block.bytes).not.toBeNull()
    const walked = file.memory()
    file.begin()
    await readSpan(file.source, recording, [0], { start: 0, end: 20 })
    expect([walked.size, isWithin(file.memory(), walked)]).toEqual([2, true])
  })

  it('is larger for a larger page from then on, though smaller memory was kept', async () => {
    const file = watchedFile()
    const recording = await openRecording(file.source)
    const page = (end: number) => readSpan(file.source, recording, [0], { start: 0, end })
    await Promise.all([page(1), page(1), page(1)])
    await page(40)
    const large = new Set([...file.memory()].filter(({ byteLength }) => byteLength === 2 ** 20))
    file.begin()
    await page(40)
    expect(isWithin(file.memory(), large)).toBe(true)
  })
})
