import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentText } from '../../../shared/annotation/contentText.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { setComment } from '../../../shared/annotation/edits.ts'
import { FORMAT_VERSION, parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { KINDS, MIMICS } from '../../../shared/annotation/kinds.ts'
import { MAX_DEPTH, MAX_SET_BYTES } from '../../../shared/annotation/setSize.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { TEACHING_STATEMENT } from '../../../shared/statement.ts'
import {
  applied,
  blankDocument,
  makeContext,
  stepsArbitrary,
  withMarks,
  work,
} from '../../support/annotations.ts'
import { cases } from '../../support/properties.ts'

const specification = readFileSync(
  path.resolve(import.meta.dirname, '../../../shared/annotation/FORMAT.md'),
  'utf8',
)
const example = /```json\n([\s\S]*?)```/.exec(specification)![1]!

type Holder = Record<string, unknown>

/** Puts a value at a path like `marks.0.onset`; undefined takes it away. */
function put(set: Holder, place: string, value: unknown): void {
  const keys = place.split('.')
  const holder = keys.slice(0, -1).reduce((inner, key) => inner[key] as Holder, set)
  if (value === undefined) delete holder[keys.at(-1)!]
  else holder[keys.at(-1)!] = value
}

/** The file of a set, changed by hand. */
function changed(document: AnnotationDocument, changes: Readonly<Record<string, unknown>>): string {
  const set: Holder = JSON.parse(serializeSet(document))
  for (const [place, value] of Object.entries(changes)) put(set, place, value)
  return JSON.stringify(set)
}

function refusal(text: string): string {
  try {
    parseSet(text)
  } catch (error) {
    expect(error).toBeInstanceOf(ReviewError)
    expect((error as ReviewError).code).toBe('bad-set')
    return (error as ReviewError).message
  }
  throw new Error('the set was accepted')
}

const sound = withMarks([
  [10, 12],
  [20, 21],
])

describe('a set written and read again', () => {
  it('is the same, whatever the reviewer did', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        const { document } = work(steps)
        const text = serializeSet(document)
        expect(parseSet(text)).toEqual(document)
        expect(serializeSet(parseSet(text))).toBe(text)
      }),
    )
  })

  it('has one line a mark, so that versions can be compared', () => {
    const lines = serializeSet(sound).split('\n')
    for (const mark of sound.marks) expect(lines.filter((line) => line.includes(mark.id))).toHaveLength(1)
    expect(lines.at(-1)).toBe('')
  })

  it('says what it is for, and the fixed texts of the kinds', () => {
    const set = JSON.parse(serializeSet(sound))
    expect(set.statement).toMatch(/^Education and research-training tool\. Not a medical device\./)
    expect(set.labels).toMatchObject({ hypnic_jerk: 'Hypnic jerk', spike_wave_3hz: '3 Hz spike-and-wave' })
  })

  it('keeps fields of a later version everywhere, through an edit too', () => {
    const text = changed(sound, {
      colour: { nested: [1, { two: null }] },
      'recording.site': 'ward',
      'recording.signals.0.position': [1, 2],
      'marks.0.severity': 3,
      'marks.0.view.polarity': 'up',
    })
    const document = parseSet(text)
    const after = applied(document, setComment(document, 'id-0001', 'seen', makeContext()()))
    const again = JSON.parse(serializeSet(parseSet(serializeSet(after))))
    expect(again).toMatchObject({
      colour: { nested: [1, { two: null }] },
      recording: { site: 'ward', signals: [{ position: [1, 2] }, {}] },
      marks: [{ severity: 3, comment: 'seen', view: { polarity: 'up' } }, {}],
    })
  })

  it('keeps a montage that only a later version knows', () => {
    const text = changed(sound, {
      'marks.0.view.montage': 'laplacian',
    })
    expect(parseSet(text).marks[0]!.view!.montage).toBe('laplacian')
  })

  it('keeps what was measured and pinned, in one order of keys, fields of later versions among it', () => {
    const pinned = {
      ...{ entry: 'complexes', label: 'Complexes', text: '26' },
      values: [{ id: 'count', value: 26, unit: '' }],
      ...{ onset: sound.marks[0]!.onset, duration: sound.marks[0]!.duration },
    }
    const document = { ...sound, marks: [{ ...sound.marks[0]!, measured: [pinned] }] }
    const text = serializeSet(document)
    expect(text).toContain(
      '"measured":[{"entry":"complexes","label":"Complexes","text":"26","values":[{"id":',
    )
    expect(parseSet(text)).toEqual(document)
    const turned = { spread: 1, ...Object.fromEntries(Object.entries(pinned).reverse()) }
    const later = parseSet(changed(document, { 'marks.0.measured.0': turned }))
    expect(serializeSet(later)).toContain(`"duration":${pinned.duration},"spread":1}]`)
  })

  it.each([
    ['marks.0.measured', 'none', /marks\[0\]\.measured should be a list of measured values/],
    ['marks.0.measured', [{ entry: 'x' }], /marks\[0\]\.measured\[0\]\.label is missing/],
  ])('refuses %s that is %j, and says where', (place, value, words) => {
    expect(() => parseSet(changed(sound, { [place]: value }))).toThrowError(words)
  })

  it('refuses values of one entry twice', () => {
    const pinned = { entry: 'x', label: 'X', text: '1', values: [], onset: 0, duration: 0 }
    const twice = changed(sound, { 'marks.0.measured': [pinned, pinned] })
    expect(() => parseSet(twice)).toThrowError(/measured names an entry twice/)
  })

  it('keeps the parameters of a generated key', () => {
    const document = { ...sound, marks: [{ ...sound.marks[0]!, parameters: { rate: 3.2, site: 'frontal' } }] }
    expect(parseSet(serializeSet(document))).toEqual(document)
  })
})

