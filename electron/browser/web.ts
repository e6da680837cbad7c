/**
 * The browser shell: the same host and renderer as the desktop window, over loopback. Only this machine
 * reaches it, only with a session (webSessions.ts), and only from its own pages.
 * For the reader: `startWebShell` is all that other files call.
 */
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { finished } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { maxCallBytes } from '../../shared/contract/callSize.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { decodeWire, encodeWire, freeMemory } from '../../shared/contract/wire.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { assertNever } from '../../shared/units.ts'
import { dataFolder } from '../host/folders.ts'
import { stderrLog } from '../host/log.ts'
import { samplesFolder } from '../installation/installation.ts'
import { readStaticFile, SECURITY_HEADERS } from '../installation/staticFiles.ts'
import { browserPort } from './browserPort.ts'
import { openDoorMemory } from './doorMemory.ts'
import { keepDropped } from './dropped.ts'
import { listenOnLoopback, parsePort } from './port.ts'
import { createWebSessions, isSame, type KeptSession, type NewSession, randomName } from './webSessions.ts'

// Imported, this module would make all that it can export, a client for the web among it: 30 ms of a start.
const { createServer } = process.getBuiltinModule('node:http')

const COOKIE = 'hypnospike'
const NO_SESSION =
  'Open the address that Hypnospike printed when it was started; it holds the key to this page.\n'
const TICKET_EXPIRED =
  'This address was good for one minute. Open the address that Hypnospike printed when it was started.\n'
const TICKET_USED =
  'The address that opens the browser was used twice and is good only once, so the window it had opened is shut ' +
  'out too: somebody else on this computer may have read it. Open the address that Hypnospike printed when it ' +
  'was started.\n'
/** Enough to see which procedure is called: a client writes its name first. */
const CALL_HEAD = 128

type Handler = (request: IncomingMessage, response: ServerResponse) => void

export type WebShellOptions = {
  /** Recording to open first. */
  readonly file: string | null
  /** 0 = any free port; null: that of the last time, so that a window still open finds its host, else any. */
  readonly port: number | null
  /** A folder of built files, or a middleware that serves the sources in development. */
  readonly renderer: { readonly folder: string } | { readonly middleware: Handler }
  readonly data?: string
  /** Given where a restart must not lock out the page that is open (development); else made anew. */
  readonly fixed?: { readonly token: string; readonly sessionPath: string }
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number
}

export type WebShell = {
  /** For the person at the terminal, good while the program runs: it holds the token. */
  readonly address: string
  /** For a command line, which other accounts of the machine can read: good once, for a minute. */
  readonly addressForOnce: () => string
  /** Resolves once calls are answered, which wait for it; rejects where the program's own code cannot be read. */
  readonly ready: Promise<void>
  readonly close: () => Promise<void>
}

