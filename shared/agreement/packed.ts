/**
 * A comparison on its way to a thread and back. As they are, marks and cases take longer to be copied than to be
 * compared; here they are lists of numbers, and marks go by their place in their set. For the reader: `packReading`
 * and `unpackReading` there, `packCompared` and `unpackCompared` back.
 */
import type { Mark, ReviewedRange } from '../annotation/document.ts'
import { codesOf, KINDS, MIMICS } from '../annotation/kinds.ts'
import type { Ticks } from '../units.ts'
import type { Reading } from './agreement.ts'
import type { Case } from './cases.ts'
import type { Compared } from './compareAll.ts'
import type { ReadEvent } from './events.ts'
import { type MatchRules, ruleIdOf } from './rules.ts'

export type PackedReading = {
  readonly reviewer: string
  readonly reviewed: readonly ReviewedRange[]
  /** Places in KINDS; in MIMICS, -1 for none. */
  readonly kinds: Uint8Array
  readonly subtypes: Int16Array
  readonly onsets: Float64Array
  readonly durations: Float64Array
}

const KIND_CODES = codesOf(KINDS)
const MIMIC_CODES: readonly string[] = codesOf(MIMICS)

/** Not 0: a mark may end before its recording begins. */
const BEFORE_ALL = Number.NEGATIVE_INFINITY

export function packReading({ reviewer, reviewed, marks }: Reading): PackedReading {
  return {
    reviewer,
    reviewed,
    kinds: Uint8Array.from(marks, ({ kind }) => KIND_CODES.indexOf(kind)),
    subtypes: Int16Array.from(marks, ({ subtype }) => (subtype === null ? -1 : MIMIC_CODES.indexOf(subtype))),
    onsets: Float64Array.from(marks, ({ onset }) => onset),
    durations: Float64Array.from(marks, ({ duration }) => duration),
  }
}

/** As much of the marks as is compared, each called by its place. */
export function unpackReading(packed: PackedReading): Reading {
  const { reviewer, reviewed, kinds, subtypes, onsets, durations } = packed
  const marks = Array.from(kinds, (kind, index): Mark => {
    const rest = { channels: [], confidence: null, evidence: [], comment: '', view: null }
    return {
      id: String(index),
      kind: KIND_CODES[kind] ?? 'uncertain',
      subtype: MIMIC_CODES[subtypes[index] ?? -1] ?? null,
      onset: (onsets[index] ?? 0) as Ticks,
      duration: (durations[index] ?? 0) as Ticks,
      ...rest,
      ...{ author: '', created: '', changed: '' },
    }
  })
  return { reviewer, reviewed, marks }
}

export type PackedCompared = {
  readonly several: Omit<Compared['several'], 'cases'>
  readonly pairs: Compared['pairs']
  /** A case after the other: of each reader how many marks, then their places. */
  readonly members: Int32Array
}

/** What was compared of unpacked readings. */
export function packCompared({ several: { cases, ...several }, pairs }: Compared): PackedCompared {
  const members: number[] = []
  for (const { events } of cases) {
    for (const event of events) {
      members.push(event?.marks.length ?? 0)
      for (const { id } of event?.marks ?? []) members.push(Number(id))
    }
  }
  return { several, pairs, members: Int32Array.from(members) }
}

/** What came of a comparison, with the marks of the readings that were packed. */
export function unpackCompared(
  { several, pairs, members }: PackedCompared,
  readings: readonly Reading[],
  rules: MatchRules,
): Compared {
  const cases: Case[] = []
  let at = 0
  while (at < members.length) {
    let onset = Number.POSITIVE_INFINITY
    let end = BEFORE_ALL
    const events = readings.map(({ marks }): ReadEvent | null => {
      const count = members[at] ?? 0
      const own = Array.from(members.subarray(at + 1, at + 1 + count), (index) => marks[index]!)
      at += 1 + count
      const [first, ...others] = own
      if (first === undefined) return null
      const { kind, subtype } = first
      const last = own.reduce((latest, { onset, duration }) => Math.max(latest, onset + duration), BEFORE_ALL)
      onset = Math.min(onset, first.onset)
      end = Math.max(end, last)
      return {
        marks: [first, ...others],
        kind,
        subtype,
        onset: first.onset,
        end: last as Ticks,
        rule: rules[ruleIdOf(first)],
      }
    })
    cases.push({ onset: onset as Ticks, end: end as Ticks, events })
  }
  return { several: { ...several, cases }, pairs }
}
