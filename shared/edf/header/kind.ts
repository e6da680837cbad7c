/**
 * What a signal records, told by its label and its unit, else by its transducer. Whatever type stands before it
 * (`EEG EKG1-REF`), what is named is what is meant; and a unit that is no voltage is never that of a brain, an
 * eye, a muscle or a heart.
 */
import type { SignalKind } from './model.ts'
import { readUnit } from './unit.ts'

/** Electrode positions of the 10-20, 10-10 and 10-5 systems, ear and mastoid references among them. */
const SCALP =
  /^(?:fp|af|aff|f|ffc|ffta?|ft|ftt|fc|fcc|c|ccp|cp|cpp|t|tp|ttp|tpp|p|ppo|po|poo|o|oi|i|fz|nz?|a|m|pg|sp|cb)(?:z|\d{1,2}h?)?$/i
const NAMED_SCALP = /^(?:nz|iz|fpz|afz|fz|fcz|cz|cpz|pz|poz|oz|nasion|inion|lm|rm|le|re)$/i
/** What a scalp electrode is recorded against. */
const REFERENCE =
  /^(?:ref\d?|le|re|av|avg|ave|average|car|cref|gnd|a1|a2|m1|m2|a1a2|m1m2|a12|m12|cz|fz|fcz|lm|rm|ar|aa|org|vref|cs\d|linked.*|0|x)$/i

/** Measured of an electrode, not by it. */
const IMPEDANCE = /\b(?:imp|imped\w*|impedanz\w*|z ?(?:k?ohms?)|k?ohms?|contact quality|cq)\b/

type Rule = { readonly kind: SignalKind; readonly label: RegExp }

/**
 * Tried in this order: the particular before the general, so that `EMG LAT` is muscle, `EOG E1-M2` is eye,
 * and `Resp Chest` is breath. The label is tried in lower case with every run of other signs as one blank.
 */
const RULES: readonly Rule[] = [
  {
    kind: 'status',
    label:
      /^(?:bdf )?status$|\b(?:trig(?:ger)?s?|sti ?\d*|stim(?:ulus)?|marker|event|events|mark|button|photic|ttl|dc ?trig|counter|interrupt|crc16|checksum)\b|\btrigger/,
  },
  {
    kind: 'eog',
    label:
      /\b(?:eog[lrvh]?\d*|[hv]eog[lr]?|e ?o ?g|loc|roc|lio|rio|lso|rso|e[1-4](?: (?:a|m)\d)?|leog|reog|[lr][ul]c|eye)\b|eog/,
  },
  { kind: 'ecg', label: /\b(?:ecg|ekg|ecgl|ecgr|ekgl|ekgr|heart ?lead|cardio|electrocardio.*)\d*\b|ecg|ekg/ },
  {
    kind: 'emg',
    label:
      /emg|\b(?:chin\d*|l?rchin|submental\w*|mental\w*|neck\d*|scm|[lr]scm|sternocl\w*|masseter\w*|mass|trap|trapez\w*|delt\w*|bicep\w*|tricep\w*|quad\w*|tib\w*|tibialis|[lr]ta|ta|lat|rat|legs?|leg ?[lr12]|[lr]leg|[lr]at|plm[lr]?|limb|arm ?[lr12]?|[lr]arm|intercost\w*|diaphr\w*|fds|edb|edc|ant tib\w*|gastroc\w*)\d*\b/,
  },
  {
    kind: 'respiration',
    label:
      /\b(?:resp\w*|airflow|air ?flow|flow|pflow|nasal\w*|nas|oronasal|therm\w*|cannula|thor\w*|thorax|chest|abd\w*|abdo|rip\w*|effort|breath\w*|ptaf|npt|cpap|bipap|snore|snoring|mic|sum|xsum|rmi|vent\w*|tidal|leak|mask ?pres\w*|press?\w*|etco2|co2|tcco2|capno\w*)\b/,
  },
  {
    kind: 'other',
    label:
      /\b(?:sp ?o2|sa ?o2|osat|o2 ?sat|sat|oxi\w*|ox ?status|spo2\w*|pulse\w*|pleth\w*|ppg|hr|h r|heart ?rate|bpm|pr|ptt|pos\w*|body ?pos\w*|position|temp\w*|rectal|light|lux|acc\w*|gyro\w*|gsr|eda|erg\w*|ergo|move\w*|actigr\w*|battery|impedance|exg ?\d*|dc ?\d+|aux ?\d+|bp|art|ph|hypno\w*|stage)(?: ?\d+)?\b/,
  },
  { kind: 'eeg', label: /\b(?:eeg|seeg|ecog|ieeg)\d*\b/ },
]

/**
 * The kind of an ordinary signal. Labels follow the EDF+ form `TYPE sensor` (`EEG Fp1-Ref`) or are bare
 * electrode names in any spelling (`FP1`, `Fp1-A2`, `T3 - T5`, `Fc5.`). A wrong guess costs a filter
 * default or a block of the page, never a sample.
 */
export function classifySignal(label: string, unit: string, transducer: string): SignalKind {
  const words = wordsOf(label)
  const kind = isImpedance(label) ? 'other' : kindOfLabel(label, words)
  const isVoltage = readUnit(unit).certainty !== 'other'
  if (kind === null) return kindOfTransducer(unit, transducer)
  // Heart rate, oxygen, impedance and what else a recorder names after where it was taken.
  return isBioelectric(kind) && !isVoltage ? 'other' : kind
}

/** Whether a label says that it is an electrode's impedance, whatever its unit. */
export function isImpedance(label: string): boolean {
  return IMPEDANCE.test(wordsOf(label))
}

