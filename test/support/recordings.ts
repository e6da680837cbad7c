/** Short ways for tests to open bytes as a recording. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { bytesSource } from '../../shared/bytes.ts'
import type { Recording, Warning } from '../../shared/edf/header/model.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { ReviewError } from '../../shared/failure.ts'
import { edfBytes, type FileBytes } from './edfBytes.ts'

export type Opened = { readonly source: ReturnType<typeof bytesSource>; readonly recording: Recording }

export async function openBytes(
  bytes: Uint8Array,
  timeline: 'complete' | 'quick' = 'complete',
): Promise<Opened> {
  const source = bytesSource(bytes)
  return { source, recording: await openRecording(source, { timeline }) }
}

export function openFileBytes(file: FileBytes): Promise<Opened> {
  return openBytes(edfBytes(file))
}

/** Everything that is known of a recording after its scan. */
export async function scanBytes(bytes: Uint8Array) {
  const { source, recording } = await openBytes(bytes)
  return { source, ...(await scanRecording(source, recording)) }
}

export function scanFileBytes(file: FileBytes) {
  return scanBytes(edfBytes(file))
}

export function warningOf(recording: Recording, code: string): Warning | null {
  return recording.warnings.find((warning) => warning.code === code) ?? null
}

export function codesOf(recording: Recording): readonly string[] {
  return recording.warnings.map((warning) => warning.code)
}

/** What the promise was refused with; fails where it was not. */
export async function refusalOf(promise: Promise<unknown>): Promise<ReviewError> {
  const outcome = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (outcome instanceof ReviewError) return outcome
  throw new Error(`not refused, but ${outcome === null ? 'done' : String(outcome)}`)
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Real recordings with values by an independent reader, where they lie beside the project. */
export const REAL_RECORDINGS = path.resolve(root, '../shared/recordings')

export type RealRecording = { readonly name: string; readonly path: string; readonly golden: Golden }

/** Pairs of a recording and its golden values, in every folder there; empty (and said so) where there are none. */
export function realRecordings(): readonly RealRecording[] {
  if (!existsSync(REAL_RECORDINGS)) {
    console.info('Skipped: there are no real recordings beside this project (../shared/recordings).')
    return []
  }
  return readdirSync(REAL_RECORDINGS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.golden.json'))
    .map((name) => {
      const golden = path.join(REAL_RECORDINGS, name)
      const file = golden.slice(0, -'.golden.json'.length)
      return {
        name: name.slice(0, -'.golden.json'.length),
        path: file,
        golden: JSON.parse(readFileSync(golden, 'utf8')) as Golden,
      }
    })
}

export type GoldenSignal = {
  readonly index: number
  readonly label: string
  readonly isAnnotation: boolean
  readonly transducer: string
  readonly physicalDimension: string
  readonly prefilter: string
  readonly samplesPerRecord: number
  readonly physicalMin: number
  readonly physicalMax: number
  readonly digitalMin: number
  readonly digitalMax: number
  readonly sampleRate: number | null
  readonly nSamples: number
  readonly digital?: {
    readonly sha256: string
    readonly min: number | null
    readonly max: number | null
    readonly sum: number
  }
  readonly physical?: {
    readonly first: readonly number[]
    readonly middleIndex: number
    readonly middle: readonly number[]
    readonly last: readonly number[]
    readonly min: number
    readonly max: number
    readonly mean: number
    readonly sumSquares: number
  } | null
}

export type Golden = {
  readonly format: string
  readonly patient: string
  readonly recording: string
  readonly startDateTime: string | null
  readonly headerBytes: number
  readonly recordDuration: number
  readonly nRecords: number
  readonly recordBytes: number
  readonly trailingBytes: number
  readonly firstRecordOnset: number
  readonly recordedSeconds: number
  readonly spanSeconds: number
  readonly segments: readonly {
    readonly firstRecord: number
    readonly nRecords: number
    readonly onset: number
  }[]
  readonly annotations: {
    readonly total: number
    readonly first: readonly {
      readonly onset: number
      readonly duration: number | null
      readonly text: string
    }[]
  }
  readonly signals: readonly GoldenSignal[]
}
