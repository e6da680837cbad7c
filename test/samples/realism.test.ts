/** How near the samples come to EEG, as numbers: spread, delay, rise and place of what a reader looks at. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Mark } from '../../shared/annotation/document.ts'
import {
  bandPass,
  beats,
  correlation,
  cut,
  emgBurst,
  least,
  loadSample,
  median,
  peakToPeak,
  RATE,
  rms,
  SAMPLE_NAMES,
  type Sample,
  stretchOf,
} from './measuring.ts'

type Event = { readonly sample: Sample; readonly mark: Mark; readonly start: number; readonly end: number }

const samples = new Map<string, Sample>()
beforeAll(async () => {
  for (const name of SAMPLE_NAMES) samples.set(name, await loadSample(name))
})

function eventsOf(code: string): readonly Event[] {
  const events = [...samples.values()].flatMap((sample) =>
    sample.key.marks
      .filter((mark) => mark.kind === code || mark.subtype === code)
      .map((mark) => ({ sample, mark, ...stretchOf(mark) })),
  )
  expect(events.length, code).toBeGreaterThan(0)
  return events
}

const where = ({ sample, start }: Event): string => `${sample.name} at ${start} s`
const band = (sample: Sample, lead: string, low: number, high: number) => bandPass(sample.of(lead), low, high)

function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

/** Spans of the complexes of a run, from spike to spike at Fz. */
function complexesOf({ sample, start, end }: Event): readonly { from: number; to: number }[] {
  const fast = cut(band(sample, 'Fz', 7, 60), start, end)
  const depth = least(fast)
  const times: number[] = []
  for (let k = 1; k < fast.length - 1; k++) {
    const isTrough = fast[k]! < 0.3 * depth && fast[k]! <= fast[k - 1]! && fast[k]! < fast[k + 1]!
    const last = times.at(-1)
    if (!isTrough) continue
    if (last === undefined || k - last > 0.2 * RATE) times.push(k)
    else if (fast[k]! < fast[last]!) times[times.length - 1] = k
  }
  return times
    .slice(1)
    .map((to, k) => ({ from: start + times[k]! / RATE - 0.04, to: start + to / RATE - 0.04 }))
}

/** By how many seconds the second wave follows the first, to a tenth of a sample, within 30 ms. */
function delayOf(first: Float64Array, second: Float64Array): number {
  const reach = 8
  const inner = first.subarray(reach, first.length - reach)
  const at = (shift: number) =>
    correlation(inner, second.subarray(reach + shift, second.length - reach + shift))
  let best = 0
  for (let shift = -reach; shift <= reach; shift++) if (at(shift) > at(best)) best = shift
  if (Math.abs(best) === reach) return best / RATE
  const [before, here, after] = [at(best - 1), at(best), at(best + 1)]
  return (best + (0.5 * (before - after)) / (before - 2 * here + after)) / RATE
}

describe('a run of spike-and-wave', () => {
  const runs = () => eventsOf('spike_wave_3hz').filter(({ start, end }) => end - start >= 3)

  it('is one discharge on both sides and no copy: F3 and F4 correlate by 0.8 to 0.96', () => {
    for (const event of eventsOf('spike_wave_3hz')) {
      const side = (lead: string) => cut(band(event.sample, lead, 0.8, 60), event.start, event.end)
      const found = correlation(side('F3'), side('F4'))
      expect(found, where(event)).toBeGreaterThan(0.8)
      expect(found, where(event)).toBeLessThan(0.96)
    }
  })

  it('shifts its balance from complex to complex, and the side that leads by 4 to 16 ms changes', () => {
    const leaders = new Set<number>()
    for (const event of runs()) {
      const [left, right] = [band(event.sample, 'F3', 0.8, 60), band(event.sample, 'F4', 0.8, 60)]
      const [leftFast, rightFast] = [band(event.sample, 'F3', 8, 60), band(event.sample, 'F4', 8, 60)]
      const complexes = complexesOf(event)
      const balance = complexes.map(({ from, to }) =>
        Math.log(peakToPeak(cut(left, from, to)) / peakToPeak(cut(right, from, to))),
      )
      expect(deviation(balance), where(event)).toBeGreaterThan(0.07)
      const delays = complexes.map(({ from, to }) =>
        delayOf(cut(leftFast, from, to), cut(rightFast, from, to)),
      )
      const usual = median(delays.map(Math.abs))
      expect(usual, where(event)).toBeGreaterThan(0.004)
      expect(usual, where(event)).toBeLessThan(0.016)
      for (const delay of delays) leaders.add(Math.sign(delay))
    }
    expect(leaders).toEqual(new Set([-1, 1]))
  })

  it('varies its waves and its spikes, which shrink towards its end', () => {
    const shrunk: number[] = []
    for (const event of runs()) {
      const slow = band(event.sample, 'Fz', 0.8, 6)
      const fast = band(event.sample, 'Fz', 7, 60)
      const complexes = complexesOf(event)
      const spread = (wave: Float64Array) => {
        const heights = complexes.map(({ from, to }) => peakToPeak(cut(wave, from, to)))
        return deviation(heights) / (heights.reduce((sum, height) => sum + height, 0) / heights.length)
      }
      expect(spread(slow), where(event)).toBeGreaterThan(0.05)
      expect(spread(fast), where(event)).toBeGreaterThan(0.1)
      const depth = (from: number, to: number) =>
        median(complexes.slice(from, to).map((one) => -least(cut(fast, one.from, one.to))))
      shrunk.push(depth(-4, complexes.length) / depth(1, 5))
    }
    expect(median(shrunk)).toBeLessThan(0.9)
  })
})

