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
  peakToPeak,
  RATE,
  rateByAutocorrelation,
  rms,
  SAMPLE_NAMES,
  type Sample,
  stretchOf,
  subtract,
} from './measuring.ts'

type Event = { readonly sample: Sample; readonly mark: Mark; readonly start: number; readonly end: number }

const LIMBS = ['EMG Neck', 'EMG LAT', 'EMG RAT'] as const
const FRONTAL = ['Fp1', 'Fp2', 'F3', 'Fz', 'F4'] as const

const samples: Sample[] = []
beforeAll(async () => {
  for (const name of SAMPLE_NAMES) samples.push(await loadSample(name))
})

function eventsOf(code: string): readonly Event[] {
  const events = samples.flatMap((sample) =>
    sample.key.marks
      .filter((mark) => mark.kind === code || mark.subtype === code)
      .map((mark) => ({ sample, mark, ...stretchOf(mark) })),
  )
  expect(events.length, code).toBeGreaterThan(0)
  return events
}

const where = ({ sample, start }: Event): string => `${sample.name} at ${start} s`

/** The band in which a discharge is seen, over the event's stretch. */
function wave({ sample }: Event, lead: string, from: number, to: number): Float64Array {
  return cut(bandPass(sample.of(lead), 0.8, 60), from, to)
}

describe('3 Hz spike-and-wave', () => {
  const runs = () => eventsOf('spike_wave_3hz')
  const long = () => runs().filter(({ start, end }) => end - start >= 3)

  it('comes as runs of 3 to 15 s, shorter bursts and fragments below 2 s', () => {
    const lengths = runs().map(({ start, end }) => end - start)
    expect(lengths.filter((length) => length >= 3).length).toBeGreaterThanOrEqual(7)
    expect(lengths.filter((length) => length >= 2 && length < 3).length).toBeGreaterThanOrEqual(2)
    expect(lengths.filter((length) => length < 2).length).toBeGreaterThanOrEqual(4)
    expect(Math.max(...lengths)).toBeLessThan(15)
    expect(Math.max(...lengths)).toBeGreaterThan(11)
  })

  it('repeats at 3 to 3.6 Hz in its first seconds and slows by 0.3 to 1 Hz', () => {
    for (const event of long()) {
      const { start, end } = event
      const first = rateByAutocorrelation(wave(event, 'Fz', start, start + 1.7), 2.2, 5)
      const last = rateByAutocorrelation(wave(event, 'Fz', end - 1.7, end), 2.2, 5)
      expect(first, where(event)).toBeGreaterThan(3)
      expect(first, where(event)).toBeLessThan(3.6)
      expect(first - last, where(event)).toBeGreaterThan(0.3)
      expect(first - last, where(event)).toBeLessThan(1)
      expect(last, where(event)).toBeGreaterThan(2.5)
    }
  })

  it('is 150 to 650 uV high in front, at least twice as high as at the back', () => {
    for (const event of runs()) {
      const height = (lead: string) => peakToPeak(wave(event, lead, event.start, event.end))
      const front = Math.max(...FRONTAL.map(height))
      expect(front, where(event)).toBeGreaterThan(150)
      expect(front, where(event)).toBeLessThan(650)
      expect(front / Math.max(height('O1'), height('O2')), where(event)).toBeGreaterThan(2)
    }
  })

  it('is one discharge on both sides, a little different in height', () => {
    for (const event of runs()) {
      const [left, right] = [
        wave(event, 'F3', event.start, event.end),
        wave(event, 'F4', event.start, event.end),
      ]
      expect(correlation(left, right), where(event)).toBeGreaterThan(0.8)
      const ratio = peakToPeak(left) / peakToPeak(right)
      expect(Math.abs(Math.log(ratio)), where(event)).toBeLessThan(0.35)
    }
  })

  it('begins and ends abruptly out of a quiet background', () => {
    for (const event of runs()) {
      const { start, end } = event
      const height = (from: number, to: number) =>
        peakToPeak(cut(bandPass(event.sample.of('Fz'), 2, 30), from, to))
      const inside = height(start, end)
      expect(height(start - 1.6, start - 0.1) / inside, where(event)).toBeLessThan(0.45)
      expect(height(start, start + 0.5) / inside, where(event)).toBeGreaterThan(0.4)
      expect(height(end + 0.4, end + 2) / inside, where(event)).toBeLessThan(0.4)
    }
  })

  it('has negative spikes of 20 to 70 ms, one to each slow wave', () => {
    for (const event of long()) {
      const fast = cut(bandPass(event.sample.of('Fz'), 7, 60), event.start, event.end)
      const spikes = spikesOf(fast)
      const seconds = event.end - event.start
      expect(spikes.length / seconds, where(event)).toBeGreaterThan(2.4)
      expect(spikes.length / seconds, where(event)).toBeLessThan(4)
      for (const width of spikes) {
        expect(width, where(event)).toBeGreaterThanOrEqual(0.02)
        expect(width, where(event)).toBeLessThan(0.07)
      }
    }
  })

  it('is no copy of itself from complex to complex', () => {
    for (const event of long()) {
      const fast = cut(bandPass(event.sample.of('Fz'), 7, 60), event.start + 0.5, event.end - 0.5)
      const depths = troughsOf(fast)
      expect(Math.max(...depths) / Math.min(...depths), where(event)).toBeGreaterThan(1.15)
    }
  })

  it('is found by a reader who knows only the file: nothing alike is outside the key', () => {
    for (const sample of samples) {
      const front = bandPass(subtract(sample.of('Fz'), sample.of('Pz')), 2, 30)
      const spans = sample.key.marks.map(stretchOf)
      for (let from = 0; from + 1 < 280; from += 0.5) {
        const piece = cut(front, from, from + 1)
        const isKnown = spans.some(({ start, end }) => from < end + 1 && from + 1 > start - 1)
        if (!isKnown) expect(peakToPeak(piece), `${sample.name} at ${from} s`).toBeLessThan(170)
      }
    }
  })
})

