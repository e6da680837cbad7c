/** The part of the header that describes the signals. One bad signal never costs the others. */

import { groupBy } from '../../groupBy.ts'
import type { CodePage } from './codePages.ts'
import { normaliseUnit, parseInteger, parseNumber, WHOLE_WITH_DECIMALS } from './fields.ts'
import type { Finding } from './finding.ts'
import { classifySignal, regroupKinds } from './kind.ts'
import { SIGNAL_FIELDS, type SignalField, signalFieldOffset } from './layout.ts'
import { settleUnits } from './settleUnits.ts'
import type { SignalDraft } from './signalDraft.ts'
import { cleanField, decodeText, quote } from './text.ts'

export type FileKind = {
  readonly family: 'EDF' | 'BDF'
  readonly plus: boolean
  /** Of the texts, where the reader has said it. */
  readonly page?: CodePage
}

export function parseSignalHeaders(
  bytes: Uint8Array,
  signals: number,
  file: FileKind,
  findings: Finding[],
): readonly SignalDraft[] {
  const drafts: SignalDraft[] = []
  for (let index = 0; index < signals; index++)
    drafts.push(parseSignal(bytes, { signals, index, file }, findings))
  noteLabels(drafts, signals, file, findings)
  const kinds = regroupKinds(drafts)
  const grouped = drafts.map((draft, index) => ({ ...draft, kind: kinds[index] ?? draft.kind }))
  return settleUnits(grouped, findings)
}

type Where = { readonly signals: number; readonly index: number; readonly file: FileKind }

