import { medianOf } from '../../signal/statistics.ts'
import type { Seconds } from '../../units.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import type { Run } from './run.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'

/** What is looked through on either side of an edge. */
const AROUND: Seconds = 2.5
/** Longer it is no edge. */
const LONGEST: Seconds = 4
const STEP: Seconds = 0.1
/** Of the run: beyond it its other edge may begin. */
const OWN_PART = 0.6
const ERROR: Seconds = 0.6
/** Three complexes. What is measured as faster may have been one step, or twice as slow: it is no sign of a gradual edge. */
const AT_ONCE: Seconds = 1
/** An edge is told within its error where it is shorter than half of the run: of a shorter one nothing is. */
const SHORTEST: Seconds = 4 * ERROR
/** Of the full size: what is outside is larger than this, and the run goes on. */
const GOES_ON = 0.5
/** How much worse a faster edge may fit and still be taken. */
const NEARLY_AS_WELL = 1.1

export const abruptness = evidenceEntry({
  id: 'abruptness',
  side: 'spikeWave',
  label: 'How it begins and ends',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const begin = edgeOf(run, 1)
    const end = edgeOf(run, -1)
    if (begin === 'too short' && end === 'too short')
      return refused(
        `Of a run shorter than ${SHORTEST} s it cannot be told whether it begins or ends gradually.`,
      )
    const values = [
      ...(typeof begin === 'number' ? [{ id: 'begin', label: 'to its full size', value: begin }] : []),
      ...(typeof end === 'number' ? [{ id: 'end', label: 'from it to nothing', value: end }] : []),
    ]
    return measured({
      text: `${say('begins', begin)}, ${say('ends', end)}`,
      values: values.map((value) => ({ ...value, unit: 's', decimals: 1 })),
      where: { ...showOn(run), moments: [run.times[0]!, run.times.at(-1)!] },
    })
  },
  criteria: [
    {
      text: 'A gradual start or end suggests atypical absence.',
      sources: ['ilae-typical-absence', 'hed-score-2025'],
    },
    {
      text: 'Slowing in hyperventilation builds up with the breathing instead of switching on; hypnagogic hypersynchrony is abrupt as well.',
      sources: ['hed-score-2025', 'ofer-pien'],
    },
  ],
  algorithm:
    'RMS over one interval of what all EEG channels have in common, less that of what lies outside; the straight rise, seen through the same window, that fits it best.',
  error: `±${ERROR} s, of an edge shorter than half of the run`,
})

type Edge = Seconds | 'goes on' | 'not recorded' | 'too short'

function say(what: 'begins' | 'ends', edge: Edge): string {
  if (edge === 'goes on') return what === 'begins' ? 'has begun before it' : 'goes on after it'
  if (edge === 'not recorded')
    return what === 'begins' ? 'its beginning was not recorded' : 'its end was not recorded'
  if (edge === 'too short') return `it is too short to tell how it ${what}`
  return edge <= AT_ONCE ? `${what} within about ${AT_ONCE} s` : `${what} over ${edge.toFixed(1)} s`
}

/** `side` 1: of the beginning; -1: of the end, as if time ran backwards. */
function edgeOf({ wave, sampleRate, start, times, period }: Run, side: 1 | -1): Edge {
  const anchor = side === 1 ? times[0]! : times.at(-1)! + period
  const window = period / 2
  const sums = squares(wave)
  const sizeAt = (time: Seconds): number | null => {
    const from = Math.round((time - window - start) * sampleRate)
    const to = Math.round((time + window - start) * sampleRate)
    return from < 0 || to >= sums.length ? null : (sums[to]! - sums[from]!) / (to - from)
  }
  const at = (t: Seconds) => anchor + side * t
  const length = times.at(-1)! - times[0]!
  const inside = Math.min(LONGEST, OWN_PART * length)
  const grid = Array.from({ length: Math.floor((AROUND + inside) / 0.05) + 1 }, (_, k) => -AROUND + 0.05 * k)
  const points = grid.flatMap((t) => {
    const power = sizeAt(at(t))
    return power === null ? [] : [{ t, power }]
  })
  const outside = points.filter(({ t }) => t < -period)
  if (outside.length < period / 0.05) return 'not recorded'
  const rest = medianOf(outside.map(({ power }) => power))
  const middle = grid.map((t) => sizeAt((times[0]! + times.at(-1)!) / 2 + (t / AROUND) * (length / 8)))
  const full = medianOf(middle.filter((power) => power !== null))
  if (!(full > rest) || Math.sqrt(rest / full) > GOES_ON) return 'goes on'
  if (length < SHORTEST) return 'too short'
  return fitRise(
    points.map(({ t, power }) => ({ t, size: Math.max(0, (power - rest) / (full - rest)) })),
    window,
    inside,
  )
}

/** The shortest rise that fits nearly as well as any. */
function fitRise(
  points: readonly { readonly t: Seconds; readonly size: number }[],
  window: Seconds,
  longest: Seconds,
): Seconds {
  const fits: { readonly rise: Seconds; readonly miss: number }[] = []
  for (let rise = 0; rise <= longest + 1e-9; rise += STEP) {
    let best = Number.POSITIVE_INFINITY
    for (let begin = -1; begin <= 1; begin += 0.05) {
      let miss = 0
      for (const { t, size } of points)
        miss += (Math.sqrt(size) - Math.sqrt(seen(t, begin, rise, window))) ** 2
      best = Math.min(best, miss)
    }
    fits.push({ rise, miss: best })
  }
  const least = Math.min(...fits.map(({ miss }) => miss))
  return fits.find(({ miss }) => miss <= NEARLY_AS_WELL * least)?.rise ?? 0
}

/** Power of a rise from nothing to 1, over a window on either side. */
function seen(t: Seconds, begin: Seconds, rise: Seconds, window: Seconds): number {
  // The integral of the square of the rise up to x.
  const whole = (x: number) => {
    if (x <= 0) return 0
    return x < rise ? x ** 3 / (3 * rise ** 2) : rise / 3 + (x - rise)
  }
  return (whole(t + window - begin) - whole(t - window - begin)) / (2 * window)
}

/** Running sum of the squares. */
function squares(wave: Float64Array): Float64Array {
  const sums = new Float64Array(wave.length + 1)
  for (let i = 0; i < wave.length; i++) sums[i + 1] = sums[i]! + wave[i]! * wave[i]!
  return sums
}