describe('the specification', () => {
  it('gives an example whose sign-off has the hash that another program computes from its words', () => {
    // fixtures/sets/signOff.py has printed it.
    const document = parseSet(example)
    const hash = createHash('sha256').update(contentText(document)).digest('hex')
    expect(document.signOffs?.[0]?.hash).toBe(hash)
    const lines = example.split('\n').map((line) => line.trim().replace(/,$/, ''))
    for (const line of contentText(document).trimEnd().split('\n').slice(2)) expect(lines).toContain(line)
  })

  it('gives an example that this project writes letter by letter', () => {
    expect(serializeSet(parseSet(example))).toBe(example)
  })

  it('names every kind, its text, every mimic and every field', () => {
    for (const kind of KINDS) expect(specification).toContain(`\`${kind.code}\` ("${kind.label}")`)
    for (const mimic of MIMICS) expect(specification).toContain(`\`${mimic.code}\``)
    for (const field of Object.keys({ ...JSON.parse(example), ...JSON.parse(example).marks[0] })) {
      expect(specification).toContain(`\`${field}\``)
    }
    for (const field of Object.keys({
      ...JSON.parse(example).signOffs[0],
      ...JSON.parse(example).changes[0],
    })) {
      expect(specification).toContain(`"${field}"`)
    }
    expect(specification.replaceAll('\n', ' ')).toContain(TEACHING_STATEMENT)
    expect(specification).toContain(`version ${FORMAT_VERSION}`)
  })
})

describe('reading leniently', () => {
  it('sorts marks and joins reviewed ranges that touch', () => {
    const text = changed(sound, {
      marks: [...sound.marks].reverse(),
      reviewed: [
        { id: 'b', onset: 50, duration: 50 },
        { id: 'a', onset: 0, duration: 50 },
        { id: 'c', onset: 20, duration: 10 },
        { id: 'd', onset: 300, duration: 0 },
      ],
    })
    const document = parseSet(text)
    expect(document.marks.map((mark) => mark.id)).toEqual(['id-0001', 'id-0002'])
    expect(document.reviewed).toEqual([{ id: 'a', onset: 0, duration: 100 }])
    expect(checkInvariants(document)).toEqual([])
  })

  it('takes a byte-order mark, and times without milliseconds', () => {
    const text = changed(sound, {
      created: '2026-01-31T08:00:00Z',
      changed: '2026-01-31T08:00:00.1234567Z',
    })
    const document = parseSet(`\uFEFF${text}`)
    expect(document.created).toBe('2026-01-31T08:00:00.000Z')
    expect(document.changed).toBe('2026-01-31T08:00:00.123Z')
  })

  it('makes texts plain', () => {
    const text = changed(sound, {
      'marks.0.comment': 'a\u202Eb\u0007c\nd',
      reviewer: ' J\u0000S\n',
      'marks.0.channels': ['EMG\tChin'],
    })
    expect(parseSet(text)).toMatchObject({
      reviewer: 'JS',
      marks: [{ comment: 'abc\nd', channels: ['EMG Chin'] }, {}],
    })
  })
})

