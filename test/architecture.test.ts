/** The walls between the rooms stand, and the check that says so can fail. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  checkTopLevel,
  findViolations,
  type House,
  LONG_FILES,
  RULES,
  type RuleName,
  readImports,
} from './support/walls.ts'

const ROOT = path.resolve(import.meta.dirname, '..')
const FOLDERS = ['electron', 'renderer', 'shared', 'samples', 'test']

function readHouse(): House {
  return new Map(
    FOLDERS.flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
        .filter((file) => /\.(tsx?|css)$/.test(file))
        // The made-up houses below would be read as this one.
        .filter((file) => file !== 'test/architecture.test.ts')
        .map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')] as const),
    ),
  )
}

describe('this project', () => {
  const house = readHouse()

  it('was read: every folder, hundreds of files and imports', () => {
    for (const folder of FOLDERS) {
      const files = [...house].filter(([file]) => file.startsWith(`${folder}/`))
      expect(files.length, folder).toBeGreaterThan(10)
      expect(files.flatMap(([file, text]) => readImports(file, text)).length, folder).toBeGreaterThan(20)
    }
    const imports = [...house].flatMap(([file, text]) => readImports(file, text))
    expect(house.size).toBeGreaterThan(200)
    expect(imports.length).toBeGreaterThan(800)
    // Every way of importing was met.
    expect(imports.some(({ resolved }) => resolved === 'renderer/styles/tokens.css')).toBe(true)
    expect(imports.some(({ resolved }) => resolved === 'electron/host/worker.ts')).toBe(true)
  })

  it('keeps its walls', () => {
    expect(findViolations(house)).toEqual([])
  })

  it('has the agreed folders at its top and no others', () => {
    const entries = readdirSync(ROOT, { withFileTypes: true })
    expect(checkTopLevel(entries.filter((entry) => entry.isDirectory()).map(({ name }) => name))).toEqual([])
  })
})

describe('an import is found', () => {
  it('and told from one that is fetched when it is asked for', () => {
    const text = [
      "import { a, type A } from './a.ts'",
      "import type { B } from './b.ts'",
      "import './c.ts'",
      "const d = await import('./d.ts')",
    ].join('\n')
    expect(readImports('x.ts', text).map(({ isLate }) => isLate)).toEqual([false, true, false, true])
  })

  it.each([
    ["import { a } from '../b.ts'", 'x/b.ts'],
    ["import type { A } from '../b.ts'", 'x/b.ts'],
    ["import a, { type B } from './b.ts'", 'x/y/b.ts'],
    ["import {\n  a,\n  b,\n} from './b.ts'", 'x/y/b.ts'],
    ["import * as v from 'valibot'", 'valibot'],
    ["import './b.css'", 'x/y/b.css'],
    ["import text from './b.ts?raw'", 'x/y/b.ts'],
    ["export { a } from './b.ts'", 'x/y/b.ts'],
    ["export * from './b.ts'", 'x/y/b.ts'],
    ["const a = await import('./b.ts')", 'x/y/b.ts'],
    ["type A = typeof import('./b.ts')", 'x/y/b.ts'],
    ["const a = require('electron')", 'electron'],
    ["new Worker(new URL('./b.ts', import.meta.url))", 'x/y/b.ts'],
    ["import Plotly from 'plotly.js/lib/core'", 'plotly.js'],
    ["import { Menu } from '@base-ui/react/menu'", '@base-ui/react'],
    ["import { readFile } from 'node:fs/promises'", 'node:fs/promises'],
  ])('in %s', (text, resolved) => {
    expect(readImports('x/y/a.ts', text).map((item) => item.resolved)).toEqual([resolved])
  })

  it('but not in a comment or a text', () => {
    const text = [
      '/** import { a } from "./b.ts" */',
      "// import { a } from './b.ts'",
      'const text = "import a from elsewhere"',
      "const address = 'https://example.org/from'",
    ].join('\n')
    expect(readImports('a.ts', text)).toEqual([])
  })
})

