/** What `npm start` hands to the browser, seen as another account of the machine sees it: by its command line. */
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { makePlace, ROOT, sample } from '../support/app.ts'

/** A browser's opener that writes down what it was given. */
const OPENER = `#!/bin/sh
printf '%s' "$*" > "$OPENED.part" && mv "$OPENED.part" "$OPENED"
`

it.skipIf(process.platform !== 'linux')(
  'opens the browser with an address that is good once, and prints the lasting one',
  async () => {
    const place = makePlace([sample('mixed-teaching.edf')])
    const bin = path.join(place.folder, 'bin')
    mkdirSync(bin)
    writeFileSync(path.join(bin, 'xdg-open'), OPENER)
    chmodSync(path.join(bin, 'xdg-open'), 0o755)
    const opened = path.join(place.folder, 'opened')
    const started = spawn(
      process.execPath,
      [path.join(ROOT, 'electron/start.ts'), '--browser', path.join(place.folder, 'mixed-teaching.edf')],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          PATH: `${bin}:${process.env.PATH}`,
          OPENED: opened,
          HYPNOSPIKE_DATA: place.data,
        },
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    onTestFinished(async () => {
      await end(started)
      place.remove()
    })
    let said = ''
    started.stdout.on('data', (part: Buffer) => {
      said += part.toString()
    })
    await expect.poll(() => existsSync(opened), { timeout: 60_000 }).toBe(true)
    await expect.poll(() => said, { timeout: 60_000 }).toMatch(/\?token=\S+\n/)
    const printed = new URL(/http:\S+/.exec(said)![0])
    const given = new URL(readFileSync(opened, 'utf8'))
    expect(given.origin).toBe(printed.origin)
    expect(given.search).toBe('')
    expect(given.pathname).toMatch(/^\/open\/[\w-]{32}$/)
    expect(given.href).not.toContain(printed.searchParams.get('token'))
    expect((await fetch(given, { redirect: 'manual' })).status).toBe(303)
    for (const _time of ['first', 'second']) {
      expect((await fetch(printed, { redirect: 'manual' })).status).toBe(303)
    }
  },
)

async function end(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null) return
  const gone = new Promise((resolve) => started.once('exit', resolve))
  started.kill('SIGTERM')
  await gone
}
