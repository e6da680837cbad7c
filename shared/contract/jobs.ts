/**
 * Long work, mostly on an open recording: started, followed by its events, cancelled, and asked for its result. THE list
 * of it: a new job is an entry here and a function in `electron/host/recordingThread.ts`, or in the host where it is
 * not the recording's thread that does it.
 */
import * as v from 'valibot'
import type { Found } from '../candidates/common/candidate.ts'
import type { CheckReport } from '../edf/check.ts'
import { ReviewError } from '../failure.ts'
import type { Spectrogram } from '../signal/spectrogram.ts'
import type { PackMade, PackPreview } from '../teaching/pack/packPreview.ts'
import { clipEntries } from './clipProcedures.ts'
import type { Activity } from './model.ts'
import { packEntries, packHead } from './packProcedures.ts'
import { id, nothing, type Procedure, signals, takes } from './procedure.ts'

export type Exported = {
  readonly files: readonly string[]
  /** The folder's own name. */
  readonly folder: string
}

export type ClipExported = Exported & {
  /** What was looked at again in the written file, one sentence each. */
  readonly checks: readonly string[]
  /** What is still to be looked at before it is passed on; null: nothing was noticed. */
  readonly caution: string | null
}

const seconds = v.pipe(v.number(), v.finite())
const part = v.pipe(
  v.strictObject({ start: seconds, end: seconds }),
  v.check(({ start, end }) => end > start, 'a span that ends after it begins'),
)

/** What a browser's reader typed: the file goes beside the recording. */
const fileName = v.nullable(v.pipe(v.string(), v.maxLength(200, 'a name of at most 200 characters')))

const JOBS = {
  /** Where to look for spike-and-wave, without what is marked bad, and for hypnic jerks: reads all of the EEG and EMG. */
  candidates: takes(v.strictObject({ bad: signals })).gives<Found>(),
  /** Every deviation of the file from its standard: reads all of it. */
  check: takes(nothing).gives<CheckReport>(),
  /** An open set as a file of another program, asked where to by the system's dialog; null when dismissed. */
  export: takes(
    v.strictObject({
      setId: id,
      /** A format of shared/interchange/formats.ts. */
      format: v.pipe(v.string(), v.maxLength(40)),
      dates: v.boolean(),
      patient: v.boolean(),
      name: fileName,
    }),
  ).gives<Exported | null>(),
  /** A de-identified copy of a part or of all, asked where to by the system's dialog; null when dismissed. */
  clip: takes(
    v.strictObject({
      ...clipEntries,
      /** A proof sheet goes beside it. */
      proof: v.boolean(),
      name: fileName,
    }),
  ).gives<ClipExported | null>(),
  /** Power by frequency along the whole recording or a part of it, without what is marked bad: reads all of its EEG. */
  spectrogram: takes(v.strictObject({ bad: signals, span: v.exactOptional(part) })).gives<Spectrogram>(),
  /** How large the EEG is along a part of the recording, in bins finer than those of the whole. */
  activity: takes(v.strictObject({ span: part })).gives<Activity>(),
  /** What a pack of a lesson would hold and leave behind: opens every recording of it. Of no recording. */
  planPack: takes(v.strictObject({ ...packEntries, head: packHead })).gives<PackPreview>(),
  /** A pack of a lesson, asked where to by the system's dialog; null when dismissed. Of no recording. */
  pack: takes(v.strictObject({ ...packEntries, head: packHead, name: fileName })).gives<PackMade | null>(),
} as const

/** Those that need no open recording. */
export type PackJobName = 'planPack' | 'pack'

type Jobs = typeof JOBS
export type JobName = keyof Jobs
/** What the thread of a recording does; the host exports and clips by itself, since it holds the set and asks where to. */
export type ThreadJobName = Exclude<JobName, 'export' | 'clip' | PackJobName>
export type JobInput<Name extends JobName> = ReadonlyLists<v.InferOutput<Jobs[Name]['input']>>
/** What arrives is never changed in place. */
type ReadonlyLists<Input> = { readonly [Key in keyof Input]: ReadonlyList<Input[Key]> }
type ReadonlyList<Value> = Value extends (infer Item)[] ? readonly Item[] : Value
export type JobOutput<Name extends JobName> =
  Jobs[Name] extends Procedure<v.GenericSchema, infer Output> ? Output : never

export type JobRequest<Asked extends JobName = JobName> = {
  readonly [Name in Asked]: { readonly name: Name; readonly input: JobInput<Name> }
}[Asked]

/** The result of a job beside its name, so that both are known to belong together. */
export type JobAnswer<Asked extends JobName = JobName> = {
  readonly [Name in Asked]: { readonly name: Name; readonly value: JobOutput<Name> }
}[Asked]

/** The types of a list made from the table are not seen by the schema library. */
export const jobRequestSchema = v.variant(
  'name',
  Object.entries(JOBS).map(([name, { input }]) => v.strictObject({ name: v.literal(name), input })),
) as unknown as v.GenericSchema<unknown, JobRequest>

export function isJobName(name: string): name is JobName {
  return Object.hasOwn(JOBS, name)
}

/** Of a name that the compiler cannot follow into the list: the thread answers a request by the function of its name. */
export function answerOf(name: JobName, value: JobOutput<JobName>): JobAnswer {
  return { name, value } as JobAnswer
}

/** The value of an answer that must be that of the job named. */
export function outputOf<Name extends JobName>(name: Name, answer: JobAnswer): JobOutput<Name> {
  if (answer.name !== name) throw new ReviewError('internal', `Asked for ${name}, answered ${answer.name}.`)
  return answer.value as JobOutput<Name>
}

const job = v.strictObject({ jobId: id })

export const JOB_PROCEDURES = {
  /** Begins long work on a recording, null for work of none; events of type `job` tell how far it is. */
  startJob: takes(v.strictObject({ recordingId: v.nullable(id), job: jobRequestSchema })).gives<{
    readonly jobId: string
  }>(),
  /** Waits for the end; given once. Rejects with what the work failed with, `cancelled` where it was. */
  jobResult: takes(job).gives<JobAnswer>(),
  /** Ends the work at once; nothing where it has ended already. */
  cancelJob: takes(job).gives<null>(),
} as const
