/**
 * What the search for candidates finds, and what it takes for one: on the samples of this project, on what two other
 * simulators put into real and made backgrounds, and beside what others have published.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bytesSource } from '../../shared/bytes.ts'
import type { CandidateKind } from '../../shared/candidates/common/candidate.ts'
import { findCandidates } from '../../shared/candidates/findCandidates.ts'
import { openRecording } from '../../shared/edf/recording.ts'
import { type Background, madeBackground, realBackground, stitch } from '../support/heldApart/background.ts'
import { createChance } from '../support/heldApart/chance.ts'
import { DRAWN_SCRIPT } from '../support/heldApart/drawn.ts'
import { makeHeldApart, type Put, SCRIPT, type Truth } from '../support/heldApart/heldApart.ts'
import { scoreCandidates } from '../support/heldApart/scoring.ts'
import type { Row } from './table.ts'

const KINDS = [
  { kind: 'spike_wave_3hz', name: 'spike-and-wave, runs of 3 s and more', budget: '95 %, 0.7 false/h' },
  { kind: 'hypnic_jerk', name: 'hypnic jerks', budget: '90 %, 2 false/h' },
] as const

const REAL = ['eegmat-Subject00_1.edf', 'eegmat-Subject00_2.edf', 'microstates-test.edf']
const PIECES = 4
const PIECE_SECONDS = 900
const MADE_RATE = 256
const LONG = 3

/** Published figures, on patients: recordings and counting differ, so they are beside ours and not against them. */
const PUBLISHED: readonly Row[] = [
  {
    what: 'published: Glaba 2021, 64 patients and 30 controls, runs of 2 s',
    measured: '97.6 %, 0.7 false/h',
  },
  { what: 'published: Swinnen 2021, 12 patients, made for each', measured: '98.3 %, 0.9 false/h' },
  { what: 'published: Japaridze 2022, 102 patients, headband', measured: '78.8 %, 0.5 false/h' },
  { what: 'published: hypnic jerks', measured: 'no detector' },
]

type Counts = { put: number; found: number; wrong: number }

export async function measureCandidates(): Promise<readonly Row[]> {
  const rows: Row[] = []
  const own = ['spike-wave-3hz', 'hypnic-jerks', 'mixed-teaching'].map(readSample)
  rows.push(...(await figuresOf('own samples', own)))
  for (const name of REAL) {
    const real = await realBackground(name)
    if (real === null) console.log(`candidates: skipped, there is no ../shared/recordings/valid/${name}`)
    else rows.push(...(await figuresOfHands(name, real)))
  }
  rows.push(...(await figuresOfHands('made noise', null)))
  return [...rows, ...PUBLISHED]
}

/** Whose discharges, slowing and movements are put in: a neural mass's, and those drawn complex by complex. */
const HANDS = [
  ['neural mass', SCRIPT],
  ['drawn', DRAWN_SCRIPT],
] as const

async function figuresOfHands(name: string, real: Background | null): Promise<readonly Row[]> {
  const rows: Row[] = []
  for (const [hand, script] of HANDS)
    rows.push(...(await figuresOf(`held apart, ${hand} on ${name}`, heldApartPieces(real, script))))
  return rows
}

type Piece = () => { readonly bytes: Uint8Array; readonly truth: readonly Truth[]; readonly seconds: number }

function readSample(name: string): Piece {
  const file = (ending: string) => fileURLToPath(new URL(`../../samples/${name}${ending}`, import.meta.url))
  return () => {
    const { marks, reviewed } = JSON.parse(readFileSync(file('.key.json'), 'utf8')) as {
      marks: { kind: Truth['kind']; subtype: string | null; onset: number; duration: number }[]
      reviewed: { duration: number }[]
    }
    const truth = marks.map(({ kind, subtype, onset, duration }) => ({
      kind,
      what: subtype ?? kind,
      start: onset / 1e7,
      end: (onset + duration) / 1e7,
    }))
    return { bytes: readFileSync(file('.edf')), truth, seconds: reviewed[0]!.duration / 1e7 }
  }
}

/** Made when asked for, since each is some 100 MB; on noise where no background is given. */
function heldApartPieces(real: Background | null, script: readonly Put[]): readonly Piece[] {
  return Array.from({ length: PIECES }, (_, piece) => () => {
    const chance = createChance(1000 + piece)
    const background =
      real === null
        ? madeBackground(MADE_RATE, PIECE_SECONDS, chance)
        : { ...real, channels: stitch(real, PIECE_SECONDS, chance) }
    return { ...makeHeldApart(background, chance, script), seconds: PIECE_SECONDS }
  })
}

async function figuresOf(what: string, pieces: readonly Piece[]): Promise<readonly Row[]> {
  const counts = new Map<CandidateKind, Counts>(
    KINDS.map(({ kind }) => [kind, { put: 0, found: 0, wrong: 0 }]),
  )
  let seconds = 0
  for (const make of pieces) {
    const { bytes, truth, seconds: length } = make()
    seconds += length
    const source = bytesSource(bytes)
    const { candidates } = await findCandidates(source, await openRecording(source))
    for (const { kind } of KINDS) {
      const all = counts.get(kind)!
      const long = truth.filter(({ start, end }) => kind === 'hypnic_jerk' || end - start >= LONG)
      const { put, found } = scoreCandidates(candidates, long, kind)
      all.put += put
      all.found += found
      all.wrong += scoreCandidates(candidates, truth, kind).wrong.length
    }
  }
  return KINDS.map(({ kind, name, budget }) => {
    const { put, found, wrong } = counts.get(kind)!
    const share = put === 0 ? 'none put in' : `${((100 * found) / put).toFixed(1)} % (${found} of ${put})`
    const rate = `${((3600 * wrong) / seconds).toFixed(2)} false/h in ${(seconds / 3600).toFixed(1)} h`
    return { what: `candidates, ${what}: ${name}`, measured: `${share}, ${rate}`, budget }
  })
}
