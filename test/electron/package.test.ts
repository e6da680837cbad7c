/**
 * What would be shipped: the package is made by the real configuration around a stand-in for Electron's
 * binary, without any network, and its archive is read back.
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { extractFile, listPackage } from '@electron/asar'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildAll } from '../../electron/launch/freshBuild.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')
/** Marks where the fuses lie in Electron's binary; see @electron/fuses. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

let project = ''
let unpacked = ''
let archive = ''
/** Files of the archive, with forward slashes and none in front. */
let packed: readonly string[] = []

beforeAll(async () => {
  project = mkdtempSync(path.join(tmpdir(), 'hypnospike-package-'))
  for (const name of ['package.json', 'electron-builder.yml']) {
    copyFileSync(path.join(ROOT, name), path.join(project, name))
  }
  // The things that must stay out have to be there to be left out.
  for (const folder of ['electron', 'shared', 'samples']) {
    cpSync(path.join(ROOT, folder), path.join(project, folder), { recursive: true })
  }
  mkdirSync(path.join(project, 'test'))
  writeFileSync(path.join(project, 'test', 'some.test.ts'), '')
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(project, 'node_modules'), 'junction')
  await buildAll(ROOT, path.join(project, 'dist'))

  const electronDist = path.join(project, 'electron-stand-in')
  makeElectron(electronDist)
  const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js')
  execFileSync(
    process.execPath,
    [builder, '--dir', '--linux', '--publish', 'never', `--config.electronDist=${electronDist}`],
    // A proxy that is not there: whatever asks the network fails instead of waiting.
    {
      cwd: project,
      stdio: 'pipe',
      env: { ...process.env, HTTPS_PROXY: 'http://127.0.0.1:9', CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
    },
  )
  const release = path.join(project, 'release')
  unpacked = path.join(release, readdirSync(release).find((name) => name.endsWith('unpacked'))!)
  archive = path.join(unpacked, 'resources', 'app.asar')
  packed = listPackage(archive, { isPack: false })
    .map((name) => name.replaceAll('\\', '/').replace(/^\//, ''))
    .filter((name) => !isFolder(name))
})

afterAll(() => rmSync(project, { recursive: true, force: true }))

/** As much of Electron as the packager touches, every fuse in the state that the package must not have. */
function makeElectron(folder: string): void {
  for (const part of ['resources', 'locales']) mkdirSync(path.join(folder, part), { recursive: true })
  const { version } = JSON.parse(
    readFileSync(path.join(ROOT, 'node_modules/electron/package.json'), 'utf8'),
  ) as {
    version: string
  }
  writeFileSync(path.join(folder, 'version'), version)
  for (const locale of ['en-US', 'de', 'fr']) writeFileSync(path.join(folder, 'locales', `${locale}.pak`), '')
  const fuses = Buffer.from([1, 8, ...Buffer.from('10110001')])
  writeFileSync(path.join(folder, 'electron'), Buffer.concat([Buffer.from(FUSE_SENTINEL), fuses]))
  chmodSync(path.join(folder, 'electron'), 0o755)
}

function isFolder(name: string): boolean {
  return !path.posix.basename(name).includes('.')
}

function read(name: string): string {
  return extractFile(archive, name).toString('utf8')
}

/** The file itself and, through its relative imports, all it needs. */
function withImports(name: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(name)) return known
  known.add(name)
  for (const [, imported] of read(name).matchAll(/(?:from|import)\s*\(?\s*["'`](\.\/[^"'`]+)["'`]/g)) {
    withImports(path.posix.join(path.posix.dirname(name), imported!), known)
  }
  return known
}

describe('the package', () => {
  it('starts where its manifest says', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, unknown>
    expect(packed).toContain(manifest.main)
    expect(manifest).toMatchObject({ name: 'hypnospike', type: 'module' })
    expect(manifest.scripts).toBeUndefined()
    expect(manifest.devDependencies).toBeUndefined()
  })

  it('has the main process, the worker and the preload with all they import', () => {
    for (const entry of [
      'dist/main.js',
      'dist/worker.js',
      'dist/setThread.js',
      'dist/shippedLessonThread.js',
      'dist/packThread.js',
      'dist/preload.cjs',
      'dist/icon.png',
    ]) {
      expect(packed).toContain(entry)
    }
    for (const needed of ['main', 'worker', 'setThread', 'shippedLessonThread', 'packThread'].flatMap(
      (name) => [...withImports(`dist/${name}.js`)],
    )) {
      expect(packed, needed).toContain(needed)
    }
  })

  it('imports nothing that is not in it but Electron and Node', () => {
    const outside = packed
      .filter((name) => /^dist\/[^/]+\.js$/.test(name))
      .flatMap((name) => [...read(name).matchAll(/^import\s[^"'`]*?["'`]([^."'`][^"'`]*)["'`]/gm)])
      .map(([, module]) => module!)
    expect(outside.length).toBeGreaterThan(0)
    expect(outside.filter((module) => module !== 'electron' && !module.startsWith('node:'))).toEqual([])
  })

  it('has the page with all it names', () => {
    const named = [...read('dist/renderer/index.html').matchAll(/(?:src|href)="\.\/([^"]+)"/g)].map(
      ([, file]) => file,
    )
    expect(named.length).toBeGreaterThan(0)
    for (const file of named) expect(packed, file).toContain(`dist/renderer/${file}`)
  })

  it('has nothing that no other part of it names', () => {
    const entries = ['package.json', 'dist/main.js', 'dist/renderer/index.html']
    const texts = packed
      .filter((name) => /\.(js|cjs|css|html|json)$/.test(name))
      .map((name) => [name, read(name)])
    const unnamed = packed.filter(
      (name) =>
        !entries.includes(name) &&
        !texts.some(([by, text]) => by !== name && text!.includes(path.posix.basename(name))),
    )
    expect(unnamed).toEqual([])
  })

  it('has no sources, tests, maps or modules of others', () => {
    expect(packed.filter((name) => !name.startsWith('dist/') && name !== 'package.json')).toEqual([])
    expect(packed.filter((name) => /\.(tsx?|map|md)$|node_modules|\.test\./.test(name))).toEqual([])
  })

  it('brings the samples and their keys beside the archive', () => {
    const shipped = readdirSync(path.join(unpacked, 'resources', 'samples')).sort()
    const wanted = readdirSync(path.join(ROOT, 'samples')).filter((name) => /\.edf$|\.key\.json$/.test(name))
    expect(shipped).toEqual(wanted.sort())
    expect(shipped.filter((name) => name.endsWith('.edf')).length).toBeGreaterThanOrEqual(3)
    expect(readdirSync(path.join(unpacked, 'resources')).sort()).toEqual(['app.asar', 'samples'])
  })

  it('stays small', () => {
    expect(statSync(archive).size).toBeLessThan(8 * 1024 * 1024)
  })

  it('has its fuses set: no Node by the back door, and only the archive that was made', async () => {
    const wire = await getCurrentFuseWire(path.join(unpacked, 'hypnospike'))
    // The wire holds digits as text.
    const isOn = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1'
    expect(isOn(FuseV1Options.RunAsNode)).toBe(false)
    expect(isOn(FuseV1Options.EnableCookieEncryption)).toBe(true)
    expect(isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false)
    expect(isOn(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false)
    expect(isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true)
    expect(isOn(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true)
    expect(isOn(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false)
  })
})

describe('the configuration', () => {
  const text = readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8')

  it('packs for Windows, macOS and Linux', () => {
    expect(text).toMatch(/^win:\n {2}target: nsis$/m)
    expect(text).toMatch(/^mac:\n {2}target: dmg$/m)
    expect(text).toMatch(/^linux:\n {2}target: \[AppImage, deb\]$/m)
  })

  it('opens both kinds of recording, and packs, as a viewer', () => {
    expect([...text.matchAll(/^ {2}- ext: (\w+)$/gm)].map(([, ending]) => ending)).toEqual([
      ...['edf', 'bdf', 'hypnopack'],
    ])
    expect(text.match(/^ {4}role: Viewer$/gm)).toHaveLength(3)
  })

  it('calls the app by the name that the main process gives itself', () => {
    const id = /^appId: (.+)$/m.exec(text)![1]!
    expect(readFileSync(path.join(ROOT, 'electron/desktop/main.ts'), 'utf8')).toContain(
      `setAppUserModelId('${id}')`,
    )
  })
})