/** Voltages of the body: they have a polarity, the page's filters and a gain in uV/mm. */
export function isBioelectric(kind: SignalKind): kind is 'eeg' | 'eog' | 'emg' | 'ecg' {
  return kind === 'eeg' || kind === 'eog' || kind === 'emg' || kind === 'ecg'
}

function kindOfLabel(label: string, words: string): SignalKind | null {
  const [, type, sensor = ''] = /^(eeg|seeg|ecog|ieeg|pol|eog|emg|ecg|ekg)\d* ?(.*)$/.exec(words) ?? []
  switch (type) {
    case 'eog':
    case 'emg':
    case 'ecg':
      return type
    case 'ekg':
      return 'ecg'
    case 'eeg':
    case 'seeg':
    case 'ecog':
    case 'ieeg':
      // TUH writes EEG before everything, and an electrode's name wins over what else it may mean (`EEG T1`).
      return isScalpLabel(label) ? 'eeg' : (kindOfWords(sensor) ?? 'eeg')
    case undefined:
      return isScalpLabel(label) ? 'eeg' : kindOfWords(words)
    default:
      return isScalpLabel(label) ? 'eeg' : kindOfWords(sensor)
  }
}

function kindOfWords(words: string): SignalKind | null {
  return RULES.find((rule) => rule.label.test(words))?.kind ?? null
}

function kindOfTransducer(unit: string, transducer: string): SignalKind {
  // EDF+ writes a polysomnograph's `Resp oro-nasal`, but many write only what hangs on the patient.
  const sensor = transducer.toLowerCase()
  if (/belt|thermist|cannula|plethysmo.*resp/.test(sensor)) return 'respiration'
  if (unit === 'uV' && /\b(?:ag ?\/? ?agcl|active electrode|electrode|cup|eeg)\b/.test(sensor)) return 'eeg'
  return 'other'
}

/** `Fp1`, `FP1-REF`, `T3-T5`, `C3-A2`, `Fc5.`, `POL F3`: one scalp electrode, alone or against another. */
function isScalpLabel(label: string): boolean {
  const bare = label
    .toLowerCase()
    .replace(/^(?:eeg|pol|ch|sig)[ _:]+/, '')
    .replace(/[.\s]+$/g, '')
    // CAP and ISRUC write C4A1; only an ear can follow without a separator.
    .replace(/^([a-z]{1,2}(?:\d{1,2}|z))([am][12])$/, '$1-$2')
    // The mark that some tools give to the second of two equal labels.
    .replace(/[-_]\d$/, '')
  const [electrode, reference, more] = bare.split(/\s*[-/:_\u2013]\s*|\s+/)
  if (electrode === undefined || more !== undefined || !isElectrode(electrode)) return false
  return reference === undefined || isElectrode(reference) || REFERENCE.test(reference)
}

function isElectrode(name: string): boolean {
  if (NAMED_SCALP.test(name)) return true
  return SCALP.test(name) && /\d|z/i.test(name)
}

function wordsOf(label: string): string {
  return label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

function isNamedOther(label: string): boolean {
  return RULES.some((rule) => rule.kind === 'other' && rule.label.test(wordsOf(label)))
}

const MICROVOLTS = /^[umn]V$/
/** Grids, strips, depth electrodes, and caps that number their electrodes: `A12`, `E129`, `LAH3`, `B'4`. */
const NUMBERED = /^(?:eeg |seeg |pol )?[a-z]{1,4}['\u2019]?\d{1,3}(?:-(?:ref|[a-z]{1,4}['\u2019]?\d{1,3}))?$/i
const MANY = 8
const NET = /^(?:eeg )?E[5-9](?:-\w+)?$/i
const EYE_OR_NET = /^(?:eeg )?E[1-4](?:-\w+)?$/i
/** Names of depth electrodes and strips that are also those of legs, arms and eyes. */
const EITHER =
  /^(?:eeg |seeg |ecog |pol )?([lr]?(?:at|ta|lat|rat|io|so|mass?|arm|trap|as|ps))\d{1,2}(?:-\w+)?$/i
/** A leg has two electrodes, a strip four or more. */
const FEWEST_CONTACTS = 4

function depthContacts(labels: readonly string[]): ReadonlySet<string> {
  const stems = new Map<string, string[]>()
  for (const label of labels) {
    const stem = EITHER.exec(label)?.[1]?.toLowerCase()
    if (stem !== undefined) stems.set(stem, [...(stems.get(stem) ?? []), label])
  }
  return new Set([...stems.values()].filter((own) => own.length >= FEWEST_CONTACTS).flat())
}

/**
 * The kinds in the light of the other signals: where many are numbered electrodes in microvolts that no
 * list of names knows, they are EEG, and among `E5`, `E6` and on `E1` is no eye.
 */
export function regroupKinds(
  signals: readonly { readonly label: string; readonly unit: string; readonly kind: SignalKind }[],
): readonly SignalKind[] {
  const numbered = signals.filter(
    ({ label, kind }) => NUMBERED.test(label) && (kind === 'eeg' || kind === 'other'),
  )
  const unnamed = numbered.filter(
    ({ label, unit, kind }) =>
      kind === 'other' && !isNamedOther(label) && (MICROVOLTS.test(unit) || unit === ''),
  )
  const isCap = numbered.length >= MANY && unnamed.length > 0
  const isNet = signals.some(({ label }) => NET.test(label)) && numbered.length >= MANY
  const contacts = depthContacts(signals.map(({ label }) => label))
  return signals.map((signal) => {
    if (isCap && unnamed.includes(signal)) return 'eeg'
    if (isNet && EYE_OR_NET.test(signal.label)) return 'eeg'
    if (isBioelectric(signal.kind) && contacts.has(signal.label)) return 'eeg'
    return signal.kind
  })
}
