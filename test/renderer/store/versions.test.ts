import { beforeEach, expect, it } from 'vitest'
import { newSet } from '../../../renderer/store/beginnings.ts'
import { addMarkOver, undoStep } from '../../../renderer/store/marking.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { takeUpSet } from '../../../renderer/store/outbox.ts'
import { save } from '../../../renderer/store/saving.ts'
import { getState } from '../../../renderer/store/state.ts'
import {
  isVersionOfOwn,
  mergeVersion,
  moveCopyAside,
  openVersions,
  readVersion,
} from '../../../renderer/store/versions.ts'
import type { Keep } from '../../../shared/agreement/mergeVersions.ts'
import { listDifferences } from '../../../shared/agreement/mergeVersions.ts'
import type { SetSummary, SetVersion } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { withMarks } from '../../support/annotations.ts'
import { type Asked, openedSet, PLAIN_SET } from '../../support/fakeHost.ts'
import { lastNotice, marks, openEmptySet, steps } from '../../support/openSetInStore.ts'
import { setNow } from '../../support/reviewWindow.ts'

const HASH = 'd'.repeat(64)
const COPY = { ref: 'copy', name: 'recording.JS.hypnospike (1).json' }
const theirs = withMarks([
  [1, 1.2],
  [5, 5.2],
])
const version: SetVersion = { fileName: 'recording.JS.hypnospike.json', hash: HASH, document: theirs }

let asked: Asked
let refused: ReviewError | null

beforeEach(() => {
  refused = null
  asked = openEmptySet({
    readVersion: async () => version,
    setCopyAside: async () => ({ fileName: COPY.name, folder: 'set aside' }),
    listSets: async () => [],
    saveSet: async ({ seen }) => {
      if (refused !== null && seen === undefined) throw refused
      return { fileName: 'recording.JS.hypnospike.json', savedAt: '2026-01-31T09:00:00.000Z', signed: null }
    },
  })
  addMarkOver({ start: 2, end: 2.2 }, 'hypnic_jerk')
})

const merge = (chosen: ReadonlyMap<string, Keep>, copy: typeof COPY | null = null, setsAside = false) => {
  const differences = listDifferences(setNow().document, version.document)
  return mergeVersion({ version, differences, chosen, copy, setsAside })
}

it('a save over what another has written offers to compare the two', async () => {
  refused = new ReviewError('conflict', 'It was changed on disk.')
  expect(await save()).toBe(false)
  takeAction(setNow().refusal!.actions[0]!)
  expect(getState().ui).toMatchObject({ dialog: 'versions', otherVersion: null })
})

it('what is on disk is read once all that was marked is in the journal', async () => {
  expect(await readVersion(null)).toBe(version)
  expect(asked.journal).toHaveLength(1)
  expect(asked.readVersion).toEqual([{ setId: 'set', ref: null }])
})

it('a merge is one step that is journalled, saved over what was compared, and undone', async () => {
  openVersions(null)
  expect(await merge(new Map())).toBe(true)
  expect(marks()).toEqual([
    ['hypnic_jerk', 1, 1.2],
    ['hypnic_jerk', 2, 2.2],
    ['hypnic_jerk', 5, 5.2],
  ])
  expect(steps().at(-1)).toBe('merge two versions')
  expect(asked.journal.flatMap(({ entries }) => entries).at(-1)).toMatchObject({
    op: 'edit',
    edit: { label: 'merge two versions', author: 'R-01' },
  })
  expect(asked.saveSet).toEqual([{ setId: 'set', overwrite: false, seen: HASH }])
  expect(lastNotice()).toBe('2 marks taken over, and saved as recording.JS.hypnospike.json')
  expect(getState().ui.dialog).toBeNull()
  undoStep()
  expect(marks()).toEqual([['hypnic_jerk', 2, 2.2]])
})

it('of a copy is saved as any other change; the copy goes only where the reader says so', async () => {
  openVersions(COPY)
  const [own] = setNow().document.marks
  expect(await merge(new Map([[`mark ${own!.id}`, 'theirs']]), COPY)).toBe(true)
  expect(marks()).toEqual([
    ['hypnic_jerk', 1, 1.2],
    ['hypnic_jerk', 5, 5.2],
  ])
  expect(asked.saveSet).toEqual([{ setId: 'set', overwrite: false }])
  expect(asked.setCopyAside).toEqual([])
  // All of it is here already: nothing is edited, and the copy is put away.
  expect(await merge(new Map(), COPY, true)).toBe(true)
  expect(asked.setCopyAside).toEqual([{ setId: 'set', ref: 'copy', seen: HASH }])
  expect(lastNotice()).toBe(`${COPY.name} lies in the folder “set aside” now.`)
})

it('what could not be saved stays as a step, and the copy where it is', async () => {
  refused = new ReviewError('disk-full', 'The disk is full.')
  expect(await merge(new Map(), COPY, true)).toBe(false)
  expect(marks()).toHaveLength(3)
  expect(asked.setCopyAside).toEqual([])
  expect(setNow().refusal?.message).toBe('The disk is full.')
})

it('a copy that holds nothing else is moved aside without a save', async () => {
  await moveCopyAside(COPY, HASH)
  expect(asked.setCopyAside).toEqual([{ setId: 'set', ref: COPY.ref, seen: HASH }])
  expect(asked.saveSet).toEqual([])
  expect(asked.listSets).toHaveLength(1)
})

it('nothing is merged into a set that is signed off, or for reading', async () => {
  const signed = {
    at: '2026-01-31T09:00:00.000Z',
    by: 'JS',
    hash: HASH,
    marks: 0,
    blind: true,
    changedSince: 0,
  }
  takeUpSet(newSet(openedSet({ signed: { ...signed, isIntact: true } }), null))
  expect(await merge(new Map())).toBe(false)
  expect(lastNotice()).toContain('signed off')
  expect([asked.saveSet, marks()]).toEqual([[], []])
  takeUpSet(newSet(openedSet({ readOnly: true }), null))
  expect(await merge(new Map())).toBe(false)
})

it('only another file of one’s own is a version of one’s set', () => {
  const listed = (fields: Partial<SetSummary>): SetSummary => ({
    ...PLAIN_SET,
    ref: 'a',
    name: COPY.name,
    reviewer: 'JS',
    marks: 1,
    changed: null,
    ...fields,
  })
  const isVersion = (fields: Partial<SetSummary>) => isVersionOfOwn(getState(), listed(fields))
  expect(isVersion({ copyOf: 'recording.JS.hypnospike.json' })).toBe(true)
  expect(isVersion({ strayedIn: 'elsewhere', name: 'recording.JS.hypnospike.json' })).toBe(true)
  expect(isVersion({ name: 'recording.JS.hypnospike.json' })).toBe(false)
  expect(isVersion({ reviewer: 'MK' })).toBe(false)
  expect(isVersion({ isKey: true })).toBe(false)
  expect(isVersion({ problem: 'It is damaged.' })).toBe(false)
})
