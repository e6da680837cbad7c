/** The shells built by their real configurations into a folder of the test's own, beside a small stand-in renderer. */
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { build } from 'vite'

const ROOT = path.resolve(import.meta.dirname, '../..')

/** Path of the made `dist`; everything above it is temporary too. */
export async function buildShell(): Promise<string> {
  const home = mkdtempSync(path.join(tmpdir(), 'hypnospike-shell-'))
  const dist = path.join(home, 'dist')
  copyFileSync(path.join(ROOT, 'package.json'), path.join(home, 'package.json'))
  for (const config of ['electron/build/vite.config.ts', 'electron/build/preload.vite.config.ts']) {
    await build({ configFile: path.join(ROOT, config), logLevel: 'error', build: { outDir: dist } })
  }
  mkdirSync(path.join(dist, 'renderer', 'assets'), { recursive: true })
  writeFileSync(path.join(dist, 'renderer', 'index.html'), '<!doctype html><title>Hypnospike</title>')
  writeFileSync(path.join(dist, 'renderer', 'assets', 'app.js'), 'export {}')
  writeFileSync(path.join(dist, 'secret.json'), '{}')
  return dist
}
