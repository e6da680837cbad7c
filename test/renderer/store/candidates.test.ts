import { beforeEach, describe, expect, it } from 'vitest'
import { newRecording } from '../../../renderer/store/beginnings.ts'
import {
  acceptCandidate,
  cancelSearch,
  chooseCandidate,
  dismissCandidate,
  hasSeenProposals,
  hideCandidates,
  restoreDismissed,
  searchAgain,
  shownCandidates,
  stepCandidate,
  toggleCandidates,
  waitingOf,
} from '../../../renderer/store/candidates.ts'
import { followJob } from '../../../renderer/store/jobs.ts'
import { undoStep } from '../../../renderer/store/marking.ts'
import { getState, patchRecording, patchSet, patchShell, setState } from '../../../renderer/store/state.ts'
import { goTo } from '../../../renderer/store/viewing.ts'
import type { Candidate } from '../../../shared/candidates/common/candidate.ts'
import type { JobAnswer } from '../../../shared/contract/jobs.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { type Asked, deferred, PLAIN_SET } from '../../support/fakeHost.ts'
import { lastNotice, marks, openEmptySet, steps } from '../../support/openSetInStore.ts'
import { paneNow, recordingNow, setNow } from '../../support/reviewWindow.ts'

const JERK: Candidate = {
  kind: 'hypnic_jerk',
  onset: 20,
  duration: 0.2,
  score: 0.9,
  reason: 'Short bursts of 2 muscles together.',
  channels: ['EMG Neck', 'EMG Chin'],
}
const RUN: Candidate = {
  kind: 'spike_wave_3hz',
  onset: 300,
  duration: 6.5,
  score: 0.8,
  reason: '20 complexes in 6.5 s.',
  channels: ['EEG Fp1', 'EEG Fp2'],
  rate: 3.1,
}
const LATE: Candidate = { ...JERK, onset: 500 }

let asked: Asked
let answer: ReturnType<typeof deferred<JobAnswer>>

beforeEach(() => {
  answer = deferred<JobAnswer>()
  asked = openEmptySet({
    startJob: async () => ({ jobId: 'job' }),
    jobResult: () => answer.promise,
    cancelJob: async () => {
      answer.reject(new ReviewError('cancelled', 'The work was cancelled.'))
      return null
    },
  })
})

const work = () => recordingNow().candidates.work
const waiting = () => waitingOf(recordingNow().candidates, setNow().document.marks)

async function found(): Promise<void> {
  const search = toggleCandidates()
  answer.resolve({ name: 'candidates', value: { candidates: [JERK, RUN, LATE], notes: [] } })
  await search
}

describe('a search', () => {
  it('is of the recording, says how far it is, and marks nothing', async () => {
    const search = toggleCandidates()
    expect(work()).toEqual({ at: 'searching', done: 0 })
    await expect.poll(() => asked.jobResult.length).toBe(1)
    followJob('job', 0.4)
    expect(work()).toEqual({ at: 'searching', done: 0.4 })
    answer.resolve({ name: 'candidates', value: { candidates: [JERK, RUN, LATE], notes: [] } })
    await search
    expect(asked.startJob).toEqual([
      { recordingId: 'recording', job: { name: 'candidates', input: { bad: [] } } },
    ])
    expect(waiting()).toEqual([JERK, RUN, LATE])
    expect(marks()).toEqual([])
    expect(paneNow().pageStart).toBe(0)
  })

  it('is ended by the reader, and leaves nothing behind', async () => {
    const search = toggleCandidates()
    await expect.poll(() => asked.jobResult.length).toBe(1)
    cancelSearch()
    await search
    expect(asked.cancelJob).toEqual([{ jobId: 'job' }])
    expect(recordingNow().candidates).toMatchObject({ isShown: false, work: { at: 'nothing' } })
  })

  it('is remembered once it has proposed something or nothing, though the recording is opened again', async () => {
    expect(hasSeenProposals(getState())).toBe(false)
    const search = toggleCandidates()
    expect(hasSeenProposals(getState())).toBe(false)
    answer.resolve({ name: 'candidates', value: { candidates: [], notes: [] } })
    await search
    expect(hasSeenProposals(getState())).toBe(true)
    const { opened } = recordingNow()
    setState({ recording: newRecording(opened, null, null) })
    expect(hasSeenProposals(getState())).toBe(true)
    setState({ recording: newRecording({ ...opened, fingerprint: 'another' }, null, null) })
    expect(hasSeenProposals(getState())).toBe(false)
  })

  it('of another session shows in the marks that were made of its candidates', async () => {
    await found()
    chooseCandidate(JERK)
    acceptCandidate()
    patchShell({ proposedOf: [] })
    expect(hasSeenProposals(getState())).toBe(true)
    undoStep()
    expect(hasSeenProposals(getState())).toBe(false)
  })

  it('that was ended or failed has shown nothing', async () => {
    const ended = toggleCandidates()
    await expect.poll(() => asked.jobResult.length).toBe(1)
    cancelSearch()
    await ended
    answer = deferred<JobAnswer>()
    const failed = toggleCandidates()
    answer.reject(new ReviewError('unreadable', 'The disk is gone.'))
    await failed
    expect(hasSeenProposals(getState())).toBe(false)
  })

  it('says why it failed, and can be tried again', async () => {
    const search = toggleCandidates()
    answer.reject(new ReviewError('unreadable', 'The disk is gone.'))
    await search
    expect(work()).toEqual({ at: 'failed', message: 'The disk is gone.' })
    answer = deferred<JobAnswer>()
    const again = searchAgain()
    answer.resolve({ name: 'candidates', value: { candidates: [RUN], notes: [] } })
    await again
    expect(waiting()).toEqual([RUN])
  })

  it('is not made anew to be shown again', async () => {
    await found()
    hideCandidates()
    expect(shownCandidates(getState())).toBeNull()
    await toggleCandidates()
    expect(shownCandidates(getState())).not.toBeNull()
    expect(asked.startJob).toHaveLength(1)
  })
})

