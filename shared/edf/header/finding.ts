/**
 * One place where a file and the standard differ. Every oddity is noticed once, as data: the window and
 * `info` show those that matter to a reader as warnings, the check report lists all of them.
 */
import { groupBy } from '../../groupBy.ts'
import type { Warning } from './model.ts'

export type Finding = {
  /** Stable, kebab-case; the code of the warning. */
  readonly code: string
  /** Clause of the standard, e.g. `EDF: start date` or `EDF+ 2.1.3 (2)`. */
  readonly clause: string
  /** The field or part of the file, as a sentence would begin. */
  readonly field: string
  /** Position in the file of what was found; null where it is the whole file. */
  readonly byteOffset: number | null
  readonly found: string
  readonly expected: string
  /** How it was read. */
  readonly howRead: string
  readonly signal?: number
  /** Against the standard, but nothing for a reader of the EEG to know: only in the check report. */
  readonly minor?: boolean
  /** Worth a warning, but not against the standard: not in the check report. */
  readonly legal?: boolean
}

/** The same code, read the same way, on more signals than this becomes one warning that counts them. */
const SAME_WARNING_LIMIT = 3
const LISTED_SIGNALS = 5
const LISTED_VALUES = 4

/** What a reader is told, in the order found; many signals with the same oddity share one warning. */
export function toWarnings(findings: readonly Finding[], labels: readonly string[]): readonly Warning[] {
  const shown = findings.filter((finding) => finding.minor !== true)
  const alike = groupBy(shown, ({ code, howRead, signal }) =>
    signal === undefined ? code : `${code} ${howRead}`,
  )
  const warnings: Warning[] = []
  for (const group of alike.values()) {
    const code = group[0]?.code ?? ''
    const signals = group.filter((finding) => finding.signal !== undefined)
    const rest = group.filter((finding) => finding.signal === undefined)
    const first = signals[0]
    if (first !== undefined && signals.length > SAME_WARNING_LIMIT) {
      const listed = signals
        .slice(0, LISTED_SIGNALS)
        .map((finding) => nameSignal(finding.signal ?? 0, labels))
      const more = signals.length > LISTED_SIGNALS ? ' and more' : ''
      const values = [...new Set(signals.map((finding) => finding.found))]
      const found = values.length <= LISTED_VALUES ? values.join(', ') : 'various'
      warnings.push({
        code,
        message: `${first.field} of ${signals.length} signals (${listed.join(', ')}${more}): found ${found}, expected ${first.expected}; ${first.howRead}.`,
      })
    } else {
      for (const finding of signals) warnings.push(toWarning(finding, labels))
    }
    for (const finding of rest) warnings.push(toWarning(finding, labels))
  }
  return warnings
}

function toWarning(finding: Finding, labels: readonly string[]): Warning {
  const { code, field, found, expected, howRead, signal } = finding
  const subject = signal === undefined ? field : `${field} of signal ${nameSignal(signal, labels)}`
  const message = `${subject}: found ${found}, expected ${expected}; ${howRead}.`
  return signal === undefined ? { code, message } : { code, message, signal }
}

/** `3 (EEG Fp1)`: labels may be blank or the same, so the position is always there. */
export function nameSignal(index: number, labels: readonly string[]): string {
  const label = labels[index]
  return label === undefined || label === '' ? `${index}` : `${index} (${label})`
}