describe('sleep', () => {
  /** K-complexes of the sample, from its recipe: no key has them. */
  const K_COMPLEXES = [
    ['hypnic-jerks', 229.4],
    ['hypnic-jerks', 237.8],
    ['hypnic-jerks', 258.2],
    ['mixed-teaching', 231.3],
    ['mixed-teaching', 240.2],
  ] as const

  it('has K-complexes of 100 to 200 uV with a sharp start, greatest in the frontal midline', () => {
    const shares: number[] = []
    for (const [name, at] of K_COMPLEXES) {
      const sample = samples.get(name)!
      const of = (lead: string) => cut(band(sample, lead, 0.5, 30), at, at + 1.2)
      const height = Math.max(peakToPeak(of('Fz')), peakToPeak(of('Cz')))
      expect(height, `${name} ${at}`).toBeGreaterThan(100)
      expect(height, `${name} ${at}`).toBeLessThan(200)
      const share = (lead: string) => peakToPeak(of(lead)) / height
      for (const lead of ['F3', 'F4', 'C3', 'C4']) shares.push(share(lead))
      for (const lead of ['O1', 'O2']) expect(share(lead), `${name} ${at} ${lead}`).toBeLessThan(0.55)
      expect(riseTime(of('Fz')), `${name} ${at}`).toBeLessThan(0.1)
    }
    expect(median(shares)).toBeGreaterThan(0.6)
    expect(median(shares)).toBeLessThan(0.7)
    expect(Math.min(...shares)).toBeGreaterThan(0.4)
    expect(Math.max(...shares)).toBeLessThan(0.9)
  })

  /** Seconds from a fifth of the deepest negative wave to nine tenths of it. */
  function riseTime(wave: Float64Array): number {
    const depth = least(wave)
    let peak = wave.indexOf(depth)
    while (wave[peak]! < 0.9 * depth) peak--
    let from = peak
    while (from > 0 && wave[from]! < 0.2 * depth) from--
    return (peak - from) / RATE
  }

  it('has spindles of half a second to one and a half, of different lengths', () => {
    const sample = samples.get('hypnic-jerks')!
    const lengths = [226.6, 230.5, 234.9, 239.1, 242.7, 256.1, 259.4].map((at) => {
      const wave = cut(band(sample, 'Cz', 11, 16), at - 0.2, at + 2.4)
      const level = wave.map((_, k) => rms(wave.subarray(Math.max(0, k - 13), k + 13)))
      const top = level.reduce((most, value) => Math.max(most, value), 0)
      return level.filter((value) => value > 0.35 * top).length / RATE
    })
    expect(Math.min(...lengths)).toBeGreaterThan(0.5)
    expect(Math.max(...lengths)).toBeLessThan(1.5)
    expect(Math.max(...lengths) / Math.min(...lengths)).toBeGreaterThan(1.4)
  })
})

