import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { saveSet } from '../../../electron/host/annotationFiles.ts'
import type { OpenFile } from '../../../electron/host/openRecordings.ts'
import { setPathFor } from '../../../electron/host/setNames.ts'
import { createSetsFinding } from '../../../electron/host/setsFinding.ts'
import type { HostEvent } from '../../../shared/contract/model.ts'
import { RECORDING, withMarks } from '../../support/annotations.ts'
import { makeFolder } from '../../support/folders.ts'

const REVIEWERS = ['A', 'B', 'C']

async function makeFile(): Promise<OpenFile> {
  const recording = path.join(makeFolder(), 'night.edf')
  writeFileSync(recording, '')
  for (const reviewer of REVIEWERS) {
    await saveSet(setPathFor(recording, reviewer), { ...withMarks([[1, 2]]), reviewer }, { expected: null })
  }
  return { recordingId: 'r', path: recording, identity: RECORDING } as OpenFile
}

/** One with sets of its first records, which take as long to be told to be its own as it takes to answer. */
async function makeGrownFile() {
  const file = await makeFile()
  let answer = (_fingerprint: string): void => {}
  const asked = new Promise<string>((resolve) => {
    answer = resolve
  })
  const grown = {
    ...file,
    identity: { ...RECORDING, fingerprint: 'grown', records: 900 },
    worker: { ask: () => asked },
  } as unknown as OpenFile
  return { grown, answer: () => answer(RECORDING.fingerprint) }
}

const seal = async () => ({ reviewer: 'A', isBlind: false, isSigned: false, isKnown: true })

function startFinding(patienceMs: number, isOpen = () => true) {
  let hear: (event: HostEvent) => void = () => {}
  const told = new Promise<HostEvent>((resolve) => {
    hear = resolve
  })
  const register = (file: string) => ({ ref: file, name: path.basename(file) })
  return {
    ...createSetsFinding({
      register,
      emit: (event) => hear(event),
      isOpen,
      seal,
      folders: async () => [],
      patienceMs,
    }),
    told,
  }
}

describe('the sets of a recording that is opened', () => {
  it('come with it where they are read quickly', async () => {
    const sets = await startFinding(60_000).listAtOnce(await makeFile())
    expect(sets.map((set) => set.reviewer)).toEqual(REVIEWERS)
  })

  it('do not hold it up, and come afterwards', async () => {
    const { grown, answer } = await makeGrownFile()
    const finding = startFinding(0)
    expect(await finding.listAtOnce(grown)).toEqual([])
    answer()
    expect(await finding.told).toMatchObject({
      type: 'sets',
      recordingId: 'r',
      sets: REVIEWERS.map((reviewer) => ({ reviewer, problem: null })),
    })
  })

  it('are all in the list that is asked for later, however long they take', async () => {
    const { grown, answer } = await makeGrownFile()
    const finding = startFinding(0)
    const listed = finding.listSets(grown)
    // Time enough for a list that is not waited for.
    await finding.listAtOnce(grown)
    answer()
    expect((await listed).map((set) => set.reviewer)).toEqual(REVIEWERS)
  })

  it('are not looked for once it is closed', async () => {
    expect(await startFinding(60_000, () => false).listAtOnce(await makeFile())).toEqual([])
  })
})
