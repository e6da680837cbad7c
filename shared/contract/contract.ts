/**
 * THE list of what the renderer may ask of the host, a room each: shell, recordings, their threads, long work, sets, lessons, quiz, packs.
 * Inputs are checked at run time where they arrive; outputs are types. Both ends are inferred from here: `serve` on
 * the host's side of any transport, `connect` on the renderer's.
 */
import * as v from 'valibot'
import type { AnnotationDocument } from '../annotation/document.ts'
import type { History } from '../annotation/history.ts'
import type { JournalEntry } from '../annotation/journalEntry.ts'
import { type Failure, ReviewError, toFailure } from '../failure.ts'
import type { Lesson } from '../teaching/lesson.ts'
import { isTooLarge, maxCallBytes } from './callSize.ts'
import { CLIP_PROCEDURES } from './clipProcedures.ts'
import { JOB_PROCEDURES } from './jobs.ts'
import { LESSON_PROCEDURES } from './lessonProcedures.ts'
import type { HostEvent } from './model.ts'
import { PACK_PROCEDURES } from './packProcedures.ts'
import type { Procedure } from './procedure.ts'
import { QUIZ_PROCEDURES } from './quizProcedures.ts'
import { RECORDING_PROCEDURES } from './recordingProcedures.ts'
import { SET_PROCEDURES } from './setProcedures.ts'
import { SHELL_PROCEDURES } from './shellProcedures.ts'
import { THREAD_PROCEDURES } from './threadProcedures.ts'

export const PROCEDURES = {
  ...SHELL_PROCEDURES,
  ...RECORDING_PROCEDURES,
  ...THREAD_PROCEDURES,
  ...JOB_PROCEDURES,
  ...CLIP_PROCEDURES,
  ...SET_PROCEDURES,
  ...LESSON_PROCEDURES,
  ...QUIZ_PROCEDURES,
  ...PACK_PROCEDURES,
} as const

type Procedures = typeof PROCEDURES
export type ProcedureName = keyof Procedures
export type ProcedureInput<Name extends ProcedureName> = DeepReadonly<
  v.InferOutput<Procedures[Name]['input']>
>

/** Types of our own that are readonly throughout, and bytes. */
type Whole = JournalEntry | AnnotationDocument | History | Lesson | Uint8Array

/** What arrives is never changed in place, whatever the schema library says of its arrays. */
type DeepReadonly<T> = T extends number | string | boolean | null | undefined | Whole
  ? T
  : { readonly [Key in keyof T]: DeepReadonly<T[Key]> }

export type ProcedureOutput<Name extends ProcedureName> =
  Procedures[Name] extends Procedure<v.GenericSchema, infer Output> ? Output : never

/** One async method a procedure; rejects with ReviewError only. */
export type Host = {
  readonly [Name in ProcedureName]: (input: ProcedureInput<Name>) => Promise<ProcedureOutput<Name>>
}

export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: Failure }

export type Transport = {
  readonly call: (procedure: string, input: unknown) => Promise<Reply>
  /** Returns what ends the subscription. */
  readonly subscribe: (listener: (event: HostEvent) => void) => () => void
}

export type Connection = {
  readonly host: Host
  readonly subscribe: Transport['subscribe']
}

export function isProcedureName(name: unknown): name is ProcedureName {
  return typeof name === 'string' && Object.hasOwn(PROCEDURES, name)
}

/**
 * The host's side: checks the input, calls, and turns a throw into a failure. `onInternal` hears
 * what a reader must not: the cause of an `internal` failure.
 */
export function serve(host: Host, onInternal: (procedure: string, thrown: unknown) => void) {
  return async (procedure: string, input: unknown): Promise<Reply> => {
    try {
      if (!isProcedureName(procedure)) throw new ReviewError('bad-input', 'No such procedure.')
      if (isTooLarge(input, maxCallBytes(procedure))) {
        throw new ReviewError('bad-input', `${procedure}: the call is larger than any that is needed.`)
      }
      const checked = v.safeParse(PROCEDURES[procedure].input, input, { abortEarly: true })
      if (!checked.success) {
        const issue = checked.issues[0]
        const field = v.getDotPath(issue)
        throw new ReviewError(
          'bad-input',
          `${procedure}${field === null ? '' : `, ${field}`}: ${issue.message}.`,
        )
      }
      const method = host[procedure] as (value: unknown) => Promise<unknown>
      return { ok: true, value: await method(checked.output) }
    } catch (thrown) {
      const failure = toFailure(thrown)
      if (failure.code === 'internal') onInternal(procedure, thrown)
      return { ok: false, failure }
    }
  }
}

/** The renderer's side: a Host over any transport. */
export function connect(transport: Transport): Connection {
  const host: Record<string, (input: unknown) => Promise<unknown>> = {}
  for (const name of Object.keys(PROCEDURES)) {
    host[name] = async (input) => {
      const reply = await transport.call(name, input)
      if (reply.ok) return reply.value
      throw new ReviewError(reply.failure.code, reply.failure.message)
    }
  }
  return { host: host as unknown as Host, subscribe: transport.subscribe }
}
