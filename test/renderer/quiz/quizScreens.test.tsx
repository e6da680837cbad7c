// @vitest-environment jsdom
/** What a learner sees of a quiz and does in it, by the names that a screen reader has. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { listenToKeys } from '../../../renderer/commands/keyboard.ts'
import { computeLayout } from '../../../renderer/page/layout.ts'
import { AroundCase } from '../../../renderer/page/PageLayers.tsx'
import { GivenAgainstKey } from '../../../renderer/quiz/GivenAgainstKey.tsx'
import { QuizDialog } from '../../../renderer/quiz/QuizDialog.tsx'
import { QuizFoot } from '../../../renderer/quiz/QuizFoot.tsx'
import { QuizTopBar } from '../../../renderer/quiz/QuizTopBar.tsx'
import { ResultsDialog } from '../../../renderer/quiz/ResultsDialog.tsx'
import { requestQuiz } from '../../../renderer/store/leaving.ts'
import { answeredNow } from '../../../renderer/store/quizPair.ts'
import { getState } from '../../../renderer/store/state.ts'
import { openDialog } from '../../../renderer/store/ui.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { CRITERIA } from '../../../shared/teaching/quiz/criteria.ts'
import { computeResults } from '../../../shared/teaching/quiz/results.ts'
import { votesOn } from '../../../shared/teaching/votes.ts'
import type { Asked } from '../../support/fakeHost.ts'
import {
  ANSWERED,
  CASE,
  LESSON,
  NONE_DUE,
  openQuizDesk,
  quizAnswers,
  SECOND,
} from '../../support/quizDesk.ts'

vi.mock(import('../../../shared/teaching/votes.ts'), async (original) => {
  const actual = await original()
  return { ...actual, votesOn: vi.fn(actual.votesOn) }
})

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let root: Root
let container: HTMLElement
let asked: Asked
let endKeys: () => void

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  endKeys = listenToKeys(() => false)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
  endKeys()
  vi.mocked(votesOn).mockReset()
})

const text = () => document.body.textContent ?? ''
const named = (name: string) =>
  [...document.querySelectorAll<HTMLElement>('button, input, select')].find(
    (each) => each.getAttribute('aria-label') === name || each.textContent?.includes(name),
  )

async function press(key: string, target: Element = document.activeElement ?? document.body): Promise<void> {
  const code = /^\d$/.test(key) ? `Digit${key}` : /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key
  await act(async () => {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }))
  })
}

async function begin(
  mode: 'locate' | 'label',
  answers: Parameters<typeof openQuizDesk>[0] = {},
): Promise<void> {
  asked = openQuizDesk(answers)
  await act(async () => {
    requestQuiz({ lesson: LESSON, mode })
    await expect.poll(() => getState().quiz?.at.phase).toBe('asked')
    root.render(
      <>
        <QuizTopBar menu={null} />
        <QuizFoot />
      </>,
    )
  })
}

describe('the question', () => {
  it('is asked with the case’s number, and says what it can be', async () => {
    await begin('label')
    expect(text()).toContain('What do you see here?')
    expect(text()).toContain('Case 1 · 4 to come')
    expect(text()).toContain('Jerks and mimics')
    for (const name of ['Hypnic jerk', '3 Hz spike-and-wave', 'Mimic', 'Uncertain', 'Nothing here']) {
      expect(named(name)?.getAttribute('aria-pressed'), name).toBe('false')
    }
    for (const { sentence } of CRITERIA) {
      expect(container.querySelector(`[role="radiogroup"][aria-label="${sentence}"]`), sentence).not.toBe(
        null,
      )
    }
  })

  it('is answered by keys alone: what it is, how sure, criteria by letters, Enter', async () => {
    await begin('label')
    await press('2')
    expect(named('3 Hz spike-and-wave')?.getAttribute('aria-pressed')).toBe('true')
    await press('c')
    await press('c')
    expect(named('probable')?.getAttribute('aria-pressed')).toBe('true')
    await press('f')
    await press('y')
    await press('u')
    await press('ArrowDown')
    await press('n')
    await press('f')
    await press('Enter')
    await expect.poll(() => asked.answerCase).toHaveLength(1)
    const { confidence, criteria, marks } = asked.answerCase[0]!.judgement
    expect([confidence, marks[0]?.kind]).toEqual(['probable', 'spike_wave_3hz'])
    const [first, second, , fourth] = CRITERIA
    expect(criteria).toEqual({ [first.id]: 'yes', [second.id]: 'unlikely', [fourth.id]: 'no' })
  })

  it('takes which mimic from the list, and Escape in the list leaves the list alone', async () => {
    await begin('label')
    await press('3')
    const list = container.querySelector('select')!
    list.focus()
    await act(async () => {
      list.value = 'oirda'
      list.dispatchEvent(new Event('change', { bubbles: true }))
    })
    await press('Escape', list)
    expect(getState().quiz?.at.phase).toBe('asked')
    await press('c', document.body)
    await press('Enter', list)
    await expect.poll(() => asked.answerCase[0]?.judgement.marks[0]?.subtype).toBe('oirda')
  })

  it('says what is missing, and why it was refused', async () => {
    await begin('locate', {
      answerCase: async () => Promise.reject(new ReviewError('disk-full', 'The disk is full.')),
    })
    await press('Enter')
    expect(container.querySelector('[role="alert"]')?.textContent).toBe(
      'Mark what you see, or say with 4 that there is nothing.',
    )
    await press('4')
    await press('c')
    await press('Enter')
    await act(async () => expect.poll(() => text()).toContain('The disk is full.'))
  })

  it('holds back what is measured and published until it is answered', async () => {
    await begin('locate')
    await press('i')
    await press('r')
    expect(getState().ui.panel).toBe('marks')
    expect(asked.openSet).toEqual([])
  })
})

describe('a page longer than the case', () => {
  it('shows the case alone until it is answered', async () => {
    await begin('locate')
    const layout = computeLayout(1000, 600, [])
    await act(async () => root.render(<AroundCase layout={layout} span={{ start: 95, end: 125 }} />))
    const covered = () =>
      [...container.querySelectorAll<HTMLElement>('.page-gap')].map(({ textContent, style }) => [
        textContent,
        Math.round(((Number.parseFloat(style.left) - layout.plot.left) / layout.plot.width) * 30),
        Math.round((Number.parseFloat(style.width) / layout.plot.width) * 30),
      ])
    // 5 s before its 15, and 10 after them.
    expect(covered()).toEqual([
      ['before the case', 0, 5],
      ['after the case', 20, 10],
    ])
    await press('4')
    await press('c')
    await press('Enter')
    await act(async () => expect.poll(() => answeredNow(getState())?.isPairShown).toBe(true))
    expect(covered()).toEqual([])
  })
})

describe('the answer', () => {
  async function answer(): Promise<void> {
    await begin('locate')
    await press('4')
    await press('c')
    await press('Enter')
    await act(async () => expect.poll(() => answeredNow(getState())?.isPairShown).toBe(true))
  }

  it('says in words whether it was right, what it was, why, and what fits', async () => {
    await answer()
    expect(container.querySelector('h2')?.textContent).toBe('Not right. It is Hypnic jerk')
    expect(text()).toContain('You said nothing to mark, possible.')
    expect(text()).toContain('A burst of 150 ms in two muscles.')
    expect(text()).toContain('Readers. Hypnic jerk: R-02 nothing.')
    expect(text()).toContain('Fusco et al. 1999')
    expect([...container.querySelectorAll('tbody tr')].map((row) => row.textContent)).toEqual(['Single–Yes'])
    expect(text()).toContain('0 of 1 right')
  })

  it('works out once how readers had decided, and says where they were too many', async () => {
    const problem = 'Too many votes lie over one another to be told mark by mark: none is shown.'
    vi.mocked(votesOn).mockReturnValue({ marks: [], problem })
    await answer()
    expect(text()).toContain(`Readers. ${problem}`)
    await press('\\')
    expect(answeredNow(getState())?.isPairShown).toBe(false)
    expect(votesOn).toHaveBeenCalledOnce()
  })

  it('is left for the next case with Enter', async () => {
    await answer()
    await press('Enter')
    await act(async () => expect.poll(() => getState().quiz?.at).toMatchObject({ phase: 'asked' }))
    expect(text()).toContain('Case 2')
  })
})

it('leads from the last case to the results, and says so', async () => {
  await begin('label', quizAnswers([CASE, { ...SECOND, left: 1 }, NONE_DUE]))
  for (const says of ['Next case', 'See the results']) {
    await press('4')
    await press('c')
    await press('Enter')
    await act(async () => expect.poll(() => getState().quiz?.at.phase).toBe('answered'))
    expect(named('Next case') ?? named('See the results')).toBe(named(says))
    expect(named(says)).toBeDefined()
    await press('Enter')
    if (says === 'Next case')
      await act(async () => expect.poll(() => getState().quiz?.at).toMatchObject({ phase: 'asked' }))
  }
  await act(async () => expect.poll(() => getState().ui.dialog).toBe('quizResults'))
})

describe('the choice of a quiz', () => {
  const shipped = {
    ref: 'shipped',
    name: 's',
    title: 'Shipped',
    cases: 43,
    changed: '',
    hash: '',
    isShipped: true,
    pack: null,
  }
  const own = { ...shipped, ref: 'own', title: 'Mine', cases: 2, isShipped: false }

  it('lists what can be asked, what came with the app first, and begins by Enter', async () => {
    const lessons = [own, { ...own, ref: 'empty', title: 'Empty', cases: 0 }, shipped]
    asked = openQuizDesk({
      listLessons: async () => lessons.map((each) => ({ ...each, pack: null, problem: null })),
      listProgress: async () => [],
    })
    await act(async () => {
      openDialog('quiz')
      root.render(<QuizDialog />)
    })
    await act(async () => expect.poll(() => text()).toContain('43 new'))
    const labels = [...document.querySelectorAll('input[name="lesson"]')].map(
      (each) => each.parentElement?.textContent,
    )
    expect(labels).toEqual(['Shipped43 new', 'Mine2 new'])
    await act(async () => document.querySelector('form')?.requestSubmit())
    await expect.poll(() => asked.startQuiz).toEqual([{ ref: 'shipped', mode: 'locate' }])
  })

  it('says why there is none', async () => {
    asked = openQuizDesk({
      listLessons: async () => Promise.reject(new ReviewError('unreadable', 'The folder cannot be read.')),
      listProgress: async () => [],
    })
    await act(async () => root.render(<QuizDialog />))
    await act(async () => expect.poll(() => text()).toContain('The folder cannot be read.'))
  })
})

describe('results', () => {
  const place = { key: 'mimic:oirda', given: 'spike_wave_3hz', onsetError: null }
  const results = computeResults([
    {
      ...{
        showing: 's',
        case: 'c',
        at: '2026-11-26T19:00:00.000Z',
        mode: 'label',
        marks: [],
        confidence: 'sure',
      },
      ...{ criteria: {}, seconds: 12 },
      judged: { isRight: false, isKindRight: false, confusion: place, onsetError: null, places: [place] },
    },
  ])

  it('lead from a count to its cases', async () => {
    await act(async () => root.render(<GivenAgainstKey table={results.table} />))
    await act(async () => named('Mimic, called 3 Hz spike-and-wave: 1')?.click())
    expect(text()).toContain('Mimic · OIRDA, said 3 Hz spike-and-wave, sure, after 12 s')
    await act(async () => named('With mimics')?.click())
    expect(named('Mimic · OIRDA, called 3 Hz spike-and-wave: 1')).toBeDefined()
  })

  it('are deleted after a question alone', async () => {
    let count = 1
    asked = openQuizDesk({
      listProgress: async () => [],
      quizResults: async () => (count > 0 ? results : ANSWERED.results),
      deleteProgress: async () => count--,
    })
    await act(async () => root.render(<ResultsDialog onClose={() => {}} />))
    await act(async () => expect.poll(() => text()).toContain('1, 0 right (0 %)'))
    await act(async () => {
      named('Delete progress…')?.focus()
      named('Delete progress…')?.click()
    })
    expect(document.activeElement?.textContent).toBe('Keep them')
    expect(asked.deleteProgress).toEqual([])
    expect(text()).toContain('They are kept nowhere else.')
    await act(async () => named('Delete')?.click())
    await act(async () => expect.poll(() => text()).toContain('Nothing was answered yet.'))
    expect(asked.deleteProgress).toEqual([{ ref: null }])
  })
})
