/**
 * What may go into a clip unasked: labels, units, filters, transducers and texts that are words of the field and could be
 * anybody's. Everything else is a reader's to look at. Lists, and closed: a word that is missing here is asked about, one too
 * many would let a name through. For the reader: `isKnown`.
 */
import { readUnit } from '../edf/header/unit.ts'
import { exactTarget } from '../interchange/common/vocabulary.ts'

/** The texts of a recording that are looked at one by one. */
export type TextField = 'label' | 'unit' | 'transducer' | 'prefilter' | 'annotation'

export function isKnown(field: TextField, text: string): boolean {
  switch (field) {
    case 'label':
      return isKnownLabel(text)
    case 'unit':
      return isKnownUnit(text)
    case 'transducer':
      return isKnownTransducer(text)
    case 'prefilter':
      return isKnownPrefilter(text)
    case 'annotation':
      return isKnownAnnotation(text)
  }
}

const list = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** 10-20, 10-10 and 10-5 positions (Seeck 2017; Oostenveld 2001), ears, nets and caps that number their electrodes. */
const SITE =
  /^(?:(?:n|fp|af|aff|f|ffc|fft|ft|ftt|fc|fcc|c|ccp|cp|cpp|t|tp|ttp|tpp|p|ppo|po|poo|o|oi|i)(?:z|\d{1,2}h?)|a1|a2|m1|m2|a12|m12|pg[12]|sp[12]|cb[12]|t[12]|[a-h]\d{1,2}|e\d{1,3}|exg\d|v[1-6])$/i
/** CAP and ISRUC write C4A1. */
const SITE_AND_EAR = /^[a-z]{1,2}(?:\d{1,2}|z)[am][12]$/i
const LABEL_WORDS = list(`
  eeg ieeg seeg ecog eog emg ecg ekg pol ref reference le re lm rm av avg ave average car cref gnd ground linked ear ears mastoid
  lobe org left right l r up upper lower vertical horizontal bipolar loc roc leog reog lio rio lso rso heog veog eogl eogr eogv
  eogh eye eyes chin rchin lchin submental mentalis neck scm lscm rscm sternocleidomastoid masseter mass trapezius trap deltoid
  delt biceps triceps quadriceps quad tibialis tib anterior ta lta rta at lat rat leg legs lleg rleg arm arms larm rarm limb
  gastrocnemius intercostal diaphragm flexor extensor fds edb edc plm plml plmr resp respiration respiratory airflow flow pflow
  nasal oral oronasal nas oro thermistor therm cannula thorax thoracic thor tho chest abdomen abdominal abd abdo effort rip sum xsum
  snore snoring mic microphone cpap bipap press pressure pres leak tidal volume co etco tcco spo sao o sat osat pulse pleth ppg
  hr heart rate bpm ptt pos position body temp temperature rectal light lux acc accelerometer x y z gyro gsr eda movement move
  actigraphy battery impedance imp exg dc aux bp ph hypnogram stage status trigger triggers trig marker event events
  button photic stim sti ch channel signal sig sensor raw erg plet oxi oximeter crc ergo sec sine ramp noise squarewave square white pink h v vertical i ii iii avr avl avf fz cz pz oz`)
const TYPE = /^(?:eeg|eog|emg|ecg|ekg)(?=[a-z0-9])/i

/** `EEG Fp1-Ref`, `EMG Chin1-Chin2`, `SpO2`, `E37`. One number of its own at most, of three digits: more could be a date. */
export function isKnownLabel(label: string): boolean {
  if (!/^[\x20-\x7e]{1,16}$/.test(label)) return false
  const parts = label.split(/[^A-Za-z0-9]+/).filter((part) => part !== '')
  const numbers = parts.filter((part) => /^\d+$/.test(part))
  const words = parts.filter((part) => !/^\d+$/.test(part))
  if (words.length === 0 || numbers.length > 1 || numbers.some(({ length }) => length > 3)) return false
  return words.every(isLabelWord)
}

function isLabelWord(word: string): boolean {
  const plain = word.toLowerCase()
  const isWord = (text: string) =>
    /^\d{1,4}(?:hz|ms)$/.test(text) ||
    SITE.test(text) ||
    SITE_AND_EAR.test(text) ||
    LABEL_WORDS.has(text.replace(/\d{1,3}$/, ''))
  return isWord(plain) || (TYPE.test(plain) && isWord(plain.replace(TYPE, '')))
}

const UNITS = list(`
  % bpm brpm /min 1/min ohm ohms kohm mohm hz khz degc degf c f k mmhg cmh2o mmh2o mbar bar kpa hpa pa l/min ml/min l/s ml/s
  l ml g mg m/s^2 m/s2 lux lx s ms min a ma ua na us ms deg rad db boolean bits stage level`)

/** As an amplifier writes it; spellings of volts are told by the header's own reader. */
export function isKnownUnit(unit: string): boolean {
  if (unit === '') return true
  const reading = readUnit(unit)
  return reading.certainty === 'clear' || UNITS.has(unit.toLowerCase().replace(/\s+/g, ''))
}

const TRANSDUCER_WORDS = list(`
  ag agcl agagcl silver chloride gold au tin sn steel stainless platinum pt carbon plated sintered cup cups disc disk ring pin
  type electrode electrodes active passive dry wet gel paste needle subdermal surface adhesive scalp skin strip grid depth
  cap net sponge thermistor thermocouple piezo piezoelectric crystal belt belts band inductance plethysmograph
  plethysmography respiratory rip cannula pressure transducer sensor sensors probe finger pulse oximeter oximetry microphone
  position accelerometer photodiode nasal oral oronasal thoracic thorax chest abdominal abdomen ecg ekg eeg emg eog eye muscle
  triggers trigger and status or of the with on none unknown n a na not known applied standard synthetic simulated
  generated software thermistors pair pairs bipolar marker button rectal oral horizontal`)