/** A house without a fault, to put one into. */
const SOUND: Readonly<Record<string, string>> = {
  'shared/units.ts': 'export type Seconds = number',
  'shared/edf/samples/decoder.ts': "import { EdfDecoder } from 'edfdecoder'\nexport const a = EdfDecoder",
  'shared/contract/contract.ts': "import * as v from 'valibot'\nexport const id = v.string()",
  'electron/desktop/main.ts':
    "import { app } from 'electron'\nimport { host } from '../host/host.ts'\nvoid [app, host]",
  'electron/browser/web.ts': "import { host } from '../host/host.ts'\nvoid host",
  'electron/terminal/cli.ts': "import { host } from '../host/host.ts'\nvoid host",
  'electron/build/vite.config.ts': "import { defineConfig } from 'vite'\nexport default defineConfig({})",
  'electron/host/host.ts': "import { readFile } from 'node:fs/promises'\nexport const host = readFile",
  'electron/host/worker.ts': "import { parentPort } from 'node:worker_threads'\nvoid parentPort",
  'renderer/page/plotly.ts': "import Plotly from 'plotly.js/lib/core'\nexport const draw = Plotly",
  'renderer/page/page.module.css':
    '/* .not-this */\n.page { margin: 0.5px }\n@media print { .page:has(.page) { top: 0 } }',
  'renderer/page/Page.tsx':
    "import styles from './page.module.css'\nexport const Page = () => <p className={styles.page} />",
  'renderer/store/state.ts': "import { create } from 'zustand'\nexport const useReview = create",
  'renderer/ui/Dialog.tsx': "import type { Seconds } from '../../shared/units.ts'\nexport type A = Seconds",
  'samples/generate.ts': "import { writeFileSync } from 'node:fs'\nvoid writeFileSync",
  'test/some.test.ts': "import { it } from 'vitest'\nvoid it",
}

function violationsOf(changes: Readonly<Record<string, string>>): readonly string[] {
  const house = new Map(Object.entries({ ...SOUND, ...changes }))
  return findViolations(house).map(({ rule, file }) => `${file}: ${rule}`)
}

/** What a rule about two files needs beside the one that breaks it. */
const OTHER_HALVES: Partial<Record<RuleName, Readonly<Record<string, string>>>> = {
  'no cycles': { 'shared/a.ts': "import type { Seconds } from './units.ts'\nexport type A = Seconds" },
  // No file of the four imports one that imports it: the folders go round all the same.
  'no loops between folders': {
    'shared/contract/b.ts': 'export type A = number',
    'shared/contract/c.ts': "import type { D } from '../edf/d.ts'\nexport type C = D",
    'shared/edf/d.ts': 'export type D = number',
  },
  'the first page waits for its own code alone': {
    'renderer/ui/Popover.tsx': "import { Popover } from '@base-ui/react/popover'\nexport const P = Popover",
  },
  'features stand apart': { 'renderer/recording/b.ts': 'export const b = 1' },
}

