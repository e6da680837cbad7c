// @vitest-environment jsdom
/** The list of candidates: what it says while it looks, what of each, and by which keys and buttons each is decided. */
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TopBar } from '../../../renderer/app/TopBar.tsx'
import { CandidatesPanel } from '../../../renderer/candidates/CandidatesPanel.tsx'
import { listenToKeys } from '../../../renderer/commands/keyboard.ts'
import { toggleCandidates } from '../../../renderer/store/candidates.ts'
import { followJob } from '../../../renderer/store/jobs.ts'
import { choosePanel } from '../../../renderer/store/ui.ts'
import type { Candidate, Found } from '../../../shared/candidates/common/candidate.ts'
import type { JobAnswer } from '../../../shared/contract/jobs.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { deferred } from '../../support/fakeHost.ts'
import { marks, openEmptySet } from '../../support/openSetInStore.ts'
import { paneNow, recordingNow } from '../../support/reviewWindow.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

const JERK: Candidate = {
  kind: 'hypnic_jerk',
  onset: 2,
  duration: 0.2,
  score: 0.9,
  reason: 'Short bursts of 2 muscles together.',
  channels: ['EMG Neck', 'EMG Chin'],
}
const FOUND: Found = {
  candidates: [JERK, { ...JERK, onset: 5, score: 0.7 }],
  notes: ['3 Hz spike-and-wave was not looked for: there is no EEG.'],
}

let root: Root
let container: HTMLElement
let stopListening: () => void
let answer: ReturnType<typeof deferred<JobAnswer>>

beforeEach(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  globalThis.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  answer = deferred<JobAnswer>()
  openEmptySet({
    startJob: async () => ({ jobId: 'job' }),
    jobResult: () => answer.promise,
    cancelJob: async () => {
      answer.reject(new ReviewError('cancelled', 'The work was cancelled.'))
      return null
    },
    saveSettings: async () => null as never,
  })
  stopListening = listenToKeys(() => false)
  await act(async () =>
    root.render(
      <>
        <TopBar />
        <CandidatesPanel />
      </>,
    ),
  )
  await act(async () => void toggleCandidates())
})

afterEach(async () => {
  stopListening()
  await act(async () => root.unmount())
  container.remove()
})

const text = () => container.textContent ?? ''
const button = (name: RegExp) =>
  [...container.querySelectorAll('button')].find((each) =>
    name.test(each.getAttribute('aria-label') ?? each.textContent ?? ''),
  )!
const click = (name: RegExp) => act(async () => button(name).click())
const press = (key: string, code: string, target: EventTarget = document.body) =>
  act(
    async () =>
      void target.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true })),
  )
const finish = (found: Found) => act(async () => answer.resolve({ name: 'candidates', value: found }))

describe('while it looks', () => {
  it('says how far it is here and in the top bar, and either ends it', async () => {
    await act(async () => followJob('job', 0.42))
    expect(text()).toContain('Looking through the whole recording')
    expect(button(/^Candidates 42\s?%: cancel$/)).toBeDefined()
    await click(/^Candidates 42\s?%: cancel$/)
    expect(text()).not.toContain('Looking through')
    expect(recordingNow().candidates.work).toEqual({ at: 'nothing' })
  })

  it('says why it failed, with a way to look again', async () => {
    await act(async () => answer.reject(new ReviewError('unreadable', 'The disk is gone.')))
    expect(text()).toContain('The disk is gone.')
    expect(button(/^Look again$/)).toBeDefined()
  })
})

describe('what was found', () => {
  it('says what it is, what was not looked for, and that no detector of jerks is published', async () => {
    await finish(FOUND)
    expect(text()).toContain('2 to review, 0 marked, 0 dismissed')
    expect(text()).toContain('3 Hz spike-and-wave was not looked for')
    expect(text()).toContain('A search aid, not a diagnosis')
    expect(text()).toContain('No published detector for hypnic jerks exists')
    expect(marks()).toEqual([])
  })

  it('nothing is said to be nothing found, not nothing there', async () => {
    await finish({ candidates: [], notes: [] })
    expect(text()).toContain('None found.')
    expect(text()).toContain('It may be there all the same.')
  })

  it('each is told with its score and reason, and decided by buttons', async () => {
    await finish(FOUND)
    await click(/^Begin with the first$/)
    expect(text()).toContain('score 0.90 of 1')
    expect(text()).toContain(JERK.reason)
    await click(/^Mark it/)
    expect(marks()).toEqual([['hypnic_jerk', 2, 2.2]])
    expect(text()).toContain('1 to review, 1 marked, 0 dismissed')
    await click(/^Dismiss/)
    expect(text()).toContain('Every candidate has been reviewed.')
    await click(/^Bring back the dismissed$/)
    expect(text()).toContain('1 to review, 1 marked, 0 dismissed')
  })
})

describe('keys', () => {
  it('Y and N decide while one is chosen, and are the page’s own else', async () => {
    await finish(FOUND)
    await press('n', 'KeyN')
    expect(paneNow().view.notch).toBe(50)
    await click(/^Begin with the first$/)
    await press('y', 'KeyY')
    expect(marks()).toHaveLength(1)
    await press('n', 'KeyN')
    expect(paneNow().view.notch).toBe(50)
    expect(text()).toContain('0 to review, 1 marked, 1 dismissed')
    await press('n', 'KeyN')
    expect(paneNow().view.notch).toBe(60)
  })

  it('on another tab, and once it is let go, they are the page’s own again', async () => {
    await finish(FOUND)
    await click(/^Begin with the first$/)
    await act(async () => choosePanel('notes'))
    await press('n', 'KeyN')
    expect(paneNow().view.notch).toBe(50)
    await act(async () => choosePanel('marks'))
    await press('Escape', 'Escape')
    await press('n', 'KeyN')
    expect(paneNow().view.notch).toBe(60)
    expect(text()).toContain('2 to review, 0 marked, 0 dismissed')
  })

  it('a text field keeps its letters', async () => {
    await finish(FOUND)
    await click(/^Begin with the first$/)
    const field = container.appendChild(document.createElement('input'))
    await press('y', 'KeyY', field)
    expect(marks()).toEqual([])
  })
})
