/**
 * How the reader last had a recording on the page, and how they want every recording to open: what is kept of a view
 * between starts, one schema for both, for calls and for the disk.
 */
import * as v from 'valibot'
import { CHANNEL_COLOURS, type ChannelLook, type ChannelLooks, OVERLAPS } from '../signal/channelLook.ts'
import { GAIN_KINDS, type GainKind } from '../signal/gains.ts'
import { PAPER_SPEEDS, SCALE_NAMES, type View } from '../signal/viewSettings.ts'
import type { Seconds } from '../units.ts'
import { sampleEntries } from './viewEntries.ts'

const name = v.pipe(v.string(), v.maxLength(300, 'a name of at most 300 characters'))
const scale = v.pipe(v.number(), v.minValue(0.001), v.maxValue(1_000_000))
const MOST_LINES = 4096

const look = v.strictObject({
  sensitivity: v.exactOptional(scale),
  inverted: v.exactOptional(v.boolean()),
  hidden: v.exactOptional(v.boolean()),
  colour: v.exactOptional(v.picklist(CHANNEL_COLOURS.map(({ id }) => id))),
})
const names = v.pipe(
  v.array(v.unknown(), 'a list of channels'),
  v.maxLength(MOST_LINES, `at most ${MOST_LINES} channels`),
  v.array(name),
)
const gainKinds: readonly GainKind[] = GAIN_KINDS.map(({ kind }) => kind)

export const rememberedViewSchema = v.strictObject({
  view: v.strictObject({
    /** A MontageId, or the name of one that is not there any more: the recording then opens in its own. */
    montage: name,
    ...sampleEntries,
    ...v.entriesFromList(SCALE_NAMES, scale),
    paperSpeed: v.exactOptional(v.picklist(PAPER_SPEEDS)),
  }),
  looks: v.strictObject({
    gains: v.strictObject(v.entriesFromList(gainKinds, v.exactOptional(scale))),
    overlap: v.picklist(OVERLAPS.map(({ id }) => id)),
    lines: v.record(name, look),
    order: v.record(name, names),
  }),
  pageStart: v.exactOptional(v.pipe(v.number(), v.finite())),
})

export type RememberedView = {
  /** Of a montage of the reader's own its name: what it is stands among theirs. */
  readonly view: Omit<View, 'montage' | 'own'> & { readonly montage: string }
  readonly looks: ChannelLooks
  /** Where the reader left the page, in seconds on the recording's axis. Absent: where the recording begins. */
  readonly pageStart?: Seconds
}

/** What the schema lets through is what the type says. */
export function isRememberedView(value: unknown): value is RememberedView {
  return v.is(rememberedViewSchema, value)
}

/**
 * As it holds for every recording: channels by their names, since a place in one header means nothing in another, and no
 * electrode bad. `labelOf` gives the name of a line by its id, undefined where it is not in the montage on the page.
 */
export function asDefault(
  { view, looks }: RememberedView,
  labelOf: (id: string) => string | undefined,
): RememberedView {
  const nameOf = (id: string) => labelOf(id) ?? id.replace(/^\d+:/, '')
  const { bad: _, ...others } = view
  const lines: Record<string, ChannelLook> = {}
  for (const [id, each] of Object.entries(looks.lines)) lines[nameOf(id)] = each
  const order = Object.entries(looks.order).map(([montage, ids]) => [montage, ids.map(nameOf)] as const)
  return { view: others, looks: { ...looks, lines, order: Object.fromEntries(order) } }
}
