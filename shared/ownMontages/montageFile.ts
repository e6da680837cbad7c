/**
 * Montages as a file of their own, and whatever file a reader hands over. For the reader: `parseMontageFile` in, and
 * `serializeMontages` out; EDFbrowser's files are read and written by `mtg.ts`.
 *
 *     {"format": "hypnospike-montages", "version": 1, "montages": [
 *       {"name": "Neonatal", "lines": [
 *         {"label": "", "terms": [{"channel": "Fp1", "weight": 1}, {"channel": "C3", "weight": -1}], "gap": false}]}]}
 *
 * A channel is an electrode of the 10-20 or 10-10 system, `Avg`, or a signal's label; `gap` begins a block.
 */
import * as v from 'valibot'
import { boundedList } from '../annotation/fieldSchemas.ts'
import { MOST_OWN, type OwnMontage } from '../montage/ownMontages.ts'
import { looksLikeMtg, parseMtg, refusal } from './mtg.ts'
import { ownMontageSchema } from './ownMontageSchema.ts'

/** Characters, and bytes on disk. */
export const LARGEST_MONTAGE_FILE = 2 * 1024 * 1024

const FORMAT = 'hypnospike-montages'
const VERSION = 1

const fileSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  montages: boundedList(ownMontageSchema, MOST_OWN, {
    list: 'a list of montages',
    longest: `at most ${MOST_OWN} montages`,
  }),
})

export function serializeMontages(montages: readonly OwnMontage[]): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, montages }, null, 1)}\n`
}

/**
 * The montages of a file, Hypnospike's or EDFbrowser's. `signals`: the labels of the open recording, which a file that
 * counts signals needs. Throws ReviewError `bad-input` with one sentence: what the file is, what is wrong in it, where.
 */
export function parseMontageFile(
  { name, text }: { readonly name: string; readonly text: string },
  signals: readonly string[] | null,
): readonly OwnMontage[] {
  if (text.length > LARGEST_MONTAGE_FILE) {
    throw refusal(name, `it is larger than ${LARGEST_MONTAGE_FILE / 1024 / 1024} MB`)
  }
  if (looksLikeMtg(text)) return [parseMtg(name, text, signals)]
  const parsed = parseJson(text)
  if (!isOurs(parsed)) throw refusal(name, 'it is neither a montage of Hypnospike nor of EDFbrowser')
  if (parsed.version !== VERSION) {
    throw refusal(
      name,
      `it is of version ${String(parsed.version).slice(0, 12)}, and this program reads ${VERSION}`,
    )
  }
  const checked = v.safeParse(fileSchema, parsed, { abortEarly: true })
  if (checked.success) return checked.output.montages
  const [issue] = checked.issues
  throw refusal(name, `${v.getDotPath(issue) ?? 'the file'} must be ${issue.message}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return null
  }
}

function isOurs(value: unknown): value is { readonly version: unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === FORMAT &&
    'version' in value
  )
}
