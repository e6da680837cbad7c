/** What of a view crosses between window and host, checked where it arrives: for pages, and for what is remembered. */
import * as v from 'valibot'
import { DIRECTIONS, FILTER_KINDS, FILTER_NAMES, type FilterKind } from '../signal/viewSettings.ts'
import { signals } from './procedure.ts'

const frequency = v.nullable(v.pipe(v.number(), v.minValue(0.01), v.maxValue(10_000)))
const filters = v.strictObject(v.entriesFromList(FILTER_NAMES, frequency))
const kinds: readonly FilterKind[] = FILTER_KINDS.map(({ kind }) => kind)
/**
 * What of a view decides samples, besides its montage. What is absent means what calls without it have always meant: see
 * `ViewSettings`.
 */
export const sampleEntries = {
  ...v.entriesFromList(FILTER_NAMES, frequency),
  kinds: v.exactOptional(v.strictObject(v.entriesFromList(kinds, v.exactOptional(filters)))),
  direction: v.exactOptional(v.picklist(DIRECTIONS.map(({ id }) => id))),
  bad: v.exactOptional(signals),
}
