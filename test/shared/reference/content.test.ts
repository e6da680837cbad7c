/** The reference text as a clinician's file: complete, sourced, and honest about what was not checked. */

import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { MIMICS, mimicOf } from '../../../shared/annotation/kinds.ts'
import { parseReference, REFERENCE, statementsOf, unverified } from '../../../shared/reference/reference.ts'
import { CLAIM_HEADS, EVENTS, HEADS, VERDICTS } from '../../../shared/reference/schema.ts'

const root = resolve(import.meta.dirname, '../../..')
const folder = resolve(root, 'shared/reference')

/** Everything that must rest on a source: statements, both halves of mimics, claims. */
const backed = [
  ...REFERENCE.statements.map((item) => ({ ...item })),
  ...REFERENCE.mimics.flatMap((mimic) => [
    { ...mimic.looks, id: `${mimic.id} (looks)` },
    { ...mimic.tell, id: `${mimic.id} (tell)` },
  ]),
  ...REFERENCE.claims.map((claim) => ({ ...claim, text: claim.correction })),
]
const sources = new Map(REFERENCE.sources.map((source) => [source.id, source]))

describe('every statement', () => {
  test.each(backed)('$id names a source, read or to be read', (item) => {
    expect(item.sources).not.toEqual([])
    expect(new Set(item.sources).size).toBe(item.sources.length)
  })

  test.each(backed)('$id claims no better evidence than its sources were read with', (item) => {
    const readings = item.sources.map((id) => sources.get(id)?.read)
    if (item.evidence === 'primary' || item.evidence === 'teaching') {
      expect(readings.every((read) => read === 'primary' || read === 'abstract')).toBe(true)
    }
    if (item.evidence === 'secondary') {
      expect(readings).toContain('secondary')
      expect(readings).not.toContain('unread')
    }
    if (item.evidence === 'unverified') expect(readings.every((read) => read === 'unread')).toBe(true)
  })

  test.each(backed)('$id rests on more than an encyclopaedia', (item) => {
    const cited = item.sources.map((id) => sources.get(id))
    const isEncyclopaedia = (source: (typeof cited)[number]) =>
      /wiki|encyclop|britannica|enzyklop/i.test(`${source?.where} ${source?.url}`)
    expect(cited.length > 0 && cited.every(isEncyclopaedia)).toBe(false)
  })

  test('that nobody checked says so on the page, and stands for no fact elsewhere', () => {
    const unchecked = new Set(unverified(REFERENCE).map(({ id }) => id))
    expect(REFERENCE.claims.filter(({ id }) => unchecked.has(id))).toEqual([])
    expect(REFERENCE.statements.filter(({ id, sheet }) => unchecked.has(id) && sheet !== undefined)).toEqual(
      [],
    )
  })

  test('has an id of its own', () => {
    const ids = [...REFERENCE.statements, ...REFERENCE.mimics, ...REFERENCE.claims, ...REFERENCE.sources].map(
      ({ id }) => id,
    )
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  test('about treatment is dated', () => {
    const undated = REFERENCE.statements.filter(
      ({ head, asOf }) => head === 'treatment' && asOf === undefined,
    )
    expect(undated).toEqual([])
  })

  test('speaks of events in general, never to the reader about a patient', () => {
    const advice = backed.filter(({ text }) =>
      /\b(you should|your patient|your child|prescribe|the patient should)\b/i.test(text),
    )
    expect(advice).toEqual([])
  })

  test('does not call the pattern a seizure or establish a jerk from scalp EEG', () => {
    const text = (id: string) => REFERENCE.statements.find((one) => one.id === id)?.text
    expect(text('absence-pattern')).toMatch(/names an EEG pattern.*needs the clinical correlate/)
    expect(text('jerk-lead-signal')).toMatch(/cannot be established from scalp EEG alone/)
  })
})

describe('every source', () => {
  test('is used', () => {
    const cited = new Set([...backed.flatMap((item) => item.sources), ...REFERENCE.furtherReading])
    expect([...sources.keys()].filter((id) => !cited.has(id))).toEqual([])
  })

  test('that has a DOI has a well-formed one of its own', () => {
    const dois = REFERENCE.sources.flatMap(({ id, doi, read }) =>
      // The tables of a paper may be listed apart from its abstract, because they were not read.
      doi === undefined || (read === 'unread' && id.endsWith('-tables')) ? [] : [doi],
    )
    for (const doi of dois) expect(doi).toMatch(/^10\.\d{4,9}\/[^\s?#]+$/)
    expect(new Set(dois.map((doi) => doi.toLowerCase())).size).toBe(dois.length)
  })

  test('says who, where and when, or is an undated page with its address', () => {
    for (const { id, year, url } of REFERENCE.sources)
      expect(year !== null || url !== undefined, id).toBe(true)
  })

  test('is numbered once, without gaps, in the order of reading', () => {
    expect([...REFERENCE.numbers.values()]).toEqual(REFERENCE.numbered.map((_, index) => index + 1))
    const firstCell = statementsOf(REFERENCE, 'what-it-is', 'hypnic_jerk')
    expect(firstCell[0]?.sources.map((id) => REFERENCE.numbers.get(id))).toEqual([1, 2])
  })

  test('that is not listed is refused by name', () => {
    const { numbers: _, numbered: __, ...content } = REFERENCE
    expect(() => parseReference({ ...content, furtherReading: ['nobody-1900'] })).toThrow('nobody-1900')
  })
})

describe('the table', () => {
  const cells = HEADS.flatMap((head) => EVENTS.map((event) => ({ head, event })))

  test.each(cells)('answers "$head" for $event, also on the sheet', ({ head, event }) => {
    const cell = statementsOf(REFERENCE, head, event)
    expect(cell.length).toBeGreaterThan(0)
    expect(cell.some(({ sheet }) => sheet !== undefined)).toBe(true)
  })
})

describe('the mimics', () => {
  test.each(REFERENCE.mimics)('$id is marked with a known subtype, for the event it imitates', (mimic) => {
    const facts = mimicOf(mimic.markAs)
    expect(facts).not.toBe(null)
    if (mimic.markAs !== 'other') expect(mimic.of).toBe(facts?.of)
  })

  test('explain every subtype that can be marked', () => {
    const explained = new Set(REFERENCE.mimics.map(({ markAs }) => markAs))
    expect(MIMICS.filter(({ code }) => code !== 'other' && !explained.has(code))).toEqual([])
  })
})

describe('the exercise', () => {
  test('has claims under all three heads, together, and of every verdict', () => {
    const heads = REFERENCE.claims.map(({ head }) => head)
    expect([...new Set(heads)]).toEqual([...CLAIM_HEADS])
    expect(heads).toEqual(heads.toSorted((a, b) => CLAIM_HEADS.indexOf(a) - CLAIM_HEADS.indexOf(b)))
    expect(new Set(REFERENCE.claims.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS))
  })
})

describe('a translation', () => {
  const files = readdirSync(folder).filter((name) => /^content\.[A-Za-z-]+\.json$/.test(name))

  test.each(files)('%s says the same things from the same sources', (name) => {
    const translation = parseReference(JSON.parse(readFileSync(resolve(folder, name), 'utf8')))
    expect(name).toBe(`content.${translation.language}.json`)
    const facts = (reference: typeof REFERENCE) => ({
      statements: reference.statements.map(({ text, sheet, example, ...rest }) => ({
        ...rest,
        onSheet: sheet !== undefined,
        example: example && { ...example, look: '' },
      })),
      mimics: reference.mimics.map(({ id, markAs, of, looks, tell }) => ({
        id,
        markAs,
        of,
        looks: { ...looks, text: '' },
        tell: { ...tell, text: '' },
      })),
      claims: reference.claims.map(({ claim, correction, ...rest }) => rest),
      sources: reference.sources.map(({ id, doi, url, read, year }) => ({ id, doi, url, read, year })),
      furtherReading: reference.furtherReading,
    })
    expect(facts(translation)).toEqual(facts(REFERENCE))
  })
})
