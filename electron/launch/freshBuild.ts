/** Is there a build, is it as new as the sources, and making it. */
import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

const SOURCES = ['electron', 'renderer', 'shared', 'package.json', 'package-lock.json']
/** The last things that each of the three builds writes. */
const OUTPUTS = ['main.js', 'web.js', 'cli.js', 'worker.js', 'preload.cjs', 'renderer/index.html']
const BUILDS = [
  { config: 'electron/build/vite.config.ts', folder: '' },
  { config: 'electron/build/preload.vite.config.ts', folder: '' },
  { config: 'renderer/vite.config.ts', folder: 'renderer' },
]

/** What of the build is missing or older than the newest source; `current` when nothing is. */
export function buildState(root: string): 'missing' | 'stale' | 'current' {
  const built = OUTPUTS.map((name) => modified(path.join(root, 'dist', name)))
  if (built.includes(null)) return 'missing'
  const oldest = Math.min(...built.filter((time) => time !== null))
  const newest = Math.max(...SOURCES.map((name) => newestIn(path.join(root, name))))
  return newest > oldest ? 'stale' : 'current'
}

/** All three builds, quiet but for warnings; rejects with the bundler's own words. */
export async function buildAll(root: string, dist = path.join(root, 'dist')): Promise<void> {
  const { build } = await import('vite')
  for (const { config, folder } of BUILDS) {
    const outDir = path.join(dist, folder)
    await build({ configFile: path.join(root, config), logLevel: 'warn', build: { outDir } })
  }
}

function newestIn(place: string): number {
  const own = modified(place) ?? 0
  if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) return own
  // A folder's own time tells that a file was taken away.
  return readdirSync(place).reduce((newest, name) => Math.max(newest, newestIn(path.join(place, name))), own)
}

function modified(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? null
}