export function isKnownTransducer(text: string): boolean {
  if (text === '') return true
  // What stands between its words goes along, and is to be ordinary too.
  if (/[^\x20-\x7e]/.test(text)) return false
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word !== '')
  return words.length > 0 && words.every((word) => TRANSDUCER_WORDS.has(word.toLowerCase()))
}

const FILTER_WORDS = list(`
  hp lp n hpf lpf hff lff hf lf tc notch bp bs bandpass bandstop highpass lowpass high low pass filter dc ac none off on no
  unfiltered filtering filtered rf rectification rectified enhanced cassette bw butterworth bessel fir iir aa mains db oct order`)
const FILTER_NAME = /^(?:hp|lp|n|rf|hpf|lpf|hff|lff|hf|lf|tc|notch|bp|bs)(?=\d)/i
/** One figure: a frequency, a time constant, a band. Two points or a slash would make a date of it. */
const FIGURE = /^\d{1,4}(?:[.,]\d{1,6})?(?:-\d{1,4}(?:[.,]\d{1,6})?)?(?:k?hz|m?s|sec|db)?$/i
const FIGURE_UNIT = list('hz khz s ms sec db')

/** `HP:0.1Hz LP:75Hz N:50Hz` (EDF+ 2.1.3), and how others write the same. Each figure follows the filter it is of. */
export function isKnownPrefilter(text: string): boolean {
  if (text === '') return true
  let isNamed = false
  let figures = 0
  for (const token of text.split(/[\s,;:=()[\]/]+/)) {
    const plain = token.toLowerCase()
    if (plain === '') continue
    if (FILTER_WORDS.has(plain)) {
      isNamed = true
      figures = 0
      continue
    }
    const name = FILTER_NAME.exec(plain)
    const figure = name === null ? plain : plain.slice(name[0].length)
    if (name !== null) {
      isNamed = true
      figures = 0
    }
    if (isNamed && figures > 0 && FIGURE_UNIT.has(figure)) continue
    if (!isNamed || figures > 0 || !FIGURE.test(figure)) return false
    figures += 1
  }
  return isNamed
}

/** In lower case, blanks single. From the EDF+ standard texts, and what technicians write for everybody alike. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  ...['recording starts', 'recording ends', 'recording paused', 'recording was paused', 'start recording'],
  ...['lights off', 'lights on', 'lights out', 'eyes open', 'eyes opened', 'eyes closed', 'eyes close'],
  ...['hyperventilation', 'hyperventilation start', 'hyperventilation starts', 'hyperventilation begins'],
  ...['hyperventilation end', 'hyperventilation ends', 'start hyperventilation', 'end hyperventilation'],
  ...['hv', 'hv start', 'hv end', 'post hv', 'post hyperventilation', 'photic stimulation', 'photic'],
  ...['impedance check', 'impedance', 'calibration', 'biocalibration', 'biocals', 'machine calibration'],
  ...['arousal', 'eeg arousal', 'micro-arousal', 'microarousal', 'spontaneous arousal', 'rera', 'awakening'],
  ...['apnea', 'apnoea', 'obstructive apnea', 'central apnea', 'mixed apnea', 'hypopnea', 'hypopnoea'],
  ...['obstructive hypopnea', 'central hypopnea', 'obstructive apnoea', 'central apnoea', 'mixed apnoea'],
  ...['snore', 'snoring', 'desaturation', 'oxygen desaturation', 'spo2 desaturation', 'artefact', 'artifact'],
  ...['limb movement', 'leg movement', 'periodic limb movement', 'plm', 'lm', 'movement', 'body movement'],
  ...[
    'awake',
    'drowsy',
    'asleep',
    'sleep',
    'sleep onset',
    'wake',
    'rem',
    'nrem',
    'movement time',
    'unscored',
  ],
  ...['blink', 'blinks', 'eye blink', 'eye blinks', 'eye movement', 'eye movements', 'swallow', 'swallowing'],
  ...[
    'chewing',
    'talking',
    'cough',
    'coughing',
    'yawn',
    'electrode pop',
    'muscle artifact',
    'muscle artefact',
  ],
  ...['spike', 'spikes', 'sharp wave', 'sharp waves', 'spike and wave', 'spike-and-wave', 'spike-wave'],
  ...[
    'polyspikes',
    'polyspike',
    'k-complex',
    'k complex',
    'spindle',
    'sleep spindle',
    'vertex wave',
    'posts',
  ],
  ...['seizure', 'seizure start', 'seizure end', 'seizure onset', 'jerk', 'myoclonus', 'firda', 'oirda'],
  ...['cms out of range', 'battery low', 't0', 't1', 't2', 'start', 'stop', 'end'],
])
const STAGE = /^(?:sleep )?stage (?:w|wake|r|rem|n ?[1-4]|[1-4]|n|nrem|m|mt|movement|unscored|unknown|\?)$/
const PHOTIC = /^(?:photic|flash|photic stimulation|ips)(?: at)? \d{1,2}(?:\.\d)? ?(?:hz|\/s)?$/
const TRIGGER = /^(?:(?:trigger|stimulus|marker|event|code)[ #:]{0,2})?\d{1,3}$/

/** Without its `@@label`. */
export function isKnownAnnotation(text: string): boolean {
  if (text.length > 80) return false
  if (exactTarget(text) !== null) return true
  const plain = text.trim().replace(/\s+/g, ' ').toLowerCase()
  return ANNOTATIONS.has(plain) || STAGE.test(plain) || PHOTIC.test(plain) || TRIGGER.test(plain)
}
