import { expect, it } from 'vitest'
import { newSet } from '../../../renderer/store/beginnings.ts'
import { readerOf, shortReaderOf } from '../../../renderer/store/selectors.ts'
import { openedSet, PLAIN_SET } from '../../support/fakeHost.ts'

const OWN = 'night.BEN.hypnospike.json'

it.each([
  [
    "night.BEN.hypnospike (Anna's conflicted copy 2026-11-26).json",
    "BEN (Anna's conflicted copy 2026-11-26)",
    'BEN …-11-26',
  ],
  [
    'night.BEN.hypnospike.sync-conflict-20261126-101530-ABCDEFG.json',
    'BEN (copy 20261126-101530-ABCDEFG)',
    'BEN 10:15',
  ],
  ['night.BEN.hypnospike (1).json', 'BEN (copy 1)', 'BEN copy 1'],
  ['night.BEN.hypnospike-LAB-PC2.json', 'BEN (copy LAB-PC2)', 'BEN LAB-PC2'],
  ['night.BEN.hypnospike 2.json', 'BEN (copy 2)', 'BEN copy 2'],
  [
    "night.BEN.hypnospike (Anna's conflicted copy 2026-11-26 (1)).json",
    "BEN (Anna's conflicted copy 2026-11-26 (1))",
    'BEN …26 (1)',
  ],
  [
    'night.BEN.hypnospike (In Konflikt stehende Kopie 3).json',
    'BEN (In Konflikt stehende Kopie 3)',
    'BEN …opie 3',
  ],
])('says of %s whose it is and which', (name, told, short) => {
  const listed = { ...PLAIN_SET, ref: 'a', name, reviewer: 'BEN', marks: 3, changed: null, copyOf: OWN }
  expect([readerOf(listed), shortReaderOf(listed)]).toEqual([told, short])
  expect([readerOf({ ...listed, copyOf: null }), shortReaderOf({ ...listed, copyOf: null })]).toEqual([
    'BEN',
    'BEN',
  ])
})

it('of a set that is none, whose it is alone', () => {
  const set = newSet(openedSet({}), null)
  expect([readerOf(set), shortReaderOf(set)]).toEqual([set.document.reviewer, set.document.reviewer])
  expect(readerOf({ ...set, isKey: true, copy: 'LAB' })).toBe('Key (copy LAB)')
})
