// @vitest-environment jsdom

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { followHost, goOn, hostLost } from '../../../renderer/store/hostLink.ts'
import { addMarkOver } from '../../../renderer/store/marking.ts'
import { flushJournal } from '../../../renderer/store/outbox.ts'
import { activeSet, unkeptOf } from '../../../renderer/store/selectors.ts'
import { getState, patchRecording } from '../../../renderer/store/state.ts'
import { EMPTY_HISTORY, type Marked } from '../../../shared/annotation/history.ts'
import { advance } from '../../../shared/annotation/journalEntry.ts'
import type { Host } from '../../../shared/contract/contract.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { blankDocument } from '../../support/annotations.ts'
import { openedRecording, openedSet } from '../../support/fakeHost.ts'
import { lastNotice, openEmptySet } from '../../support/openSetInStore.ts'
import { recordingNow, setNow } from '../../support/reviewWindow.ts'

/** What outlives a host: its journal. */
let journal: Marked
/** Of the host that answers now; null: none does. */
let life: { window: string | null; setId: string | null } | null
let loss: 'gone' | 'shut-out'
let fingerprint: string
let listenings: number
let stop: () => void

function answering(): Partial<Host> {
  const there = () => {
    if (life !== null) return life
    hostLost(loss)
    throw new ReviewError('host-gone', 'The program does not answer.')
  }
  const open = (setId: string) => {
    if (there().setId !== setId) throw new ReviewError('not-found', 'The set is not open any more.')
  }
  return {
    presence: async () => ({ window: there().window }),
    startup: async ({ window }) => {
      there().window = window
      const { facts, settings, montages } = getState().shell
      return { shell: facts, settings, montages, open: null }
    },
    listRecordings: async () => [],
    openRecording: async () => ({ ...openedRecording(), recordingId: 'again', fingerprint }),
    openSet: async () => {
      there().setId = 'set again'
      return openedSet({ setId: 'set again', ...journal, unsaved: true })
    },
    journal: async ({ setId, entries }) => {
      open(setId)
      journal = entries.reduce(advance, journal)
      return null
    },
    restartSet: async ({ setId, document, history }) => {
      open(setId)
      journal = { document, history }
      return null
    },
  }
}

beforeEach(async () => {
  vi.useFakeTimers()
  journal = { document: blankDocument(), history: EMPTY_HISTORY }
  loss = 'gone'
  openEmptySet(answering())
  fingerprint = recordingNow().opened.fingerprint
  life = { window: own(), setId: 'set again' }
  listenings = 0
  patchRecording({ source: { ref: 'ref', name: 'night.edf' } })
  stop = followHost(() => {
    listenings += 1
  })
  // As every test begins: taken up once, so that the host holds the window's set.
  await goOn()
})

afterEach(() => {
  stop()
  vi.useRealTimers()
})

const own = () => getState().tools.window
const mark = (second: number) => addMarkOver({ start: second, end: second + 1 }, 'uncertain')
const settle = () => vi.advanceTimersByTimeAsync(600)
const link = () => getState().shell.hostLink.state
const here = () => setNow().document.marks.length

describe('a window without its host', () => {
  it('stays editable, counts what is not kept, and hands it over to the next host once', async () => {
    mark(1)
    await settle()
    expect([unkeptOf(getState()), journal.document.marks.length]).toEqual([0, 1])
    life = null
    mark(3)
    await settle()
    mark(5)
    await settle()
    expect([link(), unkeptOf(getState()), here(), journal.document.marks.length]).toEqual(['gone', 2, 3, 1])
    life = { window: null, setId: null }
    await settle()
    expect([link(), unkeptOf(getState()), here()]).toEqual(['there', 0, 3])
    expect(journal.document.marks).toEqual(setNow().document.marks)
    // The steps can still be undone one by one.
    expect(journal.history.done).toHaveLength(3)
    expect(listenings).toBe(1)
    mark(7)
    await settle()
    expect(journal.document.marks).toHaveLength(4)
  })

  it('finds a host that was only out of breath, and sends what waits', async () => {
    life = null
    mark(1)
    await settle()
    life = { window: own(), setId: 'set again' }
    await settle()
    expect([link(), unkeptOf(getState()), journal.document.marks.length]).toEqual(['there', 0, 1])
  })

  it('learns of a restart by its set being closed, too', async () => {
    life = { window: null, setId: null }
    mark(1)
    await settle()
    expect([link(), unkeptOf(getState()), journal.document.marks.length]).toEqual(['there', 0, 1])
  })

  it('with nothing to hand over leaves the new host alone until the reader goes on in it', async () => {
    mark(1)
    await settle()
    life = null
    hostLost('gone')
    await settle()
    life = { window: null, setId: null }
    await settle()
    await settle()
    expect([link(), life.window]).toEqual(['back', null])
    window.dispatchEvent(new Event('keydown'))
    await settle()
    expect([link(), life.window, here()]).toEqual(['there', own(), 1])
  })

  it('leaves another window at work alone, and brings its marks over when told to', async () => {
    mark(1)
    await settle()
    life = null
    mark(3)
    await settle()
    life = { window: 'another', setId: null }
    await settle()
    expect([link(), here(), journal.document.marks.length]).toEqual(['elsewhere', 2, 1])
    await goOn()
    expect([link(), unkeptOf(getState()), journal.document.marks.length]).toEqual(['there', 0, 2])
  })

  it('gives way to another window where nothing is to be handed over', async () => {
    mark(1)
    await settle()
    life = null
    hostLost('gone')
    await settle()
    life = { window: 'another', setId: null }
    await settle()
    expect([getState().shell.takenOver, activeSet(getState())]).toEqual([true, null])
  })

  it('that is shut out asks no more and keeps what is in it', async () => {
    life = null
    loss = 'shut-out'
    mark(1)
    await settle()
    life = { window: null, setId: null }
    await settle()
    expect([link(), unkeptOf(getState()), here()]).toEqual(['shut-out', 1, 1])
  })

  it('does not hand marks over to a recording that has become another', async () => {
    life = null
    mark(1)
    await settle()
    fingerprint = 'b'.repeat(64)
    life = { window: null, setId: null }
    await settle()
    expect([link(), unkeptOf(getState()), here(), journal.document.marks.length]).toEqual([
      'refused',
      1,
      1,
      0,
    ])
    fingerprint = recordingNow().opened.fingerprint
    await goOn()
    await flushJournal()
    expect([link(), unkeptOf(getState()), journal.document.marks.length]).toEqual(['there', 0, 1])
  })

  it('says nothing is lost only when nothing is', async () => {
    life = null
    mark(1)
    await settle()
    life = { window: null, setId: null }
    await settle()
    expect(lastNotice()).toContain('what was marked meanwhile is in its journal')
  })
})
