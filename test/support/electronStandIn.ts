/**
 * A stand-in for `electron` that records what the shell does with it: windows, handlers, menus, permissions.
 * The compiler holds it against electron.d.ts, so that it cannot offer what Electron does not have.
 * For the reader: `runMain` loads the built main process with a new stand-in.
 */
import { EventEmitter } from 'node:events'
import { cpSync, readFileSync } from 'node:fs'
import { createRequire, registerHooks } from 'node:module'
import path from 'node:path'
import vm from 'node:vm'
import type * as Electron from 'electron'
import type { DesktopBridge } from '../../shared/contract/bridge.ts'

type Api = typeof Electron
type NoEvents<Type> = Partial<Omit<Type, keyof EventEmitter>>
type Handler = (event: Electron.IpcMainInvokeEvent, ...args: never[]) => unknown

type Frame = Pick<Electron.WebFrameMain, 'origin' | 'frameTreeNodeId'>

class StandInContents extends EventEmitter {
  readonly mainFrame: Frame = { origin: 'app://hypnospike', frameTreeNodeId: 1 }
  readonly sent: { readonly channel: string; readonly args: readonly unknown[] }[] = []
  readonly printed: unknown[] = []
  windowOpenHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null
  webRtcPolicy: string | null = null
  crashed = false
  /** false: scripts are never answered, as by a page in an endless loop. */
  alive = true

  send(channel: string, ...args: unknown[]): void {
    this.sent.push({ channel, args })
    this.emit('sent', channel, ...args)
  }
  isDestroyed(): boolean {
    return false
  }
  isCrashed(): boolean {
    return this.crashed
  }
  executeJavaScript(): Promise<unknown> {
    return this.alive ? Promise.resolve(true) : new Promise(() => {})
  }
  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.windowOpenHandler = handler
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy
  }
  print(options?: object, callback?: (success: boolean, reason: string) => void): void {
    this.printed.push(options)
    callback?.(true, '')
  }
  printToPDF(): Promise<Buffer> {
    return Promise.resolve(Buffer.from('%PDF-'))
  }
}

class StandInWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions
  readonly webContents = new StandInContents()
  readonly loaded: string[] = []
  title = ''
  shown = false
  maximised = false
  destroyed = false
  focused = 0

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super()
    this.options = options
  }
  loadURL(address: string): Promise<void> {
    this.loaded.push(address)
    this.webContents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false })
    return Promise.resolve()
  }
  show(): void {
    this.shown = true
  }
  maximize(): void {
    this.maximised = true
  }
  isMaximized(): boolean {
    return this.maximised
  }
  isMinimized(): boolean {
    return false
  }
  restore(): void {}
  focus(): void {
    this.focused++
  }
  getNormalBounds(): Electron.Rectangle {
    return { x: 40, y: 50, width: 1200, height: 800 }
  }
  setTitle(title: string): void {
    this.title = title
  }
  setRepresentedFilename(): void {}
  setDocumentEdited(): void {}
  isDestroyed(): boolean {
    return this.destroyed
  }
  destroy(): void {
    this.destroyed = true
    this.emit('closed')
  }
  /** As Electron does: asks the listeners of `close`, and is gone unless one of them says no. */
  close(): void {
    if (!emitPreventable(this, 'close')) this.destroy()
  }
}

export class StandInSession extends EventEmitter {
  permissionRequest: ((...args: never[]) => void) | null = null
  permissionCheck: ((...args: never[]) => boolean) | null = null
  devicePermission: ((...args: never[]) => boolean) | null = null
  displayMedia: ((...args: never[]) => void) | null = null
  spellChecker = true
  beforeRequest: ((details: { url: string }, answer: (reply: { cancel?: boolean }) => void) => void) | null =
    null
  readonly protocols = new Map<string, (request: Request) => Promise<Response>>()
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
      this.protocols.set(scheme, handler)
    },
  }
  readonly webRequest = {
    onBeforeRequest: (listener: StandInSession['beforeRequest']) => {
      this.beforeRequest = listener
    },
  }

  setPermissionRequestHandler(handler: StandInSession['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: StandInSession['permissionCheck']): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: StandInSession['devicePermission']): void {
    this.devicePermission = handler
  }
  setDisplayMediaRequestHandler(handler: StandInSession['displayMedia']): void {
    this.displayMedia = handler
  }
  setSpellCheckerEnabled(on: boolean): void {
    this.spellChecker = on
  }
}

/**
 * Compile-time only: each class has nothing but its own records (listed) and members of Electron's class
 * that take and give what Electron's do.
 */
type Misfits<StandIn, Real, Records extends keyof StandIn> = {
  [Key in Exclude<keyof StandIn, keyof EventEmitter | Records>]: Key extends keyof Real
    ? StandIn[Key] extends Real[Key]
      ? never
      : Key
    : Key
}[Exclude<keyof StandIn, keyof EventEmitter | Records>]
type ContentsRecords =
  | 'mainFrame'
  | 'sent'
  | 'printed'
  | 'windowOpenHandler'
  | 'webRtcPolicy'
  | 'crashed'
  | 'alive'
