/** Lines that show a signal as it was recorded: the whole of one montage, and the polygraphy below the others. */
import { isBioelectric, isImpedance } from '../edf/header/kind.ts'
import type { Header, SignalHeader } from '../edf/header/model.ts'
import { readUnit } from '../edf/header/unit.ts'
import { type Derivation, emptyRow, type Side } from './derivation.ts'
import {
  areAmplifierPositions,
  type BipolarPair,
  parseBipolar,
  parseElectrode,
  siteOf,
} from './electrodes.ts'

/** Microvolts in one unit of the file, or null where the unit is no voltage. */
export function microvoltsPer(unit: string): number | null {
  switch (unit) {
    case 'uV':
      return 1
    case 'mV':
      return 1e3
    case 'V':
      return 1e6
    case 'nV':
      return 1e-3
    default:
      return null
  }
}

/**
 * What a signal's values are multiplied by to be drawn: microvolts of a voltage, 1 where the file gives an EEG, EOG,
 * EMG or ECG no unit (their derivations have none either), null for what is no voltage.
 */
export function factorOf({ unit, kind, scaling }: SignalHeader): number | null {
  const microvolts = scaling === 'calibrated' ? microvoltsPer(unit) : null
  return microvolts ?? (isBioelectric(kind) && lacksUnit(unit) ? 1 : null)
}

/** No unit, or a word that names none known: `counts`, `a.u.`. */
function lacksUnit(unit: string): boolean {
  const { certainty } = readUnit(unit)
  return certainty === 'none' || certainty === 'unknown'
}

/** One value a second or fewer: a trend, which is no waveform. */
const TREND_RATE = 1

/** What a page of EEG does not show unless asked: no voltage (ohm, %, bpm, degrees, l/min), or a trend. */
function isBeside(signal: SignalHeader): boolean {
  if (signal.sampleRate !== null && signal.sampleRate <= TREND_RATE) return true
  if (isImpedance(signal.label)) return true
  if (microvoltsPer(signal.unit) !== null || isBioelectric(signal.kind)) return false
  return !lacksUnit(signal.unit)
}

/** Whether a signal is of those that a page of EEG does not show: named in a note, and shown as recorded. */
export function isNoVoltage(signal: SignalHeader): boolean {
  return (signal.kind === 'respiration' || signal.kind === 'other') && isBeside(signal)
}

/**
 * Below a montage: EOG, EMG and ECG in one block, breath and voltages of unknown kind in another; all as recorded.
 * What is no voltage is left to `recorded`.
 */
export function planPolygraphy(header: Header, firstBlock: number): readonly Derivation[] {
  const muscles = besideEeg(header, 'eog', 'emg', 'ecg')
  const rest = besideEeg(header, 'respiration', 'other').filter((signal) => !isNoVoltage(signal))
  const restBlock = muscles.length === 0 ? firstBlock : firstBlock + 1
  return [
    ...muscles.map((signal) => recordedDerivation(signal, firstBlock)),
    ...rest.map((signal) => recordedDerivation(signal, restBlock)),
  ]
}

/**
 * As `planPolygraphy`, in the order of a sleep recording: eyes, chin, limbs and other muscles, heart, then breath. What
 * scoring needs and was not recorded has an empty row.
 */
export function planSleepPolygraphy(header: Header, firstBlock: number): readonly Derivation[] {
  const muscles = besideEeg(header, 'emg')
  const groups = [
    { name: 'EOG', kind: 'eog', signals: besideEeg(header, 'eog') },
    { name: 'Chin EMG', kind: 'emg', signals: muscles.filter(isChin) },
    { name: 'Other EMG', kind: 'emg', signals: muscles.filter((signal) => !isChin(signal)) },
    { name: 'ECG', kind: 'ecg', signals: besideEeg(header, 'ecg') },
  ] as const
  const lines = groups.flatMap(({ name, kind, signals }, group): readonly Derivation[] => {
    const block = firstBlock + group
    return signals.length === 0
      ? [{ ...emptyRow(name, null), kind, block, problem: 'not recorded' }]
      : signals.map((signal) => recordedDerivation(signal, block))
  })
  const rest = besideEeg(header, 'respiration', 'other').filter((signal) => !isNoVoltage(signal))
  return [...lines, ...rest.map((signal) => recordedDerivation(signal, firstBlock + groups.length))]
}

function isChin({ label }: SignalHeader): boolean {
  return /chin|mental|\bment/i.test(label)
}

/** Signals of these kinds that can be drawn and are no electrode of a montage, kind after kind. */
function besideEeg(header: Header, ...kinds: readonly SignalHeader['kind'][]): readonly SignalHeader[] {
  const drawable = header.signals.filter(
    (signal) => signal.scaling === 'calibrated' && signal.sampleRate !== null && !isElectrode(signal),
  )
  return kinds.flatMap((kind) => drawable.filter((signal) => signal.kind === kind))
}