/** Widths of the negative peaks deeper than half of the deepest, at a quarter of their depth. */
function spikesOf(fast: Float64Array): readonly number[] {
  const widths: number[] = []
  for (const [from, to] of belowHalf(fast)) {
    const depth = least(fast.subarray(from, to))
    let [start, end] = [from, to]
    while (start > 0 && fast[start]! < 0.25 * depth) start--
    while (end < fast.length && fast[end]! < 0.25 * depth) end++
    widths.push((end - start) / RATE)
  }
  return widths
}

function troughsOf(fast: Float64Array): readonly number[] {
  return belowHalf(fast).map(([from, to]) => -least(fast.subarray(from, to)))
}

function belowHalf(fast: Float64Array): readonly (readonly [from: number, to: number])[] {
  const threshold = 0.3 * least(fast)
  const spans: (readonly [number, number])[] = []
  for (let k = 0; k < fast.length; k++) {
    if (fast[k]! > threshold) continue
    const from = k
    while (k < fast.length && fast[k]! <= threshold) k++
    const before = spans.at(-1)
    // A double spike is one complex.
    if (before !== undefined && from - before[1] < 0.12 * RATE) continue
    spans.push([from, k])
  }
  return spans
}

describe('hypnic jerks', () => {
  const jerks = () => eventsOf('hypnic_jerk')
  const bursts = (event: Event) =>
    [...LIMBS, 'EMG Chin'].map((label) => ({ label, burst: emgBurst(event.sample.of(label), event.start) }))

  it('are bursts of 75 to 250 ms in neck and limbs that begin where the key says', () => {
    for (const event of jerks()) {
      const found = bursts(event).flatMap(({ burst }) => (burst === null ? [] : [burst]))
      expect(found.length, where(event)).toBeGreaterThanOrEqual(2)
      const first = Math.min(...found.map(({ start }) => start))
      expect(Math.abs(first - event.start), where(event)).toBeLessThan(0.03)
      const widest = Math.max(...found.map(({ start, end }) => end - start))
      expect(widest, where(event)).toBeGreaterThan(0.075)
      expect(widest, where(event)).toBeLessThan(0.27)
      expect(bursts(event).find(({ label }) => label === 'EMG Neck')?.burst, where(event)).not.toBeNull()
    }
  })

  it('are not always in the chin', () => {
    const chins = jerks().map((event) => {
      const burst = emgBurst(event.sample.of('EMG Chin'), event.start)
      return burst !== null && burst.start - event.start < 0.1
    })
    expect(chins).toContain(true)
    expect(chins).toContain(false)
  })

  it('come out of drowsiness: alpha gone, theta there', () => {
    for (const event of jerks()) {
      const power = (lead: string, low: number, high: number, [from, to]: readonly [number, number]) =>
        rms(cut(bandPass(event.sample.of(lead), low, high), from, to))
      const awake = [5, 12] as const
      const before = [event.start - 5, event.start - 0.2] as const
      const share = (lead: string, low: number, high: number) =>
        power(lead, low, high, before) / power(lead, low, high, awake)
      expect(share('O1', 8, 12), where(event)).toBeLessThan(0.5)
      expect(share('C3', 3.5, 6.5), where(event)).toBeGreaterThan(1.3)
    }
  })

  it('have no spike before them nor with them', () => {
    for (const event of jerks()) {
      for (const lead of [...FRONTAL, 'C3', 'Cz', 'C4', 'O1', 'O2']) {
        const fast = bandPass(event.sample.of(lead), 8, 30)
        const usual = peakToPeak(cut(fast, event.start - 5, event.start - 1))
        expect(peakToPeak(cut(fast, event.start - 0.5, event.start)), `${where(event)} ${lead}`).toBeLessThan(
          Math.max(1.3 * usual, 25),
        )
      }
    }
  })

  it('are followed, not preceded, by a vertex wave, K-complex or arousal', () => {
    for (const event of jerks()) {
      const { start } = event
      const slow = bandPass(event.sample.of('Cz'), 0.8, 12)
      const after = -least(cut(slow, start + 0.15, start + 0.9))
      const before = -least(cut(slow, start - 1.5, start))
      const alpha = bandPass(event.sample.of('O1'), 8, 12)
      const arousal = rms(cut(alpha, start + 1, start + 6)) / rms(cut(alpha, start - 4, start - 0.3))
      expect(after > 1.6 * before || arousal > 2, where(event)).toBe(true)
    }
  })

  it('quicken the heart', () => {
    for (const event of jerks()) {
      const times = beats(event.sample.of('ECG'))
      const rates = times.slice(1).map((time, k) => ({ time, rate: 60 / (time - times[k]!) }))
      const between = (from: number, to: number) =>
        rates
          .filter(({ time }) => time > event.start + from && time < event.start + to)
          .map(({ rate }) => rate)
      const before = between(-10, 0)
      const calm = before.reduce((sum, rate) => sum + rate, 0) / before.length
      expect(Math.max(...between(2, 7)) - calm, where(event)).toBeGreaterThan(4)
    }
  })
})

