/** Where a file and the standard differ: the report of `check`, for a technologist to send to a vendor. */
import type { ByteSource } from '../bytes.ts'
import { ReviewError, toFailure } from '../failure.ts'
import { findDamage } from './header/damage.ts'
import { type Finding, nameSignal } from './header/finding.ts'
import type { EdfFormat } from './header/model.ts'
import { readHeader } from './recording.ts'
import { type ScanOptions, scan } from './scanRecording.ts'

export type Deviation = {
  /** Clause of the standard. */
  readonly clause: string
  /** Field or part of the file, with the signal it belongs to. */
  readonly field: string
  /** Position in the file; null where it is the whole. */
  readonly byteOffset: number | null
  readonly found: string
  readonly expected: string
  readonly howRead: string
  readonly signal: number | null
}

export type CheckReport = {
  readonly verdict: 'conforming' | 'deviating' | 'refused'
  readonly format: EdfFormat | null
  readonly deviations: readonly Deviation[]
  /** The sentence with which the file was refused, else null. */
  readonly refusal: string | null
}

/**
 * Reads the whole file. A file that is refused is a report too; thrown is what the source throws, and ReviewError
 * `cancelled` once `signal` is aborted.
 */
export async function checkRecording(
  source: ByteSource,
  options: Pick<ScanOptions, 'onProgress' | 'signal'> = {},
): Promise<CheckReport> {
  try {
    const { header, findings } = await readHeader(source)
    const scanned = await scan(source, header, { ...options, samples: true })
    const damage = await findDamage(source, header)
    const labels = header.signals.map((signal) => signal.label)
    const deviations = [...(damage === null ? [] : [damage]), ...findings, ...scanned.findings]
      .filter((finding) => finding.legal !== true)
      .map((finding) => toDeviation(finding, labels))
    const verdict = deviations.length === 0 ? 'conforming' : 'deviating'
    return { verdict, format: header.format, deviations, refusal: null }
  } catch (thrown) {
    const refusals = ['not-edf', 'damaged', 'unsupported']
    if (!(thrown instanceof ReviewError) || !refusals.includes(thrown.code)) throw thrown
    return { verdict: 'refused', format: null, deviations: [], refusal: toFailure(thrown).message }
  }
}

function toDeviation(finding: Finding, labels: readonly string[]): Deviation {
  const { clause, field, byteOffset, found, expected, howRead, signal } = finding
  return {
    clause,
    field: signal === undefined ? field : `${field} of signal ${nameSignal(signal, labels)}`,
    byteOffset,
    found,
    expected,
    howRead,
    signal: signal ?? null,
  }
}
