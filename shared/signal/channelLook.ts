/**
 * How the reader wants channels drawn: gains, polarity, colour, which are hidden, in which order. No sample depends on it.
 * Pure: `arrangeLines` decides which lines stand where, `planLooks` how each is drawn.
 */
import type { Derivation } from '../montage/derivation.ts'
import { GAIN_KINDS, type GainKind, gainKindOf, heartSensitivity, type KindGains } from './gains.ts'
import { isVoltage } from './sensitivity.ts'

/** The colours that a channel can be given: tokens, so that each suits both themes; a name stands beside each. */
export const CHANNEL_COLOURS = [
  { id: 'midline', label: 'Ink' },
  { id: 'left', label: 'Blue' },
  { id: 'right', label: 'Wine' },
  { id: 'eog', label: 'Green' },
  { id: 'emg', label: 'Brown' },
  { id: 'ecg', label: 'Red' },
] as const

export type ChannelColour = (typeof CHANNEL_COLOURS)[number]['id']

/**
 * Which lines may leave their row. Waves of brain and eyes are read across rows; a burst of muscle over the EEG hides what
 * it is beside.
 */
export const OVERLAPS = [
  { id: 'eeg', label: 'EEG and EOG' },
  { id: 'all', label: 'All channels' },
  { id: 'none', label: 'No channel' },
] as const

export type Overlap = (typeof OVERLAPS)[number]['id']

/** What differs of one channel; what is absent is as its kind has it. */
export type ChannelLook = {
  /** uV/mm. */
  readonly sensitivity?: number
  readonly inverted?: boolean
  readonly hidden?: boolean
  readonly colour?: ChannelColour
}

export type ChannelLooks = {
  readonly gains: KindGains
  readonly overlap: Overlap
  /** By a line's id; in the reader's default, which is for every recording, by its label. */
  readonly lines: Readonly<Record<string, ChannelLook>>
  /** Ids (or labels) of lines as the reader has put them, by montage. */
  readonly order: Readonly<Record<string, readonly string[]>>
}

export const PLAIN_LOOKS: ChannelLooks = { gains: {}, overlap: 'eeg', lines: {}, order: {} }

const PLAIN: ChannelLook = {}

/** By its id before its label: what was said of this recording's own channel goes before what holds for all of its name. */
export function lookOf(looks: ChannelLooks, line: Pick<Derivation, 'id' | 'label'>): ChannelLook {
  return own(looks.lines, line.id) ?? own(looks.lines, line.label) ?? PLAIN
}

/** Labels come from files, and one may be called `constructor`. */
function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

/** The lines that are shown, in the reader's order. What the order does not name stays behind what it stood behind. */
export function arrangeLines(
  lines: readonly Derivation[],
  looks: ChannelLooks,
  montage: string,
): readonly Derivation[] {
  const shown = orderLines(lines, looks, montage).filter((line) => lookOf(looks, line).hidden !== true)
  const isSame = shown.length === lines.length && shown.every((line, index) => line === lines[index])
  return isSame ? lines : shown
}

/** All lines, hidden ones among them, in the reader's order. */
export function orderLines(
  lines: readonly Derivation[],
  looks: ChannelLooks,
  montage: string,
): readonly Derivation[] {
  const order = own(looks.order, montage)
  if (order === undefined) return lines
  const place = new Map(order.map((name, index) => [name, index]))
  const placeOf = (line: Derivation) => place.get(line.id) ?? place.get(line.label)
  let last = -1
  const placed = lines.map((line, index) => {
    last = placeOf(line) ?? last
    return { line, at: last, isNamed: placeOf(line) !== undefined, index }
  })
  return placed
    .sort((a, b) => a.at - b.at || Number(b.isNamed) - Number(a.isNamed) || a.index - b.index)
    .map(({ line }) => line)
}

/** The order after a line was moved up (-1) or down (1) past its neighbour on the page; null where there is none. */
export function moveLine(
  lines: readonly Derivation[],
  looks: ChannelLooks,
  montage: string,
  id: string,
  by: -1 | 1,
): readonly string[] | null {
  const ordered = orderLines(lines, looks, montage)
  const shown = arrangeLines(lines, looks, montage)
  const other = shown[shown.findIndex((line) => line.id === id) + by]
  const isThere = shown.some((line) => line.id === id)
  if (!isThere || other === undefined) return null
  const ids = ordered.map((line) => line.id).filter((each) => each !== id)
  ids.splice(ids.indexOf(other.id) + (by === 1 ? 1 : 0), 0, id)
  return ids
}

/** How a line is drawn. */
export type LineLook = {
  /** uV/mm; of no use for what is no voltage, which fills its row. */
  readonly sensitivity: number
  /** Whether that is this channel's own, and not its kind's. */
  readonly hasOwnGain: boolean
  readonly inverted: boolean
  readonly colour: ChannelColour | null
  /** Whether it ends at the edges of its row. */
  readonly limited: boolean
}

const READ_ACROSS: ReadonlySet<Derivation['kind']> = new Set(['eeg', 'eog'])

export type LookContext = {
  /** uV/mm of the EEG. */
  readonly sensitivity: number
  /** Height of the R wave in uV, null until it is known. */
  readonly rWave: number | null
}

export function planLook(line: Derivation, looks: ChannelLooks, context: LookContext): LineLook {
  const look = lookOf(looks, line)
  const kind = gainKindOf(line)
  return {
    sensitivity: look.sensitivity ?? (kind === null ? context.sensitivity : kindGain(kind, looks, context)),
    hasOwnGain: look.sensitivity !== undefined,
    inverted: look.inverted === true,
    colour: look.colour ?? null,
    limited: looks.overlap === 'none' || (looks.overlap === 'eeg' && !READ_ACROSS.has(line.kind)),
  }
}

/** uV/mm of a kind. */
export function kindGain(
  kind: GainKind,
  looks: Pick<ChannelLooks, 'gains'>,
  { rWave }: Pick<LookContext, 'rWave'>,
): number {
  const first = GAIN_KINDS.find((row) => row.kind === kind)?.first ?? null
  return looks.gains[kind] ?? first ?? heartSensitivity(rWave)
}

/** How each line is drawn, by its id. */
export function planLooks(
  lines: readonly Derivation[],
  looks: ChannelLooks,
  context: LookContext,
): Readonly<Record<string, LineLook>> {
  return Object.fromEntries(lines.map((line) => [line.id, planLook(line, looks, context)]))
}

/** Whether a gain means something: of a voltage. */
export function hasGain(line: Derivation): boolean {
  return isVoltage(line)
}

/** undefined: as its kind has it. */
export type LookChange = { readonly [Part in keyof ChannelLook]: ChannelLook[Part] | undefined }

/** The looks with a change of one line; a look that says nothing any more is dropped. */
export function changeLook(looks: ChannelLooks, line: Derivation, change: LookChange): ChannelLooks {
  const merged = Object.entries({ ...lookOf(looks, line), ...change })
  const said = merged.filter(([, value]) => value !== undefined && value !== false)
  // An empty look stays where one of its label would hold again without it.
  const holdsByName = line.label !== line.id && own(looks.lines, line.label) !== undefined
  const isNeeded = said.length > 0 || holdsByName
  const { [line.id]: _, ...others } = looks.lines
  return {
    ...looks,
    lines: isNeeded ? { ...others, [line.id]: Object.fromEntries(said) } : others,
  }
}
