/**
 * The few things remembered between starts: one JSON file, never anything of a patient. Several programs may have it
 * open: each change is made, under a lock, to what is on disk at that moment, and what others have said there stays.
 */
import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import * as v from 'valibot'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import { DEFAULT_SETTINGS, type Settings, storedSettingsSchema } from '../../shared/contract/settings.ts'
import { CODE_PAGES } from '../../shared/edf/header/codePages.ts'
import { type Failure, ReviewError, toFailure } from '../../shared/failure.ts'
import { MOST_OWN, type OwnMontage } from '../../shared/montage/ownMontages.ts'
import { isSameName, ownMontageSchema } from '../../shared/ownMontages/ownMontageSchema.ts'
import { readBounded, statOrNull, writeFailure, writeFileAtomically } from './atomicFile.ts'
import { acquireLock, type Lock } from './lockFile.ts'
import type { Log } from './log.ts'
import { notKept } from './unwritten.ts'

/** The longest lists of the longest paths stay below it. */
const LARGEST_FILE = 16 * 1024 * 1024
const MOST_RECENT = 12
/** Recordings of which something is remembered, each in some 300 bytes: a department reads fewer in ten years. */
const MOST_REMEMBERED = 4000
/** A path may be of 32,767 characters: of such ones fewer places are kept. */
const MOST_BYTES_ELSEWHERE = 8 * 1024 * 1024
const LOCK_PATIENCE_MS = 5_000
const CALLED = 'The file of the settings'

/** The code page that a recording's texts are in, as its reader said. */
const codePageSchema = v.object({
  fingerprint: v.string(),
  codePage: v.picklist(CODE_PAGES.map(({ id }) => id)),
})
/** A set that was saved elsewhere than beside its recording, so that reopening finds it. */
const elsewhereSchema = v.object({
  fingerprint: v.string(),
  reviewer: v.string(),
  path: v.string(),
  /** How many the recording had, and what stays alike in it while it grows: see `shapeOf`. Earlier versions said neither. */
  records: v.exactOptional(v.number()),
  shape: v.exactOptional(v.string()),
})
/** A set that was saved from this data folder under a code which its reader had not chosen. */
const writtenSchema = v.object({ fingerprint: v.string(), reviewer: v.string() })
const fileSchema = v.object({
  settings: v.fallback(storedSettingsSchema, DEFAULT_SETTINGS),
  recent: v.fallback(goodOnes(v.string()), []),
  elsewhere: v.fallback(goodOnes(elsewhereSchema), []),
  codePages: v.fallback(goodOnes(codePageSchema), []),
  montages: v.fallback(goodOnes(ownMontageSchema), []),
  reviewerChosen: v.fallback(v.boolean(), false),
  written: v.fallback(goodOnes(writtenSchema), []),
})
type SettingsFile = v.InferOutput<typeof fileSchema>
export type KnownCodePage = v.InferOutput<typeof codePageSchema>
export type SetElsewhere = v.InferOutput<typeof elsewhereSchema>
type WrittenSet = v.InferOutput<typeof writtenSchema>
/** One change, made to what this program knows at once and to what is on disk later. */
type Edit = (file: SettingsFile) => SettingsFile

const NOTHING: SettingsFile = {
  settings: DEFAULT_SETTINGS,
  recent: [],
  elsewhere: [],
  codePages: [],
  montages: [],
  reviewerChosen: false,
  written: [],
}

function goodOnes<Output>(schema: v.GenericSchema<unknown, Output>) {
  return v.pipe(
    v.array(v.unknown()),
    v.transform((items) => items.filter((item): item is Output => v.is(schema, item))),
  )
}

/** Not the one that everybody begins with. */
function isOwnCode({ reviewer }: Settings): boolean {
  return reviewer !== DEFAULT_SETTINGS.reviewer
}

export type SettingsStore = {
  readonly settings: () => Settings
  /** Here, of the reviewer's code and of montages: rejects with one sentence where it could not be written, and holds all the same. */
  readonly saveSettings: (settings: Settings) => Promise<void>
  /** The reader has said that the code of the settings is theirs, though it may be the one that everybody begins with. */
  readonly confirmReviewer: () => Promise<void>
  /** Whether who reads is known to be whom the code says: it was chosen, or the recording's set under it was made here. */
  readonly isReviewerKnown: (fingerprint: string) => boolean
  readonly rememberWritten: (set: WrittenSet) => Promise<void>
  /** Paths, the latest first. */
  readonly recent: () => readonly string[]
  readonly addRecent: (recordingPath: string) => Promise<void>
  /** Those of all recordings, the latest first, with what another program has remembered meanwhile. */
  readonly setsElsewhere: () => Promise<readonly SetElsewhere[]>
  /**
   * Forgets the sets at the paths `left`, and remembers that one lies at `place` (null: none). Gives why that is not on
   * disk, else null: until it can be written, only this program knows.
   */
  readonly moveSetElsewhere: (left: readonly string[], place: SetElsewhere | null) => Promise<Failure | null>
  readonly codePages: () => readonly KnownCodePage[]
  /** `auto` is forgotten: it is what a recording has of which nothing was said. */
  readonly rememberCodePage: (known: KnownCodePage) => Promise<void>
  readonly montages: () => readonly OwnMontage[]
  /** Throws ReviewError `bad-input` where they are more than the file has room for; then nothing is changed. */
  readonly saveMontages: (montages: readonly OwnMontage[]) => Promise<void>
  /** Resolves when all that was changed so far is on disk, or was said not to be. */
  readonly written: () => Promise<void>
}