describe('going through them', () => {
  beforeEach(found)

  it('shows each, round from the last to the first', () => {
    stepCandidate('next')
    expect(recordingNow().candidates.chosen).toBe(JERK)
    stepCandidate('next')
    expect(recordingNow().candidates.chosen).toBe(RUN)
    expect(paneNow().cursor).toBe(300)
    expect(paneNow().pageStart).toBeLessThanOrEqual(300)
    expect(paneNow().pageStart).toBeGreaterThan(290)
    stepCandidate('next')
    stepCandidate('next')
    expect(recordingNow().candidates.chosen).toBe(JERK)
    stepCandidate('previous')
    expect(recordingNow().candidates.chosen).toBe(LATE)
  })

  it('Y makes a mark that says what it was made of, and goes on', () => {
    chooseCandidate(JERK)
    acceptCandidate()
    expect(marks()).toEqual([['hypnic_jerk', 20, 20.2]])
    expect(setNow().document.marks[0]).toMatchObject({
      channels: ['EMG Neck', 'EMG Chin'],
      parameters: { candidate: JERK.reason, candidateScore: 0.9 },
      evidence: [],
      confidence: null,
    })
    expect(steps()).toEqual(['mark hypnic jerk from a candidate'])
    expect(waiting()).toEqual([RUN, LATE])
    expect(recordingNow().candidates.chosen).toBe(RUN)
  })

  it('a run is marked on all channels', () => {
    chooseCandidate(RUN)
    acceptCandidate()
    expect(setNow().document.marks[0]).toMatchObject({ kind: 'spike_wave_3hz', channels: [] })
  })

  it('undo takes the mark back, and the candidate waits again', () => {
    chooseCandidate(JERK)
    acceptCandidate()
    undoStep()
    expect(marks()).toEqual([])
    expect(waiting()).toEqual([JERK, RUN, LATE])
  })

  it('N makes none, and proposes it no more in this session unless asked', () => {
    chooseCandidate(RUN)
    dismissCandidate()
    expect(marks()).toEqual([])
    expect(waiting()).toEqual([JERK, LATE])
    restoreDismissed()
    expect(waiting()).toEqual([JERK, RUN, LATE])
  })

  it('nothing is decided on what is out of sight', () => {
    chooseCandidate(JERK)
    goTo(100)
    acceptCandidate()
    expect(marks()).toEqual([])
    expect(lastNotice()).toBe('The candidate was not on this page; now it is.')
    acceptCandidate()
    expect(marks()).toHaveLength(1)
  })

  it('ends with none chosen', () => {
    for (const candidate of [JERK, RUN, LATE]) {
      chooseCandidate(candidate)
      dismissCandidate()
    }
    expect(waiting()).toEqual([])
    expect(recordingNow().candidates.chosen).toBeNull()
  })

  it('a set for reading only takes none', () => {
    patchSet('set', { readOnly: true })
    chooseCandidate(JERK)
    acceptCandidate()
    expect(marks()).toEqual([])
    expect(waiting()).toEqual([JERK, RUN, LATE])
  })
})

describe('in a blind review', () => {
  it.each([
    ['of one’s own', () => patchSet('set', { document: { ...setNow().document, blind: true } })],
    [
      'of others',
      () =>
        patchRecording({
          sets: [
            {
              ...PLAIN_SET,
              isSealed: true,
              ref: 'x',
              name: 'x',
              reviewer: 'B',
              marks: null,
              changed: null,
            } as never,
          ],
        }),
    ],
  ])('%s nothing is searched for, nor shown', async (_, begin) => {
    begin()
    await toggleCandidates()
    expect(asked.startJob).toEqual([])
    expect(lastNotice()).toMatch(/once you have signed off/)
  })

  it('what was found before is hidden until the sign-off', async () => {
    await found()
    patchSet('set', { document: { ...setNow().document, blind: true } })
    expect(shownCandidates(getState())).toBeNull()
    acceptCandidate()
    expect(marks()).toEqual([])
    patchSet('set', { signed: { at: '2026-01-01T00:00:00Z', by: 'JS' } as never })
    expect(shownCandidates(getState())).not.toBeNull()
  })
})