describe('what is mistaken for them', () => {
  it('covers every mimic that the lessons speak of', () => {
    const subtypes = samples[0]?.key.marks.flatMap((mark) => mark.subtype ?? [])
    expect(new Set(subtypes)).toEqual(
      new Set([
        'hypnagogic_hypersynchrony',
        'rudimentary_spike_wave',
        'hyperventilation_slowing',
        'oirda',
        'phantom_6hz',
        'vertex_waves',
        'polyspike_wave_jerk',
        'leg_movement',
        'arousal',
        'emg_artifact',
        'electrode_artifact',
      ]),
    )
  })

  it('slow rhythms have their rate and place, and no spikes', () => {
    const cases = [
      ['hypnagogic_hypersynchrony', 'Cz', 3, 5, 75, 350],
      ['rudimentary_spike_wave', 'Cz', 3, 4.2, 100, 350],
      ['hyperventilation_slowing', 'Fz', 2.5, 4.2, 100, 350],
      ['oirda', 'O1', 2.5, 4, 80, 250],
    ] as const
    for (const [subtype, lead, low, high, least, most] of cases) {
      for (const event of eventsOf(subtype)) {
        const inner = [event.start + 0.4, event.end - 0.4] as const
        const hertz = rateByAutocorrelation(cut(bandPass(event.sample.of(lead), 1.5, 15), ...inner), 1.8, 7)
        expect(hertz, where(event)).toBeGreaterThan(low)
        expect(hertz, where(event)).toBeLessThan(high)
        const height = peakToPeak(wave(event, lead, ...inner))
        expect(height, where(event)).toBeGreaterThan(least)
        expect(height, where(event)).toBeLessThan(most)
        const far = lead === 'O1' ? 'Fz' : 'O1'
        expect(height / peakToPeak(wave(event, far, ...inner)), where(event)).toBeGreaterThan(1.8)
        const sharp = rms(cut(bandPass(event.sample.of(lead), 12, 40), ...inner))
        expect(
          sharp / rms(cut(bandPass(event.sample.of(lead), 1.5, 8), ...inner)),
          where(event),
        ).toBeLessThan(0.2)
      }
    }
  })

  it('the phantom repeats at 6 Hz for a second or two, highest at the back', () => {
    for (const event of eventsOf('phantom_6hz')) {
      const hertz = rateByAutocorrelation(wave(event, 'O1', event.start, event.end), 4, 7.5)
      expect(hertz).toBeGreaterThan(5.5)
      expect(hertz).toBeLessThan(6.5)
      expect(event.end - event.start).toBeGreaterThan(1)
      expect(event.end - event.start).toBeLessThan(2)
      expect(peakToPeak(wave(event, 'O1', event.start, event.end))).toBeLessThan(120)
    }
  })

  it('vertex waves are sharp and negative at Cz, so that Fz-Cz goes down where Cz-Pz goes up', () => {
    for (const event of eventsOf('vertex_waves')) {
      const { start, end } = event
      const slow = (lead: string) => cut(bandPass(event.sample.of(lead), 1, 20), start, end)
      const vertex = slow('Cz')
      const peak = vertex.indexOf(least(vertex))
      expect(vertex[peak]).toBeLessThan(-60)
      expect(subtract(slow('Fz'), vertex)[peak]).toBeGreaterThan(20)
      expect(subtract(vertex, slow('Pz'))[peak]).toBeLessThan(-20)
      for (const rim of ['T7', 'T8', 'O1', 'Fp1']) expect(slow(rim)[peak], rim).toBeGreaterThan(-30)
    }
  })

  it('the myoclonic jerk has an EMG burst below 50 ms, just after spikes', () => {
    for (const event of eventsOf('polyspike_wave_jerk')) {
      const burst = emgBurst(event.sample.of('EMG Neck'), event.start + 0.2)
      expect(burst, where(event)).not.toBeNull()
      expect(burst!.end - burst!.start, where(event)).toBeLessThan(0.055)
      const fast = bandPass(event.sample.of('Fz'), 8, 60)
      const spike = cut(fast, burst!.start - 0.1, burst!.start + 0.02)
      expect(-least(spike), where(event)).toBeGreaterThan(80)
      expect(peakToPeak(cut(fast, event.start - 1.1, event.start - 0.1)), where(event)).toBeLessThan(60)
    }
  })

  it('leg movements last longer than half a second, in one leg, with a silent neck', () => {
    for (const event of eventsOf('leg_movement')) {
      const leg = event.mark.channels[0] ?? ''
      const active = rms(cut(bandPass(event.sample.of(leg), 20, 100), event.start + 0.1, event.end - 0.2))
      expect(active, where(event)).toBeGreaterThan(20)
      expect(event.end - event.start, where(event)).toBeGreaterThan(0.5)
      const neck = bandPass(event.sample.of('EMG Neck'), 20, 100)
      const rest = rms(cut(neck, event.start - 4, event.start - 0.5))
      expect(rms(cut(neck, event.start, event.end)) / rest, where(event)).toBeLessThan(1.6)
    }
  })

  it('muscle artifact is highest at the temples, the electrode artifact in one electrode alone', () => {
    for (const event of eventsOf('emg_artifact')) {
      const fast = (lead: string) =>
        rms(cut(bandPass(event.sample.of(lead), 25, 100), event.start, event.end))
      expect(fast('T8') / fast('Cz')).toBeGreaterThan(5)
    }
    for (const event of eventsOf('electrode_artifact')) {
      const height = (lead: string) => peakToPeak(wave(event, lead, event.start, event.end))
      expect(height('P8')).toBeGreaterThan(150)
      for (const neighbour of ['T8', 'P4', 'P7']) expect(height(neighbour), neighbour).toBeLessThan(100)
    }
  })

  it('an arousal brings alpha back without a jerk', () => {
    for (const event of eventsOf('arousal')) {
      const { sample, start, end } = event
      const alpha = bandPass(sample.of('O2'), 8, 12)
      expect(
        rms(cut(alpha, start + 0.5, end)) / rms(cut(alpha, start - 4, start - 0.3)),
        where(event),
      ).toBeGreaterThan(1.5)
      expect(emgBurst(sample.of('EMG LAT'), start), where(event)).toBeNull()
    }
  })
})
