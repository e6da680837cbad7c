/** The one window: what it may do, where it stands, what its title says. */
import { BrowserWindow, nativeTheme, type Session, screen } from 'electron'
import type { WindowState } from '../host/shell.ts'
import { placeWindow, readWindowPlace, SMALLEST, writeWindowPlace } from './windowPlace.ts'

/** The page's own ground, so that nothing flashes before the first paint. */
const GROUND = { light: '#f4f5f7', dark: '#14181d' }

type Options = {
  readonly session: Session
  readonly preload: string
  readonly icon: string
  /** File that remembers bounds. */
  readonly placeFile: string
  readonly development: boolean
}

export function createReviewWindow({
  session,
  preload,
  icon,
  placeFile,
  development,
}: Options): BrowserWindow {
  const { primary, others } = displays()
  const place = placeWindow(readWindowPlace(placeFile), [primary, ...others])
  const window = new BrowserWindow({
    ...place.bounds,
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Hypnospike',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: {
      session,
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: development,
    },
  })
  if (place.maximised) window.maximize()
  window.once('ready-to-show', () => window.show())
  // The title is the recording's, whatever the page calls itself.
  window.on('page-title-updated', (event) => event.preventDefault())
  const keepPlace = () =>
    writeWindowPlace(placeFile, { bounds: window.getNormalBounds(), maximised: window.isMaximized() })
  window.on('close', keepPlace)
  return window
}

/** `recordingPath` is for macOS, whose title bar can show the folder. */
export function showState(window: BrowserWindow, state: WindowState, recordingPath: string | null): void {
  const mac = process.platform === 'darwin'
  const dot = state.unsaved && !mac ? '• ' : ''
  const title = state.recording === null ? 'Hypnospike' : `${state.recording} — Hypnospike`
  window.setTitle(`${dot}${title}`)
  if (!mac) return
  window.setRepresentedFilename(state.recording === null ? '' : (recordingPath ?? ''))
  window.setDocumentEdited(state.unsaved)
}

function displays() {
  const first = screen.getPrimaryDisplay()
  const rest = screen.getAllDisplays().filter((display) => display.id !== first.id)
  return { primary: first.workArea, others: rest.map((display) => display.workArea) }
}