describe('a file that is no sound set is refused with the field', () => {
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    [
      'a text as onset',
      { 'marks.1.onset': '12' },
      'marks[1].onset should be a whole number of ticks (100 ns), found another text',
    ],
    [
      'half a tick',
      { 'marks.0.duration': 0.5 },
      'marks[0].duration should be a whole number of ticks (100 ns), found 0.5',
    ],
    [
      'a negative duration',
      { 'marks.0.duration': -1 },
      'marks[0].duration should be a whole number of ticks (100 ns), 0 or more, found -1',
    ],
    [
      'more than can be counted',
      { 'marks.0.onset': 1e300 },
      'marks[0].onset should be a whole number of ticks (100 ns), found 1e+300',
    ],
    [
      'null as onset',
      { 'marks.0.onset': null },
      'marks[0].onset should be a whole number of ticks (100 ns), found null',
    ],
    [
      'an unknown kind',
      { 'marks.0.kind': 'seizure' },
      'marks[0].kind should be one of the kinds hypnic_jerk, spike_wave_3hz, mimic, uncertain, found another text',
    ],
    [
      'an unknown mimic',
      { 'marks.0.kind': 'mimic', 'marks.0.subtype': 'x' },
      'marks[0].subtype should be the code of a mimic, or null, found another text',
    ],
    ['a subtype on a jerk', { 'marks.0.subtype': 'firda' }, 'mark id-0001: subtype is for mimics only'],
    ['the same id twice', { 'marks.1.id': 'id-0001' }, 'id id-0001 is used twice'],
    ['marks as an object', { marks: {} }, 'marks should be a list of marks, found Object'],
    ['a mark that is a number', { 'marks.0': 5 }, 'marks[0] should be a mark, found 5'],
    ['no marks', { marks: undefined }, 'marks is missing'],
    ['no reviewer', { reviewer: undefined }, 'reviewer is missing'],
    ['a mark without comment', { 'marks.0.comment': undefined }, 'marks[0].comment is missing'],
    [
      'a long comment',
      { 'marks.0.comment': 'x'.repeat(10_001) },
      'marks[0].comment should be plain text of at most 10000 characters, found another text',
    ],
    [
      'a date of another form',
      { 'marks.0.created': '31.1.2026' },
      'marks[0].created should be a time in UTC like 2026-01-31T08:05:00.000Z, found another text',
    ],
    [
      'the 40th of May',
      { changed: '2026-05-40T08:05:00.000Z' },
      'changed should be a time in UTC like 2026-01-31T08:05:00.000Z, found another text',
    ],
    ['other ticks', { ticksPerSecond: 1000 }, 'ticksPerSecond should be 10000000'],
    ['no fingerprint', { 'recording.fingerprint': undefined }, 'recording.fingerprint is missing'],
    ['a version of half', { version: 0.5 }, 'version should be a whole number, 1 or more'],
    ['no version', { version: undefined }, 'version should be a whole number, 1 or more'],
  ])('%s', (_, change, reason) => {
    expect(refusal(changed(sound, change))).toBe(`This annotation set cannot be read: ${reason}.`)
  })

  it('says that a later version needs an update', () => {
    const text = changed(sound, {
      version: 4,
      marks: 'of another form altogether',
    })
    expect(refusal(text)).toBe(
      'This set was made by a newer Hypnospike (format 4); update Hypnospike to open it.',
    )
  })

  it.each([
    ['nothing', ''],
    ['a text', 'Hypnic jerk at 12:03'],
    ['a cut-off file', serializeSet(sound).slice(0, 700)],
    ['a NaN', serializeSet(sound).replace('"onset":100000000', '"onset":NaN')],
  ])('%s is not JSON', (_, text) => {
    expect(refusal(text)).toMatch(
      /^This annotation set cannot be read: it is not JSON( \(line \d+ column \d+\))?\.$/,
    )
  })

  it.each([
    'null',
    '5',
    '[]',
    '{}',
    '"x"',
    '{"format":"something else"}',
    '[{"format":"hypnospike annotation set"}]',
  ])('%s is no set', (text) => {
    expect(refusal(text)).toBe('This is not a Hypnospike annotation set.')
  })

  it('never repeats a piece of the file', () => {
    const text = changed(sound, {
      'marks.0.kind': 'Jane Doe 01.02.1980',
    })
    expect(refusal(text)).not.toMatch(/Jane/)
    expect(refusal('Jane Doe')).not.toMatch(/Jane/)
  })
})

