import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { newSet } from '../../../renderer/store/beginnings.ts'
import { choose, goToDisagreement } from '../../../renderer/store/comparing.ts'
import {
  comparisonOf,
  currentComparison,
  followComparison,
  isAwaited,
  OWN,
} from '../../../renderer/store/comparison.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { takeUpSet } from '../../../renderer/store/outbox.ts'
import type { CompareSets } from '../../../renderer/store/reviewState.ts'
import { getState, patchRecording, patchUi, setState } from '../../../renderer/store/state.ts'
import { compareAll } from '../../../shared/agreement/compareAll.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { seconds, withMarks } from '../../support/annotations.ts'
import { deferred, openedSet, PLAIN_SET } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { paneNow } from '../../support/reviewWindow.ts'

const [MARK] = withMarks([[1, 1.2]]).marks

/** A jerk every half second; the other reader has all but the first. */
function reading(count: number, reviewer: string, first = 0): AnnotationDocument {
  const marks = Array.from({ length: count }, (_, index) => ({
    ...MARK!,
    id: `${reviewer} ${index}`,
    onset: seconds(1 + index / 2),
  }))
  const reviewed = [{ id: 'all', onset: seconds(0), duration: seconds(600) }]
  return { ...withMarks([]), reviewer, marks: marks.slice(first), reviewed }
}

let calls = 0
let gate: Promise<void>

/** One's own set and the key, compared by a thread that answers once `gate` is open. */
async function compare(count: number): Promise<void> {
  openEmptySet({
    openSet: async () =>
      openedSet({ setId: 'the key', readOnly: true, isKey: true, document: reading(count, 'key') }),
    closeSet: async () => null,
  })
  const compareSets: CompareSets = async (readings, rules) => {
    calls += 1
    await gate
    return compareAll(readings, rules)
  }
  setState(({ tools }) => ({ tools: { ...tools, compareSets } }))
  takeUpSet(newSet(openedSet({ document: reading(count, 'JS', 1) }), null))
  patchRecording({
    sets: [
      {
        ...PLAIN_SET,
        ref: 'key',
        name: 'recording.key.json',
        reviewer: 'key',
        marks: 3,
        changed: null,
        isKey: true,
      },
    ],
  })
  patchUi({ panel: 'compare' })
  onTestFinished(followComparison({ restMs: 0 }))
  await choose(['key', OWN])
}

beforeEach(() => {
  calls = 0
  gate = Promise.resolve()
})

const f1 = () => {
  const comparison = comparisonOf(getState())
  return comparison === null || typeof comparison === 'string'
    ? comparison
    : comparison.pairs[0]?.agreement.where.both
}

it('small sets are compared whenever somebody looks, without the thread', async () => {
  await compare(100)
  expect([f1(), isAwaited(getState()), calls]).toEqual([99, false, 0])
  addMarkOver({ start: 1, end: 1.2 }, 'hypnic_jerk')
  expect(f1()).toBe(100)
})

it('of large sets what was compared last stands until the thread has the next', async () => {
  const first = deferred<void>()
  gate = first.promise
  await compare(600)
  expect([f1(), isAwaited(getState())]).toEqual([null, true])
  await expect.poll(() => calls).toBe(1)
  first.resolve()
  await expect.poll(f1).toBe(599)
  expect(isAwaited(getState())).toBe(false)
  const second = deferred<void>()
  gate = second.promise
  addMarkOver({ start: 1, end: 1.2 }, 'hypnic_jerk')
  expect([f1(), isAwaited(getState())]).toEqual([599, true])
  await expect.poll(() => calls).toBe(2)
  // Marked once more meanwhile: that is compared after it.
  addMarkOver({ start: 590, end: 590.2 }, 'uncertain')
  second.resolve()
  await expect.poll(() => calls).toBe(3)
  await expect.poll(() => isAwaited(getState())).toBe(false)
  expect(f1()).toBe(600)
})

it('nothing is compared while nobody looks', async () => {
  await compare(600)
  await expect.poll(f1).toBe(599)
  patchUi({ panel: 'marks' })
  addMarkOver({ start: 1, end: 1.2 }, 'hypnic_jerk')
  expect([f1(), calls]).toEqual([599, 1])
  patchUi({ panel: 'compare' })
  await expect.poll(f1).toBe(600)
})

it('who asks for the next disagreement before there is a comparison is led there once there is', async () => {
  const first = deferred<void>()
  gate = first.promise
  await compare(600)
  goToDisagreement('next')
  first.resolve()
  await expect.poll(() => paneNow().cursor).toBe(1)
})

it('why sets cannot be compared is said, and asked once', async () => {
  await compare(600)
  setState(({ tools }) => ({
    tools: {
      ...tools,
      compareSets: async () => {
        throw new ReviewError('bad-set', 'Too many marks lie over one another.')
      },
    },
  }))
  addMarkOver({ start: 1, end: 1.2 }, 'hypnic_jerk')
  expect(await currentComparison()).toBe('Too many marks lie over one another.')
  expect(isAwaited(getState())).toBe(false)
})
