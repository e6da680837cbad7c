/** The desktop shell's first lines: one instance, one window, whatever was asked to be opened. */
import path from 'node:path'
import { app, dialog } from 'electron'
import { dataFolder } from '../host/folders.ts'
import { stderrLog } from '../host/log.ts'
import { registerAppScheme } from './appProtocol.ts'
import { type Desktop, startDesktop } from './desktop.ts'
import { fileFromArguments, isAddressRefused, REFUSED_ADDRESS } from './launchArguments.ts'
import { hardenProcess } from './security.ts'

const data = dataFolder()
let desktop: Desktop | null = null
const launched = { argv: process.argv, cwd: process.cwd(), packaged: app.isPackaged }
let early = fileFromArguments(launched)
const refused = isAddressRefused(launched)

app.setName('Hypnospike')
// The same as in electron-builder.yml: Windows groups the window with its shortcut by it.
app.setAppUserModelId('io.github.hypnospike')
// Chromium's own files stay apart from annotation sets and journals.
app.setPath('userData', path.join(data, 'desktop'))

if (app.requestSingleInstanceLock({ file: early, ...(refused ? { refused } : {}) })) start()
else app.quit()

function start(): void {
  hardenProcess()
  registerAppScheme()

  process.on('uncaughtException', (thrown) => {
    stderrLog('desktop', thrown)
    dialog.showErrorBox('Hypnospike has to stop', 'What you marked is kept: the next start offers it.')
    app.exit(1)
  })

  // macOS hands over files in this way, before and after the app is ready.
  app.on('open-file', (event, file) => {
    event.preventDefault()
    open(file)
  })
  app.on('second-instance', (_event, _argv, _cwd, given) => {
    const other = given as { readonly file?: unknown; readonly refused?: unknown } | null
    if (typeof other?.file === 'string') open(other.file)
    desktop?.focus()
    if (other?.refused === true) tellRefused()
  })
  app.on('window-all-closed', () => app.quit())
  app.on('will-quit', (event) => {
    if (desktop === null) return
    event.preventDefault()
    const closing = desktop
    desktop = null
    void closing.close().finally(() => app.exit(0))
  })

  void app.whenReady().then(() => {
    desktop = startDesktop({ dataFolder: data, developmentServer: developmentServer(), file: early })
    if (refused) tellRefused()
  })
}

function tellRefused(): void {
  dialog.showErrorBox('This address is not opened', REFUSED_ADDRESS)
}

function open(file: string): void {
  if (desktop === null) early = file
  else desktop.open(file)
}

/** Only a checkout, and only this machine, may serve the pages in place of the built ones. */
function developmentServer(): string | null {
  const address = process.env.HYPNOSPIKE_DEVELOPMENT_SERVER
  if (app.isPackaged || address === undefined || !URL.canParse(address)) return null
  const { protocol, hostname } = new URL(address)
  return protocol === 'http:' && hostname === '127.0.0.1' ? address : null
}
