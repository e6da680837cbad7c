/** Who and what the browser's door refuses: everything but its own page on this machine with a session. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { parsePort } from '../../electron/port.ts'
import { startWebShell } from '../../electron/web.ts'
import type { Reply } from '../../shared/contract/contract.ts'
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts'
import { edfBytes } from '../support/edfBytes.ts'
import { makeFolder } from '../support/folders.ts'

type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: Buffer }

type Ask = {
  readonly method?: string
  /** As it stands in the request line, whatever that is. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

async function openShell() {
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
  let shell = await start(0)
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
function sessionOf({ status, headers }: Answer): { readonly home: string; readonly cookie: string } {
  expect(status).toBe(303)
  return {
    home: headers.location!.replace(/\/$/, ''),
    cookie: headers['set-cookie']![0]!.split(';')[0]!,
  }
}

const STARTUP = encodeWire({ procedure: 'startup', input: { window: 'test' } })

describe('the printed address', () => {
  it('is exchanged for a path and a cookie for that path, which no script reads and no other site sends', async () => {
    const { ask, token, own } = await openShell()
    const first = await ask({ path: `/?token=${token}` })
    const { home } = sessionOf(first)
    expect(home).toMatch(/^\/[\w-]{32}$/)
    expect(first.headers['set-cookie']).toEqual([
      expect.stringMatching(new RegExp(`^hypnospike=[\\w-]{32}; Path=${home}; HttpOnly; SameSite=Strict$`)),
    ])
    expect(first.headers['set-cookie']![0]).not.toContain(token)
    expect(first.headers['referrer-policy']).toBe('no-referrer')
    expect((await own({})).status).toBe(200)
  })

  it('is good as long as the program runs, and begins a session of its own each time', async () => {
    const { ask, token, wait, origin } = await openShell()
    const first = sessionOf(await ask({ path: `/?token=${token}` }))
    wait(24 * 3600 * 1000)
    const second = sessionOf(await ask({ path: `/?token=${token}` }))
    expect(second.home).not.toBe(first.home)
    expect(second.cookie).not.toBe(first.cookie)
    for (const { home, cookie } of [first, second]) {
      expect((await ask({ path: `${home}/`, headers: { cookie, origin } })).status).toBe(200)
    }
    // Neither opens the other's path.
    expect((await ask({ path: `${first.home}/`, headers: { cookie: second.cookie } })).status).toBe(404)
  })

  it('has a token that is new at every start and too long to guess', async () => {
    const tokens = [(await openShell()).token, (await openShell()).token]
    expect(tokens[0]).not.toBe(tokens[1])
    expect(Buffer.from(tokens[0]!, 'base64url')).toHaveLength(24)
  })
})

describe('the address that opens the browser', () => {
  it('is exchanged as the printed one is, and holds nothing of it', async () => {
    const { ask, issue, token, origin } = await openShell()
    const address = issue()
    expect(address).toMatch(/^\/open\/[\w-]{32}$/)
    expect(address).not.toContain(token)
    const { home, cookie } = sessionOf(await ask({ path: address }))
    expect((await ask({ path: `${home}/`, headers: { cookie } })).status).toBe(200)
    const rpc = { method: 'POST', path: `${home}/rpc`, headers: { cookie, origin }, body: STARTUP }
    expect((await ask(rpc)).status).toBe(200)
  })

  it('used a second time opens nothing, shuts out the window it opened first and says what to do', async () => {
    const { ask, issue, own, log } = await openShell()
    const address = issue()
    const { home, cookie } = sessionOf(await ask({ path: address }))
    const events = ask({ path: `${home}/events`, headers: { cookie } })
    const second = await ask({ path: address })
    expect(second.status).toBe(403)
    expect(second.headers['set-cookie']).toBeUndefined()
    for (const said of [second.body.toString(), log()]) {
      expect(said).toMatch(/used twice.*shut out.*Open the address that Hypnospike printed/)
      expect(said).not.toContain(address)
    }
    expect((await ask({ path: `${home}/`, headers: { cookie } })).status).toBe(403)
    // What it was hearing has ended.
    expect((await events).status).toBe(200)
    // Who came by the printed address stays, and a third use changes nothing.
    expect((await ask({ path: address })).status).toBe(403)
    expect((await own({})).status).toBe(200)
  })

  it('is good for a minute', async () => {
    const { ask, issue, wait } = await openShell()
    const [inTime, late] = [issue(), issue()]
    wait(60_000)
    expect((await ask({ path: inTime })).status).toBe(303)
    wait(1)
    const answer = await ask({ path: late })
    expect(answer.status).toBe(403)
    expect(answer.body.toString()).toMatch(/one minute.*Open the address that Hypnospike printed/)
    // However late: two have held it.
    wait(3600_000)
    expect((await ask({ path: inTime })).body.toString()).toContain('used twice')
  })

  it.each(['HEAD', 'POST', 'OPTIONS', 'PUT'])('is not used up by %s', async (method) => {
    const { ask, issue } = await openShell()
    const address = issue()
    expect((await ask({ method, path: address })).status).toBe(403)
    expect((await ask({ path: address })).status).toBe(303)
  })

  it.each(['localhost', 'evil.example'])('is not used up by a request for %s', async (name) => {
    const { ask, issue, port } = await openShell()
    const address = issue()
    expect((await ask({ path: address, headers: { host: `${name}:${port}` } })).status).toBe(403)
    expect((await ask({ path: address })).status).toBe(303)
  })
})

describe('a session', () => {
  it.each([
    '/',
    '/index.html',
    '/assets/app.js',
    '/events',
    '/rpc',
    '/?token=',
    '/?token=wrong',
    '/nothing',
    '/open/',
    '/open/wrong',
    '/open/../',
  ])('is needed for %s', async (target) => {
    const { ask, home } = await openShell()
    for (const place of [target, `${home}${target}`]) {
      const answer = await ask({ path: place })
      expect(answer.status).toBe(403)
      expect(answer.body.toString()).not.toContain('doctype')
    }
  })

  it('is needed for calls and drops, and nothing like its cookie does', async () => {
    const { ask, origin, token, cookie, home } = await openShell()
    for (const headers of [
      { origin },
      { origin, cookie: `hypnospike=${token}` },
      { origin, cookie: `hypnospike=` },
      { origin, cookie: cookie.replace('=', '-1=') },
      { origin, cookie: cookie.slice(0, -1) },
      { origin, cookie: `${cookie}A` },
    ]) {
      for (const target of ['/rpc', '/drop?name=a.edf', `${home}/rpc`, `${home}/drop?name=a.edf`]) {
        expect((await ask({ method: 'POST', path: target, headers, body: STARTUP })).status).toBe(403)
      }
    }
  })

  it('holds where another port has set a cookie of the same name', async () => {
    const { ask, cookie, home } = await openShell()
    for (const both of [`hypnospike=elsewhere; ${cookie}`, `${cookie}; hypnospike=elsewhere; other=1`]) {
      expect((await ask({ path: `${home}/`, headers: { cookie: both } })).status).toBe(200)
    }
  })

  it('serves its pages below its own path only, and leads there', async () => {
    const { ask, cookie, home } = await openShell()
    const headers = { cookie }
    for (const target of ['/', home]) {
      const answer = await ask({ path: target, headers })
      expect([answer.status, answer.headers.location]).toEqual([303, `${home}/`])
    }
    for (const target of ['/index.html', '/assets/app.js', '/elsewhere/', `${home}x/`]) {
      expect((await ask({ path: target, headers })).status).toBe(404)
    }
  })

  it('may call at the root too, as clients do that are no browser', async () => {
    const { ask, cookie, origin } = await openShell()
    const answer = await ask({ method: 'POST', path: '/rpc', headers: { cookie, origin }, body: STARTUP })
    expect((decodeWire(answer.body) as Reply).ok).toBe(true)
    expect((await ask({ method: 'POST', path: '/rpc', headers: { cookie }, body: STARTUP })).status).toBe(403)
  })

  it('outlives the program, so that an open window finds it again; the printed address does not', async () => {
    const { own, ask, restart, port, token, issue, data } = await openShell()
    const ticket = issue()
    const again = new URL(await restart(null))
    expect(again.port).toBe(port)
    expect((await own({})).status).toBe(200)
    expect((await own({ method: 'POST', path: '/rpc', body: STARTUP })).status).toBe(200)
    expect((await ask({ path: `/?token=${token}` })).status).toBe(403)
    expect((await ask({ path: ticket })).status).toBe(403)
    const kept = path.join(data, 'browser-door.json')
    if (process.platform !== 'win32') expect(statSync(kept).mode & 0o777).toBe(0o600)
  })

  it('is not to be made from what is kept of it on disk', async () => {
    const { data, cookie, token } = await openShell()
    const text = readFileSync(path.join(data, 'browser-door.json'), 'utf8')
    expect(text).not.toContain(cookie.split('=')[1])
    expect(text).not.toContain(token)
  })

  it('that was shut out stays so after a restart', async () => {
    const { ask, issue, restart } = await openShell()
    const address = issue()
    const { home, cookie } = sessionOf(await ask({ path: address }))
    await ask({ path: address })
    await restart(null)
    expect((await ask({ path: `${home}/`, headers: { cookie } })).status).toBe(403)
  })

  it.each([
    ['that is no JSON', '{'],
    ['of another form', '{"port":"22","sessions":7}'],
    ['with a port that is none', '{"port":99999999,"sessions":[]}'],
  ])('starts from nothing with a memory %s', async (_what, text) => {
    const { restart, data } = await openShell()
    writeFileSync(path.join(data, 'browser-door.json'), text)
    const again = await fetch(await restart(null), { redirect: 'manual' })
    expect(again.status).toBe(303)
  })
})

describe('the port', () => {
  it('of the last time gives way to another where it is taken', async () => {
    const { restart, port } = await openShell()
    const elsewhere = await restart(0)
    expect(new URL(elsewhere).port).not.toBe(port)
    const folder = makeFolder()
    // It remembers a port that a program of another folder holds.
    const remembered = JSON.stringify({ port: Number(new URL(elsewhere).port), sessions: [] })
    writeFileSync(path.join(folder, 'browser-door.json'), remembered)
    const shell = await startWebShell({ file: null, port: null, renderer: { folder }, data: folder })
    onTestFinished(shell.close)
    expect(new URL(shell.address).port).not.toBe(new URL(elsewhere).port)
    expect((await fetch(shell.address, { redirect: 'manual' })).status).toBe(303)
  })

  it.each(['', 'x', '-1', '65536', '80.5', '1e3', ' 80'])('cannot be %j', (text) => {
    expect(() => parsePort(text)).toThrow(/no port.*whole number/)
  })

  it('that was asked for and is taken is named', async () => {
    const { port, data } = await openShell()
    const again = startWebShell({ file: null, port: Number(port), renderer: { folder: data }, data })
    await expect(again).rejects.toThrow(`Port ${port} is taken by another program`)
  })
})

describe('another site', () => {
  it.each(['localhost', 'evil.example', '127.0.0.1', '[::1]', '127.0.0.1.evil.example'])(
    'under the name %s is refused, whatever it holds',
    async (name) => {
      const { own, port, token } = await openShell()
      const host = name === '127.0.0.1' ? name : `${name}:${port}`
      expect((await own({ headers: { host } })).status).toBe(403)
      expect((await own({ path: `/?token=${token}`, headers: { host } })).status).toBe(403)
      expect((await own({ method: 'POST', path: '/rpc', headers: { host }, body: STARTUP })).status).toBe(403)
    },
  )

  it('cannot call: another origin, none, or null', async () => {
    const { ask, cookie, port } = await openShell()
    for (const origin of [
      'https://evil.example',
      `http://localhost:${port}`,
      `http://127.0.0.1:${Number(port) + 1}`,
      'null',
      '',
    ]) {
      const headers = { cookie, ...(origin === '' ? {} : { origin }) }
      expect((await ask({ method: 'POST', path: '/rpc', headers, body: STARTUP })).status, origin).toBe(403)
      expect((await ask({ method: 'POST', path: '/drop?name=a.edf', headers, body: STARTUP })).status).toBe(
        403,
      )
    }
  })

  it('cannot frame, script or read the page: the headers of every answer say so', async () => {
    const { own, ask, call } = await openShell()
    const answers = [
      await own({}),
      await own({ path: '/assets/app.js' }),
      await ask({}),
      await call(STARTUP),
      await own({ path: '/none' }),
    ]
    for (const { headers } of answers) {
      expect(headers['content-security-policy']).toMatch(
        /default-src 'none'.*script-src 'self'.*frame-ancestors 'none'/,
      )
      expect(headers['content-security-policy']).not.toMatch(/unsafe-eval|\*/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['access-control-allow-origin']).toBeUndefined()
      expect(headers['cache-control']).toBe('no-store')
    }
  })

  it('on another machine finds nobody listening', async () => {
    const { port } = await openShell()
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4')
    if (outside.length === 0) console.log('  this machine has no other address: not tried')
    for (const { address } of outside) {
      await expect(
        fetch(`http://${address}:${port}/`, { signal: AbortSignal.timeout(2000) }),
      ).rejects.toThrow()
    }
  })
})

