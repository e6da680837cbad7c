import { describe, expect, it } from 'vitest'
import { createHeadMemory } from '../../../electron/host/headMemory.ts'
import type { SetHead } from '../../../shared/annotation/setHead.ts'
import { RECORDING } from '../../support/annotations.ts'

const HEAD: SetHead = {
  recording: RECORDING,
  reviewer: 'JS',
  changed: '2026-01-31T08:00:00.000Z',
  marks: 10_000,
}

function makeMemory() {
  const memory = createHeadMemory()
  const read: string[] = []
  return {
    read,
    headOf: (hash: string, head: SetHead = HEAD) =>
      memory.headOf(hash, () => {
        read.push(hash)
        return head
      }),
  }
}

describe('heads that were read', () => {
  it('are told of the same bytes without a second walk over them', () => {
    const { headOf, read } = makeMemory()
    expect([headOf('a'), headOf('b', { ...HEAD, marks: 3 }), headOf('a')]).toEqual([
      HEAD,
      { ...HEAD, marks: 3 },
      HEAD,
    ])
    expect(read).toEqual(['a', 'b'])
  })

  it('are as many as a folder of readers has, the newest, and none that is large', () => {
    const { headOf, read } = makeMemory()
    for (let count = 0; count <= 32; count += 1) headOf(String(count))
    headOf('32')
    headOf('1')
    expect(read.length).toBe(33)
    headOf('0')
    expect(read.length).toBe(34)
    const large = { ...HEAD, recording: { ...RECORDING, fileName: 'x'.repeat(64 * 1024) } }
    headOf('large', large)
    headOf('large', large)
    expect(read.slice(34)).toEqual(['large', 'large'])
  })

  it('are not those of a set that could not be read', () => {
    const memory = createHeadMemory()
    const refuse = () => {
      throw new Error('It is none.')
    }
    expect(() => memory.headOf('a', refuse)).toThrow('It is none.')
    expect(memory.headOf('a', () => HEAD)).toBe(HEAD)
  })
})
