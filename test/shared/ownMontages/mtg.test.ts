import { describe, expect, it } from 'vitest'
import type { Header } from '../../../shared/edf/header/model.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { MONTAGE_IDS } from '../../../shared/montage/montages.ts'
import type { OwnMontage } from '../../../shared/montage/ownMontages.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { parseMontageFile } from '../../../shared/ownMontages/montageFile.ts'
import { serializeMtg } from '../../../shared/ownMontages/mtg.ts'
import { type MadeSignal, makeHeader } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz A1 A2'.split(' ')
const header = makeHeader([
  ...SCALP.map((name) => `EEG ${name}-Ref`),
  { label: 'EMG Chin', kind: 'emg' },
  { label: 'ECG', kind: 'ecg', unit: 'mV' },
  { label: 'EOG LOC', kind: 'eog' },
  { label: 'EMG LAT', kind: 'emg' },
])
const VIEW = { lowFrequency: 0.5, highFrequency: 70, notch: 50, sensitivity: 7, timebase: 10 }

/** A file as EDFbrowser writes it: labels in full width, factors with exponents, filters, what it draws beside them. */
const AS_WRITTEN = `<?xml version="1.0"?>
<EDFbrowser_montage>
  <signalcomposition>
    <alias></alias>
    <num_of_signals>2</num_of_signals>
    <voltpercm>70.000000</voltpercm>
    <screen_offset>-36.283465</screen_offset>
    <polarity>1</polarity>
    <color>9</color>
    <spike_filter_cnt>0</spike_filter_cnt>
    <filter_cnt>0</filter_cnt>
    <fidfilter_cnt>1</fidfilter_cnt>
    <ravg_filter_cnt>0</ravg_filter_cnt>
    <signal>
      <label>EEG Fp1-Ref     </label>
      <factor>1.000000e+00</factor>
    </signal>
    <signal>
      <label>EEG F7-Ref      </label>
      <factor>-1.000000e+00</factor>
    </signal>
    <fidfilter>
      <type>0</type>
      <frequency>0.5000000000000000</frequency>
      <frequency2>0.5600000000000001</frequency2>
      <ripple>-1.0000000000000000</ripple>
      <order>1</order>
      <model>0</model>
    </fidfilter>
  </signalcomposition>
  <signalcomposition>
    <alias>Heart &amp; rate</alias>
    <num_of_signals>1</num_of_signals>
    <voltpercm>1.000000</voltpercm>
    <screen_offset>0.000000</screen_offset>
    <polarity>1</polarity>
    <color>7</color>
    <fidfilter_cnt>0</fidfilter_cnt>
    <ravg_filter_cnt>0</ravg_filter_cnt>
    <signal>
      <edfindex>22</edfindex>
      <factor>1.000000e+00</factor>
    </signal>
    <ecg_filter>
      <type>1</type>
    </ecg_filter>
  </signalcomposition>
  <pagetime>100000000</pagetime>
</EDFbrowser_montage>
`

function read(text: string, made: Header | null = header, name = 'banana.mtg'): readonly OwnMontage[] {
  return parseMontageFile({ name, text }, made === null ? null : made.signals.map(({ label }) => label))
}

function refusalOf(text: string, made: Header | null = header): string {
  try {
    read(text, made)
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(ReviewError)
    return thrown instanceof Error ? thrown.message : ''
  }
  throw new Error('it was taken')
}

describe('a montage of EDFbrowser', () => {
  it('is read: its name from the file, electrodes from labels, a signal from its position', () => {
    expect(read(AS_WRITTEN)).toEqual([
      {
        name: 'banana',
        lines: [
          {
            label: '',
            terms: [
              { channel: 'Fp1', weight: 1 },
              { channel: 'F7', weight: -1 },
            ],
            gap: false,
          },
          { label: 'Heart & rate', terms: [{ channel: 'ECG', weight: 1 }], gap: false },
        ],
      },
    ])
  })

  it('fits a recording that calls its electrodes otherwise', () => {
    const [montage] = read(AS_WRITTEN)
    const other = makeHeader(['FP1', 'F7', 'F8'])
    const { derivations } = planMontage(other, montage!)
    expect(derivations.map(({ problem }) => problem)).toEqual([null, 'ECG was not recorded'])
  })

  it.each([
    ['its end is missing', AS_WRITTEN.slice(0, 700), 'it is damaged: it ends before it is complete'],
    [
      'an element is not closed',
      AS_WRITTEN.replace('</factor>', ''),
      'it is damaged: </signal> closes nothing',
    ],
    ['a tag is broken', AS_WRITTEN.replace('<color>', '<color'), 'it is damaged near “<color9</color>'],
    [
      'it has attributes',
      AS_WRITTEN.replace('<signal>', '<signal id="1">'),
      'it is damaged near “<signal id="1">',
    ],
    [
      'a factor is no number',
      AS_WRITTEN.replace('-1.000000e+00', 'minus'),
      'the factor minus is none in trace 1',
    ],
    ['a factor is 0', AS_WRITTEN.replace('-1.000000e+00', '0'), 'the factor 0 is none in trace 1'],
    [
      'a factor is missing',
      AS_WRITTEN.replace(/<factor>-.*<\/factor>/, ''),
      'the factor missing is none in trace 1',
    ],
    ['a label is empty', AS_WRITTEN.replace('EEG F7-Ref      ', ' '), 'a signal has no label in trace 1'],
    [
      'a count is wrong',
      AS_WRITTEN.replace('>2</num_of', '>3</num_of'),
      'num_of_signals and the signals (2) do not agree in trace 1',
    ],
    [
      'a position is beyond the last',
      AS_WRITTEN.replace('>22<', '>25<'),
      'the open recording has no signal 25 in trace 2',
    ],
    ['it has no trace', '<EDFbrowser_montage></EDFbrowser_montage>', 'it has no trace (signalcomposition)'],
    [
      'its elements are nested absurdly',
      `<EDFbrowser_montage>${'<a>'.repeat(100_000)}`,
      'it is damaged: its elements lie too deep',
    ],
    [
      'it has more traces than any page',
      `<EDFbrowser_montage>${'<signalcomposition></signalcomposition>'.repeat(200)}</EDFbrowser_montage>`,
      'it has 200 traces, and 128 are the most',
    ],
  ])('is refused in one sentence where %s', (_, text, why) => {
    expect(refusalOf(text)).toMatch(/^banana\.mtg was not imported: .*\.$/)
    expect(refusalOf(text)).toContain(why)
  })

  it('that counts signals needs the recording it was made for', () => {
    expect(refusalOf(AS_WRITTEN, null)).toContain('open the recording it was made for first; in trace 2')
  })
})

