/**
 * `npm run dev [-- FILE]`: the app from its sources. The window reloads by itself (Vite); the host starts
 * anew when its sources change, under the same address; where Electron's binary is, its window opens too.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { existsSync, watch } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { randomName } from '../browser/webSessions.ts'
import { browserCommand, chooseDoor, electronBinary } from './door.ts'
import { ROOT } from './freshBuild.ts'

const PORT = process.env.PORT ?? '5190'
type Served = { readonly address: string; readonly addressForOnce: string }

/** Editors write a file in several steps. */
const SETTLE_MS = 150

const token = randomName()
const sessionPath = randomName()
const file = fileToOpen(process.argv[2])
// The same for every life of the server, so that an open page finds the next one and reloads by itself.
const reloadPort = String(await freePort())
let server: ChildProcess | null = null
let desktop: ChildProcess | null = null
let ending = false

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
say('Starting from the sources…')
// What kept it from starting has been said by the server itself.
const served = await serve().catch(() => process.exit(1))
watchHost()
await show(served)

/** Starts the server and waits for its addresses. */
function serve(): Promise<Served> {
  const started = fork(
    fileURLToPath(new URL('./devServer.ts', import.meta.url)),
    [PORT, reloadPort, ...file],
    {
      env: { ...process.env, HYPNOSPIKE_TOKEN: token, HYPNOSPIKE_SESSION_PATH: sessionPath },
    },
  )
  server = started
  return new Promise((resolve, reject) => {
    started.once('message', (message) => resolve(message as Served))
    started.once('exit', () => reject(new Error('the development server ended before it was ready')))
  })
}

function watchHost(): void {
  let timer: NodeJS.Timeout | undefined
  for (const folder of ['electron', 'shared']) {
    watch(path.join(ROOT, folder), { recursive: true }, (_event, name) => {
      if (name === null || !/\.(ts|json)$/.test(name)) return
      clearTimeout(timer)
      timer = setTimeout(() => void restart(), SETTLE_MS)
    })
  }
}

async function restart(): Promise<void> {
  const old = server
  if (ending || old === null) return
  if (old.exitCode === null) {
    const gone = new Promise((resolve) => old.once('exit', resolve))
    old.kill('SIGTERM')
    await gone
  }
  if (ending) return
  try {
    await serve()
    say('The host runs anew.')
  } catch {
    say('The host does not start: see above. It is tried again at the next change.')
  }
}

async function show({ address, addressForOnce }: Served): Promise<void> {
  const door = chooseDoor({
    platform: process.platform,
    environment: process.env,
    userId: process.getuid?.() ?? null,
  })
  const binary = electronBinary()
  if (door.door === 'window' && binary !== null) {
    say('Opening the desktop window; its own sources are built as they change.')
    await buildDesktop(binary, address)
    return
  }
  if (door.door === 'browser' && !door.show) return say(`${door.reason} Hypnospike is served at ${address}`)
  say(`Hypnospike opens in your browser: ${address}`)
  const [command, ...args] = browserCommand(process.platform, addressForOnce)
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref()
}

/** The main process and the preload are built on every change; after each the window opens anew. */
async function buildDesktop(binary: string, shown: string): Promise<void> {
  await build({ configFile: path.join(ROOT, 'electron/preload.vite.config.ts'), logLevel: 'warn' })
  const watcher = await build({
    configFile: path.join(ROOT, 'electron/vite.config.ts'),
    logLevel: 'warn',
    build: { watch: {} },
  })
  if (!('on' in watcher)) throw new Error('the bundler does not watch')
  watcher.on('event', (event) => {
    if (event.code !== 'END' || ending) return
    desktop?.removeAllListeners('exit').kill()
    desktop = spawn(binary, [ROOT, ...file], {
      stdio: 'inherit',
      env: { ...process.env, HYPNOSPIKE_DEVELOPMENT_SERVER: shown, ELECTRON_RUN_AS_NODE: undefined },
    })
    desktop.once('exit', end)
  })
}

/** As an argument list: one file or none. */
function fileToOpen(given: string | undefined): readonly string[] {
  if (given !== undefined) return [path.resolve(process.env.INIT_CWD ?? '.', given)]
  const sample = path.join(ROOT, 'samples', 'mixed-teaching.edf')
  return existsSync(sample) ? [sample] : []
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address()
      probe.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : 0))
    })
  })
}

function end(): void {
  ending = true
  desktop?.kill()
  server?.kill('SIGTERM')
  setTimeout(() => process.exit(0), 1500).unref()
  if (server === null || server.exitCode !== null) process.exit(0)
  server.once('exit', () => process.exit(0))
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
