/** What a change of a set's history says to people. Pure. */
import { formatElapsed } from '../text/clock.ts'
import { secondsFromTicks, type Ticks } from '../units.ts'
import type { ItemFields, SetChange } from './document.ts'
import { markName } from './kinds.ts'

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
  const both = (say: (fields: ItemFields) => string) => `${say(before)} → ${say(after)}`
  switch (field as keyof ItemFields) {
    case 'kind':
      return [both((fields) => nameOf('mark', fields))]
    case 'subtype':
      // Told with the kind where that has changed too.
      return 'kind' in after
        ? []
        : [both(({ subtype }) => markName({ kind: 'mimic', subtype: subtype ?? null }))]
    case 'onset':
      return [`start ${both(({ onset }) => timeOf(onset ?? (0 as Ticks)))}`]
    case 'duration':
      return [
        `length ${both(({ duration }) => `${secondsFromTicks(duration ?? (0 as Ticks)).toFixed(2)} s`)}`,
      ]
    case 'confidence':
      return [`confidence ${both(({ confidence }) => confidence ?? 'not said')}`]
    case 'comment':
      return [`comment ${both(({ comment }) => (comment === '' ? 'none' : `“${comment}”`))}`]
    case 'reason':
      return [`reason ${both(({ reason }) => (reason === '' ? 'none' : `“${reason}”`))}`]
    case 'channels':
      return [
        `channels ${both(({ channels = [] }) => (channels.length === 0 ? 'all' : channels.join(', ')))}`,
      ]
    case 'evidence':
      return [
        `seen in ${both(({ evidence = [] }) => (evidence.length === 0 ? 'not said' : evidence.join(', ')))}`,
      ]
    default:
      return [field]
  }
}
