/**
 * The physical dimension of a signal. Voltages are spelt in many ways and in every code page of the world;
 * what is clearly one becomes `uV`, `mV`, `V` or `nV`, what only looks like one is told apart, so that a reader
 * hears what was assumed. For the reader: `readUnit`.
 */

export type Voltage = 'uV' | 'mV' | 'V' | 'nV'

export type UnitReading =
  /** Clearly a voltage. */
  | { readonly certainty: 'clear'; readonly unit: Voltage }
  /** Looks like a voltage whose prefix was lost (`?V`) or is in doubt (`MV`, `uV/bit`); the likeliest first. */
  | { readonly certainty: 'unclear'; readonly candidates: readonly Voltage[] }
  /** Blank, or a word for "no unit" (EDF+ 2.1.3 (5): uncalibrated). */
  | { readonly certainty: 'none' }
  /** Clearly something else: ohm, %, bpm, degrees, l/min. */
  | { readonly certainty: 'other' }
  | { readonly certainty: 'unknown' }

/** Pages in which a micro sign (or the whole word) was met. Browsers and Node decode all of them. */
const CODE_PAGES = ['utf-8', 'shift_jis', 'gbk', 'big5', 'euc-kr', 'euc-jp'] as const
/** Read only for whole words in their own script: any bytes are letters there. */
const CYRILLIC_PAGES = ['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5'] as const
/** The micro sign of the DOS code pages (437, 850), and mu of the Greek ones (1253, ISO 8859-7; 737). */
const LONE_MICRO = /^[\u00e6\u00ec\u00a3](?=\s*v)/i

/** How the bytes of a unit read in the code pages it may be in; the text is one character a byte, or decoded. */
function spellings(text: string): readonly string[] {
  const plain = fold(text)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: bytes, not characters
  if (/^[\x00-\x7f]*$/.test(text) || /[^\x00-\xff]/.test(text)) return [plain]
  const bytes = latin1Bytes(text)
  const others = CODE_PAGES.flatMap((page) => decodeStrictly(bytes, page)).flatMap((word) =>
    // UTF-8 that was encoded once more.
    /^[\0-\xff]*$/.test(word) ? [word, ...decodeStrictly(latin1Bytes(word), 'utf-8')] : [word],
  )
  const cyrillic = CYRILLIC_PAGES.flatMap((page) => decodeStrictly(bytes, page)).filter((word) =>
    /^(?:мк|м|н)в$|^(?:мк|м|к)?ом$/i.test(word.trim()),
  )
  return [plain, plain.replace(LONE_MICRO, 'u'), ...[...others, ...cyrillic].map(fold)]
}

function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

function decodeStrictly(bytes: Uint8Array, page: string): readonly string[] {
  try {
    return [new TextDecoder(page, { fatal: true }).decode(bytes)]
  } catch {
    return []
  }
}

/** Full-width letters become plain ones, every micro sign and mu a `u`; brackets and a closing point go. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cc}/gu, ' ')
    .replace(/[\u03bc\u00b5]/g, 'u')
    .trim()
    .replace(/^[[({<]\s*(.*?)\s*[\])}>]$/, '$1')
    .replace(/(?<=\p{L})\.$/u, '')
    .trim()
}

/** `v`, `volt`, `volts` and what is left of them in a field of 8 characters. */
const VOLT = '[vV](?:o(?:l(?:t(?:s)?)?)?|O(?:L(?:T(?:S)?)?)?)?'
const CLEAR: readonly (readonly [Voltage, RegExp])[] = [
  ['uV', new RegExp(`^(?:[uU]|[mM][cCkK]|(?:mi[ck]|mi[ck]ro|MI[CK]|MI[CK]RO|Mi[ck]ro))[\\s_-]?${VOLT}$`)],
  // A capital M may be a milli of a recorder that writes everything in capitals: not clear.
  ['mV', new RegExp(`^(?:m|(?:milli|MILLI|Milli)[\\s_-]?)\\s?${VOLT}$`)],
  ['nV', new RegExp(`^(?:[nN]|(?:nano|NANO|Nano))[\\s_-]?${VOLT}$`)],
  ['V', new RegExp(`^${VOLT}$`)],
  ['uV', /^(?:мкв|微伏|微伏特|マイクロボルト)$/i],
  ['mV', /^(?:мв|毫伏|毫伏特|ミリボルト)$/i],
  ['V', /^(?:伏|伏特|ボルト)$/],
]

/** A voltage with what is no part of a unit: per what, or how it was measured. */
const QUALIFIED =
  /^(.*?v(?:olts?)?)\s*(?:\/\s*(?:bit|lsb|digit|dig|count|cnt|step|unit|adu?|adc|mm|cm|div|ch|sample|\d*)|[\s_,;:(-]*(?:pp|p-p|ptp|rms|eff|peak|pk|p|ac|dc|ref|raw)\)?)\.?s?$/i

const NO_UNIT =
  /^(?:|[-._?*/]+|n[./]?a\.?|none|no ?unit|null|nil|unk(?:n(?:own)?)?|units?|uncal\w*|a\.? ?u\.?|arb\w*|adu?|adc|adcs?|counts?|cnts?|cts?|digits?|digital|dig|bits?|lsb|raw|steps?|x|[01]|1\/1|bool(?:ean)?|dim\w*|int(?:eger)?|code|values?)$/i

