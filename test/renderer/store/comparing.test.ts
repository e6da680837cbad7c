import { beforeEach, describe, expect, it } from 'vitest'
import {
  changeRule,
  chooseCell,
  goToDisagreement,
  makeReference,
  openCompare,
  outlinesOfTour,
  scoreAgainstKey,
  setRules,
  toggleCompared,
  tourOf,
} from '../../../renderer/store/comparing.ts'
import { type Comparison, comparisonOf } from '../../../renderer/store/comparison.ts'
import { beginConsensus, decide, decisionOn } from '../../../renderer/store/deciding.ts'
import { requestConsensus, requestOwnSet } from '../../../renderer/store/leaving.ts'
import { addMarkOver, toggleReviewed, undoStep } from '../../../renderer/store/marking.ts'
import { activeSet, isDeciding, ownSet } from '../../../renderer/store/selectors.ts'
import { getState, patchPane, patchRecording } from '../../../renderer/store/state.ts'
import { CONSENSUS_REVIEWER, decisionsByMark } from '../../../shared/agreement/consensus.ts'
import { DEFAULT_RULES, RULE_FIELDS } from '../../../shared/agreement/rules.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import type { SetSummary } from '../../../shared/contract/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { blankDocument, seconds, withMarks } from '../../support/annotations.ts'
import { type Asked, openedSet } from '../../support/fakeHost.ts'
import { lastNotice, openEmptySet } from '../../support/openSetInStore.ts'
import { paneNow, setNow } from '../../support/reviewWindow.ts'

const summary = (ref: string): SetSummary => ({
  ref,
  name: `recording.${ref}.hypnospike.json`,
  reviewer: ref,
  marks: 3,
  changed: null,
  isKey: ref === 'key',
  isSealed: false,
  signedOff: null,
  copyOf: null,
  strayedIn: null,
  problem: null,
})

/** The key has jerks at 30, 100 and 300 s; MK has the first and another at 200 s. */
const SETS: Readonly<Record<string, AnnotationDocument>> = {
  key: reading('key', [
    [30, 30.2],
    [100, 100.2],
    [300, 300.2],
  ]),
  MK: reading('MK', [
    [30.1, 30.3],
    [200, 200.2],
  ]),
  JS: reading('JS', [[30, 30.2]]),
}

function reading(reviewer: string, spans: readonly (readonly [number, number])[]): AnnotationDocument {
  const { marks, ...document } = withMarks(spans)
  return {
    ...document,
    reviewer,
    marks: marks.map((mark) => ({ ...mark, id: `${reviewer} ${mark.id}`, author: reviewer })),
    reviewed: [{ id: 'all', onset: seconds(0), duration: seconds(600) }],
  }
}

let asked: Asked
let beside: readonly SetSummary[]

beforeEach(() => {
  let count = 0
  beside = [summary('JS'), summary('MK'), summary('key')]
  asked = openEmptySet({
    openSet: async ({ ref, reviewer }) => {
      count += 1
      if (ref === 'gone') throw new ReviewError('not-found', 'recording.gone.json is not there.')
      const document = ref === null ? blankDocument(reviewer) : SETS[ref]!
      return openedSet({
        setId: `${ref ?? reviewer} ${count}`,
        fileName: `recording.${ref ?? reviewer}.hypnospike.json`,
        readOnly: ref !== null,
        isKey: ref === 'key',
        document,
      })
    },
    closeSet: async () => null,
    listSets: async () => beside,
  })
  patchRecording({ sets: beside })
})

function comparison(): Comparison {
  const found = comparisonOf(getState())
  if (found === null || typeof found === 'string') throw new Error(`nothing is compared: ${found}`)
  return found
}

/** A jerk at 30 s and all of the recording reviewed, in one's own set. */
function markOwn(): void {
  addMarkOver({ start: 30, end: 30.2 }, 'hypnic_jerk')
  patchPane({ selection: { start: 0, end: 600 }, view: { ...paneNow().view, timebase: 600 } })
  toggleReviewed()
  patchPane({ selection: null, view: { ...paneNow().view, timebase: 10 } })
}

describe('comparing', () => {
  it('begins with the key as the reference and one’s own set, which is read as it is on the screen', async () => {
    await openCompare()
    expect(getState().ui.panel).toBe('compare')
    expect(getState().comparing.chosen).toEqual(['key', 'own'])
    expect(comparison().pairs[0]?.agreement.problem).toContain('JS has marked nothing as reviewed')
    markOwn()
    expect(comparison().pairs[0]?.agreement.where).toMatchObject({ reference: 3, other: 1, both: 1 })
    expect(asked.openSet).toEqual([{ recordingId: 'recording', reviewer: 'R-01', ref: 'key', toRead: true }])
  })

  it('takes every set where there is no key, and says so where one is to be scored against it', async () => {
    const copy = { ...summary('copy'), reviewer: 'MK', copyOf: 'recording.MK.hypnospike.json' }
    beside = [summary('JS'), summary('MK'), copy]
    await openCompare()
    // A copy is no other reader.
    expect(getState().comparing.chosen).toEqual(['own', 'MK'])
    await scoreAgainstKey()
    expect(lastNotice()).toBe('There is no key beside this recording to be scored against.')
  })

  it('takes further sets, each as the reference, and leaves out what cannot be read', async () => {
    markOwn()
    await openCompare()
    await toggleCompared('MK')
    expect(comparison().names).toEqual(['Key', 'JS', 'MK'])
    expect(comparison().pairs).toHaveLength(3)
    await makeReference('MK')
    expect(comparison().names).toEqual(['MK', 'Key', 'JS'])
    await toggleCompared('gone')
    expect(lastNotice()).toBe('recording.gone.json is not there.')
    expect(getState().comparing.chosen).toEqual(['MK', 'key', 'own'])
    await toggleCompared('MK')
    await toggleCompared('key')
    expect(comparisonOf(getState())).toBeNull()
  })

  it('follows rules that the reader sets, and refuses one that cannot be', async () => {
    await openCompare()
    await toggleCompared('MK')
    await toggleCompared('own')
    const [onset] = RULE_FIELDS
    const both = () => comparison().pairs[0]?.agreement.where.both
    expect(both()).toBe(1)
    changeRule('jerk', onset, 0.05)
    changeRule('jerk', RULE_FIELDS[3], 0)
    expect(both()).toBe(1)
    changeRule('jerk', RULE_FIELDS[2], 0.9)
    expect(both()).toBe(0)
    changeRule('jerk', onset, -1)
    expect(lastNotice()).toContain('“Onsets within” is a number from 0 to 60 s.')
    setRules(DEFAULT_RULES)
    expect(both()).toBe(1)
  })
})