/** A file that cannot be read or understood gives the defaults: settings never keep the app from starting. */
export async function openSettings(folder: string, log: Log): Promise<SettingsStore> {
  const file = path.join(folder, 'settings.json')
  let stamp = await stampOf(file)
  let state = NOTHING
  try {
    state = (await readSettings(file)) ?? NOTHING
  } catch (thrown) {
    log('settings', thrown)
  }
  /** Made, and not on disk yet. */
  let pending: readonly Edit[] = []
  let writing: Promise<Failure | null> = Promise.resolve(null)

  /** Gives why it is not on disk, else null; then it is tried again with the next change. */
  function change(edit: Edit): Promise<Failure | null> {
    state = edit(state)
    pending = [...pending, edit]
    writing = writing.then(writePending)
    return writing
  }

  async function writePending(): Promise<Failure | null> {
    try {
      if (pending.length > 0) await alone(folder, file, writeOver)
      return null
    } catch (thrown) {
      log('settings', thrown)
      return toFailure(thrown)
    }
  }

  async function writeOver(lock: Lock): Promise<void> {
    const edits = pending
    const onDisk = await readOver(file)
    const next = applyAll(edits, onDisk ?? state)
    const text = textOf(next)
    if (onDisk === null) await putDamagedAside(file)
    await writeFileAtomically(file, text, {
      createFolder: true,
      calledName: CALLED,
      beforeRename: async () => {
        if (!(await lock.isHeld())) throw writtenByAnother()
      },
    })
    pending = pending.slice(edits.length)
    state = withOwn(applyAll(pending, next), state)
  }

  /** Takes in what another program has written since. */
  async function refresh(): Promise<void> {
    const found = await stampOf(file)
    if (found === stamp) return
    const before = state
    const onDisk = await readOver(file).catch(() => null)
    // What was changed here meanwhile is newer than what was read.
    if (onDisk === null || state !== before) return
    stamp = found
    state = withOwn(applyAll(pending, onDisk), state)
  }

  const changeAndLog = async (edit: Edit) => void (await change(edit))

  /** What the reader has asked for holds here all the same; who asked is told. */
  async function changeOrTell(what: string, edit: Edit): Promise<void> {
    const failure = await change(edit)
    if (failure !== null) throw notKept(what, failure)
  }

  return {
    written: async () => void (await writing),
    settings: () => state.settings,
    saveSettings: (settings) => {
      const changed = differences(state.settings, settings)
      return changeOrTell('Your settings', (known) => ({
        ...known,
        settings: { ...known.settings, ...changed },
        reviewerChosen: known.reviewerChosen || isOwnCode(settings),
      }))
    },
    confirmReviewer: () =>
      changeOrTell('That this code is yours', (known) => ({ ...known, reviewerChosen: true })),
    isReviewerKnown: (fingerprint) => {
      const { reviewer } = state.settings
      const isHere = (set: WrittenSet) => set.fingerprint === fingerprint && set.reviewer === reviewer
      return state.reviewerChosen || isOwnCode(state.settings) || state.written.some(isHere)
    },
    rememberWritten: async (set) => {
      const isSame = (other: WrittenSet) => sameValue(other, set)
      // Of a chosen code nothing is asked.
      if (state.reviewerChosen || isOwnCode(state.settings) || state.written.some(isSame)) return
      return changeAndLog((known) => {
        const others = known.written.filter((other) => !isSame(other))
        return { ...known, written: [set, ...others].slice(0, MOST_REMEMBERED) }
      })
    },
    montages: () => state.montages,
    saveMontages: async (montages) => {
      const before = state.montages
      const edit: Edit = (known) => ({
        ...known,
        montages: mergeMontages(before, montages, known.montages),
      })
      // Said while they can still be changed: no later write would find room either.
      textOf(edit(state))
      await changeOrTell('Your montages', edit)
    },
    recent: () => state.recent,
    addRecent: (recordingPath) =>
      changeAndLog((known) => {
        const others = known.recent.filter((other) => other !== recordingPath)
        return { ...known, recent: [recordingPath, ...others].slice(0, MOST_RECENT) }
      }),
    setsElsewhere: async () => {
      await refresh()
      return state.elsewhere
    },
    codePages: () => state.codePages,
    rememberCodePage: (code) =>
      changeAndLog((known) => {
        const others = known.codePages.filter((other) => other.fingerprint !== code.fingerprint)
        const all = code.codePage === 'auto' ? others : [code, ...others]
        return { ...known, codePages: all.slice(0, MOST_REMEMBERED) }
      }),
    moveSetElsewhere: (left, place) =>
      change((known) => {
        const gone = new Set([...left, ...(place === null ? [] : [place.path])])
        const others = known.elsewhere.filter((other) => !gone.has(other.path))
        return { ...known, elsewhere: newestWithin(place === null ? others : [place, ...others]) }
      }),
  }
}

