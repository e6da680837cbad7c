/**
 * EDFbrowser's montage files: `parseMtg` in, `serializeMtg` out.
 *
 * Source: `doc/montage_file_format.txt` of EDFbrowser, and what its own reader and writer do: elements without
 * attributes, one `signalcomposition` a trace; each `signal` has a `factor` and a `label`, compared without trailing
 * blanks, or an `edfindex`. All signals of a trace must have one rate, unit and resolution there. Filters, scale, colour
 * and page time are written as they are on the page here, and left alone where a file brings them.
 */
import { clipText, plainLine } from '../annotation/plainText.ts'
import type { Header, SignalHeader } from '../edf/header/model.ts'
import { ReviewError } from '../failure.ts'
import type { Derivation } from '../montage/derivation.ts'
import { parseElectrode } from '../montage/electrodes.ts'
import { labelOf, MOST_LINES, type OwnLine, type OwnMontage } from '../montage/ownMontages.ts'
import { microvoltsPer } from '../montage/recordedLines.ts'
import type { FilterSettings } from '../signal/viewSettings.ts'

/** Also of what is damaged, so that it is told by its name. */
export function looksLikeMtg(text: string): boolean {
  return /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?<EDFbrowser_montage\b/.test(text.slice(0, 400))
}

/** Why a file of montages was not taken, in one sentence. */
export function refusal(name: string, why: string): ReviewError {
  return new ReviewError('bad-input', `${name} was not imported: ${why}.`)
}

type Element = { readonly name: string; readonly text: string; readonly children: readonly Element[] }

/** Elements deeper than any of the format. */
const DEEPEST = 8

/** The montage of a file. Throws ReviewError `bad-input` with what is wrong and in which trace. */
export function parseMtg(name: string, text: string, signals: readonly string[] | null): OwnMontage {
  const root = parseElements(name, text)
  const traces = root.children.filter((element) => element.name === 'signalcomposition')
  if (traces.length === 0) throw refusal(name, 'it has no trace (signalcomposition)')
  if (traces.length > MOST_LINES) {
    throw refusal(name, `it has ${traces.length} traces, and ${MOST_LINES} are the most`)
  }
  const lines = traces.map((trace, index) => lineOf(name, trace, index + 1, signals))
  return { name: clipText(plainLine(name.replace(/\.mtg$/i, '')), 50) || 'Montage', lines }
}

function lineOf(name: string, trace: Element, number: number, signals: readonly string[] | null): OwnLine {
  const wrong = (what: string) => refusal(name, `${what} in trace ${number}`)
  const parts = trace.children.filter((element) => element.name === 'signal')
  const count = Number(contentOf(trace, 'num_of_signals') ?? parts.length)
  if (parts.length === 0 || count !== parts.length) {
    throw wrong(`num_of_signals and the signals (${parts.length}) do not agree`)
  }
  if (parts.length > 64) throw wrong(`there are ${parts.length} signals, and 64 are the most,`)
  const terms = parts.map((part) => {
    const factor = contentOf(part, 'factor')
    const weight = factor === null || factor === '' ? Number.NaN : Number(factor)
    if (!Number.isFinite(weight) || Math.abs(weight) < 0.001 || Math.abs(weight) > 128) {
      throw wrong(`the factor ${clipText(plainLine(factor ?? 'missing'), 20)} is none`)
    }
    return { channel: channelOf(part, signals, wrong), weight }
  })
  const alias = clipText(plainLine(contentOf(trace, 'alias') ?? ''), 16)
  return { label: alias === labelOf({ label: '', terms }) ? '' : alias, terms, gap: false }
}

function channelOf(part: Element, signals: readonly string[] | null, wrong: (what: string) => Error): string {
  const index = contentOf(part, 'edfindex')
  if (index !== null) {
    if (signals === null)
      throw wrong('signals are told by their position: open the recording it was made for first;')
    const label = /^\d+$/.test(index) ? signals[Number(index)] : undefined
    if (label === undefined) throw wrong(`the open recording has no signal ${clipText(plainLine(index), 12)}`)
    return nameOf(label)
  }
  const label = plainLine(contentOf(part, 'label') ?? '')
  if (label === '' || label.length > 80) throw wrong('a signal has no label')
  return nameOf(label)
}

/** An electrode by its own name, so that the montage fits other recordings too. */
function nameOf(label: string): string {
  return parseElectrode(label)?.electrode ?? label.trim()
}

function contentOf(element: Element, name: string): string | null {
  return element.children.find((child) => child.name === name)?.text.trim() ?? null
}

/** Elements, their text and nothing else: attributes, comments and declarations do not occur in the format. */
function parseElements(name: string, text: string): Element {
  type Open = { readonly name: string; text: string; readonly children: Element[] }
  const document: Open = { name: '', text: '', children: [] }
  const open: Open[] = [document]
  const token = /<\?xml[^>]*\?>|<(?<end>\/)?(?<tag>[A-Za-z_][\w.-]*)\s*(?<empty>\/)?>|(?<text>[^<]+)/gy
  const body = text.replace(/^\uFEFF/, '')
  while (token.lastIndex < body.length) {
    const at = token.lastIndex
    const groups = token.exec(body)?.groups
    if (groups === undefined) throw refusal(name, `it is damaged near “${excerpt(body, at)}”`)
    const top = open.at(-1)!
    if (groups.text !== undefined) top.text += decode(groups.text)
    else if (groups.tag === undefined) continue
    else if (groups.end !== undefined) {
      if (open.length === 1 || top.name !== groups.tag) {
        throw refusal(name, `it is damaged: </${groups.tag}> closes nothing`)
      }
      open.pop()
    } else {
      const element: Open = { name: groups.tag, text: '', children: [] }
      top.children.push(element)
      if (groups.empty === undefined) open.push(element)
      if (open.length > DEEPEST) throw refusal(name, 'it is damaged: its elements lie too deep')
    }
  }
  const [root] = document.children
  if (open.length > 1 || root === undefined || root.name !== 'EDFbrowser_montage') {
    throw refusal(name, 'it is damaged: it ends before it is complete')
  }
  return root
}