describe('files', () => {
  it('are served with their types', async () => {
    const { own } = await openShell()
    const page = await own({})
    expect(page.body.toString()).toContain('Hypnospike')
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
    expect((await own({ path: '/assets/app.js' })).headers['content-type']).toBe(
      'text/javascript; charset=utf-8',
    )
  })

  it.each([
    '/../secret.json',
    '/..%2fsecret.json',
    '/%2e%2e/secret.json',
    '/%2e%2e%2fsecret.json',
    '/assets/../../secret.json',
    '/assets/..%5c..%5csecret.json',
    '/..%00/secret.json',
    '/secret.json%00.html',
    '//secret.json',
    '/%',
    '/%ff',
    '/notes.txt',
    '/assets',
    '/assets/',
    '/none.js',
    '/night.edf',
  ])('outside the app or of another kind are not: %s', async (target) => {
    const { own } = await openShell()
    const answer = await own({ path: target })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.body.toString()).not.toContain('secret')
  })

  it('outside the app are not served under their full path either', async () => {
    const { own, folder } = await openShell()
    expect((await own({ path: path.join(folder, 'secret.json') })).status).toBe(404)
    expect((await own({ path: `//${path.join(folder, 'secret.json')}` })).status).toBe(404)
  })
})

describe('calls', () => {
  it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('by %s are refused', async (method) => {
    const { own } = await openShell()
    expect((await own({ method, path: '/rpc' })).status).toBe(405)
  })

  it('to anywhere but /rpc and /drop are refused', async () => {
    const { own } = await openShell()
    expect((await own({ method: 'POST', path: '/', body: STARTUP })).status).toBe(404)
    expect((await own({ method: 'POST', path: '/rpc/', body: STARTUP })).status).toBe(404)
  })

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['three bytes', new Uint8Array(3)],
    ['a length that is not there', new Uint8Array([255, 255, 255, 255, 1, 2, 3, 4])],
    ['text that is not JSON', new TextEncoder().encode('\u0005\0\0\0hello')],
    ['plain JSON', new TextEncoder().encode('{"procedure":"startup","input":{}}')],
    ['no procedure', encodeWire({ input: {} })],
    ['a procedure that is no text', encodeWire({ procedure: 7, input: {} })],
    ['null', encodeWire(null)],
    ['a list', encodeWire(['startup', { window: 'test' }])],
  ])('of %s are refused without harm', async (_what, body) => {
    const { call } = await openShell()
    expect((await call(body)).status).toBe(400)
    expect((decodeWire((await call(STARTUP)).body) as Reply).ok).toBe(true)
  })

  it('of more than 64 MiB are refused before they fill the memory', async () => {
    const { call, log } = await openShell()
    const huge = new Uint8Array(65 * 1024 * 1024)
    const status = await call(huge).then(
      (answer) => answer.status,
      // The door may be shut while the rest is still being sent.
      () => 413,
    )
    expect(status).toBe(413)
    expect((decodeWire((await call(STARTUP)).body) as Reply).ok).toBe(true)
    expect(log()).toBe('')
  })
})