type WindowRecords = 'options' | 'webContents' | 'loaded' | 'shown' | 'maximised' | 'destroyed' | 'focused'
type SessionRecords =
  | 'permissionRequest'
  | 'permissionCheck'
  | 'devicePermission'
  | 'displayMedia'
  | 'spellChecker'
  | 'beforeRequest'
  | 'protocols'
  | 'protocol'
  | 'webRequest'
const misfits: readonly (
  | Misfits<StandInContents, Electron.WebContents, ContentsRecords>
  | Misfits<StandInWindow, Electron.BrowserWindow, WindowRecords>
  | Misfits<StandInSession, Electron.Session, SessionRecords>
)[] = []
const none: readonly never[] = misfits
void none

export type RunOptions = {
  readonly argv?: readonly string[]
  readonly packaged?: boolean
  /** false: another instance holds the lock. */
  readonly lock?: boolean
  readonly displays?: readonly Electron.Rectangle[]
  readonly userData?: string
}

export type StandIn = ReturnType<typeof createElectronStandIn>

export function createElectronStandIn(options: RunOptions = {}) {
  const windows: StandInWindow[] = []
  const sessions = new Map<string, StandInSession>([['default', new StandInSession()]])
  const handlers = new Map<string, Handler>()
  const menus: Electron.MenuItemConstructorOptions[][] = []
  const calls: { readonly name: string; readonly args: readonly unknown[] }[] = []
  const messageBoxes: Electron.MessageBoxOptions[] = []
  const answers = { messageBox: 0, openPath: null as string | null, savePath: null as string | null }
  const note = (name: string, ...args: unknown[]) => {
    calls.push({ name, args })
  }
  let ready = () => {}
  const whenReady = new Promise<void>((resolve) => {
    ready = resolve
  })

  const app = Object.assign(new EventEmitter(), {
    isPackaged: options.packaged ?? true,
    setName: (name: string) => note('setName', name),
    setPath: (name: string, place: string) => note('setPath', name, place),
    getPath: () => options.userData ?? '/nowhere',
    setAppUserModelId: (id: string) => note('setAppUserModelId', id),
    requestSingleInstanceLock: (data?: object) => {
      note('requestSingleInstanceLock', data)
      return options.lock ?? true
    },
    enableSandbox: () => note('enableSandbox'),
    commandLine: { appendSwitch: (name: string, value?: string) => note('appendSwitch', name, value) },
    addRecentDocument: (place: string) => note('addRecentDocument', place),
    whenReady: () => whenReady,
    quit: () => note('quit'),
    exit: (code?: number) => note('exit', code),
  } satisfies NoEvents<Omit<Electron.App, 'commandLine'>> & { commandLine: Partial<Electron.CommandLine> })

  class BrowserWindow extends StandInWindow {
    constructor(windowOptions: Electron.BrowserWindowConstructorOptions) {
      super(windowOptions)
      windows.push(this)
      app.emit('web-contents-created', {}, this.webContents)
    }
  }

  const dialog = {
    showOpenDialog: async () => ({
      canceled: answers.openPath === null,
      filePaths: answers.openPath === null ? [] : [answers.openPath],
    }),
    showSaveDialog: async () => ({ canceled: answers.savePath === null, filePath: answers.savePath ?? '' }),
    showMessageBox: async (_window: unknown, box?: Electron.MessageBoxOptions) => {
      if (box !== undefined) messageBoxes.push(box)
      return { response: answers.messageBox, checkboxChecked: false }
    },
    showErrorBox: (title: string, content: string) => note('showErrorBox', title, content),
  } satisfies Partial<Electron.Dialog>

  const ipcMain = Object.assign(new EventEmitter(), {
    handle: (channel: string, listener: Handler) => {
      handlers.set(channel, listener)
    },
  } satisfies NoEvents<Electron.IpcMain>)

  const protocol = {
    registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) =>
      note('registerSchemesAsPrivileged', schemes),
  } satisfies Partial<Electron.Protocol>

  const areas = options.displays ?? [{ x: 0, y: 0, width: 1920, height: 1040 }]
  const displays = areas.map((workArea, id) => ({ id, workArea }) as Electron.Display)
  const screen = {
    getPrimaryDisplay: () => displays[0]!,
    getAllDisplays: () => displays,
  } satisfies Partial<Electron.Screen>

  const module: { readonly [Name in keyof Api]?: unknown } = {
    app,
    BrowserWindow,
    dialog,
    ipcMain,
    Menu: {
      buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) =>
        template as unknown as Electron.Menu,
      setApplicationMenu: (menu: Electron.Menu | null) => {
        menus.push(menu as unknown as Electron.MenuItemConstructorOptions[])
      },
    } satisfies Partial<Api['Menu']>,
    nativeTheme: { shouldUseDarkColors: true } satisfies Partial<Electron.NativeTheme>,
    protocol,
    screen,
    session: {
      defaultSession: sessions.get('default'),
      fromPartition: (name: string) => {
        const made = sessions.get(name) ?? new StandInSession()
        sessions.set(name, made)
        return made
      },
    },
    shell: {
      openExternal: async (address: string) => note('openExternal', address),
    } satisfies Partial<Electron.Shell>,
  }

  const window = () => {
    const first = windows[0]
    if (first === undefined) throw new Error('no window was opened')
    return first
  }
  return {
    module,
    app,
    ipcMain,
    windows,
    sessions,
    handlers,
    menus,
    calls,
    messageBoxes,
    answers,
    window,
    called: (name: string) => calls.filter((call) => call.name === name).map((call) => call.args),
    /** Says that the app is ready and waits until the shell has done what it does then. */
    becomeReady: async () => {
      ready()
      // A turn of the event loop later, all that followed at once has been done.
      await new Promise((resolve) => setImmediate(resolve))
    },
    /** A call as the page makes it through the preload; `from` replaces parts of an honest event. */
    invoke: (channel: string, args: readonly unknown[], from: object = {}) => {
      const { webContents } = window()
      const event = { sender: webContents, senderFrame: webContents.mainFrame, ...from }
      return handlers.get(channel)!(event as unknown as Electron.IpcMainInvokeEvent, ...(args as never[]))
    },
  }
}

