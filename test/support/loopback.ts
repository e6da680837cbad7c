/** A browser's door on a folder of its own, and requests to it as they are written, where fetch would tidy them up. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import path from 'node:path'
import { expect, onTestFinished, vi } from 'vitest'
import { startWebShell } from '../../electron/browser/web.ts'
import { encodeWire } from '../../shared/contract/wire.ts'
import { atUnsharedPort } from './doorPort.ts'
import { edfBytes } from './edfBytes.ts'
import { makeFolder } from './folders.ts'

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

type Ask = {
  readonly method?: string
  /** As it stands in the request line, whatever that is. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

export async function openShell() {
  const folder = makeFolder()
  const renderer = path.join(folder, 'renderer')
  const data = path.join(folder, 'data')
  for (const made of [renderer, data, path.join(renderer, 'assets')]) mkdirSync(made)
  writeFileSync(path.join(renderer, 'index.html'), '<!doctype html><title>Hypnospike</title>')
  writeFileSync(path.join(renderer, 'assets', 'app.js'), 'export {}')
  writeFileSync(path.join(renderer, 'notes.txt'), 'not served')
  writeFileSync(path.join(folder, 'secret.json'), '{"secret":true}')
  const file = path.join(folder, 'night.edf')
  writeFileSync(file, edfBytes())
  const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
  let now = 0
  const start = (at: number | null) =>
    startWebShell({ file, port: at, renderer: { folder: renderer }, data, now: () => now })
  let shell = await atUnsharedPort(start)
  onTestFinished(async () => {
    await shell.close()
    stderr.mockRestore()
  })
  const { origin, port, searchParams } = new URL(shell.address)
  const token = searchParams.get('token')!

  /** A request as written, where fetch would tidy it up. */
  function ask({ method = 'GET', path: target = '/', headers = {}, body }: Ask): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, method, path: target, headers, agent: false },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(parts),
            }),
          )
          response.on('error', reject)
        },
      )
      sent.on('error', reject)
      sent.end(body)
    })
  }

  const { cookie, home } = sessionOf(await ask({ path: `/?token=${token}` }))

  return {
    ask,
    /** As the app's own page asks: below its own path, where the address is one. */
    own: (wanted: Ask) => {
      const target = `${home}${wanted.path ?? '/'}`
      return ask({ ...wanted, path: target, headers: { cookie, origin, ...wanted.headers } })
    },
    call: (body: Uint8Array) =>
      ask({ method: 'POST', path: `${home}/rpc`, headers: { cookie, origin }, body }),
    /** `/open/TICKET`, as it stands in the command line of the browser. */
    issue: () => new URL(shell.addressForOnce()).pathname,
    wait: (milliseconds: number) => {
      now += milliseconds
    },
    /** A second life of the program on the same folder; null: at the port of the last time. */
    restart: async (at: number | null) => {
      await shell.close()
      shell = await start(at)
      return shell.address
    },
    home,
    folder,
    data,
    origin,
    port,
    token,
    cookie,
    log: () => stderr.mock.calls.map(([text]) => String(text)).join(''),
  }
}

/** The path and the cookie that an exchange answered with. */
export function sessionOf({ status, headers }: Answer): { readonly home: string; readonly cookie: string } {
  expect(status).toBe(303)
  return {
    home: headers.location!.replace(/\/$/, ''),
    cookie: headers['set-cookie']![0]!.split(';')[0]!,
  }
}

export const STARTUP = encodeWire({ procedure: 'startup', input: { window: 'test' } })
