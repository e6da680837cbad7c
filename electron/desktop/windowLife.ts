/**
 * The window's hard moments: closing with unsaved work, a page that hangs, a page that is gone. In each
 * the reader decides, and the journal on disk already holds what was marked. No journal holds a lesson, which is said.
 */
import { type BrowserWindow, dialog } from 'electron'

/** How long a page may take to show that it is alive when it is asked to close. */
const ALIVE_WITHIN_MS = 2000

type Options = {
  readonly window: BrowserWindow
  readonly isUnsaved: () => boolean
  readonly isLessonUnsaved: () => boolean
  /** Has the page ask: save, discard or stay. */
  readonly askPage: () => void
  /** Loads the page anew, with what was open. */
  readonly reload: () => void
}

export type WindowLife = {
  /** The reader has decided in the page. */
  readonly closeNow: () => void
}

const KEPT = 'What you marked is kept, also what you had not saved: the next start offers it.'
const LESSON_GOES = ' What you did last in the open lesson is not saved, and goes with the window.'
const LESSON_GONE = ' What you did last in the open lesson was not saved, and is gone.'

export function guardWindow({ window, isUnsaved, isLessonUnsaved, askPage, reload }: Options): WindowLife {
  let decided = false
  let asking = false

  window.on('close', (event) => {
    if (decided || !isUnsaved()) return
    event.preventDefault()
    void askToClose()
  })

  // The question is asked above, once; a page's own `beforeunload` would keep the window without a word.
  window.webContents.on('will-prevent-unload', (event) => event.preventDefault())

  async function askToClose(): Promise<void> {
    if (window.webContents.isCrashed()) return question('The window has stopped working.')
    askPage()
    if (!(await isAlive(window))) await question('The window does not answer.')
  }

  async function question(message: string, signal?: AbortSignal): Promise<void> {
    if (asking || window.isDestroyed()) return
    asking = true
    const { response } = await dialog.showMessageBox(window, {
      type: 'warning',
      message,
      detail: `${KEPT}${isLessonUnsaved() ? LESSON_GOES : ''}`,
      buttons: ['Wait', 'Close anyway'],
      defaultId: 0,
      cancelId: 0,
      ...(signal === undefined ? {} : { signal }),
    })
    asking = false
    if (response === 1 && !window.isDestroyed()) window.destroy()
  }

  let hang: AbortController | null = null
  window.on('unresponsive', () => {
    hang = new AbortController()
    void question('The window does not answer.', hang.signal)
  })
  window.on('responsive', () => hang?.abort())

  window.webContents.on('render-process-gone', async (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: 'The window has stopped working.',
      detail: `What you marked is kept. Reload to go on where you were.${isLessonUnsaved() ? LESSON_GONE : ''}`,
      buttons: ['Reload', 'Close'],
      defaultId: 0,
      cancelId: 0,
    })
    if (window.isDestroyed()) return
    if (response === 0) reload()
    else window.destroy()
  })

  return {
    closeNow: () => {
      decided = true
      window.close()
    },
  }
}

async function isAlive(window: BrowserWindow): Promise<boolean> {
  const answer = window.webContents.executeJavaScript('true').then(
    () => true,
    () => false,
  )
  const silence = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), ALIVE_WITHIN_MS))
  return (await Promise.race([answer, silence])) || window.isDestroyed()
}
