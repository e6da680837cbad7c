/** What the host asks of the worker that holds a recording, and what the worker tells unasked. */

import type { Activity, Identification, Scanned } from '../../shared/contract/model.ts'
import type { CheckReport } from '../../shared/edf/check.ts'
import type { Recording } from '../../shared/edf/model.ts'
import type { Failure } from '../../shared/failure.ts'
import type { SpanMeasures } from '../../shared/signal/measure.ts'
import type { Page } from '../../shared/signal/model.ts'
import type { ViewSettings } from '../../shared/signal/viewSettings.ts'
import type { Span } from '../../shared/units.ts'

export type OpenedFile = {
  readonly recording: Recording
  readonly identification: Identification
  readonly fingerprint: string
  readonly bytes: number
}

/** What a worker is told when it starts. */
export type WorkerSettings = {
  /** Between looks at the file for growth, replacement or loss. */
  readonly watchEveryMs: number
}

export type WorkerProcedures = {
  readonly open: { readonly input: { readonly path: string }; readonly output: OpenedFile }
  readonly page: {
    readonly input: { readonly span: Span; readonly settings: ViewSettings; readonly columns: number }
    readonly output: Page
  }
  readonly measure: {
    readonly input: { readonly span: Span; readonly settings: ViewSettings }
    readonly output: SpanMeasures
  }
  readonly scanned: { readonly input: null; readonly output: Scanned }
  readonly check: { readonly input: null; readonly output: CheckReport }
  /** Fingerprint over the first `records` records: does a set made on a shorter version belong here? */
  readonly fingerprint: { readonly input: { readonly records: number }; readonly output: string }
}

export type WorkerRequest = {
  readonly [Name in keyof WorkerProcedures]: {
    readonly id: number
    readonly name: Name
    readonly input: WorkerProcedures[Name]['input']
  }
}[keyof WorkerProcedures]

export type WorkerNotice =
  | { readonly type: 'scan'; readonly progress: number; readonly done: boolean }
  | { readonly type: 'activity'; readonly activity: Activity }
  | { readonly type: 'timeline'; readonly recording: Recording }
  | { readonly type: 'changed'; readonly change: 'grown' | 'replaced' | 'gone'; readonly message: string }

export type WorkerMessage =
  | { readonly type: 'reply'; readonly id: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: number; readonly failure: Failure; readonly cause: string }
  | { readonly type: 'notice'; readonly notice: WorkerNotice }
