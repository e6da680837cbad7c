/** The host and what checks and answers calls to it: most of the program's code, which the door is opened without. */
import { serve } from '../../shared/contract/contract.ts'
import { createHost, type HostOptions } from '../host/host.ts'
import { stderrLog } from '../host/log.ts'

export function startHost(options: Omit<HostOptions, 'log'>) {
  const app = createHost({ ...options, log: stderrLog })
  return { app, answer: serve(app.host, stderrLog) }
}