/** null where there is no file, or none that can be understood. Throws ReviewError `unreadable` or `bad-set`. */
async function readSettings(file: string): Promise<SettingsFile | null> {
  try {
    const { bytes } = await readBounded(file, LARGEST_FILE)
    const parsed = v.safeParse(fileSchema, JSON.parse(new TextDecoder().decode(bytes)))
    return parsed.success ? parsed.output : null
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code === 'not-found') return null
    throw thrown
  }
}

/** What a change is made to: null where nothing of use is there. What the system refuses to read now is not written over. */
async function readOver(file: string): Promise<SettingsFile | null> {
  try {
    return await readSettings(file)
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code === 'unreadable') throw thrown
    return null
  }
}

/** In one line: indented, montages take three times as much. Throws ReviewError `bad-input` where it would not be read again. */
function textOf(file: SettingsFile): string {
  const text = `${JSON.stringify(file)}\n`
  if (Buffer.byteLength(text) <= LARGEST_FILE) return text
  const megabytes = (Buffer.byteLength(JSON.stringify(file.montages)) / 1024 ** 2).toFixed(1)
  throw new ReviewError(
    'bad-input',
    `Your montages take ${megabytes} MB, more than the file of the settings has room for: delete one, or lines of one.`,
  )
}

/** What nobody can read here may be read, or mended, by hand. */
async function putDamagedAside(file: string): Promise<void> {
  if ((await statOrNull(file))?.isFile() !== true) return
  await rename(file, `${file}.damaged`).catch((thrown: unknown) => {
    throw writeFailure(thrown, CALLED)
  })
}

async function alone(folder: string, file: string, work: (lock: Lock) => Promise<void>): Promise<void> {
  const lock = await mkdir(folder, { recursive: true, mode: 0o700 })
    .then(() => acquireLock(`${file}.lock`, { patience: LOCK_PATIENCE_MS }))
    .catch((thrown: unknown) => {
      throw writeFailure(thrown, CALLED)
    })
  if (lock === null) throw writtenByAnother()
  return work(lock).finally(() => lock.release().catch(() => {}))
}

function writtenByAnother(): ReviewError {
  return new ReviewError('conflict', 'Another window is writing the settings: try again in a moment.')
}

/** A file that is replaced as a whole is another one by it. */
async function stampOf(file: string): Promise<string | null> {
  const facts = await statOrNull(file).catch(() => null)
  return facts === null ? null : `${facts.ino} ${facts.size} ${facts.mtimeMs}`
}

function applyAll(edits: readonly Edit[], file: SettingsFile): SettingsFile {
  return edits.reduce((done, edit) => edit(done), file)
}

/** What a window was told stands until the next start, whatever another program has said of it since. */
function withOwn(file: SettingsFile, { settings, montages, reviewerChosen }: SettingsFile): SettingsFile {
  return { ...file, settings, montages, reviewerChosen }
}

/** A window sends all settings: those that it has changed. */
function differences(before: Settings, after: Settings): Partial<Settings> {
  const changed = Object.entries(after).filter(([name, value]) => before[name as keyof Settings] !== value)
  return Object.fromEntries(changed)
}

/** A window sends all montages: what it has added, changed and taken away since `before` becomes so in those on disk. */
function mergeMontages(
  before: readonly OwnMontage[],
  after: readonly OwnMontage[],
  onDisk: readonly OwnMontage[],
): OwnMontage[] {
  const named = (list: readonly OwnMontage[], name: string) =>
    list.find((montage) => isSameName(montage.name, name))
  const own = after.flatMap((montage) => {
    if (!sameValue(named(before, montage.name), montage)) return [montage]
    return named(onDisk, montage.name) ?? []
  })
  const others = onDisk.filter(
    ({ name }) => named(before, name) === undefined && named(after, name) === undefined,
  )
  return [...own, ...others].slice(0, MOST_OWN)
}

/** Of the latest as many as the file has room for. */
function newestWithin(places: readonly SetElsewhere[]): SetElsewhere[] {
  let bytes = 0
  return places.slice(0, MOST_REMEMBERED).filter((place) => {
    // As UTF-8, with room for its other fields.
    bytes += place.path.length * 3 + 400
    return bytes <= MOST_BYTES_ELSEWHERE
  })
}
