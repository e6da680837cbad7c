/** The thread that compares large sets, so that marking and typing never wait for it: readings come in, figures go out. */
import { compareAll } from '../../shared/agreement/compareAll.ts'
import {
  type PackedCompared,
  type PackedReading,
  packCompared,
  unpackReading,
} from '../../shared/agreement/packed.ts'
import type { MatchRules } from '../../shared/agreement/rules.ts'
import { type Failure, toFailure } from '../../shared/failure.ts'

export type AgreementRequest = {
  readonly number: number
  readonly readings: readonly PackedReading[]
  readonly rules: MatchRules
}

export type AgreementAnswer = { readonly number: number } & (
  | { readonly compared: PackedCompared }
  | { readonly failure: Failure }
)

self.addEventListener('message', ({ data }: MessageEvent<AgreementRequest>) => {
  const { number, readings, rules } = data
  let answer: AgreementAnswer
  try {
    answer = { number, compared: packCompared(compareAll(readings.map(unpackReading), rules)) }
  } catch (thrown) {
    answer = { number, failure: toFailure(thrown) }
  }
  self.postMessage(answer)
})
