import { beforeEach, describe, expect, it } from 'vitest'
import { beginWindow } from '../../../renderer/store/host.ts'
import { label } from '../../../renderer/store/marking.ts'
import {
  chooseOwn,
  exportMontages,
  exportMtg,
  importMontages,
  keepMontages,
  ownMontages,
} from '../../../renderer/store/montages.ts'
import { showSet } from '../../../renderer/store/openingSets.ts'
import { getState, patchPane, patchShell } from '../../../renderer/store/state.ts'
import { changeView } from '../../../renderer/store/viewing.ts'
import { type OwnMontage, ownIdOf, parseFormula } from '../../../shared/montage/ownMontages.ts'
import { parseMontageFile, serializeMontages } from '../../../shared/ownMontages/montageFile.ts'
import { type Asked, makeHost, openedRecording, openedSet } from '../../support/fakeHost.ts'
import { noticesNow, paneNow, setNow, showOpened } from '../../support/reviewWindow.ts'

function montage(name: string, ...formulas: readonly string[]): OwnMontage {
  const lines = formulas.map((formula) => ({ label: '', terms: parseFormula(formula).terms!, gap: false }))
  return { name, lines }
}

const MINE = montage('Mine', 'Fp1-F7', 'Cz')
const OTHER = montage('Other', 'F8')
let asked: Asked

beforeEach(() => {
  const made = makeHost({
    saveMontages: async () => null,
    saveMontageFile: async ({ name }) => name,
    journal: async () => null,
  })
  asked = made.asked
  beginWindow(made.host, async () => null)
  showOpened(openedRecording())
  patchShell({ facts: { kind: 'desktop', platform: 'linux', version: '1' } })
})

describe('the reader’s own montages', () => {
  it('are kept in the host at once, all of them in their order', () => {
    keepMontages([MINE, OTHER])
    expect(asked.saveMontages).toEqual([{ montages: [MINE, OTHER] }])
    expect(ownMontages(getState())).toEqual([MINE, OTHER])
  })

  it('are shown by their number, with their lines beside the name', () => {
    keepMontages([MINE, OTHER])
    chooseOwn(2)
    expect(paneNow().view).toMatchObject({ montage: 'own:Other', own: OTHER })
    changeView({ montage: 'average' })
    expect(paneNow().view.own).toBeUndefined()
    chooseOwn(3)
    expect(paneNow().view.montage).toBe('average')
    expect(noticesNow().at(-1)?.text).toMatch(/^You have no montage 3 of your own/)
  })

  it('that was edited is drawn as it is now, and under its new name', () => {
    keepMontages([MINE])
    chooseOwn(1)
    const longer = { ...montage('Renamed', 'Fp1-F7', 'Cz', 'Pz') }
    keepMontages([longer], { from: ownIdOf(MINE), to: ownIdOf(longer) })
    expect(paneNow().view).toMatchObject({ montage: 'own:Renamed', own: longer })
  })

  it('that was deleted leaves the recording as it is', () => {
    keepMontages([MINE])
    chooseOwn(1)
    keepMontages([])
    expect(paneNow().view.montage).toBe('recorded')
    expect(paneNow().view.own).toBeUndefined()
  })

  it('that is not there any more cannot be asked for', () => {
    changeView({ montage: 'own:Gone' })
    expect(paneNow().view.montage).toBe('longitudinal')
    expect(noticesNow().at(-1)?.text).toBe('That montage is not among your own any more.')
  })

  it('none of whose lines can be made here is refused with the reason', () => {
    keepMontages([montage('Dense', 'PO3-PO4')])
    chooseOwn(1)
    expect(paneNow().view.montage).toBe('longitudinal')
    expect(noticesNow().at(-1)?.text).toMatch(/^None of its 1 lines can be made here/)
  })

  it('are named in a mark, not copied into it', () => {
    showSet(openedSet(), null)
    keepMontages([MINE])
    chooseOwn(1)
    patchPane({ selection: { start: 1, end: 2 } })
    label('hypnic_jerk')
    expect(setNow().document.marks[0]?.view?.montage).toBe('own:Mine')
    expect(setNow().document.marks[0]?.view).not.toHaveProperty('own')
  })
})

describe('files of montages', () => {
  it('are added under names that are free', () => {
    keepMontages([MINE])
    expect(importMontages({ name: 'a.json', text: serializeMontages([MINE, OTHER]) })).toBe(2)
    expect(ownMontages(getState()).map(({ name }) => name)).toEqual(['Mine', 'Mine 2', 'Other'])
    expect(noticesNow().at(-1)?.text).toBe('Imported from a.json: Mine 2, Other.')
  })

  it('that are foreign change nothing, and the reader is told', () => {
    expect(importMontages({ name: 'a.json', text: '{}' })).toBe(0)
    expect(ownMontages(getState())).toEqual([])
    expect(noticesNow().at(-1)).toMatchObject({
      tone: 'problem',
      text: 'a.json was not imported: it is neither a montage of Hypnospike nor of EDFbrowser.',
    })
  })

  it('are not added beyond what is kept', () => {
    keepMontages(Array.from({ length: 60 }, (_, number) => ({ ...MINE, name: `Mine ${number}` })))
    expect(importMontages({ name: 'a.json', text: serializeMontages([OTHER]) })).toBe(0)
    expect(noticesNow().at(-1)?.text).toMatch(/more than 60 montages/)
  })

  it('are handed to the system’s dialog, and read back as they were', async () => {
    await exportMontages([MINE])
    const [{ name, text } = { name: '', text: '' }] = asked.saveMontageFile
    expect(name).toBe('Mine.hypnospike-montages.json')
    expect(parseMontageFile({ name, text }, null)).toEqual([MINE])
  })

  it('for EDFbrowser name what it cannot show', async () => {
    await exportMtg(montage('Mine/1', 'Fp1-F7', 'PO3'), 'Mine/1')
    const [{ name, text } = { name: '', text: '' }] = asked.saveMontageFile
    expect(name).toBe('Mine_1.mtg')
    expect(text).toContain('<EDFbrowser_montage>')
    expect(noticesNow().at(-1)?.text).toBe('Left out, as EDFbrowser cannot make them: PO3.')
  })
})
