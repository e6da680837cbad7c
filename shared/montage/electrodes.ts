/**
 * Electrode names. Files spell the sites of the 10-20 and 10-10 systems in many ways; here they become
 * one spelling, with the reference that was recorded. `parseElectrode` is the function to read first.
 *
 * Sources: 10-20 and 10-10 sites as in Seeck 2017 (doi:10.1016/j.clinph.2017.06.254); T3=T7, T4=T8, T5=P7,
 * T6=P8 (ACNS guideline 2); label form "EEG Fp1-Ref" from the EDF+ standard texts.
 */
import type { Side } from './derivation.ts'

/** Rows of the head from front to back, with the sites each has. */
const ROWS: readonly { readonly prefix: string; readonly sites: string }[] = [
  { prefix: 'N', sites: 'z' },
  { prefix: 'Fp', sites: '1 z 2' },
  { prefix: 'AF', sites: '9 7 5 3 1 z 2 4 6 8 10' },
  { prefix: 'F', sites: '9 7 5 3 1 z 2 4 6 8 10' },
  { prefix: 'FT', sites: '9 7 8 10' },
  { prefix: 'FC', sites: '5 3 1 z 2 4 6' },
  { prefix: 'T', sites: '9 7 1 2 8 10' },
  { prefix: 'C', sites: '5 3 1 z 2 4 6' },
  { prefix: 'TP', sites: '9 7 8 10' },
  { prefix: 'CP', sites: '5 3 1 z 2 4 6' },
  { prefix: 'P', sites: '9 7 5 3 1 z 2 4 6 8 10' },
  { prefix: 'PO', sites: '9 7 5 3 1 z 2 4 6 8 10' },
  { prefix: 'O', sites: '1 z 2' },
  { prefix: 'I', sites: '1 z 2' },
]

const EARS = ['A1', 'A2', 'M1', 'M2'] as const

/** Names of the first 10-20 system for sites that have another name in the 10-10 system. */
const OLD_NAMES: ReadonlyMap<string, string> = new Map([
  ['T3', 'T7'],
  ['T4', 'T8'],
  ['T5', 'P7'],
  ['T6', 'P8'],
])

export type Region = 'frontal' | 'central' | 'temporal' | 'parietal' | 'occipital'

export type Site = {
  readonly name: string
  readonly side: Side
  /** Earlobe or mastoid: a reference, not scalp EEG. */
  readonly ear: boolean
  readonly region: Region
  /** 0 = nasion; grows to the inion. */
  readonly row: number
  /** 0 on the midline, then 1-5 steps away from it. */
  readonly lateral: number
}

const SITES: ReadonlyMap<string, Site> = new Map(
  [
    ...ROWS.flatMap(({ prefix, sites }, row) =>
      sites.split(' ').map((suffix) => site(`${prefix}${suffix}`, row, false)),
    ),
    ...EARS.map((name) => site(name, 7, true)),
  ].map((each) => [each.name, each]),
)

const CANONICAL: ReadonlyMap<string, string> = new Map([
  ...[...SITES.keys()].map((name): [string, string] => [name.toUpperCase(), name]),
  ...OLD_NAMES,
])

function site(name: string, row: number, ear: boolean): Site {
  const number = Number.parseInt(name.replace(/^\D+/, ''), 10)
  const side: Side = Number.isNaN(number) ? 'midline' : number % 2 === 1 ? 'left' : 'right'
  return {
    name,
    side,
    ear,
    row,
    region: regionOf(name),
    lateral: Number.isNaN(number) ? 0 : (number + 1) >> 1,
  }
}

function regionOf(name: string): Region {
  if (/^(N|Fp|AF|F\d|Fz)/.test(name)) return 'frontal'
  if (/^(O|PO|I)/.test(name)) return 'occipital'
  if (/^(FT|T|A\d|M)/.test(name)) return 'temporal'
  if (/^P/.test(name)) return 'parietal'
  return 'central'
}

/** Where a canonical name lies on the head, or null for a name that is not in the table. */
export function siteOf(electrode: string): Site | null {
  return SITES.get(electrode) ?? null
}

export type Electrode = {
  /** Canonical name: 'Fp1', 'T7', 'Cz', 'A1'. */
  readonly electrode: string
  /**
   * The recorded reference: 'Ref', 'LE' (linked ears), 'Avg', an electrode, or other text as written;
   * null where the label is silent.
   */
  readonly reference: string | null
}

