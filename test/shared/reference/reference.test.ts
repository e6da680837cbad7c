import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Mark } from '../../../shared/annotation/document.ts'
import { resolveExample } from '../../../shared/reference/example.ts'
import { findMimics, REFERENCE, sourcesOf, unverified } from '../../../shared/reference/reference.ts'
import type { Example } from '../../../shared/reference/schema.ts'
import { TEACHING_STATEMENT, TEACHING_STATEMENT_SHORT } from '../../../shared/statement.ts'
import { ticksFromSeconds } from '../../../shared/units.ts'

function mark(kind: Mark['kind'], onset: number, subtype: string | null = null): Mark {
  return {
    id: `${kind}-${onset}`,
    kind,
    subtype,
    onset: ticksFromSeconds(onset),
    duration: ticksFromSeconds(1),
    channels: [],
    confidence: null,
    evidence: [],
    comment: '',
    view: null,
    author: 'key',
    created: '2026-01-01T00:00:00Z',
    changed: '2026-01-01T00:00:00Z',
  }
}

const example: Example = {
  sample: 'mixed-teaching',
  kind: 'mimic',
  subtype: 'oirda',
  nth: 1,
  view: {
    montage: 'longitudinal',
    lowFrequency: 1,
    highFrequency: 70,
    notch: null,
    sensitivity: 7,
    timebase: 10,
  },
  look: 'The field is occipital.',
}

describe('an example', () => {
  test('is the nth mark of its kind and subtype by onset, however the key is sorted', () => {
    const marks = [
      mark('mimic', 50, 'oirda'),
      mark('mimic', 10, 'firda'),
      mark('hypnic_jerk', 5),
      mark('mimic', 20, 'oirda'),
    ]
    expect(resolveExample(example, { marks })?.id).toBe('mimic-50')
    expect(resolveExample({ ...example, nth: 0 }, { marks })?.id).toBe('mimic-20')
  })

  test('without a subtype takes every mark of its kind', () => {
    const { subtype: _, ...anyMimic } = example
    expect(
      resolveExample(anyMimic, { marks: [mark('mimic', 1, 'firda'), mark('mimic', 2, 'oirda')] })?.id,
    ).toBe('mimic-2')
  })

  test('that the key lacks is null, never another mark', () => {
    expect(resolveExample(example, { marks: [mark('mimic', 1, 'oirda')] })).toBeNull()
    expect(resolveExample(example, { marks: [] })).toBeNull()
  })
})

describe('mimics', () => {
  test('of one event leave out those of the other and keep those of both', () => {
    const ofJerk = findMimics(REFERENCE, 'hypnic_jerk', '')
    expect(ofJerk.some(({ of }) => of === 'both')).toBe(true)
    expect(ofJerk.some(({ of }) => of === 'spike_wave_3hz')).toBe(false)
    expect(findMimics(REFERENCE, 'all', '')).toEqual(REFERENCE.mimics)
  })

  test('are found by any of their words, in any order and case', () => {
    expect(findMimics(REFERENCE, 'all', 'DROWSINESS  rudimentary').map(({ id }) => id)).toContain(
      'rudimentary-spike-wave',
    )
    expect(findMimics(REFERENCE, 'all', 'nothing like this')).toEqual([])
  })

  test('grow fewer with every word asked for', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (one, other) => {
        const wide = findMimics(REFERENCE, 'all', one)
        const narrow = findMimics(REFERENCE, 'all', `${one} ${other}`)
        expect(narrow.every((mimic) => wide.includes(mimic))).toBe(true)
      }),
    )
  })
})

test('sources come with their numbers, smallest first', () => {
  for (const statement of REFERENCE.statements) {
    const numbers = sourcesOf(REFERENCE, statement).map(({ number }) => number)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(
      sourcesOf(REFERENCE, statement)
        .map(({ source }) => source.id)
        .toSorted(),
    ).toEqual(statement.sources.toSorted())
  }
})

test('what was not checked can be listed for the release note', () => {
  const listed = unverified(REFERENCE).map(({ id }) => id)
  expect(listed).toContain('absence-field')
  expect(listed).not.toContain('absence-slowing')
})

test('the statement refuses diagnosis and says what the program is for', () => {
  for (const text of [TEACHING_STATEMENT, TEACHING_STATEMENT_SHORT]) {
    expect(text).toMatch(/^(Education and research-training|Teaching) tool/)
    expect(text).toMatch(/not a medical device/i)
    expect(text).toMatch(/not (intended )?for diagnosis/i)
  }
})
