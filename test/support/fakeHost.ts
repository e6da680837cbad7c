/** A host in the test's hand: it answers what the test says, and keeps what it was asked. */

import { EMPTY_HISTORY } from '../../shared/annotation/history.ts'
import {
  type Host,
  PROCEDURES,
  type ProcedureInput,
  type ProcedureName,
} from '../../shared/contract/contract.ts'
import type { OpenedRecording, OpenedSet } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { blankDocument } from './annotations.ts'
import { makeHeader, makeRecording } from './signals.ts'

export type Asked = { readonly [Name in ProcedureName]: readonly ProcedureInput<Name>[] }

/** Procedures that the test did not answer reject. */
export function makeHost(answers: Partial<Host>): { readonly host: Host; readonly asked: Asked } {
  const names = Object.keys(PROCEDURES) as ProcedureName[]
  const asked = Object.fromEntries(names.map((name) => [name, [] as unknown[]])) as Record<string, unknown[]>
  const host = Object.fromEntries(
    names.map((name) => [
      name,
      async (input: unknown) => {
        asked[name]!.push(input)
        const answer = answers[name] as ((given: unknown) => Promise<unknown>) | undefined
        if (answer === undefined) throw new ReviewError('internal', `the test has no answer for ${name}`)
        return answer(input)
      },
    ]),
  )
  return { host: host as unknown as Host, asked: asked as unknown as Asked }
}

const TEN_TWENTY = 'Fp1 Fp2 F7 F3 Fz F4 F8 T7 C3 Cz C4 T8 P7 P3 Pz P4 P8 O1 O2'.split(' ')

/** A recording of ten minutes of EEG, without a gap. */
export function openedRecording(recordingId = 'recording', seconds = 600): OpenedRecording {
  return {
    recordingId,
    name: `${recordingId}.edf`,
    bytes: 1000,
    recording: makeRecording(makeHeader(TEN_TWENTY, seconds)),
    fingerprint: 'a'.repeat(64),
    codePage: 'auto',
    sets: [],
  }
}

/** What a list says of a set about which there is nothing to say. */
export const PLAIN_SET = {
  isKey: false,
  isSealed: false,
  signedOff: null,
  copyOf: null,
  strayedIn: null,
  problem: null,
} as const

export function openedSet(fields: Partial<OpenedSet> = {}): OpenedSet {
  return {
    setId: 'set',
    fileName: 'recording.JS.hypnospike.json',
    readOnly: false,
    isKey: false,
    document: blankDocument(),
    history: EMPTY_HISTORY,
    recovered: null,
    choice: null,
    journalProblem: null,
    damaged: null,
    notice: null,
    unsaved: false,
    signed: null,
    ...fields,
  }
}

/** A promise and what settles it. */
export function deferred<Value>() {
  let resolve: (value: Value) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new Promise<Value>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