/** Serves on 127.0.0.1 until closed. Rejects where the port asked for is taken. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const token = options.fixed?.token ?? randomName()
  /** With the session that each belongs to. */
  const listeners = new Map<ServerResponse, KeptSession>()
  const emit = (event: HostEvent) => {
    for (const response of listeners.keys()) response.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  const data = options.data ?? dataFolder()
  const server = createServer((request, response) => {
    handle(request, response).catch((thrown: unknown) => {
      stderrLog('request', thrown)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  const memory = openDoorMemory(data, stderrLog)
  const remembered = await memory.recall()
  const port = await listenOnLoopback(server, options.port, remembered.port)
  const origin = `http://127.0.0.1:${port}`
  // Nothing is waited for in between, nor that it is on disk: a window that waits for its host asks at once.
  const sessions = createWebSessions({
    kept: remembered.sessionsOf(port),
    now: options.now ?? (() => performance.now()),
    path: options.fixed?.sessionPath ?? null,
  })
  void memory.remember(port, sessions.kept())
  // Read while the browser is on its way here: not before its address has been said, since Node reads modules in one go.
  const behind = (async () => {
    await setImmediate()
    const { startHost } = await import('./behindDoor.ts')
    const host = startHost({
      shell: browserPort(),
      dataFolder: data,
      samplesFolder: samplesFolder(),
      folder: options.file === null ? null : path.dirname(path.resolve(options.file)),
      emit,
    })
    if (options.file !== null) host.app.requestOpen(path.resolve(options.file))
    return host
  })()

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
      // The development server injects inline scripts and styles; what ships never does.
      if ('middleware' in options.renderer && name === 'Content-Security-Policy') continue
      response.setHeader(name, value)
    }
    response.setHeader('Cache-Control', 'no-store')
    // Not as a reference: `//elsewhere/` is a path of this host and no host of its own.
    const asked = `${origin}${request.url ?? '/'}`
    if (!URL.canParse(asked)) return refuse(response, 400)
    const url = new URL(asked)
    // A page of another site that has found the port can neither guess this host nor send our cookie.
    if (request.headers.host !== `127.0.0.1:${port}`) return refuse(response, 403)
    const given = url.searchParams.get('token')
    if (request.method === 'GET' && url.pathname === '/' && given !== null && isSame(given, token)) {
      return begin(response, sessions.begin())
    }
    const ticket = /^\/open\/([\w-]+)$/.exec(url.pathname)?.[1]
    if (request.method === 'GET' && ticket !== undefined) return exchange(response, ticket)
    const session = sessions.find(cookiesOf(request, COOKIE))
    if (session === null) return sayTo(response, NO_SESSION)
    const inside = pathInside(url.pathname, session.path)
    if (request.method === 'POST') {
      if (request.headers.origin !== origin) return refuse(response, 403)
      if (inside === '/rpc') return call(request, response)
      if (inside === '/drop') return drop(request, response, url)
      return refuse(response, 404)
    }
    if (request.method !== 'GET') return refuse(response, 405)
    if (inside === '/events') return subscribe(request, response, session)
    if (!url.pathname.startsWith(`/${session.path}/`)) {
      if (inside !== '/') return refuse(response, 404)
      response.writeHead(303, { Location: `/${session.path}/` })
      return void response.end()
    }
    if ('middleware' in options.renderer) return options.renderer.middleware(request, response)
    const file = await readStaticFile(options.renderer.folder, inside)
    if (file === null) return refuse(response, 404)
    response.writeHead(200, { 'Content-Type': file.type })
    response.end(file.body)
  }

  /** The cookie is for the session's path alone, which no other port of this address knows. */
  function begin(response: ServerResponse, { path: segment, secret }: NewSession): void {
    void memory.remember(port, sessions.kept())
    response.setHeader('Set-Cookie', `${COOKIE}=${secret}; Path=/${segment}; HttpOnly; SameSite=Strict`)
    response.writeHead(303, { Location: `/${segment}/` })
    response.end()
  }

  async function exchange(response: ServerResponse, ticket: string): Promise<void> {
    const result = sessions.exchange(ticket)
    switch (result.kind) {
      case 'begun':
        return begin(response, result.session)
      case 'expired':
        return sayTo(response, TICKET_EXPIRED)
      case 'unknown':
        return sayTo(response, NO_SESSION)
      case 'used': {
        process.stderr.write(`hypnospike: ${TICKET_USED}`)
        for (const [listener, session] of listeners) {
          if (session.hash === result.revoked?.hash) listener.end()
        }
        await memory.remember(port, sessions.kept())
        return sayTo(response, TICKET_USED)
      }
      default:
        return assertNever(result)
    }
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (body === null) return refuseRest(request, response)
    let message: unknown
    try {
      message = decodeWire(body)
    } catch {
      return refuse(response, 400)
    }
    const { procedure, input } = (message ?? {}) as { procedure?: unknown; input?: unknown }
    if (typeof procedure !== 'string') return refuse(response, 400)
    const { answer } = await behind
    const reply = encodeWire(await answer(procedure, input), { consume: true })
    // Of a known length: else it goes in chunks, which cost either side a copy.
    const length = String(reply.byteLength)
    response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': length })
    response.end(reply, () => freeMemory(reply))
  }

  /** A browser gives a dropped file's content, never its path: it is copied once into the app's folder. */
  async function drop(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    response.setHeader('Content-Type', 'application/octet-stream')
    try {
      const file = await keepDropped(request, path.join(data, 'dropped'), url.searchParams.get('name') ?? '')
      const { app } = await behind
      response.end(encodeWire({ ok: true, value: app.open(file) }))
    } catch (thrown) {
      if (!(thrown instanceof ReviewError)) stderrLog('drop', thrown)
      response.end(encodeWire({ ok: false, failure: toFailure(thrown) }))
    }
  }

  function subscribe(request: IncomingMessage, response: ServerResponse, session: KeptSession): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(': open\n\n')
    listeners.set(response, session)
    request.on('close', () => listeners.delete(response))
  }

  return {
    address: `${origin}/?token=${token}`,
    addressForOnce: () => `${origin}/open/${sessions.issueTicket()}`,
    ready: behind.then(() => {}),
    close: async () => {
      for (const response of listeners.keys()) response.end()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await (await behind).app.close()
      await memory.written()
    },
  }
}

/** null where it is larger than a call of its procedure may be, which is known by its first bytes. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  const announced = Number(request.headers['content-length'])
  const parts: Uint8Array[] = []
  let length = 0
  let most: number | null = null
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += part.length
    parts.push(part)
    if (most === null && length >= Math.min(CALL_HEAD, announced || CALL_HEAD)) {
      most = maxCallBytes(procedureOf(Buffer.concat(parts)))
    }
    if (most !== null && (length > most || announced > most)) return null
  }
  return new Uint8Array(Buffer.concat(parts))
}

/** The procedure that a call begins with, else null. */
function procedureOf(body: Buffer): string | null {
  return /^\{"procedure":"(\w+)"/.exec(body.toString('latin1', 4, CALL_HEAD))?.[1] ?? null
}

/** All of a name: a page of another port may have set one of the same name beside ours. */
function cookiesOf(request: IncomingMessage, name: string): readonly string[] {
  return (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1))
}

/**
 * The path below a session's own, as `/rpc`. What is asked for at the root is answered too, for clients that are no
 * browsers and send the cookie because they hold it: a browser never sends it there, whatever page asks.
 */
function pathInside(pathname: string, session: string): string {
  if (pathname === `/${session}`) return '/'
  return pathname.startsWith(`/${session}/`) ? pathname.slice(session.length + 1) : pathname
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status)
  response.end()
}