const OTHER: readonly RegExp[] = [
  /^(?:[kmug] ?)?(?:ohms?|\u03a9|ω|[ùê]|ом|欧姆?|オーム)$/i,
  /^(?:%.*|percent\w*|pct|％.*|vol ?%)$/i,
  /^(?:b(?:eats?|r(?:ea)?th?s?)?[ .]?(?:p|per|\/) ?m(?:in)?\.?|bpm|brpm|rpm|\/ ?min|1 ?\/ ?(?:min|s|h)|min-1|cpm|n\/h|\/ ?h|beats?)$/i,
  /^(?:k|m)?hz$/i,
  /^(?:\u00b0.*|\u00ba.*|o ?[cf]|deg.*|celsius|fahrenh\w*|kelvin|[cfk]|grad|m?rad|rad\/s)$/i,
  /^(?:mm ?hg|[cm]m ?h2o|mbar|bar|[hkm]?pa|psi|torr|in ?h2o|cmh20)$/i,
  /^[mcd]?l(?: ?\/ ?(?:s|sec|min|m|h))?$|^(?:lpm|slpm|cc|liters?|litres?)(?: ?\/ ?\w+)?$/i,
  /^(?:m|u)?g(?:rav\w*)?$|^m ?\/ ?s(?:\^?2|ec2)?$|^mm ?\/ ?s$/i,
  /^(?:[mu]?s(?:ec\w*)?|min(?:utes?)?|h(?:ours?)?|days?)$/i,
  /^(?:lux|lx|cd|w\/m2|nm)$/i,
  /^(?:[munp]?a(?:mp\w*)?|[mu]s(?:iemens)?|mho|[munp]f|[mku]?w(?:att\w*)?)$/i,
  /^dbu?v?[acm]?$|^(?:phon|son)e?$/i,
  /^(?:k?g|kgf|k?n|nm|[mckd]?m|inch|in|ft)$/i,
  /^(?:[munpf]?t|tesla)$/i,
  /^(?:ppm|m?mol.*|mg\/dl|ph)$/i,
  /^(?:stages?|levels?|score|index|epochs?|events?|pos\w*|class|state)$/i,
  /^[munk]?v(?:\^?2|\*\*2|\u00b2)(?:\/hz)?$|^[munk]?v ?\/ ?(?:m|s|sec|hz|sqrt.*|rt ?hz)$|^[munk]?v ?[*.]? ?s$/i,
]

/** What a physical dimension says. The text is as written: decoded, or one character a byte. */
export function readUnit(text: string): UnitReading {
  const [plain = '', ...others] = spellings(text)
  for (const word of [plain, ...others]) {
    const clear = CLEAR.find(([, pattern]) => pattern.test(word))
    if (clear !== undefined) return { certainty: 'clear', unit: clear[0] }
  }
  if ([plain, ...others].some((word) => OTHER.some((pattern) => pattern.test(word)))) {
    return { certainty: 'other' }
  }
  if (NO_UNIT.test(plain)) return { certainty: 'none' }
  return readUnclear(plain, others)
}

function readUnclear(plain: string, others: readonly string[]): UnitReading {
  for (const word of [plain, ...others]) {
    const base = QUALIFIED.exec(word)?.[1]
    if (base === undefined || base === word) continue
    const reading = readUnit(base)
    if (reading.certainty === 'clear') return { certainty: 'unclear', candidates: [reading.unit] }
    if (reading.certainty === 'unclear') return reading
  }
  // Written all in capitals, or a mega that no body makes; a micro has been met too.
  if (new RegExp(`^M\\s?${VOLT}$`).test(plain)) return { certainty: 'unclear', candidates: ['mV', 'uV'] }
  // A micro sign that was lost on the way leaves a point, a question mark, a letter of its page, or with its
  // eighth bit cleared a 5.
  if (new RegExp(`^(?:[^\\w\\s]|\\P{ASCII}|[A-Za-z5]){1,2}\\s?${VOLT}$`, 'u').test(plain)) {
    return { certainty: 'unclear', candidates: ['uV', 'mV', 'V', 'nV'] }
  }
  if (/^(?:u|mi[ck]ro|mi[ck])$/i.test(plain)) return { certainty: 'unclear', candidates: ['uV'] }
  if (/^milli$/i.test(plain)) return { certainty: 'unclear', candidates: ['mV'] }
  return { certainty: 'unknown' }
}

/** Microvolts in one unit. */
export const MICROVOLTS: Readonly<Record<Voltage, number>> = { uV: 1, mV: 1e3, V: 1e6, nV: 1e-3 }

/**
 * An EEG's smallest step: amplifiers resolve 0.001 to 10 uV; more than 50 would show no EEG at all, and from
 * 1 pV down every amplifier is all noise.
 */
const COARSEST_STEP = 50
const FINEST_STEP = 1e-6
/** And its range: a voltage that stays within 10 uV is no scalp EEG's. */
const SMALLEST_RANGE = 10

export type StepAndRange = { readonly step: number; readonly range: number }

/** Whether an amplifier for EEG can have this step and range (in the unit). */
export function isCredibleForEeg(unit: Voltage, { step, range }: StepAndRange): boolean {
  const microvolts = MICROVOLTS[unit]
  return (
    step * microvolts <= COARSEST_STEP &&
    step * microvolts >= FINEST_STEP &&
    range * microvolts >= SMALLEST_RANGE
  )
}

/** Of units in doubt the first that an amplifier can have, else the first. */
export function assumeUnit(candidates: readonly Voltage[], scale: StepAndRange): Voltage {
  return candidates.find((unit) => isCredibleForEeg(unit, scale)) ?? candidates[0] ?? 'uV'
}