it('a sealed set is named, and not compared', async () => {
  beside = [
    summary('JS'),
    { ...summary('MK'), marks: null, isSealed: true },
    { ...summary('key'), isSealed: true },
  ]
  await openCompare()
  expect(getState().comparing.chosen).toEqual(['own'])
  expect(asked.openSet).toHaveLength(0)
  await scoreAgainstKey()
  expect(lastNotice()).toBe('The key is sealed until you sign off.')
})

describe('the tour of disagreements', () => {
  beforeEach(async () => {
    markOwn()
    await openCompare()
  })

  it('goes from one to the next and back, with the others’ marks outlined', () => {
    goToDisagreement('next')
    expect(paneNow().cursor).toBe(100)
    expect(outlinesOfTour(getState())).toEqual([{ setId: 'key 1', markId: 'key id-0002' }])
    goToDisagreement('next')
    expect(paneNow().cursor).toBe(300)
    goToDisagreement('next')
    expect(lastNotice()).toBe('No disagreement after this one.')
    goToDisagreement('previous')
    expect(paneNow().cursor).toBe(100)
  })

  it('begins where the reader is', () => {
    patchPane({ pageStart: 250, cursor: null })
    goToDisagreement('next')
    expect(paneNow().cursor).toBe(300)
  })

  it('keeps to a cell of the table, and lets go of it', () => {
    const cell = {
      reference: 0,
      other: 1,
      detail: 'kinds',
      row: 'hypnic_jerk',
      column: 'hypnic_jerk',
    } as const
    chooseCell(cell)
    expect(paneNow().cursor).toBe(30)
    expect(tourOf(comparison(), getState().comparing.cell)).toHaveLength(1)
    chooseCell(cell)
    expect(tourOf(comparison(), getState().comparing.cell)).toHaveLength(2)
  })

  it('draws nothing once another panel is looked at', async () => {
    goToDisagreement('next')
    expect(outlinesOfTour(getState())).toHaveLength(1)
    addMarkOver({ start: 101, end: 101.2 }, 'hypnic_jerk')
    expect(outlinesOfTour(getState())).toEqual([])
  })
})

describe('a consensus set', () => {
  beforeEach(async () => {
    await openCompare()
    await toggleCompared('MK')
    await toggleCompared('own')
    await beginConsensus()
  })

  it('takes the place of one’s own, as a set of its own that begins with what all agree on', () => {
    expect(asked.openSet.at(-1)).toMatchObject({ reviewer: CONSENSUS_REVIEWER, ref: null })
    expect(isDeciding(getState())).toBe(true)
    expect(setNow().document.marks).toMatchObject([{ onset: seconds(30.05), author: 'R-01' }])
    expect(setNow().history.done.map(({ label }) => label)).toEqual(['take over 1 agreed event'])
    expect(getState().comparing.chosen).toEqual(['key', 'MK'])
  })

  it('holds each decision, by whom and why, in the journal, and undoes it', () => {
    const [missed] = tourOf(comparison(), null)
    decide(missed!, { take: 0 }, 'Burst in chin and neck.')
    expect(setNow().document.marks).toHaveLength(2)
    const known = () => decisionsByMark(ownSet(getState())!.document)
    expect(decisionOn(known(), comparison(), missed!)).toMatchObject({
      taken: 'key',
      reason: 'Burst in chin and neck.',
      author: 'R-01',
    })
    expect(asked.journal.at(-1)).toMatchObject({
      entries: [{ op: 'edit', edit: { label: 'decide as key' } }],
    })
    undoStep()
    expect(setNow().document.marks).toHaveLength(1)
    expect(decisionOn(known(), comparison(), missed!)).toBeNull()
  })

  it('is left for one’s own after the question about what is not saved', async () => {
    requestOwnSet()
    expect(getState().ui.dialog).toBe('unsaved')
    expect(getState().ui.afterUnsaved).toEqual({ to: 'ownSet' })
  })
})

it('a consensus asks about unsaved marks first, which are compared as they were saved', async () => {
  markOwn()
  await openCompare()
  requestConsensus()
  expect(getState().ui.afterUnsaved).toEqual({ to: 'consensus' })
  await beginConsensus()
  expect(getState().comparing.chosen).toEqual(['key', 'JS'])
  expect(activeSet(getState())?.document.reviewer).toBe(CONSENSUS_REVIEWER)
})

it('a consensus of one set is none', async () => {
  beside = []
  await beginConsensus()
  expect(lastNotice()).toContain('Choose two or more sets first')
  expect(isDeciding(getState())).toBe(false)
})
