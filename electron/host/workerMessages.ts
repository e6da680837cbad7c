/**
 * What the host asks of the thread that holds a recording, and what the thread tells unasked. What the window
 * may ask as well comes from the contract's lists; a call of the host's own is an entry in `OwnCalls`. The
 * functions are in `recordingThread.ts`.
 */
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { ClipRequest } from '../../shared/clips/model.ts'
import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import type { ProcedureInput, ProcedureOutput } from '../../shared/contract/contract.ts'
import type { JobInput, JobOutput, ThreadJobName } from '../../shared/contract/jobs.ts'
import type { Activity, Identification, ReadTexts } from '../../shared/contract/model.ts'
import type { ThreadProcedureName } from '../../shared/contract/threadProcedures.ts'
import type { CodePage } from '../../shared/edf/header/codePages.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import type { Failure } from '../../shared/failure.ts'
import type { ClipPlace, ClipWritten } from './clipping.ts'
import type { KnownCodePage } from './settings.ts'

export type OpenedFile = {
  readonly recording: Recording
  readonly identification: Identification
  readonly fingerprint: string
  readonly bytes: number
  readonly codePage: CodePage
}

/** What a thread is told when it starts. */
export type ThreadSettings = {
  /** Between looks at the file for growth, replacement or loss. */
  readonly watchEveryMs: number
}

export type Opening = {
  readonly codePages?: readonly KnownCodePage[]
  /** How long the reading in the background waits for a first page; it begins soon after one. 0: not at all. */
  readonly waitMs?: number
}

export type ClipWork = { readonly request: ClipRequest; readonly document: AnnotationDocument | null }

type OwnCalls = {
  readonly open: {
    readonly input: Opening & { readonly path: string }
    readonly output: OpenedFile
  }
  /** Makes the page that a window asks for first, and keeps nothing of it: the code is warm when it is asked for. */
  readonly practise: { readonly input: Readonly<Record<never, never>>; readonly output: null }
  /** Opens and draws a recording made in memory, before there is one: see warmUp.ts. Gives way to all else. */
  readonly warmUp: { readonly input: Readonly<Record<never, never>>; readonly output: null }
  /** Reads the texts of header and annotations anew, in this code page. */
  readonly readTexts: {
    readonly input: { readonly codePage: CodePage }
    readonly output: ReadTexts & { readonly identification: Identification }
  }
  /** What a clip would be; the set whose marks go along is the host's to know. */
  readonly planClip: { readonly input: ClipWork; readonly output: ClipPreview }
  /** Writes one, and looks at it again before it has its name. */
  readonly writeClip: {
    readonly input: ClipWork & { readonly place: ClipPlace }
    readonly output: ClipWritten
  }
  /** Fingerprint over the first `records` records: does a set made on a shorter version belong here? */
  readonly fingerprint: { readonly input: { readonly records: number }; readonly output: string }
}

type Calls = OwnCalls & {
  readonly [Name in ThreadProcedureName]: {
    readonly input: Omit<ProcedureInput<Name>, 'recordingId'>
    readonly output: ProcedureOutput<Name>
  }
} & { readonly [Name in ThreadJobName]: { readonly input: JobInput<Name>; readonly output: JobOutput<Name> } }

export type CallName = keyof Calls
export type CallInput<Name extends CallName> = Calls[Name]['input']
export type CallOutput<Name extends CallName> = Calls[Name]['output']

/** What a function of the thread is given beside its input. */
export type CallControl = {
  /** Aborted when the answer is not wanted any more. */
  readonly signal: AbortSignal
  /** From 0 to 1. */
  readonly onProgress: (done: number) => void
  /** Memory that goes with the answer and is not kept. */
  readonly give: (buffer: ArrayBuffer) => void
}

/** One function a call; an answer of another type does not compile. */
export type ThreadCalls = {
  readonly [Name in CallName]: (
    input: CallInput<Name>,
    control: CallControl,
  ) => CallOutput<Name> | Promise<CallOutput<Name>>
}

export type CallRequest<Name extends CallName = CallName> = {
  readonly type: 'call'
  readonly id: number
  readonly name: Name
  readonly input: CallInput<Name>
}

export type ThreadRequest =
  | CallRequest
  | { readonly type: 'cancel'; readonly id: number }
  /** What gives way waits from here to `release` of the same id, for a while at most. */
  | { readonly type: 'hold' | 'release'; readonly id: number }
  /** Ends what is under way and gives the file back; the thread then ends by itself. */
  | { readonly type: 'close' }

export type ThreadNotice =
  | { readonly type: 'scan'; readonly progress: number; readonly done: boolean }
  | { readonly type: 'activity'; readonly activity: Activity }
  | { readonly type: 'timeline'; readonly recording: Recording }
  | { readonly type: 'changed'; readonly change: 'grown' | 'replaced' | 'gone'; readonly message: string }

export type ThreadMessage =
  | { readonly type: 'reply'; readonly id: number; readonly value: CallOutput<CallName> }
  | { readonly type: 'failure'; readonly id: number; readonly failure: Failure; readonly cause: string }
  | { readonly type: 'progress'; readonly id: number; readonly done: number }
  | { readonly type: 'notice'; readonly notice: ThreadNotice }
