/** Files that are not what they should be: one sentence that says where, and nothing taken. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { markProblems } from '../../../shared/annotation/invariants.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { planImport } from '../../../shared/interchange/common/planImport.ts'
import { FORMATS, isText } from '../../../shared/interchange/formats.ts'
import { anySet, FACTS, jobOf, readInto, textFormat } from '../../support/exchange.ts'
import { anyText } from '../../support/texts.ts'

const read = (id: string, text: string) => () => readInto(textFormat(id), text)

const CASES: readonly {
  readonly id: string
  readonly what: string
  readonly text: string
  readonly says: string
}[] = [
  {
    id: 'edfbrowser-csv',
    what: 'a column that is missing',
    text: 'Onset,Text\n+1.0,x\n',
    says: 'Line 1: the column "Annotation" is missing; found "Onset", "Text".',
  },
  {
    id: 'edfbrowser-csv',
    what: 'a comma before the decimals, which makes a further column',
    text: 'Onset,Duration,Annotation\n+1,5,0,Hypnic jerk\n',
    says: 'Line 2: it has 4 columns, and the header in line 1 has 3.',
  },
  {
    id: 'bids',
    what: 'a comma before the decimals',
    text: 'onset\tduration\ttrial_type\n1,5\t0\thypnic_jerk\n',
    says: 'Line 2, column 1 (onset): "1,5" should be a number of seconds, with a point before the decimals.',
  },
  {
    id: 'bids',
    what: 'a duration below 0',
    text: 'onset\tduration\ttrial_type\n1\t1\thypnic_jerk\n2\t-1\thypnic_jerk\n',
    says: 'Line 3, column 2 (duration): "-1" should be 0 s or more.',
  },
  {
    id: 'bids',
    what: 'a time after the end',
    text: 'onset\tduration\ttrial_type\n3599.9\t9\thypnic_jerk\n',
    says: 'Line 2: 3609.0234567 s lies after the end of the recording (3600.1234567 s): is it of another one?',
  },
  {
    id: 'bids',
    what: 'a time before the start',
    text: 'onset\tduration\ttrial_type\n-5\t1\thypnic_jerk\n',
    says: 'Line 2: -4.8765433 s lies before the start of the recording.',
  },
  {
    id: 'bids',
    what: 'a word that is none of a few',
    text: 'onset\tduration\ttrial_type\tconfidence\n1\t1\thypnic_jerk\tvery\n',
    says: 'Line 2, column 4 (confidence): "very" should be one of sure, probable, possible.',
  },
  {
    id: 'mne',
    what: 'a formula in place of a time',
    text: '# MNE-Annotations\n# onset, duration, description\n=1+1, 0, x\n',
    says: 'Line 3, column 1 (onset): "=1+1" should be a number of seconds.',
  },
  {
    id: 'mne',
    what: 'dates in place of seconds',
    text: '# MNE-Annotations\n# onset, duration, description\n2002-12-03 19:01:20.72, 0, x\n',
    says: 'Line 3, column 1 (onset): "2002-12-03 19:01:20.72" should be a number of seconds.',
  },
  {
    id: 'szcore',
    what: 'another recording',
    text: 'onset\tduration\teventType\trecordingDuration\n1\t1\tsz\t99.00\n',
    says: 'Line 2: this file is of a recording of 99 s, and this one has 3600 s.',
  },
  {
    id: 'szcore',
    what: 'an event that its reader does not know',
    text: 'onset\tduration\teventType\n1\t1\thypnic_jerk\n',
    says: 'Line 2, column 3 (eventType): "hypnic_jerk" should be bckg, sz or begin with sz_.',
  },
  {
    id: 'tuh-bi',
    what: 'another recording',
    text: '# version = csv_v1.0.0\n# duration = 301.0000 secs\n#\nchannel,start_time,stop_time,label,confidence\n',
    says: 'Line 2: this file is of a recording of 301 s, and this one has 3600 s.',
  },
  {
    id: 'tuh',
    what: 'a stop before its start',
    text: 'channel,start_time,stop_time,label,confidence\nTERM,5,4,seiz,1\n',
    says: 'Line 2, column 3 (stop_time): it is before start_time.',
  },
  {
    id: 'csv',
    what: 'ticks that a spreadsheet has rounded',
    text: 'code,onset_100ns,duration_100ns\nhypnic_jerk,1.2E+09,5\n',
    says: 'Line 2, column 2 (onset_100ns): "1.2E+09" should be a whole number.',
  },
  {
    id: 'csv',
    what: 'milliseconds with a comma',
    text: 'code,onset_ms,duration_ms\nhypnic_jerk,"1,5",5\n',
    says: 'Line 2, column 2 (onset_ms): "1,5" should be a whole number.',
  },
  {
    id: 'csv',
    what: 'a quotation mark that is never closed',
    text: 'code,onset_s,duration_s,comment\nhypnic_jerk,1,1,"open\nhypnic_jerk,2,1,x\n',
    says: 'Line 2: a quotation mark is open or stands inside a cell.',
  },
  {
    id: 'edfbrowser-xml',
    what: 'an element that is not closed',
    text: '<?xml version="1.0"?>\n<annotationlist>\n<annotation>\n</annotationlist>\n',
    says: 'Line 4, character 18: unexpected close tag',
  },
  {
    id: 'edfbrowser-xml',
    what: 'an entity of its own',
    text: '<!DOCTYPE a [<!ENTITY x "y">]>\n<annotationlist>\n<recording_start_time>&x;</recording_start_time>\n</annotationlist>',
    says: 'Line 3, character 26: undefined entity',
  },
  {
    id: 'edfbrowser-xml',
    what: 'a day that is none',
    text: '<annotationlist>\n<recording_start_time>2016-02-31T00:00:00</recording_start_time>\n</annotationlist>',
    says: 'Line 2: "2016-02-31T00:00:00" should be a date and time.',
  },
  {
    id: 'edfbrowser-xml',
    what: 'another recording',
    text: '<annotationlist>\n<recording_start_time>2015-08-02T22:15:30</recording_start_time>\n</annotationlist>',
    says: 'Line 2: these annotations are of another recording, one that began at another time than this one.',
  },
  {
    id: 'edfbrowser-xml',
    what: 'another root',
    text: '<html>\n</html>',
    says: 'Line 1: <"html"> should be <annotationlist>.',
  },
]

describe('refused in one sentence that says where', () => {
  test.for(CASES)('$id: $what', ({ id, text, says }) => {
    expect(read(id, text)).toThrow(says)
  })

  test.for(FORMATS.filter(isText).map(({ id }) => id))(
    '%s: a control character, a line without end, nothing',
    (id) => {
      expect(read(id, 'onset\tduration\n1\t\u0007\n')).toThrow(
        'Line 2, character 3: the control character U+0007 is not text.',
      )
      expect(read(id, 'x'.repeat(200_000))).toThrow('Line 1: it is 200000 characters long')
      if (id !== 'mne') expect(read(id, '')).toThrow(/Line 1/)
    },
  )
})

describe('read all the same', () => {
  const lines = ['onset\tduration\ttrial_type', '1\t0\thypnic_jerk', '2\t0\thypnic_jerk', '']
  test('line ends of every kind, also mixed', () => {
    for (const end of ['\n', '\r\n', '\r'])
      expect(readInto(textFormat('bids'), lines.join(end)).marks).toHaveLength(2)
    const mixed = `${lines[0]}\r\n${lines[1]}\r${lines[2]}\n`
    expect(readInto(textFormat('bids'), mixed).marks).toHaveLength(2)
  })
  test('marks that change the direction of text are taken out', () => {
    const [mark] = readInto(
      textFormat('bids'),
      'onset\tduration\ttrial_type\tcomment\n1\t0\thypnic_jerk\ta\u202Eb\n',
    ).marks
    expect(mark?.comment).toBe('ab')
  })
  test('a separator of another country, as a spreadsheet writes it', () => {
    const text = 'code;event;onset_100ns;duration_100ns\r\nhypnic_jerk;x;20000000;5\r\n'
    expect(readInto(textFormat('csv'), text).marks).toMatchObject([{ onset: 20_000_000, duration: 5 }])
  })
  test('ticks that a spreadsheet has rounded are taken from the milliseconds beside them', () => {
    const text =
      'code;onset_ms;duration_ms;onset_100ns;duration_100ns\r\nhypnic_jerk;200500;300;2,005E+12;3000000\r\n'
    expect(readInto(textFormat('csv'), text).marks).toMatchObject([
      { onset: 2_005_000_000, duration: 3_000_000 },
    ])
  })
  test('seizures of other programs are uncertain here, and say in the comment what they were', () => {
    const found = textFormat('szcore').read('onset\tduration\teventType\n1\t1\tsz_foc_ia\n', {
      recording: FACTS,
    })
    expect(planImport(found, FACTS).marks).toMatchObject([{ kind: 'uncertain', comment: 'sz_foc_ia' }])
  })
  test('a text that is not known stays out, and is told with its count', () => {
    const found = textFormat('mne').read('1, 0, Lights off\n2, 0, Lights off\n3, 0, hypnic jerk\n', {
      recording: FACTS,
    })
    expect(planImport(found, FACTS)).toMatchObject({
      marks: [{ kind: 'hypnic_jerk' }],
      rows: [
        { text: 'Lights off', count: 2, target: { as: 'nothing' }, because: 'unknown' },
        { text: 'hypnic jerk', count: 1, because: 'proposed' },
      ],
    })
  })
})

describe('whatever a file holds', () => {
  /** A file of each format with some of it cut out, doubled or replaced. */
  const damaged = (id: string) =>
    fc
      .tuple(
        anySet,
        fc.array(fc.tuple(fc.nat(400), fc.nat(20), anyText({ maxLength: 4 })), {
          maxLength: 3,
        }),
      )
      .map(([document, cuts]) => {
        const [file] = textFormat(id).write(jobOf(document))
        return cuts.reduce(
          (text, [at, length, put]) => text.slice(0, at) + put + text.slice(at + length),
          file?.text ?? '',
        )
      })

  test.for(FORMATS.filter(isText).map(({ id }) => id))(
    '%s is read or refused in a sentence, never broken',
    (id) => {
      fc.assert(
        fc.property(fc.oneof(damaged(id), anyText({ maxLength: 200 })), (text) => {
          try {
            for (const mark of readInto(textFormat(id), text).marks) expect(markProblems(mark)).toEqual([])
          } catch (thrown) {
            if (!(thrown instanceof ReviewError)) throw thrown
            expect(thrown.message).toMatch(/^[^\n]+\.$|\?$/)
          }
        }),
      )
    },
  )
})
