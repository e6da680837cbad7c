/** What the built window fetches before its first page, as its page says. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../support/app.ts'

const folder = path.join(ROOT, 'dist', 'renderer')
const html = readFileSync(path.join(folder, 'index.html'), 'utf8')

describe('the first files of the window', () => {
  it('are compiled whole while they arrive, and no others', () => {
    const first = [...html.matchAll(/assets\/[^"]+\.js/g)].map(([name]) => name)
    expect(first.length).toBeGreaterThan(0)
    const scripts = readdirSync(path.join(folder, 'assets')).filter((name) => name.endsWith('.js'))
    const compiledWhole = scripts.filter((name) =>
      readFileSync(path.join(folder, 'assets', name), 'utf8').startsWith('//# allFunctionsCalledOnLoad\n'),
    )
    expect(compiledWhole.map((name) => `assets/${name}`).sort()).toEqual(first.sort())
  })

  it('come with the font of the window', () => {
    const [link = ''] = html.match(/<link rel="preload"[^>]*>/) ?? []
    expect(link).toContain('as="font"')
    const font = /assets\/[^"]+\.woff2/.exec(link)?.[0] ?? ''
    expect(readFileSync(path.join(folder, font)).subarray(0, 4).toString('latin1')).toBe('wOF2')
  })
})
