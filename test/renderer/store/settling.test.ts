/** While the host puts another form of the set in its place, nothing is marked that would be in neither. */
import { expect, it } from 'vitest'
import { label } from '../../../renderer/store/marking.ts'
import { discardUnsaved } from '../../../renderer/store/openingSets.ts'
import { chooseRecovery } from '../../../renderer/store/recovering.ts'
import { patchPane } from '../../../renderer/store/state.ts'
import type { OpenedSet } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { deferred, openedSet } from '../../support/fakeHost.ts'
import { lastNotice, marks, openEmptySet, select } from '../../support/openSetInStore.ts'

function markAt(start: number): void {
  patchPane({ selectedMark: null })
  select(start, start + 1)
  label('hypnic_jerk')
}

it.each([
  ['chosen', () => chooseRecovery('recovered')],
  ['given up', discardUnsaved],
] as const)('nothing is marked in what goes: %s', async (_, answer) => {
  const answered = deferred<OpenedSet>()
  const asked = openEmptySet({ chooseRecovery: () => answered.promise, discardSet: () => answered.promise })
  markAt(1)
  const settled = answer()
  markAt(3)
  expect(lastNotice()).toBe('Your set is being opened: mark again in a moment.')
  answered.resolve(openedSet({ setId: 'chosen' }))
  await settled
  expect(asked.journal).toHaveLength(1)
  markAt(5)
  expect(marks()).toEqual([['hypnic_jerk', 5, 6]])
})

it('it can be marked in again where the host refuses', async () => {
  const why = new ReviewError('read-only', 'The folder cannot be written to.')
  openEmptySet({ discardSet: () => Promise.reject(why) })
  markAt(1)
  await discardUnsaved()
  markAt(3)
  expect(marks()).toHaveLength(2)
})
