/** An open recording of ten minutes and an empty set, for tests of what a reader does with marks. */

import { newSet } from '../../renderer/store/beginnings.ts'
import { beginWindow } from '../../renderer/store/host.ts'
import { takeUpSet } from '../../renderer/store/outbox.ts'
import { patchPane } from '../../renderer/store/state.ts'
import { type Asked, makeHost, openedRecording, openedSet } from './fakeHost.ts'
import { noticesNow, setNow, showOpened } from './reviewWindow.ts'

/** Starts anew, with a host that takes what it is told. */
export function openEmptySet(answers: Parameters<typeof makeHost>[0] = {}): Asked {
  const { host, asked } = makeHost({
    journal: async () => null,
    saveSet: async () => ({
      fileName: 'recording.JS.hypnospike.json',
      savedAt: '2026-01-31T09:00:00.000Z',
      signed: null,
    }),
    ...answers,
  })
  beginWindow(host, async () => null)
  showOpened(openedRecording())
  takeUpSet(newSet(openedSet(), null))
  return asked
}

/** Kind or mimic, start and end in seconds. */
export function marks() {
  return setNow().document.marks.map(({ kind, subtype, onset, duration }) => [
    subtype ?? kind,
    onset / 1e7,
    (onset + duration) / 1e7,
  ])
}

export function steps(): readonly string[] {
  return setNow().history.done.map((edit) => edit.label)
}

export function select(start: number, end: number): void {
  patchPane({ selection: { start, end } })
}

export function lastNotice(): string | undefined {
  return noticesNow().at(-1)?.text
}