describe('a hypnic jerk', () => {
  const jerks = () => eventsOf('hypnic_jerk')

  it('moves the cables: 100 to 300 uV in the worst lead of the sides and the back, hardly at the vertex', () => {
    for (const event of jerks()) {
      const height = (lead: string) =>
        peakToPeak(cut(band(event.sample, lead, 0.5, 15), event.start, event.start + 1))
      const worst = Math.max(...['T7', 'T8', 'P7', 'P8', 'O1', 'O2', 'A1', 'A2'].map(height))
      expect(worst, where(event)).toBeGreaterThan(100)
      expect(worst, where(event)).toBeLessThan(300)
    }
  })

  it('rises over tens of milliseconds, and a weaker burst follows in the muscle', () => {
    const rises: number[] = []
    let followed = 0
    for (const event of jerks()) {
      const fast = band(event.sample, 'EMG Neck', 20, 100)
      const burst = emgBurst(event.sample.of('EMG Neck'), event.start)!
      const level = (from: number, to: number) => rms(cut(fast, from, to))
      rises.push(riseOf(fast, burst))
      const rest = level(event.start - 4, event.start - 1)
      const after = Array.from({ length: 12 }, (_, k) => burst.end + 0.05 + k * 0.02).map((at) =>
        level(at, at + 0.05),
      )
      if (Math.max(...after) > 2.2 * rest) followed++
    }
    // What switches on at once takes 12 ms by this ruler.
    expect(median(rises)).toBeGreaterThan(0.025)
    expect(median(rises)).toBeLessThan(0.1)
    expect(followed).toBeGreaterThanOrEqual(8)
  })

  /** Seconds from a fifth of the burst's height to four fifths, of its size over 20 ms. */
  function riseOf(fast: Float64Array, { start, end }: { readonly start: number; readonly end: number }) {
    const count = Math.round((end - start + 0.02) / 0.005)
    const sizes = Array.from({ length: count }, (_, k) => {
      const at = start - 0.02 + k * 0.005
      return rms(cut(fast, at - 0.01, at + 0.01))
    })
    const top = Math.max(...sizes)
    const reached = (share: number) => sizes.findIndex((size) => size > share * top)
    return (reached(0.8) - reached(0.2)) * 0.005
  }
})

describe('what is mistaken for the two', () => {
  it('polyspikes keep no beat: their intervals differ by a fifth and more', () => {
    const spreads = eventsOf('polyspike_wave_jerk').map((event) => {
      const fast = cut(band(event.sample, 'Fz', 8, 70), event.start, event.start + 0.35)
      const times: number[] = []
      for (let k = 1; k < fast.length - 1; k++)
        if (fast[k]! < 0.2 * least(fast) && fast[k]! <= fast[k - 1]! && fast[k]! < fast[k + 1]!) times.push(k)
      const gaps = times.slice(1).map((time, k) => time - times[k]!)
      return Math.max(...gaps) / Math.min(...gaps)
    })
    expect(Math.min(...spreads)).toBeGreaterThan(1.2)
  })

  it('slow rhythms build up, mix frequencies and are notched', () => {
    for (const [subtype, lead] of [
      ['hypnagogic_hypersynchrony', 'Cz'],
      ['oirda', 'O1'],
    ] as const) {
      for (const event of eventsOf(subtype)) {
        const wave = band(event.sample, lead, 1.5, 8)
        const size = (from: number, to: number) => rms(cut(wave, event.start + from, event.start + to))
        expect(size(0, 0.5) / size(1.4, 3), where(event)).toBeLessThan(0.5)
        expect(size(0.5, 1) / size(1.4, 3), where(event)).toBeLessThan(1)
        // Of a sine all would lie in one band of half an octave.
        const inner = (low: number, high: number) =>
          rms(cut(band(event.sample, lead, low, high), event.start + 0.8, event.end - 0.5))
        expect(inner(4.5, 9) / inner(2, 4.5), where(event)).toBeGreaterThan(0.2)
        // Two turns a cycle have a sine; a notch adds two.
        const seen = cut(band(event.sample, lead, 0.8, 9), event.start + 0.8, event.end - 0.4)
        const slow = cut(band(event.sample, lead, 1.5, 5), event.start + 0.8, event.end - 0.4)
        expect(turnsOf(seen) / (turnsOf(slow) / 2), where(event)).toBeGreaterThan(2.2)
      }
    }
  })

  function turnsOf(wave: Float64Array): number {
    return wave.filter((value, k) => k > 1 && (value - wave[k - 1]!) * (wave[k - 1]! - wave[k - 2]!) < 0)
      .length
  }

  it('OIRDA is not the same on both sides, and goes when the eyes open', () => {
    for (const event of eventsOf('oirda')) {
      const side = (lead: string, from = event.start, to = event.end) =>
        cut(band(event.sample, lead, 1.5, 8), from, to)
      expect(correlation(side('O1'), side('O2'))).toBeLessThan(0.97)
      const opened = event.sample.notes.find(
        ({ text, onset }) => text === 'Eyes open' && onset > event.start,
      )!
      expect(Math.abs(opened.onset - event.end)).toBeLessThan(0.5)
      const after = rms(side('O1', opened.onset + 0.5, opened.onset + 2.5))
      expect(after / rms(side('O1', event.start + 1.2, event.end - 0.4))).toBeLessThan(0.35)
    }
  })
})