function parseSignal(bytes: Uint8Array, where: Where, findings: Finding[]): SignalDraft {
  const { signals, index, file } = where
  const offsetOf = (field: SignalField) => signalFieldOffset(field, signals, index)
  const text = (field: SignalField) => {
    const offset = offsetOf(field)
    return cleanField(
      decodeText(bytes.subarray(offset, offset + SIGNAL_FIELDS[field].length), file.page).text,
    )
  }
  const label = text('label')
  const unitOffset = offsetOf('unit')
  // Before controls become spaces: in Shift-JIS the first byte of a micro sign is one.
  const unitText = decodeText(bytes.subarray(unitOffset, unitOffset + SIGNAL_FIELDS.unit.length)).text
  const clearUnit = normaliseUnit(unitText.replace(/[\0 ]+$/, '').trimStart())
  const unit = cleanField(clearUnit)
  const transducer = text('transducer')
  const annotations = file.plus && isAnnotationLabel(label)
  const samplesText = text('samplesPerRecord')
  const samples = parseInteger(samplesText)
  const samplesPerRecord = samples.value !== null && samples.value >= 0 ? samples.value : null
  const note = (field: SignalField, rest: Omit<Finding, 'byteOffset' | 'signal' | 'found'>) =>
    findings.push({ ...rest, found: quote(text(field)), byteOffset: offsetOf(field), signal: index })

  const number = (field: 'physicalMin' | 'physicalMax' | 'digitalMin' | 'digitalMax', name: string) => {
    const { value, oddity } = parseNumber(text(field))
    const whole = field.startsWith('digital')
    const parsed = whole ? parseInteger(text(field)) : { value, oddity }
    const read = parsed.value ?? value
    const odd = parsed.oddity ?? oddity ?? (whole && parsed.value === null ? 'a fraction' : null)
    if (read !== null && odd !== null && !annotations) {
      note(field, {
        code: 'number',
        clause: 'EDF+ 2.1.3 (6): numbers',
        field: name,
        expected: whole ? 'a whole number' : 'a number with a decimal point, digits not grouped',
        howRead: `${odd}, read as ${read}`,
        minor: odd === WHOLE_WITH_DECIMALS,
      })
    }
    return read
  }
  const physicalMin = number('physicalMin', 'Physical minimum')
  const physicalMax = number('physicalMax', 'Physical maximum')
  const digitalMin = number('digitalMin', 'Digital minimum')
  const digitalMax = number('digitalMax', 'Digital maximum')
  const scaling = decideScaling({ physicalMin, physicalMax, digitalMin, digitalMax }, file.family)

  if (scaling.problem !== null && !annotations) {
    findings.push({
      code: 'uncalibrated',
      clause: 'EDF+ 2.1.3 (5): minima and maxima',
      field: 'Physical and digital range',
      byteOffset: offsetOf('physicalMin'),
      found: `physical ${quote(text('physicalMin'))} to ${quote(text('physicalMax'))}, digital ${quote(text('digitalMin'))} to ${quote(text('digitalMax'))}`,
      expected: 'four credible numbers, each minimum different from its maximum',
      howRead: 'shown in digital units, uncalibrated',
      signal: index,
    })
  } else if (digitalMin !== null && digitalMax !== null && digitalMin > digitalMax && !annotations) {
    findings.push({
      code: 'polarity',
      clause: 'EDF+ 2.1.3 (5): digital maximum larger than digital minimum',
      field: 'Digital range',
      byteOffset: offsetOf('digitalMin'),
      found: `minimum ${digitalMin} above maximum ${digitalMax}`,
      expected: 'a minimum below the maximum',
      howRead: 'scaled by the formula all the same, which may turn the polarity upside down',
      signal: index,
    })
  }
  if (samplesPerRecord !== null && samples.oddity !== null) {
    note('samplesPerRecord', {
      code: 'samples-per-record',
      clause: 'EDF: number of samples in each data record',
      field: 'Samples in a data record',
      expected: 'a whole number',
      howRead: `${samples.oddity}, read as ${samplesPerRecord}`,
      minor: samples.oddity === WHOLE_WITH_DECIMALS,
    })
  }
  if (samplesPerRecord === 0) {
    note('samplesPerRecord', {
      code: 'no-samples',
      clause: 'EDF: number of samples in each data record',
      field: 'Samples in a data record',
      expected: '1 or more',
      howRead: 'the signal is listed, but has nothing to show',
    })
  }
  if (annotations) {
    const extreme = file.family === 'EDF' ? 32768 : 8388608
    const filled = [text('transducer'), text('unit'), text('prefilter')].some((field) => field !== '')
    const ranged = digitalMin === -extreme && digitalMax === extreme - 1 && physicalMin !== physicalMax
    if (filled || !ranged) {
      findings.push({
        code: 'annotation-header',
        clause: 'EDF+ 2.2.1: annotation signal',
        field: 'Annotation signal',
        byteOffset: offsetOf('transducer'),
        found: filled
          ? 'fields that are filled in'
          : `digital ${digitalMin} to ${digitalMax}, physical ${physicalMin} to ${physicalMax}`,
        expected: `digital ${-extreme} to ${extreme - 1}, a physical range, the other fields empty`,
        howRead: 'these fields have no meaning',
        signal: index,
        minor: true,
      })
    }
  }
  return {
    label,
    kind: annotations ? 'annotations' : classifySignal(label, unit, transducer),
    transducer,
    unit,
    unitText,
    prefilter: text('prefilter'),
    physicalMin: physicalMin ?? 0,
    physicalMax: physicalMax ?? 0,
    digitalMin: digitalMin ?? 0,
    digitalMax: digitalMax ?? 0,
    ...scaling,
    samplesPerRecord,
    samplesText,
    samplesOffset: (count) => signalFieldOffset('samplesPerRecord', count, index),
  }
}

/** `EDF Annotations`, `BDF Annotations`, in any case. */
export function isAnnotationLabel(label: string): boolean {
  return /^[eb]df annotations$/i.test(label)
}

/**
 * A digital range that no sample of this size can fill. It scales all the same, being two points of a line:
 * some writers give an EDF the range of the 24-bit recording it was made from.
 */
export function noteDigitalRanges(
  drafts: readonly SignalDraft[],
  bytesPerSample: 2 | 3,
  findings: Finding[],
): void {
  const extreme = bytesPerSample === 2 ? 32768 : 8388608
  for (const [index, { kind, digitalMin, digitalMax }] of drafts.entries()) {
    const fits = [digitalMin, digitalMax].every((value) => value >= -extreme && value < extreme)
    if (kind === 'annotations' || fits) continue
    findings.push({
      code: 'digital-range',
      clause: 'EDF+ 2.1.3 (5): minima and maxima',
      field: 'Digital range',
      byteOffset: signalFieldOffset('digitalMin', drafts.length, index),
      found: `${digitalMin} to ${digitalMax}`,
      expected: `within ${-extreme} to ${extreme - 1}, which ${bytesPerSample * 8} bits hold`,
      howRead: 'scaled by the formula all the same',
      signal: index,
    })
  }
}

