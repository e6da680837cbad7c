/** Who and what the browser's door refuses: everything but its own page on this machine with a session. */
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Reply } from '../../shared/contract/contract.ts'
import { decodeWire, encodeWire } from '../../shared/contract/wire.ts'
import { openShell, STARTUP } from '../support/loopback.ts'

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

  it.each([
    ['an ordinary one of 100 KB', 'saveSet', 100_000, 413],
    ['a journal of 2 MB that is no list of entries', 'journal', 2_000_000, 200],
    ['a journal of 20 MB', 'journal', 20_000_000, 413],
  ])('are as large as their procedure needs: %s', async (_what, procedure, bytes, status) => {
    const { call } = await openShell()
    const head = `{"procedure":"${procedure}","input":{"setId":"x","from":0,"entries":[`
    const zeros = '0,'.repeat((bytes - head.length) / 2)
    const text = Buffer.from(`${head}${zeros}0]}}`)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(text.length)
    const answer = await call(Buffer.concat([length, text]))
    expect(answer.status).toBe(status)
    if (status !== 200) return
    // At its length, before any of its items is looked at.
    expect(decodeWire(answer.body)).toMatchObject({
      ok: false,
      failure: { code: 'bad-input', message: 'journal, entries: a list of at most 10000 entries.' },
    })
  })

  it('that are too large are answered before they end, and a client that still sends keeps its connection', async () => {
    const { port, home, cookie, origin } = await openShell()
    const rest = Buffer.alloc(1_000_000, '0')
    const begin = Buffer.from(`\0\0\0\0{"procedure":"saveSet","input":{"setId":"${'x'.repeat(200)}`)
    const client = connect(Number(port), '127.0.0.1')
    const head = [
      `POST ${home}/rpc HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      `Cookie: ${cookie}`,
      `Origin: ${origin}`,
      `Content-Length: ${begin.length + rest.length}`,
      'Connection: close',
    ]
    client.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), begin]))
    const [answer] = (await once(client, 'data')) as [Buffer]
    expect(answer.toString()).toMatch(/^HTTP\/1.1 413 /)
    client.end(rest)
    // Rejects where the connection broke.
    await once(client, 'close')
  })

  it('of more than 64 MiB are refused before they fill the memory', async () => {
    const { call, log } = await openShell()
    const huge = new Uint8Array(65 * 1024 * 1024)
    expect((await call(huge)).status).toBe(413)
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
    await expect.poll(() => dropped(data)).toHaveLength(1)
    sent.destroy()
    await expect.poll(() => dropped(data)).toEqual([])
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
