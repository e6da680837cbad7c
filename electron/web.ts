/**
 * The browser shell: the same host and renderer as the desktop window, over loopback. Only this machine
 * reaches it, only with the token that was printed, and only from its own pages.
 * For the reader: `startWebShell` is all that other files call.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { serve } from '../shared/contract/contract.ts'
import type { HostEvent } from '../shared/contract/model.ts'
import { decodeWire, encodeWire } from '../shared/contract/wire.ts'
import { ReviewError, toFailure } from '../shared/failure.ts'
import { keepDropped } from './dropped.ts'
import { dataFolder } from './host/folders.ts'
import { createHost } from './host/host.ts'
import { stderrLog } from './host/log.ts'
import type { ShellPort } from './host/shell.ts'
import { appVersion, currentPlatform, samplesFolder } from './installation.ts'
import { readStaticFile, SECURITY_HEADERS } from './staticFiles.ts'

const COOKIE = 'hypnospike'
const LARGEST_CALL = 64 * 1024 * 1024

type Handler = (request: IncomingMessage, response: ServerResponse) => void

export type WebShellOptions = {
  /** Recording to open first. */
  readonly file: string | null
  /** 0 = any free port. */
  readonly port: number
  /** A folder of built files, or a middleware that serves the sources in development. */
  readonly renderer: { readonly folder: string } | { readonly middleware: Handler }
  readonly data?: string
  /** Given where a restart must not lock out the page that is open (development); else made anew. */
  readonly token?: string
}

export type WebShell = {
  /** With the token: opening it once sets the cookie that every later request needs. */
  readonly address: string
  readonly close: () => Promise<void>
}

/** Serves on 127.0.0.1 until closed. Rejects where the port is taken. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const token = options.token ?? randomBytes(24).toString('base64url')
  const listeners = new Set<ServerResponse>()
  const emit = (event: HostEvent) => {
    for (const response of listeners) response.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  const data = options.data ?? dataFolder()
  const app = createHost({
    shell: browserPort(),
    dataFolder: data,
    samplesFolder: samplesFolder(),
    folder: options.file === null ? null : path.dirname(path.resolve(options.file)),
    emit,
    log: stderrLog,
  })
  if (options.file !== null) app.requestOpen(path.resolve(options.file))
  const answer = serve(app.host, stderrLog)

  const server = createServer((request, response) => {
    handle(request, response).catch((thrown: unknown) => {
      stderrLog('request', thrown)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`

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
    if (request.method === 'GET' && url.pathname === '/' && given !== null && isToken(given, token)) {
      response.setHeader('Set-Cookie', `${COOKIE}-${port}=${token}; Path=/; HttpOnly; SameSite=Strict`)
      response.writeHead(303, { Location: '/' })
      response.end()
      return
    }
    if (!isToken(cookieOf(request, `${COOKIE}-${port}`), token)) {
      response.writeHead(403, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end(
        'Open the address that Hypnospike printed when it was started; it holds the key to this page.\n',
      )
      return
    }
    if (request.method === 'POST') {
      if (request.headers.origin !== origin) return refuse(response, 403)
      if (url.pathname === '/rpc') return call(request, response)
      if (url.pathname === '/drop') return drop(request, response, url)
      return refuse(response, 404)
    }
    if (request.method !== 'GET') return refuse(response, 405)
    if (url.pathname === '/events') return subscribe(request, response)
    if ('middleware' in options.renderer) return options.renderer.middleware(request, response)
    const file = await readStaticFile(options.renderer.folder, url.pathname)
    if (file === null) return refuse(response, 404)
    response.writeHead(200, { 'Content-Type': file.type })
    response.end(file.body)
  }

  async function call(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    if (body === null) {
      // What is still being sent is not waited for.
      response.setHeader('Connection', 'close')
      return refuse(response, 413)
    }
    let message: unknown
    try {
      message = decodeWire(body)
    } catch {
      return refuse(response, 400)
    }
    const { procedure, input } = (message ?? {}) as { procedure?: unknown; input?: unknown }
    if (typeof procedure !== 'string') return refuse(response, 400)
    const reply = encodeWire(await answer(procedure, input))
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' })
    response.end(reply)
  }

  /** A browser gives a dropped file's content, never its path: it is copied once into the app's folder. */
  async function drop(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    response.setHeader('Content-Type', 'application/octet-stream')
    try {
      const file = await keepDropped(request, path.join(data, 'dropped'), url.searchParams.get('name') ?? '')
      response.end(encodeWire({ ok: true, value: app.open(file) }))
    } catch (thrown) {
      if (!(thrown instanceof ReviewError)) stderrLog('drop', thrown)
      response.end(encodeWire({ ok: false, failure: toFailure(thrown) }))
    }
  }

  function subscribe(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.write(': open\n\n')
    listeners.add(response)
    request.on('close', () => listeners.delete(response))
  }

  return {
    address: `${origin}/?token=${token}`,
    close: async () => {
      for (const response of listeners) response.end()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      await app.close()
    },
  }
}