export type BipolarPair = { readonly first: string; readonly second: string }

/** The text after the signal type ("EEG "), without the dots and spaces some files pad with. */
function bareLabel(label: string): string | null {
  const text = label.trim().replace(/[\s._]+$/, '')
  if (/^(EOG|EMG|ECG|EKG|RESP|SAO2|SPO2|DC|STATUS|TRIG)/i.test(text)) return null
  return text.replace(/^(EEG|POL)(?=[\s_:-])[\s_:-]+/i, '').replace(/^EEG(?=[A-Z])/i, '')
}

function canonical(text: string): string | null {
  return CANONICAL.get(text.trim().toUpperCase()) ?? null
}

/** First electrode and the rest of a label, e.g. ['C3', 'M2'], ['Fp1', 'REF'], ['Cz', null]. */
function splitLabel(label: string): { readonly electrode: string; readonly rest: string | null } | null {
  const bare = bareLabel(label)
  if (bare === null) return null
  const whole = canonical(bare)
  if (whole !== null) return { electrode: whole, rest: null }
  // CAP and ISRUC write C4A1; only an ear can follow without a separator.
  const joined = /^([A-Z]{1,2}(?:\d{1,2}|Z))([AM][12])$/i.exec(bare)
  const parts = joined === null ? /^([^\s\-–:/_]+)\s*[-–:/_\s]\s*(.+)$/.exec(bare) : joined
  if (parts === null) return null
  const electrode = canonical(parts[1] ?? '')
  if (electrode === null) return null
  // A trailing "-0" or "-1" is the mark some tools give to the second of two equal labels.
  const rest = (parts[2] ?? '').trim().replace(/[-_]\d$/, '')
  return { electrode, rest: /^\d?$/.test(rest) ? null : rest }
}

function normaliseReference(text: string): string {
  const plain = text.toUpperCase().replace(/[\s()]/g, '')
  if (/^(REF|REFERENCE|G2)$/.test(plain)) return 'Ref'
  if (/^(AVG|AVE|AV|AR|CAR|AVERAGE)$/.test(plain)) return 'Avg'
  if (/^(LE|LINKEDEARS?|A1\+?A2(\/2)?|A1\/A2|A12)$/.test(plain)) return 'LE'
  if (/^(LM|LINKEDMASTOIDS?|M1\+?M2(\/2)?|M1\/M2|M12)$/.test(plain)) return 'LM'
  return canonical(text) ?? text
}

/**
 * The electrode a label names, and its recorded reference. null for a label that is no electrode of the
 * 10-20 or 10-10 system and for one that is already a derivation between two of them ('FP1-F7',
 * 'EEG A2-A1', 'EEG Fpz-Cz'); an ear or mastoid as the second is a reference ('C3-M2').
 */
export function parseElectrode(label: string): Electrode | null {
  const parts = splitLabel(label)
  if (parts === null || parseBipolar(label) !== null) return null
  return {
    electrode: parts.electrode,
    reference: parts.rest === null ? null : normaliseReference(parts.rest),
  }
}

/** The two electrodes of a label that is a bipolar derivation as recorded, else null. */
export function parseBipolar(label: string): BipolarPair | null {
  const parts = splitLabel(label)
  if (parts?.rest == null) return null
  const second = canonical(parts.rest)
  if (second === null) return null
  const isReference = siteOf(second)?.ear === true && siteOf(parts.electrode)?.ear === false
  return isReference ? null : { first: parts.electrode, second }
}

/** Canonical 10-20 or 10-10 name of the electrode a label names ('Fp1', 'T7'), else null. */
export function normaliseElectrode(label: string): string | null {
  return parseElectrode(label)?.electrode ?? null
}

/**
 * Whether labels such as A1...A32, B1...B32 are positions on an amplifier or contacts of a depth
 * electrode. Then `C3` is not the C3 of the 10-20 system, and no label names a site.
 */
export function areAmplifierPositions(labels: readonly string[]): boolean {
  const bare = labels.map((label) => bareLabel(label) ?? '')
  return bare.filter((text) => /^(A([3-9]|[12]\d|3[0-2])|B\d{1,2})$/i.test(text)).length >= 2
}
