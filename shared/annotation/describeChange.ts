/** What a change of a set's history says to people. Pure. */
import { formatElapsed } from '../text/clock.ts'
import { secondsFromTicks, type Ticks } from '../units.ts'
import { fieldsThatDiffer } from './changes.ts'
import type { Item, ItemFields, SetChange } from './document.ts'
import { evidenceLabel, markName } from './kinds.ts'
import { clipText } from './plainText.ts'

/** `Hypnic jerk moved: 0:01:02.30 → 0:01:02.45`; what a comment said is told, a view or list of channels only named. */
export function describeChange({ what, before, after }: SetChange): string {
  if (before === null) return `${nameOf(what, after)} added${placeOf(after)}`
  if (after === null) return `${nameOf(what, before)} deleted${placeOf(before)}`
  const parts = Object.keys(after).flatMap((field) => describeField(field, before, after))
  const gone = Object.keys(before).filter((field) => !Object.hasOwn(after, field))
  return `${WHAT[what]} changed: ${[...parts, ...gone].join(', ')}`
}

const WHAT: Readonly<Record<SetChange['what'], string>> = {
  mark: 'Mark',
  reviewed: 'Reviewed range',
  decision: 'Decision',
}

function nameOf(what: SetChange['what'], fields: ItemFields | null): string {
  const kind = fields?.kind
  if (what !== 'mark' || kind === undefined) return WHAT[what]
  return markName({ kind, subtype: fields?.subtype ?? null })
}

function placeOf(fields: ItemFields | null): string {
  return fields?.onset === undefined ? '' : ` at ${timeOf(fields.onset)}`
}

function timeOf(ticks: Ticks): string {
  return formatElapsed(secondsFromTicks(ticks), 2)
}

function describeField(field: string, before: ItemFields, after: ItemFields): readonly string[] {
  const known = FIELDS.get(field)
  if (known === undefined) return [field]
  // Told with the kind where that has changed too.
  if (field === 'subtype' && 'kind' in after) return []
  const both = `${known.say(before)} → ${known.say(after)}`
  return [field === 'kind' || field === 'subtype' ? both : `${known.label} ${both}`]
}

type Field = { readonly label: string; readonly say: (fields: ItemFields) => string }

/** Fields that have words of their own, in the order in which they are told. */
const FIELDS: ReadonlyMap<string, Field> = new Map<keyof ItemFields, Field>([
  ['kind', { label: 'kind', say: (fields) => nameOf('mark', fields) }],
  ['subtype', { label: 'kind', say: ({ subtype }) => markName({ kind: 'mimic', subtype: subtype ?? null }) }],
  ['onset', { label: 'start', say: ({ onset }) => timeOf(onset ?? (0 as Ticks)) }],
  [
    'duration',
    {
      label: 'length',
      say: ({ duration }) => `${secondsFromTicks(duration ?? (0 as Ticks)).toFixed(2)} s`,
    },
  ],
  [
    'channels',
    { label: 'channels', say: ({ channels = [] }) => (channels.length === 0 ? 'all' : channels.join(', ')) },
  ],
  ['confidence', { label: 'confidence', say: ({ confidence }) => confidence ?? 'not said' }],
  [
    'evidence',
    {
      label: 'seen in',
      say: ({ evidence = [] }) =>
        evidence.length === 0 ? 'not said' : evidence.map(evidenceLabel).join(', '),
    },
  ],
  [
    'comment',
    {
      label: 'comment',
      say: ({ comment }) => (comment === undefined || comment === '' ? 'none' : `“${comment}”`),
    },
  ],
  [
    'reason',
    {
      label: 'reason',
      say: ({ reason }) => (reason === undefined || reason === '' ? 'none' : `“${reason}”`),
    },
  ],
  [
    'measured',
    {
      label: 'measured',
      say: ({ measured = [] }) =>
        measured.length === 0 ? 'nothing' : measured.map(({ label, text }) => `${label} ${text}`).join('; '),
    },
  ],
  ['author', { label: 'made by', say: ({ author }) => author ?? 'not said' }],
])

/** `Hypnic jerk`, `Reviewed range`, `Decision`. */
export function nameOfItem(item: Item): string {
  return item.type === 'mark' ? nameOf('mark', item) : WHAT[item.type]
}

/** What two forms of an item say, a field a line, `differs` where they do not say the same; null: it is not there. */
export function describeForms(
  one: Item | null,
  other: Item | null,
): readonly {
  readonly label: string
  readonly one: string | null
  readonly other: string | null
  readonly differs: boolean
}[] {
  const differing = new Set(one === null || other === null ? [] : fieldsThatDiffer(one, other))
  const has = (item: Item | null, field: string) => item !== null && Object.hasOwn(item, field)
  const shown = [...FIELDS].filter(([field]) => field !== 'subtype' && (has(one, field) || has(other, field)))
  const told = shown.map(([field, { label, say }]) => ({
    label,
    one: one === null ? null : say(one),
    other: other === null ? null : say(other),
    differs: differing.has(field) || (field === 'kind' && differing.has('subtype')),
  }))
  // What has no words of its own is told by its name where it differs.
  const untold = [...differing].filter((field) => !FIELDS.has(field))
  return [
    ...told,
    ...untold.map((label) => ({
      label,
      one: plainly(one, label),
      other: plainly(other, label),
      differs: true,
    })),
  ]
}

const LONGEST = 80

function plainly(item: Item | null, field: string): string | null {
  const value: unknown = Object.entries(item ?? {}).find(([key]) => key === field)?.[1]
  return value === undefined || value === null ? null : clipText(JSON.stringify(value), LONGEST)
}