/** Emits an event that can be refused; true when it was. */
export function emitPreventable(emitter: EventEmitter, name: string, details: object = {}): boolean {
  const event = {
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true
    },
    ...details,
  }
  emitter.emit(name, event)
  return event.defaultPrevented
}

const KEY = 'electronStandIn'
let runs = 0
let hooked = false

/**
 * Runs the built main process in `dist`, with `electron` replaced. Every run has a copy of the build beside it,
 * so that no module is shared with the run before; Node's own loader is used, not the test runner's.
 */
export function runMain(dist: string, standIn: StandIn, argv: readonly string[] = []): void {
  if (!hooked) hookElectron()
  hooked = true
  Reflect.set(globalThis, KEY, standIn.module)
  const before = process.argv
  process.argv = ['/opt/Hypnospike/hypnospike', ...argv]
  const copy = path.join(dist, '..', `run-${++runs}`)
  cpSync(dist, copy, { recursive: true, filter: (file) => !file.endsWith('.map') })
  try {
    createRequire(import.meta.url)(path.join(copy, 'main.js'))
  } finally {
    process.argv = before
  }
}

/** Runs a built preload, one CommonJS file, as a sandboxed window does: nothing but `electron` can be required. */
export function runPreload(code: string, electron: object): void {
  const wrapped = vm.runInThisContext(`(function (require, module, exports, process) {${code}\n})`) as (
    require: (name: string) => unknown,
    module: object,
    exports: object,
    process: undefined,
  ) => void
  const fakeRequire = (name: string) => {
    if (name === 'electron') return electron
    throw new Error(`module not found: ${name}`)
  }
  wrapped(fakeRequire, { exports: {} }, {}, undefined)
}

/**
 * What the page holds when the built preload of `dist` talks to a running stand-in: every message is
 * structured-cloned, as between Electron's processes.
 */
export function bridgeTo(standIn: StandIn, dist: string): DesktopBridge {
  const ipcRenderer = new EventEmitter()
  const { webContents } = standIn.window()
  webContents.on('sent', (channel: string, ...args: readonly unknown[]) => {
    ipcRenderer.emit(channel, {}, ...structuredClone(args))
  })
  let bridge: DesktopBridge | null = null
  runPreload(readFileSync(path.join(dist, 'preload.cjs'), 'utf8'), {
    contextBridge: {
      exposeInMainWorld: (_name: string, exposed: DesktopBridge) => {
        bridge = exposed
      },
    } satisfies Partial<Electron.ContextBridge>,
    ipcRenderer: Object.assign(ipcRenderer, {
      invoke: async (channel: string, ...args: readonly unknown[]) =>
        structuredClone(await standIn.invoke(channel, structuredClone(args))),
      send: (channel: string, ...args: readonly unknown[]) => {
        standIn.ipcMain.emit(channel, { sender: webContents, senderFrame: webContents.mainFrame }, ...args)
      },
    } satisfies Partial<Omit<Electron.IpcRenderer, keyof EventEmitter>>),
    webUtils: { getPathForFile: () => '' } satisfies Partial<Electron.WebUtils>,
  })
  if (bridge === null) throw new Error('the preload exposed nothing')
  return bridge
}

function hookElectron(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier !== 'electron') return next(specifier, context)
      return { url: `stand-in:electron?run=${runs}`, format: 'module', shortCircuit: true }
    },
    load: (url, context, next) => {
      if (!url.startsWith('stand-in:')) return next(url, context)
      const names = Object.keys(Reflect.get(globalThis, KEY) as object)
      const lines = names.map((name) => `export const ${name} = electron.${name}`)
      const source = [`const electron = globalThis.${KEY}`, ...lines].join('\n')
      return { format: 'module', source, shortCircuit: true }
    },
  })
}
