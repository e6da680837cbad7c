// @vitest-environment jsdom
/** What a window that has failed says of work that nothing but it has. */
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, onTestFinished } from 'vitest'
import { ErrorBoundary } from '../../../renderer/app/ErrorBoundary.tsx'
import { changeTitle } from '../../../renderer/store/lessonEditing.ts'
import { openLesson } from '../../../renderer/store/lessons.ts'
import { getState } from '../../../renderer/store/state.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { lessonShelf } from '../../support/lessonHost.ts'
import { LESSON } from '../../support/lessons.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

async function fail(): Promise<HTMLElement> {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  const container = document.createElement('div')
  const root = createRoot(container, { onCaughtError: () => {} })
  onTestFinished(() => act(async () => root.unmount()))
  function Broken(): never {
    throw new Error('a fault')
  }
  await act(async () =>
    root.render(
      <ErrorBoundary>
        <Broken />
      </ErrorBoundary>,
    ),
  )
  return container
}

it('speaks of a lesson that is not saved, and offers to save it until it is', async () => {
  const shelf = lessonShelf()
  shelf.files.set('mine', LESSON)
  openEmptySet(shelf.answers)
  await openLesson('mine')
  const buttons = (container: HTMLElement) =>
    [...container.querySelectorAll('button')].map((each) => each.textContent)
  shelf.refusal = new ReviewError('disk-full', 'The disk is full.')
  changeTitle('Two hours of work', 'one')
  await expect.poll(() => getState().lessons.open?.refusal?.message).toBe('The disk is full.')
  const container = await fail()
  expect(container.textContent).toContain(
    'What you did last in the lesson “Two hours of work” is in this window only: save it before you load it again. The disk is full.',
  )
  const save = [...container.querySelectorAll('button')].find(
    ({ textContent }) => textContent === 'Save the lesson',
  )
  await act(async () => save?.click())
  await act(() => expect.poll(() => shelf.files.get('mine')?.title).toBe('Two hours of work'))
  await act(() => expect.poll(() => getState().lessons.open?.isSaving).toBe(false))
  expect(container.textContent).not.toContain('Two hours of work')
  expect(buttons(container)).toEqual(['Load again'])
})
