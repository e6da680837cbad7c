import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileVersion, findSets, saveSet } from '../../../electron/host/annotationFiles.ts'
import { findOwnSet } from '../../../electron/host/ownSet.ts'
import { readSetName, reviewerInName, setPathFor } from '../../../electron/host/setNames.ts'
import { loadSet } from '../../../electron/host/setReader.ts'
import { RECORDING, withMarks } from '../../support/annotations.ts'
import { makeFolder } from '../../support/folders.ts'

const document = withMarks([
  [10, 12],
  [20, 21],
])

describe('a set whose name is written otherwise', () => {
  it.each([
    ['composed', 'cafe\u0301.edf', 'caf\u00e9.JS.hypnospike.json'],
    ['decomposed', 'caf\u00e9.edf', 'cafe\u0301.JS.hypnospike.json'],
  ])('in the %s form is found and listed', async (_, recordingName, setName) => {
    const folder = makeFolder()
    const recording = path.join(folder, recordingName)
    await saveSet(path.join(folder, setName), document, { expected: null })
    expect(await findSets(recording, RECORDING)).toMatchObject([{ fileName: setName, problem: null }])
    expect(await findOwnSet(recording, 'JS')).toBe(path.join(folder, setName))
  })
})

describe('the set of a reviewer', () => {
  const inFile = (reviewer: string) => ({ ...document, reviewer })

  it.each([
    ['R-01', 'R-01-'],
    ['con', 'con_'],
    ['KEY', 'KEY_'],
    ['a', 'a--'],
    ['山', '川'],
    ['Jörg', 'Jorg'],
    [`${'x'.repeat(45)}1`, `${'x'.repeat(45)}2`],
  ])('%s is not that of %s, nor the other way round', async (one, two) => {
    const recording = path.join(makeFolder(), 'night.edf')
    for (const reviewer of [one, two]) {
      const file = await findOwnSet(recording, reviewer)
      expect(await fileVersion(file)).toBeNull()
      await saveSet(file, inFile(reviewer), { expected: null })
    }
    for (const reviewer of [one, two]) {
      const file = await findOwnSet(recording, reviewer)
      expect((await loadSet(file)).document.reviewer).toBe(reviewer)
    }
  })

  it.each([
    ['Jörg Müller', 'Jorg-Muller'],
    ['山', 'reviewer'],
    ['con', 'con_'],
  ])('%s is found under the name of an earlier version, %s', async (reviewer, name) => {
    const recording = path.join(makeFolder(), 'night.edf')
    const former = setPathFor(recording, name)
    await saveSet(former, inFile(reviewer), { expected: null })
    expect(await findOwnSet(recording, reviewer)).toBe(former)
    expect(await findOwnSet(recording, `${reviewer} B`)).not.toBe(former)
  })

  it('whose usual name is taken by another, as where names have no case, goes under a name with a hash', async () => {
    const recording = path.join(makeFolder(), 'night.edf')
    await saveSet(setPathFor(recording, 'js'), inFile('JS'), { expected: null })
    const own = await findOwnSet(recording, 'js')
    expect(path.basename(own)).toMatch(/^night\.js~[0-9a-f]{8}\.hypnospike\.json$/)
    await saveSet(own, inFile('js'), { expected: null })
    expect(await findOwnSet(recording, 'js')).toBe(own)
  })

  it('is never saved over that of another, though asked to', async () => {
    const file = path.join(makeFolder(), 'night.JS.hypnospike.json')
    const expected = await saveSet(file, document, { expected: null })
    await expect(saveSet(file, inFile('AB'), { expected })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'night.JS.hypnospike.json holds the marks of another reviewer, JS: save under another name.',
    })
    expect((await loadSet(file)).document.reviewer).toBe('JS')
    // Who has read or written it knows whose it is: a large one is not read once more for that.
    const known = await saveSet(file, { ...document, marks: [] }, { expected, isOwn: true })
    expect((await loadSet(file)).version.hash).toBe(known.hash)
    await expect(saveSet(file, document, { expected, isOwn: true })).rejects.toMatchObject({
      code: 'conflict',
    })
  })
})

describe('the name of a set', () => {
  it.each([
    ['/data/night.edf', 'JS', '/data/night.JS.hypnospike.json'],
    ['/data/Nacht 3.EDF', 'r-01', '/data/Nacht 3.r-01.hypnospike.json'],
    ['/data/night.v2.bdf', 'JS', '/data/night.v2.JS.hypnospike.json'],
  ])('of %s and %s', (recording, reviewer, expected) => {
    expect(setPathFor(path.normalize(recording), reviewer)).toBe(path.normalize(expected))
  })

  it('stays within what file systems allow, and is found again', async () => {
    const folder = makeFolder()
    const recording = path.join(folder, `${'é'.repeat(120)}.edf`)
    await saveSet(setPathFor(recording, 'x'.repeat(100)), document, { expected: null })
    expect(await findSets(recording, RECORDING)).toMatchObject([{ marks: 2, problem: null }])
  })

  it.each([
    ['R-01', /^R-01$/],
    ['R_01-a', /^R_01-a$/],
    ['Jörg Müller', /^Jorg-Muller~[0-9a-f]{8}$/],
    ['a/b\\c:d', /^a-b-c-d~[0-9a-f]{8}$/],
    ['../../etc/passwd', /^etc-passwd~[0-9a-f]{8}$/],
    ['山', /^reviewer~[0-9a-f]{8}$/],
    ['con', /^con~[0-9a-f]{8}$/],
    ['x'.repeat(200), /^x{31}~[0-9a-f]{8}$/],
  ])('holds the reviewer %s as %s', (reviewer, expected) => {
    expect(reviewerInName(reviewer)).toMatch(expected)
  })

  it('is another one for every code, and is read as the name of a set', () => {
    const code = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
      fc.stringMatching(/^[aA_-]{1,4}$/),
      fc.constantFrom('con', 'con_', 'KEY', 'KEY_', 'a', 'a--', 'é', 'e', 'e\u0301', '山', '川'),
    )
    fc.assert(
      fc.property(code, code, (one, two) => {
        const name = path.basename(setPathFor('/data/night.edf', one))
        expect(readSetName('/data/night.edf', name)).toEqual({
          isKey: false,
          reviewer: reviewerInName(one),
          copyOf: null,
        })
        if (one !== two) expect(reviewerInName(one)).not.toBe(reviewerInName(two))
      }),
    )
  })
})