function excerpt(text: string, at: number): string {
  return clipText(plainLine(text.slice(at, at + 40)), 20)
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(lt|gt|amp|quot|apos);/g, (_, entity: string) => ENTITIES[entity]!)
}

function encode(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => {
    const entity = Object.keys(ENTITIES).find((key) => ENTITIES[key] === sign)
    return `&${entity};`
  })
}

/** How EDFbrowser is to show it: as the page does. */
export type MtgView = FilterSettings & {
  /** uV/mm of EEG. */
  readonly sensitivity: number
  readonly timebase: number
}

export type WrittenMtg = { readonly text: string; readonly leftOut: readonly string[] }

/**
 * The lines of a montage as they are derived from a recording, for EDFbrowser to derive them from the same recording or
 * one with the same labels. Lines that it could not make are left out, and named: those that are empty, and sums of
 * signals of different units or resolutions.
 */
export function serializeMtg(header: Header, lines: readonly Derivation[], view: MtgView): WrittenMtg {
  const leftOut: string[] = []
  const traces = lines.flatMap((line) => {
    const trace = traceOf(header, line, view)
    if (trace === null) leftOut.push(line.label)
    return trace === null ? [] : [trace]
  })
  const pageTime = Math.max(10_000, Math.round(view.timebase * 1e7))
  const text = [
    '<?xml version="1.0"?>',
    '<EDFbrowser_montage>',
    ...traces,
    `  <pagetime>${pageTime}</pagetime>`,
    '</EDFbrowser_montage>',
    '',
  ].join('\n')
  return { text, leftOut }
}

const COLOURS = { left: 15, right: 13, midline: 2 } as const

function traceOf(
  header: Header,
  { label, side, terms, sampleRate, problem, kind }: Derivation,
  view: MtgView,
): string | null {
  const signals = terms.flatMap(({ signal }) => header.signals[signal] ?? [])
  const [first] = signals
  if (problem !== null || first === undefined || sampleRate === null) return null
  if (signals.some((signal) => !isAddable(signal, first))) return null
  const perUnit = microvoltsPer(first.unit) ?? 1
  const factors = terms.map(({ weight }) => weight / perUnit)
  if (factors.some((factor) => Math.abs(factor) < 0.001 || Math.abs(factor) > 128)) return null
  const filters = filtersOf(view, sampleRate)
  return [
    '  <signalcomposition>',
    `    <alias>${encode(asciiOf(label, 16))}</alias>`,
    `    <num_of_signals>${signals.length}</num_of_signals>`,
    `    <voltpercm>${((view.sensitivity * 10) / perUnit).toFixed(6)}</voltpercm>`,
    '    <screen_offset>0.000000</screen_offset>',
    // There up is positive, here negative.
    `    <polarity>${kind === 'eeg' ? -1 : 1}</polarity>`,
    `    <color>${side === null ? 2 : COLOURS[side]}</color>`,
    '    <filter_cnt>0</filter_cnt>',
    `    <fidfilter_cnt>${filters.length}</fidfilter_cnt>`,
    '    <ravg_filter_cnt>0</ravg_filter_cnt>',
    ...signals.flatMap((signal, index) => [
      '    <signal>',
      identityOf(header, signal),
      `      <factor>${factors[index]!.toFixed(9)}</factor>`,
      '    </signal>',
    ]),
    ...filters,
    '  </signalcomposition>',
  ].join('\n')
}

/** What EDFbrowser asks of signals before it adds them. */
function isAddable(a: SignalHeader, b: SignalHeader): boolean {
  return (
    a.samplesPerRecord === b.samplesPerRecord &&
    a.unit === b.unit &&
    Math.abs(resolutionOf(a) - resolutionOf(b)) < 1e-9
  )
}

function resolutionOf({ physicalMin, physicalMax, digitalMin, digitalMax }: SignalHeader): number {
  return (physicalMax - physicalMin) / (digitalMax - digitalMin)
}

/** By its label where that is the only one of its kind and plain; else by its position. */
function identityOf(header: Header, { label, index }: SignalHeader): string {
  const isPlain = /^[\x20-\x7e]{1,16}$/.test(label)
  const isOne = header.signals.filter((other) => other.label.trim() === label.trim()).length === 1
  return isPlain && isOne
    ? `      <label>${encode(label.trimEnd())}</label>`
    : `      <edfindex>${index}</edfindex>`
}

function asciiOf(text: string, longest: number): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, longest)
}

/** First order, as its own menu suggests; a notch of Q 20. None that the sampling rate cannot carry: it refuses the file. */
function filtersOf(
  { lowFrequency, highFrequency, notch }: FilterSettings,
  sampleRate: number,
): readonly string[] {
  const made = [
    { type: 0, frequency: lowFrequency, order: 1 },
    { type: 1, frequency: highFrequency, order: 1 },
    { type: 2, frequency: notch, order: 20 },
  ]
  return made.flatMap(({ type, frequency, order }) =>
    frequency === null || frequency >= sampleRate / 2
      ? []
      : [
          '    <fidfilter>',
          `      <type>${type}</type>`,
          `      <frequency>${frequency.toFixed(6)}</frequency>`,
          `      <frequency2>${(frequency * 1.12).toFixed(6)}</frequency2>`,
          '      <ripple>-1.000000</ripple>',
          `      <order>${order}</order>`,
          '      <model>0</model>',
          '    </fidfilter>',
        ].join('\n'),
  )
}
