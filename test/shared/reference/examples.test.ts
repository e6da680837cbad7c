/** What the reference says of its examples, measured on the page that each opens. */
import { beforeAll, describe, expect, test } from 'vitest'
import type { Mark } from '../../../shared/annotation/document.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { examplePageStart, resolveExample } from '../../../shared/reference/example.ts'
import { REFERENCE } from '../../../shared/reference/reference.ts'
import type { Example } from '../../../shared/reference/schema.ts'
import {
  bandPass,
  correlation,
  cut,
  emgBurst,
  least,
  loadSample,
  peakToPeak,
  rateByAutocorrelation,
  rms,
  SAMPLE_NAMES,
  type Sample,
  stretchOf,
} from '../../samples/measuring.ts'

/** An example as it opens: the event, and the page around it, in seconds. */
type Shown = {
  readonly sample: Sample
  readonly mark: Mark
  readonly start: number
  readonly end: number
  readonly page: { readonly start: number; readonly end: number }
}

const examples = [...REFERENCE.statements, ...REFERENCE.mimics].flatMap(({ id, example }) =>
  example === undefined ? [] : [{ id, example }],
)
const samples = new Map<string, Sample>()
beforeAll(async () => {
  for (const name of SAMPLE_NAMES) samples.set(name, await loadSample(name))
})

function shown(example: Example): Shown {
  const sample = samples.get(example.sample)
  if (sample === undefined) throw new Error(`there is no sample ${example.sample}`)
  const mark = resolveExample(example, sample.key)
  if (mark === null) throw new Error(`${example.sample} has no such event`)
  const { start, end } = stretchOf(mark)
  const from = examplePageStart({ start, duration: end - start }, example.view.timebase)
  return { sample, mark, start, end, page: { start: from, end: from + example.view.timebase } }
}

const wave = ({ sample }: Shown, lead: string, [low, high]: readonly [number, number]) =>
  bandPass(sample.of(lead), low, high)
const height = (one: Shown, lead: string, from = one.start, to = one.end) =>
  peakToPeak(cut(wave(one, lead, [0.8, 60]), from, to))
const alpha = (one: Shown, from: number, to: number) => rms(cut(wave(one, 'O1', [8, 12]), from, to))
const burst = (one: Shown, muscle: string, near = one.start) => emgBurst(one.sample.of(`EMG ${muscle}`), near)
/** EMG from and to seconds after the event's onset. */
const strength = (one: Shown, label: string, from: number, to: number) =>
  rms(cut(wave(one, label, [20, 100]), one.start + from, one.start + to))
const isDrowsy = (one: Shown) => alpha(one, one.start - 4, one.start) < 0.5 * alpha(one, 5, 12)

/** How strong the fast part is beside the rhythm: a spike in every wave makes it large. */
function sharpness(one: Shown, lead: string): number {
  const inner = [one.start + 0.4, one.end - 0.4] as const
  return rms(cut(wave(one, lead, [12, 40]), ...inner)) / rms(cut(wave(one, lead, [1.5, 8]), ...inner))
}

function noteNear(one: Shown, text: string): number {
  return one.sample.notes.find((note) => note.text === text)?.onset ?? Number.NaN
}

function expectHypersynchrony(one: Shown): void {
  expect(sharpness(one, 'Cz')).toBeLessThan(0.2)
  expect(isDrowsy(one)).toBe(true)
}

function expectBuildUp(one: Shown): void {
  const size = (from: number, to: number) =>
    rms(cut(wave(one, 'Fz', [1.5, 8]), one.start + from, one.start + to))
  expect(size(0, 1.5)).toBeLessThan(0.5 * size(3.5, 6))
  expect(sharpness(one, 'Fz')).toBeLessThan(0.2)
  expect(noteNear(one, 'Hyperventilation start')).toBeLessThan(one.start)
}

function expectPolyspike(one: Shown): void {
  const neck = burst(one, 'Neck', one.start + 0.2)!
  expect(neck.end - neck.start).toBeLessThan(0.05)
  expect(-least(cut(wave(one, 'Fz', [8, 60]), neck.start - 0.1, neck.start))).toBeGreaterThan(80)
}