function isElectrode(signal: SignalHeader): boolean {
  return factorOf(signal) !== null && parseElectrode(signal.label) !== null
}

/** Every signal but the annotations, in file order. */
export function planRecorded(header: Header): readonly Derivation[] {
  const signals = header.signals.filter((signal) => signal.kind !== 'annotations')
  // On an amplifier's own labels A1 is no ear and C3 no left: they have no side.
  const isNamed = !areAmplifierPositions(signals.map((signal) => signal.label))
  let block = 0
  let isScalp: boolean | null = null
  let last: BipolarPair | null = null
  return signals.map((signal) => {
    // What is of unknown kind stays with what it stands among.
    const isEeg: boolean | null = signal.kind === 'other' ? isScalp : signal.kind === 'eeg'
    const pair = parseBipolar(signal.label)
    // Of what is bipolar already each chain is a block, as in the montages: FP1-F7, F7-T7, ...
    const isNewChain = last !== null && pair !== null && !sharesElectrode(last, pair)
    if ((isScalp !== null && isEeg !== isScalp) || isNewChain) block += 1
    isScalp = isEeg
    last = pair
    const line = recordedDerivation(signal, block)
    return isNamed ? line : { ...line, side: null }
  })
}

function sharesElectrode(a: BipolarPair, b: BipolarPair): boolean {
  return [b.first, b.second].some((electrode) => electrode === a.first || electrode === a.second)
}

/** A signal as it was recorded. */
export function recordedDerivation(signal: SignalHeader, block: number): Derivation {
  const microvolts = signal.scaling === 'calibrated' ? microvoltsPer(signal.unit) : null
  const isUnitless = signal.scaling !== 'calibrated' || factorOf(signal) !== null
  return {
    id: `${signal.index}:${signal.label}`,
    label: shortLabel(signal),
    kind: signal.kind,
    side: sideOf(signal),
    block,
    unit: microvolts === null ? (isUnitless ? '' : signal.unit) : 'uV',
    sampleRate: signal.sampleRate,
    terms: [{ signal: signal.index, weight: microvolts ?? 1 }],
    problem: problemOf(signal),
  }
}

/** Whether its values stay far within 32-bit numbers, so that sums and filters of them are finite. */
export function isCredible({ physicalMin, physicalMax }: SignalHeader): boolean {
  return Math.max(Math.abs(physicalMin), Math.abs(physicalMax)) <= 1e24
}

function problemOf(signal: SignalHeader): string | null {
  if (signal.scaling === 'unusable') return signal.problem ?? 'No samples can be read.'
  if (signal.sampleRate === null) return 'Its records have no duration, so its samples have no place in time.'
  if (signal.scaling === 'calibrated' && !isCredible(signal))
    return 'The physical range in its header is too large to be true.'
  return null
}

function sideOf(signal: SignalHeader): Side | null {
  if (signal.kind !== 'eeg') return null
  const pair = parseBipolar(signal.label)
  const name = pair?.first ?? parseElectrode(signal.label)?.electrode
  const side = name === undefined ? null : (siteOf(name)?.side ?? null)
  if (pair === null || side === null) return side
  return siteOf(pair.second)?.side === side ? side : 'midline'
}

/**
 * A label for the gutter: the type that EDF+ puts in front is dropped where the rest says it too
 * ('EEG Fp1-Ref' to 'Fp1-Ref') and follows where it does not ('EMG Chin' to 'Chin EMG').
 */
export function shortLabel(signal: Pick<SignalHeader, 'label' | 'kind' | 'index'>): string {
  const text = signal.label.trim().replace(/[\s.]+$/, '')
  if (text === '') return `Signal ${signal.index + 1}`
  const [, type = '', rest = ''] = /^(EEG|EOG|EMG|ECG|EKG)[\s:_-]+(\S.*)$/i.exec(text) ?? []
  const site = parseElectrode(text)?.electrode ?? null
  if (signal.kind === 'eeg' || type.toUpperCase() === 'EEG') return eegLabel(rest === '' ? text : rest, site)
  // `EMG-REF`: what follows is no muscle, only what it was recorded against.
  if (rest === '' || /^(?:ref|le|avg?|ave|g2)$/i.test(rest)) return text
  const saysType = /\b(EOG|EMG|ECG|EKG|LOC|ROC|E[12]|TA|L?AT|RAT|SCM|TIB\w*)\b/i.test(rest)
  const capital = rest.charAt(0).toUpperCase() + rest.slice(1)
  return saysType ? capital : `${capital} ${type.toUpperCase()}`
}

/** Upper case becomes the usual spelling (FP1 to Fp1), but T3 stays T3: it is what the file says. */
function eegLabel(text: string, site: string | null): string {
  const pair = parseBipolar(text)
  if (pair === null && site === null) return text
  const names = pair === null ? [site] : [pair.first, pair.second]
  return text.replace(/[A-Za-z]+\d*/g, (written) => {
    return names.find((name) => name?.toUpperCase() === written.toUpperCase()) ?? written
  })
}
