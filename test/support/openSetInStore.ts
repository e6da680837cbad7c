/** An open recording of ten minutes and an empty set, for tests of what a reader does with marks. */
import { setHost } from '../../renderer/store/host.ts'
import { startOutbox } from '../../renderer/store/saving.ts'
import { getState, setState, useReview } from '../../renderer/store/state.ts'
import { type Asked, makeHost, openedRecording, openedSet } from './fakeHost.ts'

/** Starts anew, with a host that takes what it is told. */
export function openEmptySet(answers: Parameters<typeof makeHost>[0] = {}): Asked {
  const { host, asked } = makeHost({
    journal: async () => null,
    saveSet: async () => ({ fileName: 'recording.JS.hypnospike.json', savedAt: '2026-01-31T09:00:00.000Z' }),
    ...answers,
  })
  setHost(host, async () => null)
  const { unsaved: _, ...opened } = openedSet()
  setState({
    ...useReview.getInitialState(),
    phase: 'open',
    recording: openedRecording(),
    set: { ...opened, savedStep: null, saving: false },
  })
  startOutbox(opened.setId)
  return asked
}

/** Kind or mimic, start and end in seconds. */
export function marks() {
  return getState().set!.document.marks.map(({ kind, subtype, onset, duration }) => [
    subtype ?? kind,
    onset / 1e7,
    (onset + duration) / 1e7,
  ])
}

export function steps(): readonly string[] {
  return getState().set!.history.done.map((edit) => edit.label)
}

export function select(start: number, end: number): void {
  setState({ selection: { start, end } })
}

export function lastNotice(): string | undefined {
  return getState().notices.at(-1)?.text
}
