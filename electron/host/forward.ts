/** The procedures that the thread of a recording answers by itself, passed on as they are. */
import type { Host } from '../../shared/contract/contract.ts'
import { THREAD_PROCEDURES, type ThreadProcedureName } from '../../shared/contract/threadProcedures.ts'
import type { RecordingWorker } from './recordingWorker.ts'

/** One method a procedure. `workerOf` throws ReviewError `not-found` where the recording is not open. */
export function forwardToThread(
  workerOf: (recordingId: string) => RecordingWorker,
): Pick<Host, ThreadProcedureName> {
  const forward =
    (name: ThreadProcedureName) =>
    async ({ recordingId, ...input }: { readonly recordingId: string }) =>
      workerOf(recordingId).ask(name, input as never)
  const names = Object.keys(THREAD_PROCEDURES) as ThreadProcedureName[]
  return Object.fromEntries(names.map((name) => [name, forward(name)])) as unknown as Pick<
    Host,
    ThreadProcedureName
  >
}
