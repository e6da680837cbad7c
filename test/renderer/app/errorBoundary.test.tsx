// @vitest-environment jsdom
/** What a window that has failed says of work that nothing but it has. */
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, it, onTestFinished } from 'vitest'
import { ErrorBoundary } from '../../../renderer/app/ErrorBoundary.tsx'
import { changeTitle } from '../../../renderer/store/lessonEditing.ts'
import { openLesson } from '../../../renderer/store/lessons.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { getState, patchShell } from '../../../renderer/store/state.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { lessonShelf } from '../../support/lessonHost.ts'
import { LESSON } from '../../support/lessons.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow } from '../../support/reviewWindow.ts'

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

function buttons(container: HTMLElement): readonly string[] {
  return [...container.querySelectorAll('button')].map(({ textContent }) => textContent)
}

async function click(container: HTMLElement, name: string): Promise<void> {
  const button = [...container.querySelectorAll('button')].find(({ textContent }) => textContent === name)
  if (button === undefined) throw new Error(`There is no button "${name}".`)
  await act(async () => button.click())
}

it('has the desktop save where the reader says what no journal has, and says why not', async () => {
  let refusal: ReviewError | null = new ReviewError('unreadable', 'The disk does not answer.')
  const answer = async <Of,>(content: Of): Promise<Of> => {
    if (refusal !== null) throw refusal
    return content
  }
  const saved = { fileName: 'kept.json', savedAt: '2026-01-31T09:00:00.000Z', signed: null, notice: null }
  const asked = openEmptySet({ journal: () => answer(null), saveSetAs: async () => saved })
  patchShell({ facts: { ...getState().shell.facts, kind: 'desktop' } })
  addMarkOver({ start: 1, end: 2 }, 'hypnic_jerk')
  await expect.poll(() => noticesNow().length).toBe(1)
  const container = await fail()
  expect(container.textContent).toContain('but for the last change, which is in this window only')
  expect(buttons(container)).toEqual(['Save the set as…', 'Load again'])
  await click(container, 'Save the set as…')
  expect(container.textContent).toContain('before you load it again. The disk does not answer.')
  expect(asked.saveSetAs).toHaveLength(0)
  refusal = null
  await click(container, 'Save the set as…')
  expect(asked.saveSetAs).toHaveLength(1)
  expect(container.textContent).toContain('Your marks are in the journal.')
  expect(buttons(container)).toEqual(['Load again'])
})

it('speaks of a lesson that is not saved, and offers to save it until it is', async () => {
  const shelf = lessonShelf()
  shelf.files.set('mine', LESSON)
  openEmptySet(shelf.answers)
  await openLesson('mine')
  shelf.refusal = new ReviewError('disk-full', 'The disk is full.')
  changeTitle('Two hours of work', 'one')
  await expect.poll(() => getState().lessons.open?.refusal?.message).toBe('The disk is full.')
  const container = await fail()
  expect(container.textContent).toContain(
    'What you did last in the lesson “Two hours of work” is in this window only: save it before you load it again. The disk is full.',
  )
  await click(container, 'Save the lesson')
  await act(() => expect.poll(() => shelf.files.get('mine')?.title).toBe('Two hours of work'))
  await act(() => expect.poll(() => getState().lessons.open?.isSaving).toBe(false))
  expect(container.textContent).not.toContain('Two hours of work')
  expect(buttons(container)).toEqual(['Load again'])
})
