import { beforeEach, expect, it } from 'vitest'
import { SECOND_PANE } from '../../../renderer/store/beginnings.ts'
import { hideChannels, setGain } from '../../../renderer/store/channels.ts'
import { linesOnPage, looksInRows } from '../../../renderer/store/linesOnPage.ts'
import { headerIn } from '../../../renderer/store/shownIn.ts'
import { showBeside } from '../../../renderer/store/sideBySide.ts'
import { getState } from '../../../renderer/store/state.ts'
import { changeView, showPage } from '../../../renderer/store/viewing.ts'
import type { OpenedRecording } from '../../../shared/contract/model.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { openedRecording } from '../../support/fakeHost.ts'
import { openEmptySet } from '../../support/openSetInStore.ts'
import { makeHeader, makeRecording } from '../../support/signals.ts'

/** As the window's own, under the names of another laboratory and in another order; without Pz. */
const SITES = 'O2 O1 T6 P4 P3 T5 T4 C4 Cz C3 T3 F8 F4 Fz F3 F7 Fp2 Fp1'.split(' ')
const GUEST: OpenedRecording = {
  ...openedRecording('other'),
  recording: makeRecording(makeHeader(SITES.map((site) => `EEG ${site}-Ref`))),
}

beforeEach(async () => {
  openEmptySet({
    openRecording: async () => GUEST,
    closeRecording: async () => null,
    scanned: async () => ({ complete: true, annotations: [], recording: GUEST.recording, activity: null }),
  })
  changeView({ montage: 'recorded' })
  await showBeside({ ref: 'other', name: 'other.edf' })
  for (const pane of Object.values(getState().panes.byId)) {
    const header = headerIn(getState(), pane)!
    const span = { start: 0, end: 10 }
    const { derivations } = planMontage(header, 'recorded')
    showPage({ span, derivations, page: { span, columns: 100, traces: [] } }, pane.id)
  }
})

const second = () => getState().panes.byId[SECOND_PANE]!

it('of a guest are the rows of the window’s own recording, each with the electrode that it names', () => {
  const { lines, left } = linesOnPage(getState(), second())
  const own = linesOnPage(getState(), getState().panes.byId.first!)
  expect(lines.map(({ row }) => row)).toEqual(own.lines.map(({ row }) => row))
  const at = (label: string) => lines.find(({ row }) => row.label === label)!.line
  expect(at('T7').terms).toEqual([expect.objectContaining({ signal: SITES.indexOf('T3') })])
  expect(at('Fp1').terms).toEqual([expect.objectContaining({ signal: SITES.indexOf('Fp1') })])
  expect(at('Pz').problem).toBe('not in other.edf')
  expect(left).toEqual([])
})

it('of a guest are hidden, and drawn, as those of the window’s own recording', () => {
  const row = (label: string) =>
    linesOnPage(getState(), second()).lines.find((each) => each.row.label === label)
  setGain(row('T7')!.row, 50)
  hideChannels([row('Fp1')!.row], true)
  expect(row('Fp1')).toBeUndefined()
  const { lines } = linesOnPage(getState(), second())
  const looks = looksInRows(lines, second().looks, { sensitivity: 7, rWave: null })
  expect(looks[row('T7')!.line.id]).toMatchObject({ sensitivity: 50, hasOwnGain: true })
  expect(looks[row('Fz')!.line.id]).toMatchObject({ sensitivity: 7, hasOwnGain: false })
})
