/**
 * `npm start [-- FILE]`: builds what is missing, then opens the recording in the desktop window, or, where
 * that cannot be, in the browser through the same host. Options for tests and servers: `--browser`,
 * `--no-open`, `--port N`.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { browserCommand, chooseDoor, type Door, electronBinary } from './launch/door.ts'
import { buildAll, buildState, ROOT } from './launch/freshBuild.ts'

/** An Electron that ends sooner with an error has not opened a window. */
const TOO_SOON_MS = 8000

type Options = {
  readonly file: string | null
  readonly browser: boolean
  readonly open: boolean
  readonly port: string | undefined
}

let child: ChildProcess | null = null
let ending = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    ending = true
    // From a terminal the child hears Ctrl+C itself; from elsewhere it hears it here.
    if (child === null) process.exit(0)
    child.kill(signal)
  })
}

try {
  process.exitCode = await main()
} catch (thrown) {
  process.stderr.write(`hypnospike: ${thrown instanceof Error ? thrown.message : 'could not start'}\n`)
  process.exitCode = 1
}

async function main(): Promise<number> {
  const options = readOptions()
  if (typeof options === 'string') {
    process.stderr.write(`hypnospike: ${options}\n`)
    return 1
  }
  if (buildState(ROOT) !== 'current') {
    say('Building, a few seconds…')
    await buildAll(ROOT)
  }
  const door = await openableDoor(options)
  if (door.door === 'window') {
    const status = await openWindow(options)
    if (status !== null) return status
    return serveBrowser(options, { show: true, reason: 'Electron could not open a window here.' })
  }
  return serveBrowser(options, door)
}

/** A sentence where the command line cannot be followed. */
function readOptions(): Options | string {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse()
  } catch {
    return 'usage: npm start [-- [FILE] [--browser] [--no-open] [--port N]]'
  }
  const { values, positionals } = parsed
  const given = positionals[0]
  const { browser } = values
  const rest = { browser, open: !values['no-open'], port: values.port }
  if (given === undefined) {
    const sample = path.join(ROOT, 'samples', 'mixed-teaching.edf')
    return { file: existsSync(sample) ? sample : null, ...rest }
  }
  // npm runs scripts in the project's folder and keeps the caller's in INIT_CWD.
  const file = path.resolve(process.env.INIT_CWD ?? '.', given)
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return `there is no file ${given}`
  return { file, ...rest }
}

function parse() {
  return parseArgs({
    options: {
      browser: { type: 'boolean', default: false },
      'no-open': { type: 'boolean', default: false },
      port: { type: 'string' },
    },
    allowPositionals: true,
  })
}

async function openableDoor({ browser }: Options): Promise<Door> {
  if (browser) return { door: 'browser', show: true, reason: '' }
  const door = chooseDoor({
    platform: process.platform,
    environment: process.env,
    userId: process.getuid?.() ?? null,
  })
  if (door.door === 'browser' || electronBinary() !== null) return door
  const waiting = setTimeout(() => say('Looking for Electron, which is not installed yet…'), 1000)
  const status = await run(
    process.execPath,
    [fileURLToPath(new URL('./launch/fetchElectron.ts', import.meta.url))],
    {
      // Where there is a proxy, Node's fetch uses it only when told.
      NODE_USE_ENV_PROXY: '1',
    },
  )
  clearTimeout(waiting)
  if (status === 0 && electronBinary() !== null) return door
  return { door: 'browser', show: true, reason: '' }
}

/** The exit code, or null where no window could be opened. */
async function openWindow({ file }: Options): Promise<number | null> {
  const started = Date.now()
  const status = await run(electronBinary()!, [ROOT, ...(file === null ? [] : [file])], {
    // Set by editors' terminals; it would make Electron a plain Node.
    ELECTRON_RUN_AS_NODE: undefined,
  })
  if (ending) return 0
  return status !== 0 && Date.now() - started < TOO_SOON_MS ? null : status
}

async function serveBrowser(
  { file, port, open }: Options,
  { show, reason }: { readonly show: boolean; readonly reason: string },
): Promise<number> {
  const args = [path.join(ROOT, 'dist', 'web.js'), ...(file === null ? [] : [file])]
  if (port !== undefined) args.push('--port', port)
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] })
  child = server
  // The printed address stays on this terminal: a command line is for every account of the machine to read.
  server.once('message', (message: { readonly addressForOnce: string }) => {
    if (show && open) openBrowser(message.addressForOnce)
  })
  let said = ''
  let told = false
  server.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text
    const address = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(said)?.[0]
    if (told || address === undefined || !said.includes('\n')) return
    told = true
    const where =
      show && open ? `Hypnospike opens in your browser: ${address}` : `Hypnospike is served at ${address}`
    say(reason === '' ? where : `${reason} ${where}`)
  })
  const status = await ended(server)
  return ending ? 0 : status
}

/** Where no browser opens, the printed address is the way. */
function openBrowser(address: string): void {
  const [command, ...args] = browserCommand(process.platform, address)
  const opener = spawn(command, args, { stdio: 'ignore', detached: true })
  opener.on('error', () => {})
  opener.unref()
}

function run(command: string, args: readonly string[], changes: NodeJS.ProcessEnv): Promise<number> {
  child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...changes } })
  return ended(child)
}

function ended(started: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    started.once('error', () => resolve(1))
    started.once('exit', (code) => {
      child = null
      resolve(code ?? 1)
    })
  })
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