describe('a foreign file', () => {
  it.each([
    ['text', 'Fp1-F7\n'],
    ['nothing', ''],
    ['another XML', '<?xml version="1.0"?>\n<montage/>'],
    ['another JSON', '{"montages": []}'],
    ['bytes', '\u0000\u0001\ufffd\ufffd'],
    ['a list', '[1, 2]'],
  ])('of %s is told as such', (_, text) => {
    expect(refusalOf(text)).toBe(
      'banana.mtg was not imported: it is neither a montage of Hypnospike nor of EDFbrowser.',
    )
  })
})

describe('a montage written for EDFbrowser', () => {
  it.each(MONTAGE_IDS)('%s comes back as the lines it was', (id) => {
    const { derivations } = planMontage(header, id)
    const { text, leftOut } = serializeMtg(header, derivations, VIEW)
    expect(leftOut).toEqual([])
    const [montage] = read(text)
    const again = planMontage(header, montage!).derivations
    expect(again.map(({ label }) => label)).toEqual(derivations.map(({ label }) => label.slice(0, 16)))
    again.forEach(({ terms }, index) => {
      const before = new Map(derivations[index]!.terms.map(({ signal, weight }) => [signal, weight]))
      expect(terms.map(({ signal }) => signal).toSorted()).toEqual([...before.keys()].toSorted())
      for (const { signal, weight } of terms) expect(weight).toBeCloseTo(before.get(signal)!, 5)
    })
  })

  it('has what its reader asks for, as its format says', () => {
    const { derivations } = planMontage(header, 'longitudinal')
    const { text } = serializeMtg(header, derivations, VIEW)
    expect(text.startsWith('<?xml version="1.0"?>\n<EDFbrowser_montage>\n  <signalcomposition>\n')).toBe(true)
    const [first = ''] = text.split('</signalcomposition>')
    expect(first).toContain('<num_of_signals>2</num_of_signals>')
    expect(first).toContain('<label>EEG Fp1-Ref</label>\n      <factor>1.000000000</factor>')
    expect(first).toContain('<label>EEG F7-Ref</label>\n      <factor>-1.000000000</factor>')
    // 7 uV/mm; negative up.
    expect(first).toContain('<voltpercm>70.000000</voltpercm>')
    expect(first).toContain('<polarity>-1</polarity>')
    expect(first).toContain('<fidfilter_cnt>3</fidfilter_cnt>')
    expect(first.match(/<fidfilter>/g)).toHaveLength(3)
    expect(text).toContain('<pagetime>100000000</pagetime>\n</EDFbrowser_montage>\n')
    // Of mV: 0.07 mV/cm.
    expect(text).toContain('<voltpercm>0.070000</voltpercm>')
  })

  it('leaves out filters that a sampling rate cannot carry, since they refuse the whole file there', () => {
    const slow = makeHeader(['Fp1', 'F7'].map((label): MadeSignal => ({ label, sampleRate: 100 })))
    const { text } = serializeMtg(slow, planMontage(slow, 'recorded').derivations, VIEW)
    expect(text.match(/<fidfilter_cnt>(\d)/)?.[1]).toBe('1')
  })

  it('leaves out and names what EDFbrowser cannot add: other units, other resolutions, empty rows', () => {
    const mixed = makeHeader([
      { label: 'Fp1', unit: 'mV' },
      'F7',
      { label: 'F3', physicalMax: 1000 },
      'C3',
      ...SCALP.slice(6, 19).map((name) => `EEG ${name}`),
    ])
    const { leftOut } = serializeMtg(mixed, planMontage(mixed, 'longitudinal').derivations, VIEW)
    expect(leftOut).toEqual(expect.arrayContaining(['Fp1-F7', 'F3-C3', 'Fp2-F4']))
  })

  it('tells signals with one label by their positions', () => {
    const twice = makeHeader(['T8-P8', 'T8-P8', 'Fp1-F7'])
    const { text } = serializeMtg(twice, planMontage(twice, 'recorded').derivations, VIEW)
    expect(text.match(/<edfindex>\d<\/edfindex>/g)).toEqual([
      '<edfindex>0</edfindex>',
      '<edfindex>1</edfindex>',
    ])
    expect(text).toContain('<label>Fp1-F7</label>')
  })

  it('escapes what XML must not hold, and stays within ASCII', () => {
    const odd = makeHeader(['A<&>"B', 'Ünïcode'])
    const { text } = serializeMtg(odd, planMontage(odd, 'recorded').derivations, VIEW)
    expect(text).toContain('<label>A&lt;&amp;&gt;&quot;B</label>')
    expect(text).toContain('<alias>?n?code</alias>')
    expect(text).toContain('<edfindex>1</edfindex>')
    expect(/^[\x20-\x7e\n]*$/.test(text)).toBe(true)
  })
})