describe('the waking EEG', () => {
  type Range = readonly [start: number, end: number]
  const EYES: Record<(typeof SAMPLE_NAMES)[number], { readonly closed: Range; readonly open: Range }> = {
    'mixed-teaching': { closed: [5, 12], open: [18, 24] },
    'hypnic-jerks': { closed: [5, 20], open: [23, 27.8] },
    'spike-wave-3hz': { closed: [5, 18], open: [20.6, 25] },
  }

  it.each(SAMPLE_NAMES)('%s has a mu rhythm at C3 and C4 that opening the eyes does not block', (name) => {
    const sample = samples.get(name)!
    const { closed, open } = EYES[name]
    for (const lead of ['C3', 'C4']) {
      const mu = (from: number, to: number) => rms(cut(band(sample, lead, 8, 12.5), from, to))
      expect(mu(...open), lead).toBeGreaterThan(1.8)
      expect(mu(...open) / mu(...closed), lead).toBeGreaterThan(0.4)
    }
  })

  it.each(SAMPLE_NAMES)(
    '%s has lambda waves: positive at the back, a tenth of a second after a look',
    (name) => {
      const sample = samples.get(name)!
      const { open } = EYES[name]
      const turn = bandPass(
        sample.of('F8').map((value, k) => value - sample.of('F7')[k]!),
        0.5,
        12,
      )
      const lids = bandPass(sample.of('Fp1'), 0.5, 12)
      const back = bandPass(
        sample.of('O1').map((value, k) => 0.5 * (value + sample.of('O2')[k]!)),
        1,
        20,
      )
      const stepAt = (k: number) => Math.abs(turn[k + 4]! - turn[k - 4]!)
      const heights: number[] = []
      for (let k = Math.round(open[0] * RATE); k < Math.round((open[1] - 0.5) * RATE); k++) {
        const isBlink = peakToPeak(lids.subarray(k - 20, k + 20)) > 20
        if (isBlink || stepAt(k) < 8 || [-8, -4, 4, 8].some((d) => stepAt(k + d) > stepAt(k))) continue
        const after = back.subarray(k + 13, k + 34)
        heights.push(after.reduce((most, value) => Math.max(most, value), -Infinity))
        k += 40
      }
      expect(heights.length).toBeGreaterThan(0)
      expect(Math.max(...heights)).toBeGreaterThan(9)
    },
  )

  it('has more beta in the adult, in front and in spells', () => {
    const adult = samples.get('hypnic-jerks')!
    const beta = (sample: Sample, lead: string) => rms(cut(band(sample, lead, 16, 30), 5, 18))
    expect(beta(adult, 'Fz')).toBeGreaterThan(1.2 * beta(adult, 'P3'))
    expect(beta(adult, 'Fz')).toBeGreaterThan(1.3 * beta(samples.get('spike-wave-3hz')!, 'Fz'))
    const wave = cut(band(adult, 'Fz', 16, 30), 5, 18)
    const pieces = Array.from({ length: 26 }, (_, k) => rms(cut(wave, k / 2, k / 2 + 0.5)))
    expect(Math.max(...pieces) / Math.min(...pieces)).toBeGreaterThan(1.6)
  })

  it.each([
    ['mixed-teaching', 25.2, 2.6],
    ['hypnic-jerks', 29.4, 3.4],
    ['spike-wave-3hz', 26.4, 3.2],
  ] as const)('%s has eyelid flutter in front, opposite in the eye leads', (name, at, seconds) => {
    const sample = samples.get(name)!
    const of = (label: string) => cut(band(sample, label, 3, 8), at + 0.4, at + seconds - 0.5)
    expect(rms(of('Fp1'))).toBeGreaterThan(2 * rms(of('C3')))
    expect(correlation(of('Fp1'), of('Fp2'))).toBeGreaterThan(0.85)
    expect(correlation(of('EOG LOC'), of('EOG ROC'))).toBeLessThan(-0.5)
  })

  it('shows the heart in the EEG, most where the neck is broad', () => {
    const trace = (name: string) => {
      const sample = samples.get(name)!
      const times = beats(sample.of('ECG'))
      const across = sample.of('T8').map((value, k) => value - sample.of('T7')[k]!)
      const mean = (offset: number) =>
        times.slice(2, -2).reduce((sum, time) => sum + across[Math.round((time + offset) * RATE)]!, 0) /
        (times.length - 4)
      return mean(0) - 0.5 * (mean(-0.08) + mean(0.1))
    }
    expect(trace('hypnic-jerks')).toBeGreaterThan(4)
    expect(trace('hypnic-jerks')).toBeGreaterThan(1.5 * trace('spike-wave-3hz'))
  })

  it('is of different ages: the posterior rhythm of the child is slower than that of the adult', () => {
    const peak = (name: string) => {
      const sample = samples.get(name)!
      const power = (hertz: number) => rms(cut(band(sample, 'O1', hertz - 0.3, hertz + 0.3), 5, 18))
      const rates = Array.from({ length: 26 }, (_, k) => 8 + k * 0.1)
      return rates.reduce((best, hertz) => (power(hertz) > power(best) ? hertz : best))
    }
    expect(peak('hypnic-jerks') - peak('spike-wave-3hz')).toBeGreaterThan(0.5)
  })
})
