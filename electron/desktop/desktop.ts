/** The desktop's one window with its host: made when the app is ready, gone with the app. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { app, type BrowserWindow, Menu, type Session, session } from 'electron'
import type { CommandId } from '../../shared/contract/commands.ts'
import { serve } from '../../shared/contract/contract.ts'
import type { RecordingChoice } from '../../shared/contract/model.ts'
import { createHost } from '../host/host.ts'
import { stderrLog } from '../host/log.ts'
import type { ShellPort, WindowState } from '../host/shell.ts'
import { appVersion, currentPlatform, samplesFolder } from '../installation/installation.ts'
import { APP_ORIGIN, serveApp } from './appProtocol.ts'
import {
  askExportTarget,
  askLessonTarget,
  askMontageFile,
  askMontageTarget,
  askPictureTarget,
  askRecording,
  askSaveTarget,
  askSet,
  printWindow,
} from './dialogs.ts'
import { linkWindow } from './ipc.ts'
import { menuTemplate } from './menu.ts'
import { hardenContents, hardenSession } from './security.ts'
import { createReviewWindow, showState } from './window.ts'
import { guardWindow, type WindowLife } from './windowLife.ts'

/** How long the host may take to put its last word on disk. */
const CLOSE_WITHIN_MS = 3000
const NOTHING_OPEN: WindowState = {
  ...{ unsaved: false, unsavedLesson: false },
  ...{ undo: null, redo: null, recording: null },
}

type Options = {
  readonly dataFolder: string
  /** Address of the development server, null for the built pages. */
  readonly developmentServer: string | null
  readonly file: string | null
}

export type Desktop = {
  readonly open: (path: string) => void
  readonly focus: () => void
  readonly close: () => Promise<void>
}

export function startDesktop({ dataFolder, developmentServer, file }: Options): Desktop {
  const home = developmentServer ?? `${APP_ORIGIN}/`
  const origin = developmentServer === null ? APP_ORIGIN : new URL(developmentServer).origin
  const development = developmentServer !== null
  let state = NOTHING_OPEN
  let recordingPath: string | null = null
  let choices: readonly RecordingChoice[] = []

  const shell: ShellPort = {
    facts: { kind: 'desktop', platform: currentPlatform(), version: appVersion() },
    chooseRecording: () => askRecording(window, recordingPath === null ? null : path.dirname(recordingPath)),
    chooseSet: (folder) => askSet(window, folder),
    chooseSaveTarget: (suggestion) => askSaveTarget(window, suggestion),
    chooseExportTarget: (suggestion) => askExportTarget(window, suggestion),
    chooseMontageFile: () => askMontageFile(window),
    chooseMontageTarget: (suggestion) => askMontageTarget(window, suggestion),
    chooseLessonTarget: (name) => askLessonTarget(window, name),
    choosePictureTarget: (name) => askPictureTarget(window, name),
    recordingOpened: (opened) => {
      recordingPath = opened
      app.addRecentDocument(opened)
      setImmediate(() => void listChoices())
    },
    stateChanged: (next) => {
      state = next
      show()
    },
    closeWindow: () => life.closeNow(),
    printSheet: (asPdf) => printWindow(window, asPdf),
  }

  const host = createHost({
    shell,
    dataFolder,
    samplesFolder: samplesFolder(process.resourcesPath),
    folder: null,
    emit: (event) => link.emit(event),
    log: stderrLog,
  })
  const link = linkWindow({
    contents: () => (window.isDestroyed() ? null : window.webContents),
    origin,
    answer: serve(host.host, stderrLog),
    openDropped: (dropped) => host.requestOpen(dropped),
  })

  const pages = reviewSession(origin)
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, origin, development))
  const window = createReviewWindow({
    session: pages,
    preload: builtFile('preload.cjs'),
    icon: builtFile('icon.png'),
    placeFile: path.join(app.getPath('userData'), 'window.json'),
    development,
  })
  const life: WindowLife = guardWindow({
    window,
    isUnsaved: () => state.unsaved,
    isLessonUnsaved: () => state.unsavedLesson,
    askPage: () => link.emit({ type: 'close-requested' }),
    reload: load,
  })
  followPage(window, () => {
    link.pageLost()
    state = NOTHING_OPEN
    show()
  })

  function show(): void {
    if (window.isDestroyed()) return
    showState(window, state, recordingPath)
    const model = { platform: currentPlatform(), state, choices, development }
    const template = menuTemplate(model, {
      command: (command: CommandId) => link.emit({ type: 'command', command }),
      open: (choice) => link.emit({ type: 'open', open: choice }),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }

  async function listChoices(): Promise<void> {
    try {
      choices = await host.host.listRecordings({})
      show()
    } catch (thrown) {
      stderrLog('menu', thrown)
    }
  }

  function load(): void {
    window.loadURL(home).catch((thrown: unknown) => stderrLog('window', thrown))
  }

  if (file !== null) host.requestOpen(file)
  show()
  void listChoices()
  load()

  return {
    open: (asked) => host.requestOpen(asked),
    focus: () => {
      if (window.isDestroyed()) return
      if (window.isMinimized()) window.restore()
      window.focus()
    },
    close: () => {
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_WITHIN_MS).unref())
      return Promise.race([host.close(), late])
    },
  }
}

/** In memory only: Chromium keeps no cache, cookie or history of what was reviewed. */
function reviewSession(origin: string): Session {
  const pages = session.fromPartition('review')
  for (const each of [pages, session.defaultSession]) hardenSession(each, origin)
  if (origin === APP_ORIGIN) serveApp(pages, builtFile('renderer'))
  return pages
}

/** Calls when the main frame leaves its document: by a reload, or because its process is gone. */
function followPage(window: BrowserWindow, lost: () => void): void {
  window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) lost()
  })
  window.webContents.on('render-process-gone', lost)
}

/** The desktop runs built, in development too: its files lie beside it. */
function builtFile(name: string): string {
  return fileURLToPath(new URL(`./${name}`, import.meta.url))
}