describe('a dropped file', () => {
  const DROPS: readonly (readonly [given: string, kept: string])[] = [
    ['evening.edf', 'evening.edf'],
    ['../../night.edf', 'night.edf'],
    ['/etc/passwd', 'passwd'],
    ['.hidden', 'dropped.hidden.edf'],
    ['', 'dropped.edf'],
    ['naïve ñame (2).edf', 'naïve ñame (2).edf'],
    ['a:b*c?.edf', 'a_b_c_.edf'],
  ]

  it('is copied under a harmless name into the app’s own folder', async () => {
    const { own, data, folder } = await openShell()
    const before = readFileSync(path.join(folder, 'night.edf'))
    for (const [name, kept] of DROPS) {
      const body = new TextEncoder().encode(name)
      const answer = await own({ method: 'POST', path: `/drop?name=${encodeURIComponent(name)}`, body })
      expect(decodeWire(answer.body)).toMatchObject({ ok: true, value: { name: kept } })
      const copies = dropped(data).filter((file) => path.basename(file) === kept)
      expect(copies.map((file) => readFileSync(file, 'utf8'))).toEqual([name])
    }
    expect(dropped(data)).toHaveLength(DROPS.length)
    expect(readFileSync(path.join(folder, 'night.edf'))).toEqual(before)
    expect(readdirSync(folder).toSorted()).toEqual(['data', 'night.edf', 'renderer', 'secret.json'])
  })

  it('lands in the same place again, and does not replace another of the same name', async () => {
    const { own, data } = await openShell()
    const drop = (text: string) =>
      own({ method: 'POST', path: '/drop?name=night.edf', body: new TextEncoder().encode(text) })
    for (const text of ['one', 'two', 'one']) await drop(text)
    expect(
      dropped(data)
        .map((file) => readFileSync(file, 'utf8'))
        .toSorted(),
    ).toEqual(['one', 'two'])
  })

  it('leaves nothing behind when it stops halfway', async () => {
    const { cookie, origin, port, data } = await openShell()
    const headers = { cookie, origin, 'content-length': '1000000' }
    const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/drop?name=a.edf', headers })
    sent.on('error', () => {})
    sent.write(new Uint8Array(1000))
    await vi.waitFor(() => expect(dropped(data)).toHaveLength(1))
    sent.destroy()
    await vi.waitFor(() => expect(dropped(data)).toEqual([]))
  })
})

/** Every file under the folder of dropped ones. */
function dropped(data: string): readonly string[] {
  const home = path.join(data, 'dropped')
  if (!existsSync(home)) return []
  return readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
}
