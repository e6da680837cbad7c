/** What one entry of a list of procedures is: the input as a schema, checked where it arrives, the output as a type. */
import * as v from 'valibot'

export type Procedure<Input extends v.GenericSchema, Output> = {
  readonly input: Input
  /** Never there: it carries the type. */
  readonly output?: Output
}

/** `takes(schema).gives<Answer>()` */
export function takes<Input extends v.GenericSchema>(input: Input) {
  return { gives: <Output>(): Procedure<Input, Output> => ({ input }) }
}

export const id = v.pipe(v.string(), v.minLength(1), v.maxLength(80))
export const nothing = v.strictObject({})
export const recording = v.strictObject({ recordingId: id })

const MOST_SIGNALS = 4096
/** Signals by header index. Lists by their length before their items. */
export const signals = v.pipe(
  v.array(v.unknown(), 'a list of signals by header index'),
  v.maxLength(MOST_SIGNALS, `at most ${MOST_SIGNALS} signals`),
  v.array(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_SIGNALS))),
)
