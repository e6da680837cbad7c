/** What the app knows of its own installation: sources, a build in a checkout, or a package. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ShellFacts } from '../../shared/contract/model.ts'

/** The folder above `electron/` (sources) or `dist/` (built, all files flat in it). */
const ROOT = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../' : '../', import.meta.url))

export function appVersion(): string {
  const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}

/** Beside the sources, or among a package's resources (`resourcesPath` in Electron); null where absent. */
export function samplesFolder(resourcesPath?: string): string | null {
  const places = [path.join(ROOT, 'samples')]
  if (resourcesPath !== undefined) places.push(path.join(resourcesPath, 'samples'))
  return places.find((place) => existsSync(place)) ?? null
}

export function currentPlatform(): ShellFacts['platform'] {
  switch (process.platform) {
    case 'darwin':
      return 'mac'
    case 'win32':
      return 'windows'
    default:
      return 'linux'
  }
}