/** Each caption ("In the sample: …") by the id of its statement or mimic, as a measurement on its page. */
const CAPTIONS: Readonly<Record<string, (one: Shown) => void>> = {
  'absence-state-sleep': (one) => {
    expect(one.mark.parameters).toMatchObject({ complexes: 4, form: 'fragment', state: 'drowsy' })
    expect(one.end - one.start).toBeLessThan(2)
    expect(isDrowsy(one)).toBe(true)
  },
  'absence-hyperventilation': (one) => {
    const began = one.start - noteNear(one, 'Hyperventilation start')
    expect(began).toBeGreaterThan(20)
    expect(began).toBeLessThan(30)
    expect(one.end).toBeLessThan(noteNear(one, 'Hyperventilation end'))
  },
  'jerk-burst': (one) => {
    expect(strength(one, 'EMG Chin', 0, 0.25)).toBeLessThan(1.6 * strength(one, 'EMG Chin', -4, -0.5))
    for (const muscle of ['Neck', 'LAT', 'RAT']) {
      const found = burst(one, muscle)!
      expect(found.end - found.start, muscle).toBeGreaterThan(0.075)
      expect(found.end - found.start, muscle).toBeLessThan(0.25)
    }
  },
  'jerk-order': (one) => {
    const leads = (mark: Mark) => {
      const { start } = stretchOf(mark)
      const [leg, neck] = [burst({ ...one, start }, 'LAT'), burst({ ...one, start }, 'Neck')]
      return (neck?.start ?? 0) - (leg?.start ?? Number.POSITIVE_INFINITY)
    }
    expect(leads(one.mark)).toBeGreaterThan(0.045)
    expect(leads(one.mark)).toBeLessThan(0.075)
    const others = one.sample.key.marks.filter(({ kind, id }) => kind === 'hypnic_jerk' && id !== one.mark.id)
    expect(others.some((mark) => leads(mark) < -0.01)).toBe(true)
  },
  'jerk-arousal': (one) => {
    expect(alpha(one, one.start + 1, one.start + 6)).toBeGreaterThan(
      1.5 * alpha(one, one.start - 4, one.start),
    )
    expect(strength(one, 'EMG Chin', 1.3, 4.3)).toBeGreaterThan(1.5 * strength(one, 'EMG Chin', -4, -0.5))
    expect(one.page.end).toBeGreaterThan(one.start + 6)
  },
  'jerk-drowsy-eeg': (one) => {
    expect(isDrowsy(one)).toBe(true)
    const eyes = cut(wave(one, 'EOG LOC', [0.16, 1]), one.page.start, one.start)
    expect(peakToPeak(eyes)).toBeGreaterThan(60)
    const vertex = (from: number, to: number) => -least(cut(wave(one, 'Cz', [0.8, 12]), from, to))
    expect(vertex(one.start + 0.15, one.start + 0.9)).toBeGreaterThan(
      1.6 * vertex(one.start - 1.5, one.start),
    )
  },
  'absence-eeg': (one) => {
    expect(height(one, 'Fz', one.start - 1.6, one.start - 0.1)).toBeLessThan(0.45 * height(one, 'Fz'))
    expect(height(one, 'Fz', one.end + 0.4, one.end + 2)).toBeLessThan(0.45 * height(one, 'Fz'))
    const side = (lead: string) => cut(wave(one, lead, [0.8, 60]), one.start, one.end)
    expect(correlation(side('F3'), side('F4'))).toBeGreaterThan(0.8)
  },
  'absence-slowing': (one) => {
    const rate = (from: number) =>
      rateByAutocorrelation(cut(wave(one, 'Fz', [0.8, 60]), from, from + 1.7), 2.2, 5)
    expect(rate(one.start) - rate(one.end - 1.7)).toBeGreaterThan(0.5)
    expect([one.start > one.page.start, one.end < one.page.end]).toEqual([true, true])
  },
  'absence-field': (one) => {
    expect(height(one, 'Fz')).toBeGreaterThan(2 * Math.max(height(one, 'O1'), height(one, 'O2')))
  },
  'jerk-trap-myoclonus': expectPolyspike,
  'polyspike-wave-jerk': expectPolyspike,
  'absence-trap-drowsy': expectHypersynchrony,
  'hypnagogic-hypersynchrony': expectHypersynchrony,
  'absence-trap-hyperventilation': expectBuildUp,
  'hyperventilation-slowing': expectBuildUp,
  'rudimentary-spike-wave': (one) => {
    const sharp = -least(cut(wave(one, 'Cz', [10, 40]), one.start, one.end))
    expect(sharp).toBeGreaterThan(10)
    expect(sharp).toBeLessThan(0.35 * height(one, 'Cz'))
    expect(isDrowsy(one)).toBe(true)
  },
  oirda: (one) => {
    const size = (from: number, to: number) => rms(cut(wave(one, 'O1', [1.5, 8]), from, to))
    const slow = (lead: string) => rms(cut(wave(one, lead, [1.5, 8]), one.start, one.end))
    expect(slow('O1')).toBeGreaterThan(1.8 * slow('Fz'))
    const opened = one.sample.notes.find(
      ({ text, onset }) => text === 'Eyes open' && onset > one.start,
    )!.onset
    expect(opened).toBeLessThan(one.page.end - 2)
    expect(size(opened + 0.5, opened + 2)).toBeLessThan(0.35 * size(one.start + 1.2, one.end - 0.4))
    expect(size(one.start, one.start + 0.5)).toBeLessThan(0.5 * size(one.start + 1.2, one.end - 0.4))
  },
  'phantom-6hz': (one) => {
    const hertz = rateByAutocorrelation(cut(wave(one, 'O1', [0.8, 60]), one.start, one.end), 4, 7.5)
    expect(Math.round(hertz)).toBe(6)
  },
  'vertex-waves': (one) => {
    const depth = (lead: string) => -least(cut(wave(one, lead, [1, 20]), one.start, one.end))
    for (const lead of ['Fz', 'Pz', 'C3', 'C4', 'Fp1', 'O1'])
      expect(depth('Cz'), lead).toBeGreaterThan(depth(lead))
  },
  'leg-movement': (one) => {
    expect(one.end - one.start).toBeGreaterThan(0.5)
    for (const muscle of ['Neck', 'Chin']) {
      const strength = (from: number, to: number) => rms(cut(wave(one, `EMG ${muscle}`, [20, 100]), from, to))
      expect(strength(one.start, one.end), muscle).toBeLessThan(
        1.6 * strength(one.start - 4, one.start - 0.5),
      )
    }
  },
  arousal: (one) => {
    expect(one.end - one.start).toBeGreaterThanOrEqual(3)
    expect(alpha(one, one.start + 0.5, one.end)).toBeGreaterThan(
      1.5 * alpha(one, one.start - 4, one.start - 0.3),
    )
    for (const muscle of ['LAT', 'RAT']) expect(burst(one, muscle), muscle).toBeNull()
  },
  'emg-artifact': (one) => {
    const fast = (lead: string) => rms(cut(wave(one, lead, [25, 100]), one.start, one.end))
    for (const lead of ['Cz', 'C3', 'O1', 'Fz']) expect(fast('T8'), lead).toBeGreaterThan(3 * fast(lead))
    expect(fast('EMG Chin')).toBeGreaterThan(fast('T8'))
  },
  'electrode-artifact': (one) => {
    expect(one.mark.channels).toEqual(['P8'])
    for (const lead of ['T8', 'P4', 'O2'])
      expect(height(one, 'P8'), lead).toBeGreaterThan(1.5 * height(one, lead))
  },
}

describe('every example', () => {
  test.each(examples)(
    '$id opens a page that has all of its event, in a montage without a missing line',
    ({ example }) => {
      const one = shown(example)
      expect(one.page.start).toBeGreaterThanOrEqual(0)
      expect(one.page.start).toBeLessThanOrEqual(one.start)
      expect(one.page.end).toBeGreaterThanOrEqual(one.end)
      const plan = planMontage(one.sample.recording.header, example.view.montage)
      expect(plan).toMatchObject({ problem: null, isComplete: true })
      expect(plan.derivations.every(({ terms }) => terms.length > 0)).toBe(true)
      // What a caption may speak of besides the EEG is on the page.
      const labels = plan.derivations.map(({ label }) => label).join(' ')
      for (const part of ['Chin', 'Neck', 'LAT', 'RAT', 'LOC', 'ROC', 'ECG']) expect(labels).toContain(part)
    },
  )

  test('has a caption that is measured here', () => {
    expect(Object.keys(CAPTIONS).toSorted()).toEqual(examples.map(({ id }) => id).toSorted())
  })

  test.each(examples)('$id: $example.look', ({ id, example }) => {
    CAPTIONS[id]?.(shown(example))
  })
})
