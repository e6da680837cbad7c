/** A file dropped on the window: the desktop opens it where it lies, a browser hands over a copy. */
import { displayName } from '../../shared/shownText.ts'
import { dropFile } from './host.ts'
import { requestOpen } from './leaving.ts'
import { notify, reportFailure } from './notices.ts'
import { getState } from './state.ts'

export async function openDroppedFile(file: File): Promise<void> {
  try {
    if (getState().shell.facts.kind === 'browser' && file.size > 20e6) {
      notify('info', `Copying ${displayName(file.name)} into the app’s folder…`)
    }
    const open = await dropFile(file)
    if (open !== null) requestOpen(open)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** Takes drops anywhere on the window until the returned function is called. */
export function listenToDrops(): () => void {
  const over = (event: DragEvent) => event.preventDefault()
  const drop = (event: DragEvent) => {
    event.preventDefault()
    const files = event.dataTransfer?.files
    const file = files?.[0]
    if (file === undefined) return
    if (files !== undefined && files.length > 1)
      notify('info', 'One recording at a time: the first file is opened.')
    void openDroppedFile(file)
  }
  window.addEventListener('dragover', over)
  window.addEventListener('drop', drop)
  return () => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('drop', drop)
  }
}
