/**
 * The walls of the house as rules over its sources: what may import what, and what a file may be. Pure, so that
 * every rule is shown to fail on a made-up house before it is trusted with the real one.
 * For the reader: RULES is the list; `readImports` is how an import is found.
 */
import path from 'node:path'

/** Sources by their path from the root, with `/`. */
export type House = ReadonlyMap<string, string>

export type Import = {
  /** As written. */
  readonly target: string
  /** The file it stands for, or the name of a package or a `node:` module. */
  readonly resolved: string
  readonly isFile: boolean
  /** `export ... from`. */
  readonly reExports: boolean
  /** Not loaded with the file: `import(...)`, a worker, or types alone. */
  readonly isLate: boolean
}

/** `what` rule was broken, `where`, and by which import or name. */
export type Violation = { readonly rule: RuleName; readonly file: string; readonly detail: string }

type Facts = {
  readonly file: string
  readonly text: string
  readonly imports: readonly Import[]
}

export type RuleName =
  | 'every import can be read'
  | 'every import leads to a file'
  | 'shared is pure'
  | 'the host is Node, never Electron'
  | 'the renderer sees a Host, never Node or Electron'
  | 'ui knows nothing of EEG'
  | 'the store knows no component'
  | 'only the store asks the host and writes the state'
  | 'samples stand on shared alone'
  | 'nothing that ships imports a test'
  | 'plotly.js is imported in its own files'
  | 'electron is imported by the desktop only'
  | 'the first page waits for its own code alone'
  | 'the shells stand apart'
  | 'the browser, the terminal and the worker never reach electron'
  | 'no cycles'
  | 'no loops between folders'
  | 'features stand apart'
  | 'no barrel files'
  | 'no file named for nothing'
  | 'a long file has a reason'
  | 'a style sheet and its components agree'
  | 'a plain class name has a reason'

const DESKTOP = 'electron/desktop/'
/** Each with its state, its components and its styles; what they share lies below them, what joins them in `app/`. */
const FEATURES = [
  'recording',
  'sets',
  'candidates',
  'compare',
  'evidence',
  'lessons',
  'quiz',
  'reference',
].map((name) => `renderer/${name}/`)
const NO_ELECTRON = ['electron/browser/web.ts', 'electron/terminal/cli.ts', 'electron/host/worker.ts']
/** The window's first file of code and what it may not hold: a third of it, or more, that no first page needs. */
const FIRST_FILE = 'renderer/app/index.tsx'
const NOT_FIRST = ['@base-ui/react', '@tanstack/react-virtual', 'plotly.js', 'papaparse', 'saxes', 'ts-fsrs']
/** The page's figure, with the core alone, and the charts beside it, which come later and with more. */
const PLOTLY = ['renderer/page/plotly.ts', 'renderer/page/plotlyCharts.ts']
const MOST_LINES = 500
/** The entry joins the store and its host. */
const STORE_WRITERS = ['renderer/store/', 'renderer/app/index.tsx']

/** Files that may be longer, and why. */
export const LONG_FILES: Readonly<Record<string, string>> = {
  'test/shared/edf/quirks.test.ts': 'one table of what vendors write',
}

/** Class names that stand as they are, beside those that a style sheet makes its own: tests and programs look for them. */
const PLAIN_NAMES: ReadonlySet<string> = new Set(
  (
    'visually-hidden page page-canvas page-figure page-clock page-gap mark-grip row-name status-cursor ' +
    'banner notice dialog palette'
  ).split(' '),
)

/** Imports of what is known only at run time, and why. */
const RUNTIME_IMPORTS: Readonly<Record<string, string>> = {
  'electron/launch/fetchElectron.ts': 'Electron says in its own package where its installer lies',
}

/** Build configurations run in Node and ship nowhere. */
const CONFIGURATION = /\.config\.ts$/

