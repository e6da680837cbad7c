// @vitest-environment jsdom
/** The tab of lessons: what it says where there is none, where something is in the way, and where nothing may be changed. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LessonPanel } from '../../../renderer/lessons/LessonPanel.tsx'
import { changeDifficulty } from '../../../renderer/store/lessonEditing.ts'
import { openLesson } from '../../../renderer/store/lessons.ts'
import { getState, patchLesson } from '../../../renderer/store/state.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { votesOn } from '../../../shared/teaching/votes.ts'
import { type LessonShelf, lessonShelf } from '../../support/lessonHost.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'

vi.mock(import('../../../shared/teaching/votes.ts'), async (original) => {
  const actual = await original()
  return { ...actual, votesOn: vi.fn(actual.votesOn) }
})

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let root: Root
let container: HTMLElement
let shelf: LessonShelf

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  shelf = lessonShelf({ ...LESSON, title: 'Shipped' })
})

afterEach(async () => {
  // What a test has changed is saved a moment later, and would be in the lesson of the next one.
  await act(async () => expect.poll(() => getState().lessons.open?.isSaving ?? false).toBe(false))
  await act(async () => root.unmount())
  container.remove()
  vi.mocked(votesOn).mockReset()
})

async function show(
  answers: Parameters<typeof openEmptySet>[0] = {},
  open: string | null = null,
): Promise<void> {
  openEmptySet({ ...shelf.answers, ...answers })
  await act(async () => root.render(<LessonPanel />))
  if (open !== null) await act(async () => void (await openLesson(open)))
}

const text = () => container.textContent ?? ''
const buttons = () => [...container.querySelectorAll('button')].map((each) => each.textContent)

describe('the list of lessons', () => {
  it('says how to begin where there is none of one’s own, and names those that came with the app', async () => {
    await show()
    expect(text()).toContain('No lesson of yours yet. Choose a mark and press Shift+A: it becomes a case.')
    expect(text()).toContain('With Hypnospike')
    expect(buttons()).toContain('Shipped1 case')
  })

  it('says what is wrong with a file that cannot be read, which nobody opens', async () => {
    const problem = 'bad.lesson.json: This lesson cannot be read: title is missing; add it to the file.'
    const bad = {
      ref: 'bad',
      name: 'bad.lesson.json',
      title: '',
      cases: 0,
      changed: '',
      hash: '',
      isShipped: false,
      pack: null,
    }
    await show({ listLessons: async () => [{ ...bad, problem }] })
    const [button] = container.querySelectorAll('button')
    expect([button?.textContent, button?.disabled]).toEqual([`bad.lesson.json${problem}`, true])
  })

  it('says why there is none', async () => {
    await show({
      listLessons: async () => Promise.reject(new ReviewError('unreadable', 'The folder cannot be read.')),
    })
    expect(text()).toContain('The folder cannot be read.')
  })
})

describe('an open lesson', () => {
  it('that came with the app shows all and changes nothing', async () => {
    await show({}, 'shipped 0')
    expect(text()).toContain('1 case, read only')
    expect(buttons()).toContain('Make a copy to change it')
    expect(buttons()).not.toContain('Take what is marked on the page')
    expect(text()).toContain('Fusco et al. 1999')
    expect(container.querySelector<HTMLTextAreaElement>('textarea')?.closest('fieldset')?.disabled).toBe(true)
    // Where first, then what: one of two saw something else there, one nothing.
    expect(text()).toContain('by JS. R-02: EMG artifact; R-03: nothing')
  })

  it('works out once how readers had decided, and says where they were too many', async () => {
    const problem = 'Too many votes lie over one another to be told mark by mark: none is shown.'
    vi.mocked(votesOn).mockReturnValue({ marks: [], problem })
    shelf.files.set('mine', LESSON)
    await show({}, 'mine')
    expect(text()).toContain(problem)
    await act(async () => changeDifficulty('case-1', 'hard'))
    expect(getState().lessons.open?.lesson.cases[0]?.difficulty).toBe('hard')
    expect(votesOn).toHaveBeenCalledOnce()
  })

  it('says which recording is nowhere, and what can be done', async () => {
    shelf.files.set('mine', {
      ...LESSON,
      cases: [{ ...CASE, recording: { ...CASE.recording, fingerprint: 'gone' } }],
    })
    await show({}, 'mine')
    expect(text()).toContain(
      'Its recording, night.edf, is in none of the folders where recordings were opened last.',
    )
    expect(text()).toContain('recording.edf is another one.')
    expect(buttons()).toEqual(expect.arrayContaining(['Choose the file…', 'Look again']))
    expect(buttons()).not.toContain('Show')
  })

  it('keeps the answer of a case that is sealed, and says until when', async () => {
    shelf.files.set('mine', LESSON)
    shelf.sealed.add('case-1')
    await show({}, 'mine')
    expect(text()).toContain('the answer of this case opens once your own set is signed off')
    expect(text()).not.toContain('Hypnic jerk')
    expect(getState().lessons.open?.lesson.cases[0]?.rationale).toBe('')
  })

  it('offers to read another’s version where one’s own can be kept besides, and only there', async () => {
    const conflict = { message: 'Changed meanwhile.', isConflict: true }
    shelf.files.set('mine', LESSON)
    await show({}, 'mine')
    await act(async () => patchLesson('mine', { refusal: conflict }))
    expect(buttons()).toEqual(expect.arrayContaining(['Keep mine', 'Read it again']))
    expect(text()).toContain('The other is kept, either way.')
    await act(async () => patchLesson('mine', { sealed: new Set(['case-1']) }))
    expect(buttons()).toContain('Keep mine')
    expect(buttons()).not.toContain('Read it again')
    expect(text()).toContain('Yours could not be: answers of it are sealed.')
  })

  it('says the next step where it has no cases', async () => {
    shelf.files.set('mine', { ...LESSON, cases: [] })
    await show({}, 'mine')
    expect(text()).toContain('No cases yet.')
    expect(text()).toContain('0 cases, saved')
  })
})

it('lets blanks between the words of a title and of a licence be typed, and keeps none at their ends', async () => {
  shelf.files.set('mine', { ...LESSON, title: 'Mine', cases: [CASE] })
  await show({}, 'mine')
  const title = container.querySelector<HTMLInputElement>('[aria-label="Title of the lesson"]')!
  const licence = container.querySelector<HTMLInputElement>('[placeholder^="CC BY"]')!
  for (const field of [title, licence]) {
    await type(field, 'Jerk, run')
    expect(field.value).toBe('Jerk, run')
    await type(field, 'Jerk, run ')
    expect(field.value).toBe('Jerk, run ')
    await act(async () => field.dispatchEvent(new FocusEvent('focusout', { bubbles: true })))
    expect(field.value).toBe('Jerk, run')
  }
  const { lesson } = getState().lessons.open!
  expect([lesson.title, lesson.licence]).toEqual(['Jerk, run', 'Jerk, run'])
})

/** Letter by letter, as a keyboard does. */
async function type(field: HTMLInputElement, typed: string): Promise<void> {
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')!.set!
  for (let length = 1; length <= typed.length; length += 1) {
    const next = length === 1 ? typed[0]! : field.value + typed[length - 1]!
    await act(async () => {
      set.call(field, next)
      field.dispatchEvent(new Event('input', { bubbles: true }))
    })
  }
}