/**
 * Answers at once and lets the rest run by unkept: a connection closed while its client still sends breaks there, and the
 * answer is never read. The server's own time for a request is the limit.
 */
function refuseRest(request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(413, { 'Content-Length': 0 })
  response.flushHeaders()
  request.resume()
  finished(request, () => response.end())
}

function sayTo(response: ServerResponse, sentence: string): void {
  response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' })
  response.end(sentence)
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { port: { type: 'string' } },
    allowPositionals: true,
  })
  const shell = await startWebShell({
    file: positionals[0] ?? null,
    port: values.port === undefined ? null : parsePort(values.port),
    renderer: { folder: fileURLToPath(new URL('./renderer', import.meta.url)) },
  })
  // To the program that started this one and opens the browser: by no command line and no file.
  process.send?.({ addressForOnce: shell.addressForOnce() })
  process.stdout.write(`Hypnospike is open at ${shell.address}\n`)
  for (const end of ['SIGINT', 'SIGTERM'] as const) {
    process.once(end, () => void shell.close().then(() => process.exit(0)))
  }
  await shell.ready
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === path.resolve(process.argv[1])) {
  main().catch((thrown: unknown) => {
    process.stderr.write(`hypnospike: ${thrown instanceof Error ? thrown.message : 'could not start'}\n`)
    process.exitCode = 1
  })
}