/** Every import of a source: static, of types, for effect, re-exported, dynamic, and the URL of a worker. */
export function readImports(file: string, text: string): readonly Import[] {
  const code = withoutComments(text)
  const found: { target: string; reExports: boolean; isLate: boolean }[] = []
  for (const match of code.matchAll(
    /^[ \t]*(import|export)\b(?!\s*\()([^'"`;=]*?)\bfrom\s*['"]([^'"\n]+)['"]/gm,
  )) {
    found.push({ target: match[3]!, reExports: match[1] === 'export', isLate: /^\s+type\s/.test(match[2]!) })
  }
  const late = /\b(?:import|require|require\.resolve)\(\s*['"]([^'"\n]+)['"]\s*[,)]/g
  const others = [/^[ \t]*import\s*['"]([^'"\n]+)['"]/gm, late, /@import\s+(?:url\()?['"]([^'"\n]+)['"]/g]
  for (const pattern of others) {
    for (const match of code.matchAll(pattern)) {
      found.push({ target: match[1]!, reExports: false, isLate: pattern === late })
    }
  }
  // A worker is started from the address of its file, which may be chosen from several.
  for (const [, address] of code.matchAll(/\bnew URL\(([^;]*?),\s*import\.meta\.url,?\s*\)/g)) {
    for (const match of address!.matchAll(/['"](\.{1,2}\/[^'"\n]*\.tsx?)['"]/g)) {
      found.push({ target: match[1]!, reExports: false, isLate: true })
    }
  }
  return found.map(({ target, ...how }) => {
    const isFile = target.startsWith('.')
    const plain = target.replace(/\?.*$/, '')
    const resolved = isFile ? path.posix.join(path.posix.dirname(file), plain) : packageOf(plain)
    return { target, resolved, isFile, ...how }
  })
}

/** Lines that look like an import to a person and were not understood: a checker must not pass over them. */
function unreadImports(text: string, read: readonly Import[]): readonly string[] {
  const code = withoutComments(text)
  const statements = code.match(/^[ \t]*import\b(?!\.meta|\()/gm)?.length ?? 0
  const dynamic = [...code.matchAll(/(?<![.\w'"`])import\(\s*([^)\s]{0,40})/g)].map((match) => match[1]!)
  const known = read.filter(({ reExports }) => !reExports).length
  const unread = dynamic.filter((start) => !/^['"]/.test(start)).map((start) => `import(${start}`)
  const literal = dynamic.length - unread.length
  return statements + literal > known ? [...unread, `${statements + literal - known} more`] : unread
}

/** Line comments are dropped where they begin a line or follow a blank: an address in a text keeps its slashes. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/(^|\s)\/\/[^\n]*/g, '$1')
}

function packageOf(target: string): string {
  if (target.startsWith('node:')) return target
  const parts = target.split('/')
  return target.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!
}

/** The names by which a file would reach past the verbs of the store, to the host or to the state itself. */
function storeWritesIn(text: string): readonly string[] {
  const code = withoutComments(text)
  const imported = [
    ...code.matchAll(/\bimport\s*(\*\s*as\s+\w+|\{[^}]*\})\s*from\s*['"][^'"]*\/store\/[^'"]+['"]/g),
  ]
  const names = imported.flatMap(([, clause]) =>
    clause!.startsWith('*') ? [clause!] : (clause!.match(/\w+/g) ?? []),
  )
  const writes = names.filter((name) => /^((get|set)Host|setState|patch[A-Z]\w*|\*.*)$/.test(name))
  return [...writes, ...(code.match(/\buseReview\s*\.\s*setState\b/g) ?? [])]
}

type Rule = {
  readonly name: RuleName
  readonly check: (house: readonly Facts[]) => readonly Omit<Violation, 'rule'>[]
}

/** A rule that looks at one file's imports alone. */
function importRule(
  name: RuleName,
  applies: (file: string) => boolean,
  allows: (item: Import, file: string) => boolean,
): Rule {
  return {
    name,
    check: (house) =>
      house
        .filter(({ file }) => applies(file) && !CONFIGURATION.test(file))
        .flatMap(({ file, imports }) =>
          imports.filter((item) => !allows(item, file)).map((item) => ({ file, detail: item.target })),
        ),
  }
}

const within =
  (...folders: readonly string[]) =>
  (file: string) =>
    folders.some((folder) => file.startsWith(folder))
const isNode = (item: Import) => item.resolved.startsWith('node:')
const isIn = (item: Import, ...folders: readonly string[]) =>
  item.isFile && folders.some((folder) => item.resolved.startsWith(folder))

export const RULES: readonly Rule[] = [
  {
    name: 'every import can be read',
    check: (house) =>
      house.flatMap(({ file, text, imports }) =>
        /\.tsx?$/.test(file) && !Object.hasOwn(RUNTIME_IMPORTS, file)
          ? unreadImports(text, imports).map((detail) => ({ file, detail }))
          : [],
      ),
  },
  {
    name: 'every import leads to a file',
    check: (house) => {
      const files = new Set(house.map(({ file }) => file))
      return house.flatMap(({ file, imports }) =>
        imports
          // JSON and pictures are no sources, and a package's own style sheets are its affair.
          .filter(
            (item) =>
              item.isFile && /\.(tsx?|css)$|\/[^.]*$/.test(item.resolved) && !files.has(item.resolved),
          )
          .map((item) => ({ file, detail: item.target })),
      )
    },
  },
  importRule('shared is pure', within('shared/'), (item, file) => {
    if (item.isFile) return isIn(item, 'shared/')
    return (
      item.resolved === 'valibot' ||
      (item.resolved === 'edfdecoder' && file === 'shared/edf/samples/decoder.ts') ||
      (item.resolved === 'papaparse' && file === 'shared/interchange/common/table.ts') ||
      (item.resolved === 'saxes' && file === 'shared/interchange/edfbrowser/xml.ts') ||
      (item.resolved === 'ts-fsrs' && file === 'shared/teaching/quiz/schedule.ts')
    )
  }),
  importRule(
    'the host is Node, never Electron',
    within('electron/host/'),
    // The lesson that comes with the app is made by the app.
    (item, file) =>
      isIn(item, 'electron/host/', 'shared/', 'samples/lesson/') ||
      isNode(item) ||
      item.resolved === 'valibot' ||
      (item.resolved === 'yazl' && file === 'electron/host/packWriting.ts') ||
      (item.resolved === 'yauzl' && file === 'electron/host/packZip.ts'),
  ),
  importRule('the renderer sees a Host, never Node or Electron', within('renderer/'), (item) =>
    item.isFile ? isIn(item, 'renderer/', 'shared/') : !isNode(item) && item.resolved !== 'electron',
  ),
  importRule(
    'ui knows nothing of EEG',
    within('renderer/ui/'),
    (item) => !item.isFile || isIn(item, 'renderer/ui/') || item.resolved === 'shared/units.ts',
  ),
  importRule('the store knows no component', within('renderer/store/'), (item) =>
    item.isFile ? isIn(item, 'renderer/store/', 'shared/') : item.resolved === 'zustand',
  ),
  {
    name: 'only the store asks the host and writes the state',
    check: (house) =>
      house
        .filter(
          ({ file }) => file.startsWith('renderer/') && !STORE_WRITERS.some((own) => file.startsWith(own)),
        )
        .flatMap(({ file, text }) => storeWritesIn(text).map((detail) => ({ file, detail }))),
  },
  importRule(
    'samples stand on shared alone',
    within('samples/'),
    (item) => isIn(item, 'samples/', 'shared/') || isNode(item),
  ),
  importRule(
    'nothing that ships imports a test',
    (file) => !file.startsWith('test/'),
    (item) => !isIn(item, 'test/') && item.resolved !== 'vitest',
  ),
  {
    name: 'plotly.js is imported in its own files',
    check: (house) => {
      const files = house
        .filter(
          ({ file, imports }) =>
            !file.startsWith('test/') && imports.some(({ resolved }) => resolved === 'plotly.js'),
        )
        .map(({ file }) => file)
      const isKept = files.length > 0 && files.every((file) => PLOTLY.includes(file))
      return isKept ? [] : [{ file: files.join(', '), detail: `${files.length} files` }]
    },
  },
  importRule(
    'electron is imported by the desktop only',
    (file) => !file.startsWith('test/') && !file.startsWith(DESKTOP),
    (item) => item.resolved !== 'electron',
  ),
  {
    name: 'the first page waits for its own code alone',
    check: (house) => {
      const byFile = new Map(
        house.map((facts) => [
          facts.file,
          { ...facts, imports: facts.imports.filter(({ isLate }) => !isLate) },
        ]),
      )
      return NOT_FIRST.flatMap((heavy) => {
        const trail = trailTo(byFile, FIRST_FILE, heavy)
        return trail === null ? [] : [{ file: FIRST_FILE, detail: trail.join(' -> ') }]
      })
    },
  },
  importRule(
    'the shells stand apart',
    within('electron/desktop/', 'electron/browser/', 'electron/terminal/'),
    (item, file) =>
      !isIn(item, 'electron/') ||
      isIn(item, `${path.posix.dirname(file)}/`, 'electron/host/', 'electron/installation/'),
  ),
  {
    name: 'the browser, the terminal and the worker never reach electron',
    check: (house) => {
      const byFile = new Map(house.map((facts) => [facts.file, facts]))
      return NO_ELECTRON.flatMap((entry) => {
        const trail = trailTo(byFile, entry, 'electron')
        return trail === null ? [] : [{ file: entry, detail: trail.join(' -> ') }]
      })
    },
  },
  {
    name: 'no cycles',
    check: (house) => findCycles(house).map((cycle) => ({ file: cycle[0]!, detail: cycle.join(' -> ') })),
  },
  {
    name: 'no loops between folders',
    check: (house) =>
      findCycles(foldersOf(house)).map((cycle) => ({ file: cycle[0]!, detail: cycle.join(' -> ') })),
  },
  importRule('features stand apart', within(...FEATURES), (item, file) => {
    const own = FEATURES.find((folder) => file.startsWith(folder))
    return !isIn(item, ...FEATURES.filter((folder) => folder !== own))
  }),
  {
    name: 'no barrel files',
    check: (house) =>
      house.flatMap(({ file, text, imports }) => {
        const passed = imports.filter(({ reExports }) => reExports)
        if (/^[ \t]*export\s*\*/m.test(withoutComments(text))) return [{ file, detail: 'export *' }]
        const own = /^(?:export\s+)?(?:async\s+)?(?:function|const|let|class|type|interface|declare)\b/m
        return passed.length > 0 && !own.test(withoutComments(text))
          ? [{ file, detail: 're-exports only' }]
          : []
      }),
  },
  {
    name: 'no file named for nothing',
    check: (house) =>
      house
        .filter(({ file }) => /(^|\/)(utils?|helpers?|common|misc|stuff)\.[a-z]+$/i.test(file))
        .map(({ file }) => ({ file, detail: path.posix.basename(file) })),
  },
  {
    name: 'a long file has a reason',
    check: (house) => {
      const long = house.filter(({ text }) => text.split('\n').length > MOST_LINES + 1)
      const longNames = new Set(long.map(({ file }) => file))
      const known = new Set(house.map(({ file }) => file))
      return [
        ...long
          .filter(({ file }) => !Object.hasOwn(LONG_FILES, file))
          .map(({ file, text }) => ({ file, detail: `${text.split('\n').length - 1} lines` })),
        ...Object.keys(LONG_FILES)
          .filter((file) => known.has(file) && !longNames.has(file))
          .map((file) => ({ file, detail: 'is short now: its reason can go' })),
      ]
    },
  },
  {
    name: 'a style sheet and its components agree',
    check: (house) =>
      house
        .filter(({ file }) => file.endsWith('.module.css'))
        .flatMap(({ file, text }) => disagreements(file, text, house)),
  },
  {
    name: 'a plain class name has a reason',
    check: (house) =>
      house
        .filter(({ file }) => file.startsWith('renderer/') && file.endsWith('.tsx'))
        .flatMap(({ file, text }) =>
          plainNames(text)
            .filter((name) => !PLAIN_NAMES.has(name))
            .map((detail) => ({ file, detail })),
        ),
  },
]

export function findViolations(house: House): readonly Violation[] {
  const facts = [...house].map(([file, text]): Facts => ({ file, text, imports: readImports(file, text) }))
  return RULES.flatMap(({ name, check }) => check(facts).map((violation) => ({ rule: name, ...violation })))
}

/** Names of a style sheet that no component uses, and names that components take from it and it does not have. */
function disagreements(sheet: string, css: string, house: readonly Facts[]) {
  const rules = css.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/\{[^{}]*\}/g, '{}')
  const made = new Set([...rules.matchAll(/\.([a-zA-Z_][\w-]*)/g)].map((match) => match[1]!))
  const taken = new Set<string>()
  let takesAny = false
  for (const { text, imports } of house) {
    if (!imports.some(({ resolved }) => resolved === sheet)) continue
    const base = path.posix.basename(sheet).replaceAll('.', '\\.')
    const name = new RegExp(`import (\\w+) from '[^']*/${base}'`).exec(text)?.[1]
    const code = text.replace(/^import .*$/gm, '')
    for (const [, member] of code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))) taken.add(member!)
    takesAny ||= new RegExp(`\\b${name}\\[`).test(code)
  }
  return [
    // Where a name is reckoned from a value, any may be meant.
    ...[...made].filter((one) => !takesAny && !taken.has(one)).map((one) => `.${one} is used by nothing`),
    ...[...taken].filter((one) => !made.has(one)).map((one) => `.${one} is not in it`),
  ].map((detail) => ({ file: sheet, detail }))
}

/** The words of a `className` that stand in the text itself. */
function plainNames(text: string): readonly string[] {
  return [...text.matchAll(/className=(?:"([^"]*)"|\{`([^`]*)`\})/g)].flatMap((match) =>
    (match[1] ?? match[2] ?? '')
      .replace(/\$\{[^}]*\}/g, ' ')
      .split(/\s+/)
      .filter((word) => word !== ''),
  )
}

function trailTo(
  byFile: ReadonlyMap<string, Facts>,
  entry: string,
  target: string,
): readonly string[] | null {
  const queue: (readonly string[])[] = [[entry]]
  const seen = new Set([entry])
  for (let trail = queue.shift(); trail !== undefined; trail = queue.shift()) {
    for (const { resolved, isFile } of byFile.get(trail.at(-1)!)?.imports ?? []) {
      if (resolved === target && !isFile) return [...trail, target]
      if (!isFile || seen.has(resolved)) continue
      seen.add(resolved)
      queue.push([...trail, resolved])
    }
  }
  return null
}

/** The folders as if each were one file: what any file in it imports from another folder. Tests belong to what they test. */
function foldersOf(house: readonly Facts[]): readonly Facts[] {
  const imports = new Map<string, Map<string, Import>>()
  for (const facts of house) {
    if (facts.file.startsWith('test/')) continue
    const folder = path.posix.dirname(facts.file)
    const known = imports.get(folder) ?? new Map<string, Import>()
    imports.set(folder, known)
    for (const item of facts.imports) {
      const resolved = path.posix.dirname(item.resolved)
      if (item.isFile && resolved !== folder) known.set(resolved, { ...item, resolved })
    }
  }
  return [...imports].map(([file, items]) => ({ file, text: '', imports: [...items.values()] }))
}

/** One cycle for every file that closes one; imports of types count, since they too tie two files together. */
function findCycles(house: readonly Facts[]): readonly (readonly string[])[] {
  const byFile = new Map(house.map((facts) => [facts.file, facts]))
  const done = new Set<string>()
  const cycles: string[][] = []
  const visit = (file: string, trail: readonly string[]): void => {
    if (done.has(file)) return
    const at = trail.indexOf(file)
    if (at >= 0) {
      cycles.push([...trail.slice(at), file])
      return
    }
    for (const { resolved, isFile } of byFile.get(file)?.imports ?? []) {
      if (isFile && byFile.has(resolved)) visit(resolved, [...trail, file])
    }
    done.add(file)
  }
  for (const { file } of house) visit(file, [])
  return cycles
}

const AGREED_FOLDERS = ['electron', 'renderer', 'shared', 'samples', 'test']
const FURTHER_FOLDERS = ['.ci', '.github']
/** Made by tools and kept out of the repository. */
const MADE_FOLDERS = ['.git', 'node_modules', 'dist', 'release', 'coverage', '.vite']

/** Folders at the top that were not agreed, and agreed ones that are missing. */
export function checkTopLevel(folders: readonly string[]): readonly string[] {
  const strange = folders.filter(
    (folder) => ![...AGREED_FOLDERS, ...FURTHER_FOLDERS, ...MADE_FOLDERS].includes(folder),
  )
  const missing = AGREED_FOLDERS.filter((folder) => !folders.includes(folder))
  return [
    ...strange.map((folder) => `${folder}/ was not agreed`),
    ...missing.map((folder) => `${folder}/ is missing`),
  ]
}
