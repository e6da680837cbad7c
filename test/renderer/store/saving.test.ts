import { beforeEach, describe, expect, it } from 'vitest'
import { newSet } from '../../../renderer/store/beginnings.ts'
import { addMarkOver, undoStep } from '../../../renderer/store/marking.ts'
import { takeAction } from '../../../renderer/store/noticeActions.ts'
import { flushJournal, queueEntry, takeUpSet } from '../../../renderer/store/outbox.ts'
import { acceptRefusal, save, saveAs } from '../../../renderer/store/saving.ts'
import { activeSet, changesWaiting, hasUnsaved, unkeptOf } from '../../../renderer/store/selectors.ts'
import { getState, patchSet } from '../../../renderer/store/state.ts'
import { EMPTY_HISTORY, type Marked } from '../../../shared/annotation/history.ts'
import { advance, type JournalEntry } from '../../../shared/annotation/journalEntry.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { blankDocument } from '../../support/annotations.ts'
import { type Asked, openedSet } from '../../support/fakeHost.ts'
import { lastNotice, openEmptySet } from '../../support/openSetInStore.ts'
import { noticesNow, setNow } from '../../support/reviewWindow.ts'

/** The host's side of a set: entries are counted, and applied to a copy. */
let held: JournalEntry[]
let copy: Marked
let asked: Asked
/** What happens to the next calls of `journal`, the first first; none: all is well. */
let faults: ('request lost' | 'answer lost' | 'parted')[]
let refuses: (entry: JournalEntry) => boolean

const EDIT = { label: 'step', changes: [], author: 'JS', at: '2026-01-31T09:00:00.000Z' }
const LOST = new ReviewError('unreadable', 'Hypnospike does not answer.')

beforeEach(() => {
  held = []
  copy = { document: blankDocument(), history: EMPTY_HISTORY }
  faults = []
  refuses = () => false
  asked = openEmptySet({
    journal: async ({ from, entries }) => {
      const fault = faults.shift()
      if (fault === 'request lost') throw LOST
      if (fault === 'parted' || from > held.length) throw new ReviewError('conflict', 'The two disagree.')
      if (entries.some(refuses)) throw new ReviewError('bad-input', 'A jerk has no subtype.')
      for (const entry of entries.slice(held.length - from)) {
        copy = advance(copy, entry)
        held.push(entry)
      }
      if (fault === 'answer lost') throw LOST
      return null
    },
    restartSet: async ({ document, history }) => {
      copy = { document, history }
      held = []
      return null
    },
  })
})

const mark = (start: number) => addMarkOver({ start, end: start + 1 }, 'hypnic_jerk')
const shown = () => setNow().document

describe('entries on their way to the journal', () => {
  it.each(['request lost', 'answer lost'] as const)(
    'are sent again after the %s, and saved',
    async (fault) => {
      mark(1)
      await flushJournal()
      faults = [fault]
      mark(2)
      await expect.poll(() => lastNotice()).toContain('does not answer')
      mark(3)
      expect(await save()).toBe(true)
      expect(copy.document).toEqual(shown())
      expect(copy.document.marks).toHaveLength(3)
      expect(hasUnsaved(getState())).toBe(false)
      expect(asked.restartSet).toHaveLength(0)
    },
  )

  it('that do not fit what the host holds are handed over with the whole set, which is said', async () => {
    mark(1)
    await flushJournal()
    faults = ['parted']
    mark(2)
    expect(await save()).toBe(true)
    expect(asked.restartSet).toHaveLength(1)
    expect(lastNotice()).toMatch(/^Saved as/)
    expect(noticesNow()[0]?.text).toBe('The journal was begun again with the marks of this window.')
    mark(3)
    undoStep()
    mark(4)
    await flushJournal()
    expect(copy.document.marks).toEqual(shown().marks)
    expect(asked.journal.at(-1)?.from).toBeLessThan(3)
  })

  it('go in several calls where there are many, each once and in order', async () => {
    const set = setNow()
    const edits = Array.from({ length: 5500 }, (_, k) => ({ ...EDIT, label: `step ${k}` }))
    faults = ['request lost']
    for (const edit of edits) queueEntry(set.setId, { op: 'edit', edit }, set)
    const before = asked.journal.length
    await flushJournal()
    expect(held.map((entry) => entry.op === 'edit' && entry.edit.label)).toEqual(
      edits.map(({ label }) => label),
    )
    const calls = asked.journal.slice(before).map(({ from, entries }) => [from, entries.length] as const)
    expect(calls.length).toBeGreaterThan(1)
    expect(calls.reduce((sum, [, count]) => sum + count, 0)).toBe(5500)
  })
})