/** A million volts in microvolts, and more than any unit on a recording reaches: past it a field is damaged. */
const LARGEST_PHYSICAL = 1e12

type Ranges = {
  readonly physicalMin: number | null
  readonly physicalMax: number | null
  readonly digitalMin: number | null
  readonly digitalMax: number | null
}

function decideScaling(
  { physicalMin, physicalMax, digitalMin, digitalMax }: Ranges,
  family: 'EDF' | 'BDF',
): Pick<SignalDraft, 'scaling' | 'problem'> {
  if (physicalMin === null || physicalMax === null || digitalMin === null || digitalMax === null) {
    return {
      scaling: 'uncalibrated',
      problem: 'The header gives this signal no readable range: shown in digital units.',
    }
  }
  if (digitalMin === digitalMax || physicalMin === physicalMax) {
    const which = digitalMin === digitalMax ? 'digital' : 'physical'
    return {
      scaling: 'uncalibrated',
      problem: `The ${which} minimum and maximum of this signal are the same: shown in digital units.`,
    }
  }
  if (Math.max(Math.abs(physicalMin), Math.abs(physicalMax)) > LARGEST_PHYSICAL) {
    return {
      scaling: 'uncalibrated',
      problem: 'The physical range of this signal is too large to be true: shown in digital units.',
    }
  }
  const gain = (physicalMax - physicalMin) / (digitalMax - digitalMin)
  const extreme = family === 'EDF' ? 32768 : 8388608
  const finite = [-extreme, extreme].every((digital) =>
    Number.isFinite((digital - digitalMin) * gain + physicalMin),
  )
  if (!finite || gain === 0) {
    return {
      scaling: 'uncalibrated',
      problem: 'The range of this signal is beyond numbers: shown in digital units.',
    }
  }
  return { scaling: 'calibrated', problem: null }
}

function noteLabels(
  drafts: readonly SignalDraft[],
  signals: number,
  file: FileKind,
  findings: Finding[],
): void {
  const byLabel = groupBy(drafts.keys(), (index) => drafts[index]?.label ?? '')
  const unclear = [...byLabel].filter(
    ([label, [first]]) =>
      drafts[first ?? 0]?.kind !== 'annotations' && (label === '' || (byLabel.get(label)?.length ?? 0) > 1),
  )
  if (unclear.length > 0) {
    const list = unclear.slice(0, 4).map(([label, indexes]) => {
      const shown = indexes.slice(0, 8).join(', ')
      return `${label === '' ? 'none' : quote(label)} for signal${indexes.length > 1 ? 's' : ''} ${shown}${indexes.length > 8 ? '…' : ''}`
    })
    findings.push({
      code: 'label',
      clause: 'EDF: label',
      field: 'Labels',
      byteOffset: signalFieldOffset('label', signals, unclear[0]?.[1][0] ?? 0),
      found: list.join('; ') + (unclear.length > 4 ? `; and ${unclear.length - 4} more` : ''),
      expected: 'a different name for each signal',
      howRead: 'the signals are told apart by their position',
      legal: true,
    })
  }
  for (const [index, draft] of drafts.entries()) {
    const asked = {
      field: 'Label',
      byteOffset: signalFieldOffset('label', signals, index),
      found: quote(draft.label),
      signal: index,
    }
    if (!file.plus && isAnnotationLabel(draft.label)) {
      findings.push({
        ...asked,
        code: 'annotations-in-plain',
        clause: 'EDF+ 2.2.1: annotation signal',
        expected: `a name of data in plain ${file.family}, which has no annotations`,
        howRead: 'read as an ordinary signal',
      })
    } else if (draft.kind === 'annotations' && draft.label !== `${file.family} Annotations`) {
      findings.push({
        ...asked,
        code: 'annotation-label',
        clause: 'EDF+ 2.2.1: annotation signal',
        expected: `"${file.family} Annotations"`,
        howRead: 'read as the annotation signal',
      })
    }
  }
}