describe('a hostile file', () => {
  it('of more than the largest size is refused before it is parsed', () => {
    // Nor is it JSON, as a parser would have found.
    const text = `{"format":"hypnospike annotation set","x":"${'x'.repeat(MAX_SET_BYTES)}`
    expect(refusal(text)).toBe('This annotation set cannot be read: it is larger than 64 MB.')
  })

  it.each(['[', '{"a":'])('nested a million deep (%s) is refused', (opening) => {
    const text = `{"format":"hypnospike annotation set","x":${opening.repeat(1_000_000)}`
    expect(refusal(text)).toBe(
      `This annotation set cannot be read: its values are nested deeper than ${MAX_DEPTH}.`,
    )
  })

  it.each([
    [
      'millions of objects',
      `[${Array(2_600_000).fill('{}').join(',')}]`,
      'it holds more values than a set of 200,000 marks',
    ],
    [
      'millions of numbers',
      `[${Array(8_100_000).fill('0').join(',')}]`,
      'it holds more values than a set of 200,000 marks',
    ],
    [
      'an object of thousands of fields',
      `{${Array.from({ length: 1001 }, (_, index) => `"k${index}":0`).join(',')}}`,
      'one of its objects has more than 1000 fields',
    ],
  ])('with %s is refused before anything is made of it', (_, value, reason) => {
    expect(refusal(`{"format":"hypnospike annotation set","x":${value}`)).toBe(
      `This annotation set cannot be read: ${reason}.`,
    )
  })

  it('may say brackets in a comment as often as it likes', () => {
    const comment = `\\"${'[{'.repeat(500)}`
    const document = applied(sound, setComment(sound, 'id-0001', comment, makeContext()()))
    expect(parseSet(serializeSet(document)).marks[0]!.comment).toBe(comment)
  })

  it('cannot reach prototypes', () => {
    const text = serializeSet(sound)
      .replace(
        '"reviewer"',
        '"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}, "reviewer"',
      )
      .replace('"kind"', '"__proto__": {"polluted": true, "kind": "mimic"}, "kind"')
      .replace('"fingerprint"', '"__proto__": {"polluted": true}, "fingerprint"')
    const document = parseSet(text)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    for (const value of [document, document.marks[0]!, document.recording]) {
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
      expect((value as Record<string, unknown>).polluted).toBeUndefined()
    }
    expect(serializeSet(document)).not.toMatch(/polluted/)
  })

  it('of any JSON is a set or is refused, and nothing else happens', () => {
    const mark = sound.marks[0]!
    const places = fc.constantFrom(
      ...Object.keys(JSON.parse(serializeSet(sound))),
      ...Object.keys(mark).map((key) => `marks.0.${key}`),
      ...Object.keys(sound.recording).map((key) => `recording.${key}`),
      'marks.0.view.montage',
      'marks.0.parameters',
      'marks.0.measured',
      'recording.signals.0',
    )
    fc.assert(
      fc.property(places, fc.jsonValue({ maxDepth: 3 }), (place, value) => {
        try {
          expect(checkInvariants(parseSet(changed(sound, { [place]: value })))).toEqual([])
        } catch (error) {
          if (!(error instanceof ReviewError)) throw error
          expect(error.code).toBe('bad-set')
          expect(error.message.length).toBeLessThan(300)
        }
      }),
      cases(500),
    )
  })
})

describe('upgrading', () => {
  it('ties marks of version 1 to electrodes and signals, and leaves all else', () => {
    const old = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/sets/version-1.json'), 'utf8')
    const document = parseSet(old)
    expect(document.marks.map((mark) => mark.channels)).toEqual([
      ['EMG Chin', 'P3', 'O1'],
      ['EMG Chin', 'T7', 'Old strip 4'],
      [],
    ])
    const others = ({ marks, ...rest }: { marks: readonly object[] }) => ({
      ...rest,
      marks: marks.map((mark) => ({ ...mark, channels: [] })),
    })
    const { format, version, statement, ticksPerSecond, labels, ...content } = JSON.parse(old)
    expect(version).toBe(1)
    expect(others(document)).toEqual(others(content))
    const written = serializeSet(document)
    expect(JSON.parse(written).version).toBe(FORMAT_VERSION)
    expect(parseSet(written)).toEqual(document)
  })

  it('leaves a set of version 2 as it is: not blind, never signed off, nothing told of changes', () => {
    const old = readFileSync(path.resolve(import.meta.dirname, '../../fixtures/sets/version-2.json'), 'utf8')
    const document = parseSet(old)
    const { format, version, statement, ticksPerSecond, labels, ...content } = JSON.parse(old)
    expect(version).toBe(2)
    expect(document).toEqual(content)
    expect(JSON.parse(serializeSet(document))).toEqual({ ...JSON.parse(old), version: FORMAT_VERSION })
  })
})

it('an empty set can be written and read', () => {
  expect(parseSet(serializeSet(blankDocument()))).toEqual(blankDocument())
})