function browserPort(): ShellPort {
  return {
    facts: { kind: 'browser', platform: currentPlatform(), version: appVersion() },
    chooseRecording: async () => {
      throw new ReviewError('bad-input', 'A browser has no open dialog: choose from the list or drop a file.')
    },
    chooseSet: async () => {
      throw new ReviewError(
        'bad-input',
        'A browser has no open dialog: sets beside the recording are listed.',
      )
    },
    chooseSaveTarget: async (suggestion, name) => {
      if (name === null) return suggestion
      const clean = path.basename(name).replace(/[^\p{L}\p{N} ._()-]/gu, '_')
      if (clean === '' || clean.startsWith('.')) {
        throw new ReviewError('bad-input', 'The file name is empty or begins with a dot: type another one.')
      }
      const target = path.join(
        path.dirname(suggestion),
        clean.endsWith('.json') ? clean : `${clean}.hypnospike.json`,
      )
      const taken = await stat(target).then(
        () => true,
        () => false,
      )
      if (taken)
        throw new ReviewError(
          'conflict',
          `There is a file ${path.basename(target)} already: type another name.`,
        )
      return target
    },
    recordingOpened: () => {},
    stateChanged: () => {},
    closeWindow: () => {},
    // The page prints itself through the browser's own dialog.
    printSheet: async () => false,
  }
}

/** null where it is larger than any call of ours. */
async function readBody(request: IncomingMessage): Promise<Uint8Array | null> {
  if (Number(request.headers['content-length']) > LARGEST_CALL) return null
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += part.length
    if (length > LARGEST_CALL) return null
    parts.push(part)
  }
  return new Uint8Array(Buffer.concat(parts))
}

function cookieOf(request: IncomingMessage, name: string): string {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name) return value ?? ''
  }
  return ''
}

function isToken(given: string, token: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(token)
  return a.length === b.length && timingSafeEqual(a, b)
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status)
  response.end()
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { port: { type: 'string', default: '0' } },
    allowPositionals: true,
  })
  const shell = await startWebShell({
    file: positionals[0] ?? null,
    port: Number(values.port),
    renderer: { folder: fileURLToPath(new URL('./renderer', import.meta.url)) },
  })
  process.stdout.write(`Hypnospike is open at ${shell.address}\n`)
  for (const end of ['SIGINT', 'SIGTERM'] as const) {
    process.once(end, () => void shell.close().then(() => process.exit(0)))
  }
}

if (process.argv[1] !== undefined && fileURLToPath(import.meta.url) === path.resolve(process.argv[1])) {
  main().catch((thrown: unknown) => {
    process.stderr.write(`hypnospike: ${thrown instanceof Error ? thrown.message : 'could not start'}\n`)
    process.exitCode = 1
  })
}
