/**
 * The reference: the two events side by side, their mimics, the exercise, and where each sentence
 * comes from. Start at `REFERENCE`; the text itself is `content.en.json`, checked on load.
 */
import * as v from 'valibot'
import english from './content.en.json' with { type: 'json' }
import {
  type Claim,
  type Content,
  contentSchema,
  EVENTS,
  type EventCode,
  HEADS,
  type Head,
  type Mimic,
  type Source,
  type Statement,
} from './schema.ts'

export type Reference = Content & {
  /** Number of each source, in the order in which a reader first meets it. */
  readonly numbers: ReadonlyMap<string, number>
  /** Sources by number, further reading last. */
  readonly numbered: readonly Source[]
}

/** What a sentence rests on; statements, both halves of a mimic and claims all have it. */
export type Backing = Pick<Statement, 'evidence' | 'sources'>

/**
 * Checks a reference text of any language and numbers its sources.
 * @throws v.ValiError naming the field, or Error where a sentence names a source that is not listed.
 */
export function parseReference(content: unknown): Reference {
  const parsed = v.parse(contentSchema, content)
  const byId = new Map(parsed.sources.map((source) => [source.id, source]))
  const numbers = new Map<string, number>()
  for (const sourceId of citedInOrder(parsed)) {
    if (!byId.has(sourceId))
      throw new Error(`content.${parsed.language}.json cites ${sourceId}, which it does not list`)
    if (!numbers.has(sourceId)) numbers.set(sourceId, numbers.size + 1)
  }
  const numbered = [...numbers.keys()].map((sourceId) => byId.get(sourceId) as Source)
  return { ...parsed, numbers, numbered }
}

/** Every citation in reading order: the table row by row, the mimics, the exercise, further reading. */
function citedInOrder(content: Content): readonly string[] {
  const table = HEADS.flatMap((head) => EVENTS.flatMap((event) => statementsOf(content, head, event)))
  return [
    ...table.flatMap((statement) => statement.sources),
    ...content.mimics.flatMap((mimic) => [...mimic.looks.sources, ...mimic.tell.sources]),
    ...content.claims.flatMap((claim) => claim.sources),
    ...content.furtherReading,
  ]
}

export const REFERENCE: Reference = parseReference(english)

/** One cell of the table. */
export function statementsOf(content: Content, head: Head, event: EventCode): readonly Statement[] {
  return content.statements.filter((statement) => statement.head === head && statement.event === event)
}

/** Sources of a sentence with their numbers, smallest first. */
export function sourcesOf(
  reference: Reference,
  backing: Backing,
): readonly { number: number; source: Source }[] {
  return backing.sources
    .map((sourceId) => reference.numbers.get(sourceId) as number)
    .sort((a, b) => a - b)
    .map((number) => ({ number, source: reference.numbered[number - 1] as Source }))
}

export type MimicFilter = 'all' | EventCodeOfMimic
type EventCodeOfMimic = Exclude<Mimic['of'], 'both'>

/** Mimics of one event (those of both always belong), whose words contain every word of the query. */
export function findMimics(content: Content, filter: MimicFilter, query: string): readonly Mimic[] {
  const wanted = query.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return content.mimics.filter((mimic) => {
    if (filter !== 'all' && mimic.of !== 'both' && mimic.of !== filter) return false
    const text = `${mimic.label} ${mimic.looks.text} ${mimic.tell.text}`.toLocaleLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}

/** Statements, halves of mimics and claims whose source nobody read: what a release note must list. */
export function unverified(content: Content): readonly { id: string; text: string }[] {
  const mimics = content.mimics.flatMap((mimic) => [
    { id: `${mimic.id} (looks)`, ...mimic.looks },
    { id: `${mimic.id} (tell)`, ...mimic.tell },
  ])
  const claims = content.claims.map((claim: Claim) => ({ ...claim, text: claim.correction }))
  return [...content.statements, ...mimics, ...claims]
    .filter((item) => item.evidence === 'unverified')
    .map(({ id, text }) => ({ id, text }))
}
