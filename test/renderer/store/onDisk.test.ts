import { beforeEach, expect, it } from 'vitest'
import { acceptOnDisk, lookOnDisk } from '../../../renderer/store/onDisk.ts'
import { refreshSets } from '../../../renderer/store/openingSets.ts'
import { save } from '../../../renderer/store/saving.ts'
import { getState } from '../../../renderer/store/state.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { type Asked, deferred } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { setNow } from '../../support/reviewWindow.ts'

const [ONE, OTHER] = ['a'.repeat(64), 'b'.repeat(64)]

let asked: Asked
let hash: string | null
let gate: Promise<void>

beforeEach(() => {
  hash = ONE
  gate = Promise.resolve()
  asked = openEmptySet({
    findOnDisk: async () => {
      const found = hash
      await gate
      return { hash: found }
    },
    listSets: async () => [],
    saveSet: async () => ({ fileName: 'recording.JS.hypnospike.json', savedAt: '', signed: null }),
  })
})

it('is said when the sets are looked for again, until the reader knows', async () => {
  await refreshSets()
  expect(setNow().onDisk).toEqual({ hash: ONE, isSeen: false })
  acceptOnDisk(setNow().setId)
  await lookOnDisk()
  expect(setNow().onDisk).toEqual({ hash: ONE, isSeen: true })
  hash = OTHER
  await lookOnDisk()
  expect(setNow().onDisk).toEqual({ hash: OTHER, isSeen: false })
})

it('is over with a save, whatever an older answer says', async () => {
  await lookOnDisk()
  const open = deferred<void>()
  gate = open.promise
  const looked = lookOnDisk()
  await save({ setId: setNow().setId, overwrite: true })
  expect(setNow().onDisk).toBeNull()
  open.resolve()
  await looked
  expect(setNow().onDisk).toBeNull()
})

it('is over where what lay there has become what was saved here, and a host that cannot tell says nothing', async () => {
  await lookOnDisk()
  hash = null
  await lookOnDisk()
  expect(setNow().onDisk).toBeNull()
  gate = Promise.reject(new ReviewError('host-gone', 'gone'))
  hash = ONE
  await lookOnDisk()
  expect([setNow().onDisk, getState().ui.notices.length]).toEqual([null, 0])
  expect(asked).toBeDefined()
})
