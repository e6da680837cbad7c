/** Paper: the desktop prints by the system's dialog or keeps a PDF; a browser prints its own page. */
import { getHost } from './host.ts'
import { reportFailure } from './notices.ts'
import { getState } from './state.ts'

export function print(asPdf: boolean): void {
  if (getState().shell.facts.kind === 'browser') return window.print()
  getHost()
    .printSheet({ asPdf })
    .catch((thrown: unknown) => reportFailure(thrown))
}
