/** What words mean, numbers as they are written, and strings that others must accept. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HED_OF_KIND, HED_OF_MIMIC } from '../../../shared/interchange/bids/hed.ts'
import { listLosses } from '../../../shared/interchange/common/losses.ts'
import { formatRounded, formatSeconds, parseSeconds } from '../../../shared/interchange/common/seconds.ts'
import {
  codeOfTarget,
  exactTarget,
  proposeTarget,
  TARGETS,
} from '../../../shared/interchange/common/vocabulary.ts'
import { FORMATS, formatOf } from '../../../shared/interchange/formats.ts'
import { ticks } from '../../../shared/units.ts'
import { FACTS, jobOf, setOf } from '../../support/exchange.ts'

describe('words', () => {
  test.for([
    ['hypnic jerk', 'hypnic_jerk'],
    ['Hypnagogic Jerk', 'hypnic_jerk'],
    ['sleep start', 'hypnic_jerk'],
    ['Einschlafzuckung re. Bein', 'hypnic_jerk'],
    ['Einschlafmyoklonie', 'hypnic_jerk'],
    ["sursaut d'endormissement", 'hypnic_jerk'],
    ['mioclonía hípnica', 'hypnic_jerk'],
    ['scossa ipnica', 'hypnic_jerk'],
    ['slaapschok', 'hypnic_jerk'],
    ['3/s spike-wave', 'spike_wave_3hz'],
    ['3Hz SWD', 'spike_wave_3hz'],
    ['SW complexes 3 Hz', 'spike_wave_3hz'],
    ['pointes-ondes à 3 Hz', 'spike_wave_3hz'],
    ['punta-onda 3 Hz', 'spike_wave_3hz'],
    ['Slow spike-wave 2 Hz', 'mimic:slow_spike_wave'],
    ['phantom spike wave 6 Hz', 'mimic:phantom_6hz'],
    ['FIRDA', 'mimic:firda'],
    ['Muskelartefakt', 'mimic:emg_artifact'],
    ['Arousal', 'mimic:arousal'],
    ['Lights off', null],
    ['Sleep stage W', null],
    ['no spikes', null],
    ['Jerker calling', null],
  ] as const)('%s', ([text, code]) => {
    const target = exactTarget(text) ?? proposeTarget(text)
    expect(target === null ? null : codeOfTarget(target)).toBe(code)
  })
  test('every kind and mimic has a text of its own, in plain ASCII', () => {
    const labels = TARGETS.map(({ label }) => label)
    expect(new Set(labels).size).toBe(labels.length)
    for (const { label, target } of TARGETS) {
      expect(label).toMatch(/^[\x20-\x7e]+$/)
      expect(label).not.toMatch(/[,:@]{2}|,/)
      if (target.as !== 'nothing') expect(exactTarget(label)).toEqual(target)
    }
  })
})

describe('seconds', () => {
  test('are exact to the tick, however they are written', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(parseSeconds(formatSeconds(value))).toBe(value === 0 ? 0 : value)
        expect(parseSeconds(formatRounded(value, 7))).toBe(value === 0 ? 0 : value)
      }),
    )
  })
  test.for([
    ['0.1', 1_000_000],
    ['0.00000005', 1],
    ['0.00000004', 0],
    ['1e-7', 1],
    ['1.5e2', 1_500_000_000],
    ['+12.4', 124_000_000],
    ['-0.5', -5_000_000],
    ['1,5', null],
    ['1.2.3', null],
    ['', null],
    ['Infinity', null],
    ['0x10', null],
    ['9999999999999', null],
  ] as const)('%s', ([text, value]) => {
    expect(parseSeconds(text)).toBe(value)
  })
})

describe('HED', () => {
  const verdicts: Record<string, readonly string[]> = JSON.parse(
    readFileSync(new URL('../../fixtures/interchange/hed.json', import.meta.url), 'utf8'),
  )
  test('every string was accepted by hed-validator, and it does refuse others', () => {
    for (const hed of [...Object.values(HED_OF_KIND), ...Object.values(HED_OF_MIMIC)]) {
      if (hed !== null) expect(verdicts[hed]).toEqual([])
    }
    expect(verdicts['Hypnic-jerk']).toEqual(['TAG_INVALID'])
  })
  test('an absence is claimed by none', () => {
    expect(Object.values(HED_OF_KIND).join()).not.toContain('seizure')
  })
})

describe('what stays behind', () => {
  const document = setOf(
    [
      {
        kind: 'hypnic_jerk',
        onset: ticks(5),
        duration: ticks(7),
        comment: 'x',
        confidence: 'sure',
        channels: ['Fp1'],
      },
      { kind: 'spike_wave_3hz', onset: ticks(12), duration: ticks(7), evidence: ['eeg'] },
    ],
    [[0, 50]],
  )
  test.for([
    ['edfbrowser-csv', ['the confidence of 1 mark', 'the evidence of 1 mark', '1 comment']],
    ['csv', ['the time of day']],
    ['bids', []],
    [
      'szcore',
      [
        '1 mark of kind “Hypnic jerk”: SzCORE seizures (TSV) has no word for it',
        'the evidence of 1 mark',
        '1 reviewed range',
        'times finer than 0.01 s: 1 is rounded',
        'that a pattern is no diagnosis: 3 Hz spike-and-wave goes as sz_gen_nm_typical, a typical absence',
        'the date and time of day: 1985-01-01 stands for them',
      ],
    ],
  ] as const)('%s', ([id, losses]) => {
    expect(listLosses(formatOf(id)!, jobOf(document))).toEqual(losses)
  })
  test('is told of a mark that no line of a montage is on', () => {
    const chin = {
      kind: 'spike_wave_3hz',
      onset: ticks(0),
      duration: ticks(1000),
      channels: ['EMG Chin'],
    } as const
    expect(listLosses(formatOf('tuh')!, jobOf(setOf([chin])))).toContain(
      '1 mark whose channels are on no line of the TCP montage',
    )
  })
  test('is nothing of an empty set but its date', () => {
    for (const format of FORMATS.filter(({ id }) => id !== 'szcore')) {
      expect(listLosses(format, jobOf(setOf([]), FACTS, true))).toEqual([])
    }
  })
})
