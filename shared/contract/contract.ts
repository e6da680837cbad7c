/**
 * THE list of what the renderer may ask of the host. Inputs are checked at run time where they
 * arrive; outputs are types. Both ends are inferred from here: `serve` on the host's side of any
 * transport, `connect` on the renderer's.
 */
import * as v from 'valibot'
import type { AnnotationDocument } from '../annotation/document.ts'
import type { History } from '../annotation/history.ts'
import { historySchema, type JournalEntry, journalEntrySchema } from '../annotation/journalEntry.ts'
import { documentSchema } from '../annotation/schemas.ts'
import { CODE_PAGES } from '../edf/header/codePages.ts'
import { type Failure, ReviewError, toFailure } from '../failure.ts'
import { type JobAnswer, jobRequestSchema } from './jobs.ts'
import type {
  HostEvent,
  Identification,
  OpenedRecording,
  OpenedSet,
  OpenRef,
  ReadTexts,
  RecordingChoice,
  SavedSet,
  SetSummary,
  Startup,
} from './model.ts'
import { id, nothing, type Procedure, recording, takes } from './procedure.ts'
import { reviewerSchema, settingsSchema } from './settings.ts'
import { THREAD_PROCEDURES } from './threadProcedures.ts'

const set = v.strictObject({ setId: id })
/** The schema keeps keys that later versions add, which its inferred type cannot say together with ours. */
const entry = journalEntrySchema as unknown as v.GenericSchema<unknown, JournalEntry>
const document = documentSchema as unknown as v.GenericSchema<unknown, AnnotationDocument>
const history = historySchema as unknown as v.GenericSchema<unknown, History>
const job = v.strictObject({ jobId: id })

export const PROCEDURES = {
  /** First call of a window, which names itself: settings and what to open. A window before it is told. */
  startup: takes(v.strictObject({ window: id })).gives<Startup>(),
  /** Which window was the last to start here: null after the host itself has started anew. Changes nothing. */
  presence: takes(nothing).gives<{ readonly window: string | null }>(),
  saveSettings: takes(settingsSchema).gives<null>(),
  /** Recent files, the samples, and (browser) the folder the host was started on. */
  listRecordings: takes(nothing).gives<readonly RecordingChoice[]>(),
  /** The system's open dialog; null when dismissed. `bad-input` in a shell that has none. */
  chooseRecording: takes(nothing).gives<OpenRef | null>(),
  openRecording: takes(v.strictObject({ ref: id })).gives<OpenedRecording>(),
  /** Opens the same file again from disk: new records of a growing file, or its replacement. */
  reopenRecording: takes(recording).gives<OpenedRecording>(),
  closeRecording: takes(recording).gives<null>(),
  /** Reads the texts of header and annotations in another code page, and remembers it for this recording. */
  readTexts: takes(
    v.strictObject({ recordingId: id, codePage: v.picklist(CODE_PAGES.map((page) => page.id)) }),
  ).gives<ReadTexts>(),
  ...THREAD_PROCEDURES,
  identification: takes(recording).gives<Identification>(),
  /** Begins long work on a recording; events of type `job` tell how far it is. */
  startJob: takes(v.strictObject({ recordingId: id, job: jobRequestSchema })).gives<{
    readonly jobId: string
  }>(),
  /** Waits for the end; given once. Rejects with what the work failed with, `cancelled` where it was. */
  jobResult: takes(job).gives<JobAnswer>(),
  /** Ends the work at once; nothing where it has ended already. */
  cancelJob: takes(job).gives<null>(),
  /** The reviewer's set of a recording: saved, recovered or new. `ref` opens another one of its sets. */
  openSet: takes(
    v.strictObject({ recordingId: id, reviewer: reviewerSchema, ref: v.nullable(id) }),
  ).gives<OpenedSet>(),
  /** The sets beside a recording as they are now. */
  listSets: takes(recording).gives<readonly SetSummary[]>(),
  /** The system's dialog for a set elsewhere; null when dismissed. */
  chooseSet: takes(recording).gives<OpenRef | null>(),
  /**
   * Makes entries durable, in order. `from` is the count of entries before these: what is held already may be
   * sent again where an answer was lost, a gap or another entry in its place is a `conflict`.
   */
  journal: takes(
    v.strictObject({
      setId: id,
      from: v.pipe(v.number(), v.integer(), v.minValue(0)),
      entries: v.pipe(v.array(entry), v.maxLength(10_000)),
    }),
  ).gives<null>(),
  /** After such a conflict: what the window shows is the set from now on, and its entries count from 0. */
  restartSet: takes(v.strictObject({ setId: id, document, history })).gives<null>(),
  /**
   * The answer to `OpenedSet.choice`. What is not kept goes into the app's own folder; 'both': what was recovered
   * is written beside the set, which stays as it was saved.
   */
  chooseRecovery: takes(
    v.strictObject({ setId: id, keep: v.picklist(['saved', 'recovered', 'both']) }),
  ).gives<OpenedSet>(),
  /** Damaged journals are told of no longer; they stay in the app's own folder. */
  putDamageAside: takes(set).gives<null>(),
  /** `overwrite` after the reader was told that the file on disk had changed. */
  saveSet: takes(v.strictObject({ setId: id, overwrite: v.boolean() })).gives<SavedSet>(),
  /** Elsewhere: by the system's dialog, or in the browser under `name` beside the recording; null when dismissed. */
  saveSetAs: takes(
    v.strictObject({ setId: id, name: v.nullable(v.pipe(v.string(), v.maxLength(120))) }),
  ).gives<SavedSet | null>(),
  /** Forgets what was not saved since the last save (the reader said so). */
  discardSet: takes(set).gives<OpenedSet>(),
  closeSet: takes(set).gives<null>(),
  /** What the shell needs for its menu and for asking before it closes. */
  reportState: takes(
    v.strictObject({
      unsaved: v.boolean(),
      undo: v.nullable(v.pipe(v.string(), v.maxLength(200))),
      redo: v.nullable(v.pipe(v.string(), v.maxLength(200))),
      recording: v.nullable(v.pipe(v.string(), v.maxLength(300))),
    }),
  ).gives<null>(),
  /** The reader has answered a `close-requested`: saved or discarded, the window may go. */
  closeWindow: takes(nothing).gives<null>(),
  /** Prints the page on screen, or keeps it as a PDF (desktop); false when dismissed. */
  printSheet: takes(v.strictObject({ asPdf: v.boolean() })).gives<boolean>(),
} as const

type Procedures = typeof PROCEDURES
export type ProcedureName = keyof Procedures
export type ProcedureInput<Name extends ProcedureName> = DeepReadonly<
  v.InferOutput<Procedures[Name]['input']>
>

/** Types of our own that are readonly throughout. */
type Whole = JournalEntry | AnnotationDocument | History

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
      const checked = v.safeParse(PROCEDURES[procedure].input, input)
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
