/** The few things remembered between starts: one small JSON file, never anything of a patient. */
import path from 'node:path'
import * as v from 'valibot'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import { DEFAULT_SETTINGS, type Settings, storedSettingsSchema } from '../../shared/contract/settings.ts'
import { CODE_PAGES } from '../../shared/edf/header/codePages.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { OwnMontage } from '../../shared/montage/ownMontages.ts'
import { ownMontageSchema } from '../../shared/ownMontages/ownMontageSchema.ts'
import { readBounded, writeFileAtomically } from './atomicFile.ts'
import type { Log } from './log.ts'

/** The longest lists of the longest paths stay below it. */
const LARGEST_FILE = 8 * 1024 * 1024
const MOST_RECENT = 12
const MOST_ELSEWHERE = 200

/** The code page that a recording's texts are in, as its reader said. */
const codePageSchema = v.object({
  fingerprint: v.string(),
  codePage: v.picklist(CODE_PAGES.map(({ id }) => id)),
})
/** A set that was saved elsewhere than beside its recording, so that reopening finds it. */
const elsewhereSchema = v.object({ fingerprint: v.string(), reviewer: v.string(), path: v.string() })
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
type SetElsewhere = v.InferOutput<typeof elsewhereSchema>
type WrittenSet = v.InferOutput<typeof writtenSchema>

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
  readonly saveSettings: (settings: Settings) => Promise<void>
  /** The reader has said that the code of the settings is theirs, though it may be the one that everybody begins with. */
  readonly confirmReviewer: () => Promise<void>
  /** Whether who reads is known to be whom the code says: it was chosen, or the recording's set under it was made here. */
  readonly isReviewerKnown: (fingerprint: string) => boolean
  readonly rememberWritten: (set: WrittenSet) => Promise<void>
  /** Paths, the latest first. */
  readonly recent: () => readonly string[]
  readonly addRecent: (recordingPath: string) => Promise<void>
  readonly setsElsewhere: (fingerprint: string) => readonly SetElsewhere[]
  readonly rememberSetElsewhere: (place: SetElsewhere) => Promise<void>
  readonly codePages: () => readonly KnownCodePage[]
  /** `auto` is forgotten: it is what a recording has of which nothing was said. */
  readonly rememberCodePage: (known: KnownCodePage) => Promise<void>
  readonly montages: () => readonly OwnMontage[]
  readonly saveMontages: (montages: readonly OwnMontage[]) => Promise<void>
  /** Resolves when all that was changed so far is on disk, or was said not to be. */
  readonly written: () => Promise<void>
}

/** A file that cannot be read or understood gives the defaults: settings never keep the app from starting. */
export async function openSettings(folder: string, log: Log): Promise<SettingsStore> {
  const file = path.join(folder, 'settings.json')
  let state: SettingsFile = {
    settings: DEFAULT_SETTINGS,
    recent: [],
    elsewhere: [],
    codePages: [],
    montages: [],
    reviewerChosen: false,
    written: [],
  }
  try {
    const { bytes } = await readBounded(file, LARGEST_FILE)
    const parsed = v.safeParse(fileSchema, JSON.parse(new TextDecoder().decode(bytes)))
    if (parsed.success) state = parsed.output
  } catch (thrown) {
    if (!(thrown instanceof ReviewError && thrown.code === 'not-found')) log('settings', thrown)
  }

  let writing = Promise.resolve()
  function change(next: SettingsFile): Promise<void> {
    state = next
    writing = writing
      .then(() => writeFileAtomically(file, `${JSON.stringify(state, null, 2)}\n`, { createFolder: true }))
      .then(() => {})
      .catch((thrown: unknown) => log('settings', thrown))
    return writing
  }

  return {
    written: () => writing,
    settings: () => state.settings,
    saveSettings: (settings) =>
      change({ ...state, settings, reviewerChosen: state.reviewerChosen || isOwnCode(settings) }),
    confirmReviewer: () => change({ ...state, reviewerChosen: true }),
    isReviewerKnown: (fingerprint) => {
      const { reviewer } = state.settings
      const isHere = (set: WrittenSet) => set.fingerprint === fingerprint && set.reviewer === reviewer
      return state.reviewerChosen || isOwnCode(state.settings) || state.written.some(isHere)
    },
    rememberWritten: async (set) => {
      const isSame = (other: WrittenSet) => sameValue(other, set)
      // Of a chosen code nothing is asked.
      if (state.reviewerChosen || isOwnCode(state.settings) || state.written.some(isSame)) return
      return change({ ...state, written: [set, ...state.written].slice(0, MOST_ELSEWHERE) })
    },
    montages: () => state.montages,
    saveMontages: (montages) => change({ ...state, montages: [...montages] }),
    recent: () => state.recent,
    addRecent: (recordingPath) => {
      const others = state.recent.filter((other) => other !== recordingPath)
      return change({ ...state, recent: [recordingPath, ...others].slice(0, MOST_RECENT) })
    },
    setsElsewhere: (fingerprint) => state.elsewhere.filter((place) => place.fingerprint === fingerprint),
    codePages: () => state.codePages,
    rememberCodePage: (known) => {
      const others = state.codePages.filter((other) => other.fingerprint !== known.fingerprint)
      const all = known.codePage === 'auto' ? others : [known, ...others]
      return change({ ...state, codePages: all.slice(0, MOST_ELSEWHERE) })
    },
    rememberSetElsewhere: (place) => {
      const others = state.elsewhere.filter((other) => other.path !== place.path)
      return change({ ...state, elsewhere: [place, ...others].slice(0, MOST_ELSEWHERE) })
    },
  }
}
