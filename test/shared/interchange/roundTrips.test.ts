/** Every format there and back: what it says it keeps arrives, and nothing else is lost than what it says. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bids } from '../../../shared/interchange/bids/events.ts'
import { listLosses } from '../../../shared/interchange/common/losses.ts'
import { importEdit, planImport } from '../../../shared/interchange/common/planImport.ts'
import { csv } from '../../../shared/interchange/csv/spreadsheet.ts'
import { edfbrowserCsv } from '../../../shared/interchange/edfbrowser/csv.ts'
import { edfbrowserXml } from '../../../shared/interchange/edfbrowser/xml.ts'
import { FORMATS, isText, recogniseFormat } from '../../../shared/interchange/formats.ts'
import { mne } from '../../../shared/interchange/mne/annot.ts'
import { szcore } from '../../../shared/interchange/szcore/events.ts'
import { tuh, tuhBi } from '../../../shared/interchange/tuh/csv.ts'
import { ticks } from '../../../shared/units.ts'
import {
  anySet,
  FACTS,
  jobOf,
  kept,
  NOW,
  SECOND,
  setOf,
  textFormat,
  thereAndBack,
} from '../../support/exchange.ts'

/** Of the electrodes of these tests, those that the TCP montage has. */
function isOnTcp(channels: readonly string[]): boolean {
  return (
    channels.length === 0 || ['Fp1', 'Fp2', 'C3', 'P3', 'O1', 'T7'].some((site) => channels.includes(site))
  )
}

describe('there and back, to the tick', () => {
  test.for([edfbrowserCsv, edfbrowserXml, mne, csv])('$id keeps what it says', (format) => {
    fc.assert(
      fc.property(anySet, fc.boolean(), (document, dates) => {
        const back = thereAndBack(format, jobOf(document, FACTS, dates))
        expect(kept(format, back)).toEqual(kept(format, document))
      }),
    )
  })

  test('bids keeps what it says, a comment on one line', () => {
    fc.assert(
      fc.property(anySet, (document) => {
        const oneLine = {
          ...document,
          marks: document.marks.map((mark) => ({
            ...mark,
            comment: mark.comment.replace(/\s/g, ' ').trim() === '' ? '' : mark.comment.replace(/\s/g, ' '),
          })),
        }
        expect(kept(bids, thereAndBack(bids, jobOf(document)))).toEqual(kept(bids, oneLine))
      }),
    )
  })

  test.for([
    { format: szcore, step: SECOND / 100 },
    { format: tuh, step: SECOND / 10_000 },
  ])('$format.id keeps 3 Hz spike-and-wave, to its own step', ({ format, step }) => {
    fc.assert(
      fc.property(anySet, (document) => {
        const waves = document.marks.filter(
          ({ kind, channels }) => kind === 'spike_wave_3hz' && (format === szcore || isOnTcp(channels)),
        )
        const back = thereAndBack(format, jobOf(document)).marks.filter(
          ({ kind }) => kind === 'spike_wave_3hz',
        )
        const joined = new Set(waves.map(({ onset, duration }) => `${onset} ${duration}`))
        expect(back.length).toBeLessThanOrEqual(waves.length)
        expect(back.length > 0).toBe(joined.size > 0)
        for (const { onset, duration } of back) {
          const near = waves.some(
            (wave) =>
              Math.abs(wave.onset - onset) <= step / 2 &&
              Math.abs(wave.onset + wave.duration - onset - duration) <= 1.5 * step,
          )
          expect(near).toBe(true)
        }
      }),
    )
  })

  test('what is imported twice is there once, and a further import adds to what was read', () => {
    fc.assert(
      fc.property(anySet, (document) => {
        const plan = planImport(
          csv.read(csv.write(jobOf(document))[0]?.text ?? '', { recording: FACTS }),
          FACTS,
        )
        expect(importEdit(document, plan, NOW)).toBeNull()
      }),
    )
  })
})

