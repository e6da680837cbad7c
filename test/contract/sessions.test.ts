/** How a browser comes by its session, what the session is good for, and when it ends. */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parsePort } from '../../electron/browser/port.ts'
import { startWebShell } from '../../electron/browser/web.ts'
import type { Reply } from '../../shared/contract/contract.ts'
import { decodeWire } from '../../shared/contract/wire.ts'
import { makeFolder } from '../support/folders.ts'
import { openShell, STARTUP, sessionOf } from '../support/loopback.ts'

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
    const kept = path.join(data, 'browser-door.json')
    await expect.poll(() => existsSync(kept) && readFileSync(kept, 'utf8')).toMatch(/"hash"/)
    const text = readFileSync(kept, 'utf8')
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
