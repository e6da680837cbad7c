/** What the app remembers of its reader between starts: one row a setting, with what may stand in it and what stands in it first. */
import * as v from 'valibot'
import { CONSENSUS_REVIEWER } from '../agreement/consensus.ts'

export const THEMES = [
  { id: 'system', label: 'Theme of the system' },
  { id: 'light', label: 'Light theme' },
  { id: 'dark', label: 'Dark theme' },
] as const

export type Theme = (typeof THEMES)[number]['id']

export const reviewerSchema = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,23}$/, 'a reviewer code is 1 to 24 letters, digits, - or _'),
)

/** A reader's own: what several have come to is nobody's. */
const ownReviewerSchema = v.pipe(
  reviewerSchema,
  v.check(
    (code) => code.toLowerCase() !== CONSENSUS_REVIEWER,
    `“${CONSENSUS_REVIEWER}” is the code of consensus sets`,
  ),
)

/** Why a code cannot be a reader's own, in a sentence; null where it can. */
export function reviewerProblem(code: string): string | null {
  if (!v.safeParse(reviewerSchema, code).success) {
    return '1 to 24 letters, digits, - or _, beginning with a letter or digit.'
  }
  if (v.safeParse(ownReviewerSchema, code).success) return null
  return `“${code.trim()}” is the code of consensus sets: choose one of your own.`
}

const SETTINGS = {
  /** A code, not a name: it goes into file names and exports. */
  reviewer: setting(ownReviewerSchema, 'R-01'),
  theme: setting(v.picklist(THEMES.map(({ id }) => id)), 'system'),
  /** Device pixels a millimetre as measured on this display, which no zoom changes; null until measured. */
  pixelsPerMillimetre: setting(v.nullable(v.pipe(v.number(), v.minValue(1), v.maxValue(40))), null),
  /** The teaching statement was read and dismissed. */
  statementSeen: setting(v.boolean(), false),
  panelOpen: setting(v.boolean(), true),
} as const

type Rows = typeof SETTINGS
type Name = keyof Rows
export type Settings = { readonly [Key in Name]: v.InferOutput<Rows[Key]['schema']> }

function setting<Schema extends v.GenericSchema>(schema: Schema, first: v.InferOutput<Schema>) {
  return { schema, first }
}

function eachSetting<Value>(make: (row: Rows[Name]) => Value): { readonly [Key in Name]: Value } {
  const entries = Object.entries(SETTINGS).map(([name, row]) => [name, make(row)])
  return Object.fromEntries(entries) as { readonly [Key in Name]: Value }
}

export const DEFAULT_SETTINGS = eachSetting((row) => row.first) as Settings

/** As a window sends them: all of them, and nothing else. */
export const settingsSchema = v.strictObject(
  eachSetting((row) => row.schema) as { readonly [Key in Name]: Rows[Key]['schema'] },
)

/** As they are read from disk, row by row: one bad value takes no other with it, and what a later version added is dropped. */
export const storedSettingsSchema = v.object(
  eachSetting((row) => v.fallback(row.schema as v.GenericSchema, row.first)),
) as unknown as v.GenericSchema<unknown, Settings>
