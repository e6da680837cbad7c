import { expect, it } from 'vitest'
import { describeSet } from '../../../renderer/sets/describeSet.ts'
import { PLAIN_SET } from '../../support/fakeHost.ts'

const OWN = 'night.BEN.hypnospike.json'

it.each([
  ["night.BEN.hypnospike (Anna's conflicted copy 2026-11-26).json", "“Anna's conflicted copy 2026-11-26”"],
  [
    'night.BEN.hypnospike.sync-conflict-20261126-101530-ABCDEFG.json',
    'conflict copy 20261126-101530-ABCDEFG',
  ],
  ['night.BEN.hypnospike (1).json', 'conflict copy 1'],
  ['night.BEN.hypnospike-LAB-PC2.json', 'conflict copy LAB-PC2'],
  ['night.BEN.hypnospike 2.json', 'conflict copy 2'],
])('tells the copy %s by its count and by what its name has that others have not', (name, told) => {
  const set = { ...PLAIN_SET, ref: 'a', name, reviewer: 'BEN', marks: 3, changed: null, copyOf: OWN }
  expect(describeSet(set)).toBe(`3 marks · ${told}`)
  expect(describeSet({ ...set, name: OWN, copyOf: null })).toBe('3 marks')
})