describe('to the byte', () => {
  const document = setOf(
    [
      {
        kind: 'hypnic_jerk',
        onset: ticks(12.4 * SECOND),
        duration: ticks(0.2 * SECOND),
        channels: ['EMG Chin'],
      },
      {
        kind: 'spike_wave_3hz',
        onset: ticks(845.12 * SECOND),
        duration: ticks(9.73 * SECOND),
        confidence: 'sure',
      },
    ],
    [[ticks(0), ticks(900 * SECOND)]],
  )
  // Where the first sample lies on the second, as in the published examples.
  const facts = { ...FACTS, firstSample: ticks(0), end: ticks(3600 * SECOND) }
  const textOf = (id: string, dates = false) => textFormat(id).write(jobOf(document, facts, dates))[0]?.text

  test('EDFbrowser has a sign before each onset and seven decimals', () => {
    expect(textOf('edfbrowser-csv')).toBe(
      [
        'Onset,Duration,Annotation',
        '+0.0000000,900.0000000,Reviewed',
        '+12.4000000,0.2000000,Hypnic jerk@@EMG Chin',
        '+845.1200000,9.7300000,3 Hz spike-and-wave',
        '',
      ].join('\n'),
    )
  })
  test('its XML counts from a day that no recording has, unless dates go along', () => {
    expect(textOf('edfbrowser-xml')).toContain('<onset>1985-01-01T00:00:12.4000000</onset>')
    expect(textOf('edfbrowser-xml', true)).toContain('<onset>2016-08-02T22:15:42.4000000</onset>')
  })
  test('MNE has seconds and no date', () => {
    expect(textOf('mne')).toBe(
      [
        '# MNE-Annotations',
        '# onset, duration, description, ch_names',
        '0.0000000, 900.0000000, Reviewed, ',
        '12.4000000, 0.2000000, Hypnic jerk, EMG Chin',
        '845.1200000, 9.7300000, 3 Hz spike-and-wave, ',
        '',
      ].join('\n'),
    )
  })
  test('BIDS has n/a for what is not said', () => {
    expect(textOf('bids')?.split('\n')[2]).toBe(
      '12.400\t0.200\thypnic_jerk\tn/a\tEMG Chin\tJS\tn/a\tn/a\tn/a',
    )
  })
  test('SzCORE has its seven columns', () => {
    expect(textOf('szcore')).toBe(
      'onset\tduration\teventType\tconfidence\tchannels\tdateTime\trecordingDuration\n' +
        '845.12\t9.73\tsz_gen_nm_typical\t1.00\tn/a\t1985-01-01 00:00:00\t3600.00\n',
    )
  })
  test('TUH has start and stop, and background where it was read', () => {
    expect(textOf('tuh-bi')?.split('\n').slice(2)).toEqual([
      '# duration = 3600.0000 secs',
      '# montage_file = nedc_eas_default_montage.txt',
      '#',
      'channel,start_time,stop_time,label,confidence',
      'TERM,0.0000,845.1200,bckg,1.0000',
      'TERM,845.1200,854.8500,seiz,1.0000',
      'TERM,854.8500,900.0000,bckg,1.0000',
      '',
    ])
  })
  test('a spreadsheet gets a mark of byte order, CR LF, and no formula', () => {
    const risky = setOf([
      { kind: 'uncertain', onset: ticks(0), duration: ticks(1), comment: '=HYPERLINK("http://x")' },
      { kind: 'uncertain', onset: ticks(5), duration: ticks(1), comment: '@SUM(1)', author: '+1' },
    ])
    const text = csv.write(jobOf(risky))[0]?.text ?? ''
    expect(text.startsWith('\uFEFFcode,')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`)
    expect(text).toContain(`'+1,'@SUM(1)`)
  })

  test('a spreadsheet of any country reads the same numbers: none has a point, a comma or an exponent', () => {
    const text = csv.write(jobOf(document))[0]?.text ?? ''
    const [header = '', ...rows] = text.slice(1).trimEnd().split('\r\n')
    expect(header).toMatch(/^code,event,onset_ms,duration_ms,onset_100ns,duration_100ns,/)
    for (const row of rows) for (const cell of row.split(',').slice(2, 6)) expect(cell).toMatch(/^\d+$/)
  })

  test.each(['007', '3/4', '1.5', '12:30', '1E5', '2026-01-31', '1,5', "'007", "'=1", '12 345'])(
    'what a spreadsheet would take for a number or a date is a text: %s',
    (written) => {
      const item = { kind: 'uncertain', onset: ticks(5), duration: ticks(1), comment: written } as const
      const set = setOf([{ ...item, author: written }])
      const text = csv.write(jobOf(set))[0]?.text ?? ''
      expect(text).toContain(`'${written}`)
      const [read] = csv.read(text, { recording: FACTS }).filter(({ comment }) => comment !== '')
      expect(read).toMatchObject({ comment: written, author: written })
    },
  )
  test.each(['R-01', 'ANNA', 'C3-P3 3 Hz', '3 Hz', "'s ist so"])(
    'and what it would not stays as it is: %s',
    (written) => {
      const item = { kind: 'uncertain', onset: ticks(5), duration: ticks(1), comment: written } as const
      expect(csv.write(jobOf(setOf([item])))[0]?.text).toMatch(new RegExp(`,${written}\r\n`))
    },
  )

  test('an export has no date, no time of day and no name of a patient', () => {
    for (const format of FORMATS.filter(isText)) {
      for (const { text } of [
        ...format.write(jobOf(document, facts)),
        ...(format.writeFolder?.(jobOf(document, facts)) ?? []),
      ]) {
        expect(text).not.toMatch(/2016|22:15/)
        expect(text).not.toMatch(/2026-01-31/)
      }
    }
  })
  test('a file is known again by its beginning', () => {
    for (const format of FORMATS.filter(isText)) {
      const [file] = format.write(jobOf(document, facts))
      expect(recogniseFormat(file?.text.slice(0, 4096) ?? '', 'file.txt')?.id).toBe(format.id)
    }
    expect(recogniseFormat('hello', 'file.txt')).toBeNull()
  })
})

describe('times', () => {
  test('are counted from the first sample where a format does so, sub-second and all', () => {
    const document = setOf([{ kind: 'hypnic_jerk', onset: ticks(1_234_567), duration: ticks(1) }])
    expect(edfbrowserCsv.write(jobOf(document))[0]?.text).toContain('+0.0000000,0.0000001,Hypnic jerk')
    expect(csv.write(jobOf(document))[0]?.text).toContain(',123,0,1234567,1,')
  })
  test('are refused where only the set is at hand, which does not know the first sample', () => {
    const facts = { ...FACTS, firstSample: null }
    const document = setOf([{ kind: 'hypnic_jerk', onset: ticks(0), duration: ticks(1) }])
    for (const format of [edfbrowserCsv, mne, bids, szcore, tuh, tuhBi]) {
      expect(() => format.write(jobOf(document, facts))).toThrow('name the recording too')
    }
    expect(csv.write(jobOf(document, facts))).toHaveLength(1)
  })
})

describe('what was measured on a mark', () => {
  const given = { kind: 'spike_wave_3hz', onset: ticks(SECOND), duration: ticks(SECOND) } as const
  const [mark] = setOf([given]).marks
  const measured = [
    {
      ...{ entry: 'repetition-rate', label: 'Repetition rate', text: '3.4 → 2.8 Hz' },
      ...{ values: [], onset: mark!.onset, duration: mark!.duration },
    },
  ]
  const document = { ...setOf([given]), marks: [{ ...mark!, comment: 'seen', measured }] }

  test.for(FORMATS.filter(isText))('$id has it in the comment, or says that it stays behind', (format) => {
    const job = jobOf(document)
    const text = format
      .write(job)
      .map((file) => file.text)
      .join()
    const isThere = text.includes('Repetition rate 3.4 → 2.8 Hz')
    expect(isThere).toBe(format.keeps.includes('comment'))
    const isLost = listLosses(format, job).includes('what was measured on 1 mark')
    expect(isLost).toBe(!isThere && format.kinds.includes(mark!.kind))
  })
})