describe('a broken wall is noticed', () => {
  it('and a sound house is passed', () => {
    expect(violationsOf({})).toEqual([])
  })

  const longName = Object.keys(LONG_FILES)[0]!
  const broken: readonly (readonly [RuleName, string, string])[] = [
    ['every import can be read', 'shared/a.ts', 'export const a = import(name)'],
    ['every import can be read', 'shared/a.ts', 'import a = require(`b`)'],
    ['every import leads to a file', 'shared/a.ts', "import { b } from './gone.ts'\nvoid b"],
    ['every import leads to a file', 'shared/a.ts', "import { b } from './units'\nvoid b"],
    ['shared is pure', 'shared/a.ts', "import path from 'node:path'\nvoid path"],
    ['shared is pure', 'shared/a.ts', "import type { A } from 'react'\nexport type B = A"],
    ['shared is pure', 'shared/a.ts', "import { host } from '../electron/host/host.ts'\nvoid host"],
    [
      'shared is pure',
      'shared/edf/scanRecording.ts',
      "import { EdfDecoder } from 'edfdecoder'\nvoid EdfDecoder",
    ],
    [
      'the host is Node, never Electron',
      'electron/host/a.ts',
      "import type { App } from 'electron'\nexport type A = App",
    ],
    [
      'the host is Node, never Electron',
      'electron/host/a.ts',
      "const { app } = await import('electron')\nvoid app",
    ],
    [
      'the host is Node, never Electron',
      'electron/host/a.ts',
      "import { a } from '../browser/web.ts'\nvoid a",
    ],
    [
      'the renderer sees a Host, never Node or Electron',
      'renderer/a.ts',
      "import os from 'node:os'\nvoid os",
    ],
    [
      'the renderer sees a Host, never Node or Electron',
      'renderer/a.tsx',
      "import { ipcRenderer } from 'electron'\nvoid ipcRenderer",
    ],
    [
      'the renderer sees a Host, never Node or Electron',
      'renderer/a.ts',
      "import { host } from '../electron/host/host.ts'\nvoid host",
    ],
    [
      'ui knows nothing of EEG',
      'renderer/ui/List.tsx',
      "import { useReview } from '../store/state.ts'\nvoid useReview",
    ],
    [
      'ui knows nothing of EEG',
      'renderer/ui/List.tsx',
      "import { id } from '../../shared/contract/contract.ts'\nvoid id",
    ],
    [
      'the store knows no component',
      'renderer/store/a.ts',
      "import { draw } from '../plot/plotly.ts'\nvoid draw",
    ],
    [
      'the store knows no component',
      'renderer/store/a.ts',
      "import { useState } from 'react'\nvoid useState",
    ],
    [
      'only the store asks the host and writes the state',
      'renderer/page/Page.tsx',
      "import { getHost } from '../store/host.ts'\nvoid getHost",
    ],
    [
      'only the store asks the host and writes the state',
      'renderer/page/pointer.ts',
      "import {\n  getState,\n  setState,\n} from '../store/state.ts'\nvoid [getState, setState]",
    ],
    [
      'only the store asks the host and writes the state',
      'renderer/sets/Banner.tsx',
      "import { patchSet } from '../store/state.ts'\nvoid patchSet",
    ],
    [
      'only the store asks the host and writes the state',
      'renderer/app/App.tsx',
      "import { useReview } from '../store/state.ts'\nuseReview.setState({})",
    ],
    [
      'only the store asks the host and writes the state',
      'renderer/app/App.tsx',
      "import * as store from '../store/state.ts'\nstore.setState({})",
    ],
    [
      'samples stand on shared alone',
      'samples/a.ts',
      "import { host } from '../electron/host/host.ts'\nvoid host",
    ],
    [
      'nothing that ships imports a test',
      'electron/a.ts',
      "import { b } from '../test/some.test.ts'\nvoid b",
    ],
    ['nothing that ships imports a test', 'shared/a.ts', "import { expect } from 'vitest'\nvoid expect"],
    [
      'plotly.js is imported in its own files',
      'renderer/page/figure.ts',
      "import Plotly from 'plotly.js'\nvoid Plotly",
    ],
    ['plotly.js is imported in its own files', 'renderer/page/plotly.ts', 'export const draw = null'],
    [
      'electron is imported by the desktop only',
      'electron/browser/a.ts',
      "import { app } from 'electron'\nvoid app",
    ],
    ['the first page waits for its own code alone', 'renderer/app/index.tsx', "import '../ui/Popover.tsx'"],
    ['the shells stand apart', 'electron/terminal/a.ts', "import { a } from '../browser/web.ts'\nvoid a"],
    [
      'the browser, the terminal and the worker never reach electron',
      'electron/browser/web.ts',
      "import '../desktop/main.ts'",
    ],
    ['no cycles', 'shared/units.ts', "import type { A } from './a.ts'\nexport type Seconds = A"],
    [
      'no loops between folders',
      'shared/edf/a.ts',
      "import type { A } from '../contract/b.ts'\nexport type B = A",
    ],
    ['features stand apart', 'renderer/sets/a.ts', "import { b } from '../recording/b.ts'\nvoid b"],
    ['no barrel files', 'shared/index.ts', "export { id } from './contract/contract.ts'"],
    ['no barrel files', 'shared/all.ts', "export * from './contract/contract.ts'\nexport const a = 1"],
    ['no file named for nothing', 'renderer/utils.ts', 'export const a = 1'],
    ['no file named for nothing', 'shared/edf/helpers.ts', 'export const a = 1'],
    ['a long file has a reason', 'shared/a.ts', 'export const a = 1\n'.repeat(501)],
    ['a long file has a reason', longName, 'short'],
    [
      'a style sheet and its components agree',
      'renderer/page/page.module.css',
      '.page { top: 0 }\n.old { top: 0 }',
    ],
    [
      'a style sheet and its components agree',
      'renderer/page/page.module.css',
      '@layer ui { .pages { top: 0 } }',
    ],
    ['a plain class name has a reason', 'renderer/a.tsx', 'export const a = <p className="quiet" />'],
    ['a plain class name has a reason', 'renderer/a.tsx', 'export const a = <p className={`page old`} />'],
  ]

  it.each(broken)('%s: %s', (rule, file, text) => {
    const other: Readonly<Record<string, string>> = OTHER_HALVES[rule] ?? {}
    const files = violationsOf({ ...other, [file]: text }).filter((each) => each.endsWith(`: ${rule}`))
    expect(files.length).toBeGreaterThan(0)
  })

  it('and every rule was broken once', () => {
    expect(new Set(broken.map(([rule]) => rule))).toEqual(new Set(RULES.map(({ name }) => name)))
  })

  it('a folder that was not agreed, and one that is missing', () => {
    const agreed = ['electron', 'renderer', 'shared', 'samples', 'test']
    expect(checkTopLevel([...agreed, '.ci', '.git', 'node_modules', 'dist'])).toEqual([])
    expect(checkTopLevel([...agreed, 'docs'])).toEqual(['docs/ was not agreed'])
    expect(checkTopLevel(agreed.slice(1))).toEqual(['electron/ is missing'])
  })
})