describe('an edit that the host refuses', () => {
  it('is taken back with a sentence; what was done before and after it stays', async () => {
    mark(1)
    await flushJournal()
    const before = activeSet(getState())
    refuses = (entry) => entry.op === 'edit' && entry.edit.changes[0]?.after?.onset === 20_000_000
    faults = ['request lost']
    mark(2)
    await expect.poll(() => lastNotice()).toContain('does not answer')
    mark(3)
    await flushJournal()
    expect(lastNotice()).toBe('“mark hypnic jerk” was taken back: A jerk has no subtype.')
    expect(shown().marks.map(({ onset }) => onset / 1e7)).toEqual([1, 3])
    expect(copy.document).toEqual(shown())
    expect(setNow().history.done).toHaveLength(2)
    expect(setNow().history.done[0]).toBe(before?.history.done[0])
    expect(await save()).toBe(true)
  })
})

describe('two sets that are open', () => {
  it('have an outbox each: one that cannot be sent does not hold up the other', async () => {
    const sent: string[] = []
    openEmptySet({
      journal: async ({ setId }) => {
        if (setId === 'stuck') throw LOST
        sent.push(setId)
        return null
      },
    })
    const sets = ['stuck', 'free'].map((setId) => newSet(openedSet({ setId }), null))
    for (const set of sets) {
      takeUpSet(set)
      // One set is the reader's own at a time; another stays open beside it.
      if (set.setId === 'stuck') patchSet('stuck', { role: 'lane' })
    }
    for (const set of sets) queueEntry(set.setId, { op: 'edit', edit: EDIT }, set)
    await flushJournal('free')
    await expect(flushJournal('stuck')).rejects.toBe(LOST)
    expect(sent).toEqual(['free'])
    const { stuck, free } = getState().sets.byId
    expect([changesWaiting(stuck!), changesWaiting(free!), unkeptOf(getState())]).toEqual([1, 0, 1])
  })
})

describe('a save in another place', () => {
  it('says what is to be known of that place, after that it was saved', async () => {
    const notice = 'Where this set lies now could not be remembered.'
    openEmptySet({ saveSetAs: async () => ({ fileName: 'mine.json', savedAt: '', signed: null, notice }) })
    mark(1)
    expect(await saveAs('mine.json')).toBe(true)
    expect(noticesNow().map(({ text }) => text)).toEqual(['Saved as mine.json', notice])
  })
})

describe('a save that fails', () => {
  it.each([
    ['disk-full', 'The disk is full.'],
    ['read-only', 'The folder may not be written to.'],
    ['not-found', 'The folder is gone.'],
    ['unreadable', 'The file is in use by another program.'],
  ] as const)('with %s offers to save elsewhere where it says so', async (code, message) => {
    openEmptySet({
      saveSet: async () => {
        throw new ReviewError(code, message)
      },
    })
    mark(1)
    expect(await save()).toBe(false)
    expect(setNow().refusal).toEqual({ message, actions: [{ do: 'saveElsewhere' }] })
    expect(noticesNow()).toEqual([])
    // In a browser its reader types a name, or gets the set as a file.
    takeAction({ do: 'saveElsewhere' })
    expect(getState().ui.dialog).toBe('saveAs')
    expect(hasUnsaved(getState())).toBe(true)
  })

  it('because of what another has saved offers to compare the two, to overwrite it and to save elsewhere', async () => {
    openEmptySet({
      saveSet: async ({ overwrite }) => {
        if (!overwrite) throw new ReviewError('conflict', 'It was changed on disk.')
        return { fileName: 'a.json', savedAt: '', signed: null }
      },
    })
    mark(1)
    expect(await save()).toBe(false)
    const overwrite = { do: 'overwrite', setId: 'set' } as const
    expect(setNow().refusal).toEqual({
      message: 'It was changed on disk.',
      actions: [{ do: 'compareVersions' }, overwrite, { do: 'saveElsewhere' }],
    })
    // It stands until that is decided, whatever is marked meanwhile.
    mark(5)
    expect(setNow().refusal).not.toBeNull()
    takeAction(overwrite)
    await expect.poll(() => setNow().refusal).toBeNull()
    expect(hasUnsaved(getState())).toBe(false)
  })

  it('is no more told of once the reader goes on without it', async () => {
    openEmptySet({
      saveSet: async () => {
        throw new ReviewError('conflict', 'It was changed on disk.')
      },
    })
    mark(1)
    await save()
    acceptRefusal('set')
    expect(setNow().refusal).toBeNull()
    expect(hasUnsaved(getState())).toBe(true)
  })
})
