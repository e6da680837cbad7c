/** What several readers marked, put side by side: a case is one event and how each of them has it, or has it not. */
import type { TickSpan } from '../annotation/document.ts'
import type { Ticks } from '../units.ts'
import { assignOneToOne, type Edge } from './assign.ts'
import { candidatesOf, costOf } from './candidates.ts'
import { liesIn } from './commonRanges.ts'
import type { ReadEvent } from './events.ts'
import type { Extent } from './rules.ts'

/** From the earliest onset to the latest end of what they marked. */
export type Case = Extent & {
  /** By reader; null: has no mark there. Never all null. */
  readonly events: readonly (ReadEvent | null)[]
}

export type Cases = {
  /** In order of onset. */
  readonly cases: readonly Case[]
  /** Events of each reader that do not count, since not all have read there. */
  readonly outside: readonly number[]
}

/**
 * The readers' events as cases. The second reader's are matched with the first's, the third's with what those two
 * have, and so on; each case has at most one of each. A case counts where a part of any of its events lies in what all
 * have reviewed, so that an event is not lost whose marks lie on both sides of an edge.
 */
export function casesOf(
  readers: readonly (readonly ReadEvent[])[],
  common: readonly TickSpan[],
  reach: number,
): Cases {
  const none = readers.map((): ReadEvent | null => null)
  let cases: readonly Case[] = []
  readers.forEach((events, reader) => {
    const partners = matchWithCases(cases, events, reach)
    const taken = new Set<number>()
    const joined = cases.map((each, index) => {
      const partner = partners[index]
      const event = partner === null || partner === undefined ? undefined : events[partner]
      if (partner === null || partner === undefined || event === undefined) return each
      taken.add(partner)
      return {
        onset: Math.min(each.onset, event.onset) as Ticks,
        end: Math.max(each.end, event.end) as Ticks,
        events: each.events.with(reader, event),
      }
    })
    const added = events.flatMap((event, index): Case[] =>
      taken.has(index) ? [] : [{ onset: event.onset, end: event.end, events: none.with(reader, event) }],
    )
    cases = [...joined, ...added].sort((a, b) => a.onset - b.onset || b.end - a.end)
  })
  const counts = (each: Case) => each.events.some((event) => event !== null && liesIn(common, event))
  const inside = cases.filter(counts)
  const outside = readers.map(
    (events, reader) => events.length - inside.filter((each) => each.events[reader] !== null).length,
  )
  return { cases: inside, outside }
}

function matchWithCases(
  cases: readonly Case[],
  events: readonly ReadEvent[],
  reach: number,
): readonly (number | null)[] {
  const edges = candidatesOf(cases, events, reach).flatMap(({ left, right }): Edge[] => {
    const costs = cases[left]!.events.flatMap((event) => {
      const cost = event === null ? null : costOf(event, events[right]!)
      return cost === null ? [] : [cost]
    })
    return costs.length === 0 ? [] : [{ left, right, cost: Math.min(...costs) }]
  })
  return assignOneToOne({ left: cases.length, right: events.length }, edges)
}

export type Verdict = 'agreed' | 'kinds differ' | 'not marked by all'

export function verdictOf({ events }: Case): Verdict {
  const [first] = events
  if (events.includes(null) || first === null || first === undefined) return 'not marked by all'
  const same = events.every((event) => event?.kind === first.kind && event.subtype === first.subtype)
  return same ? 'agreed' : 'kinds differ'
}
