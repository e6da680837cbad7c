/** The manifest of a pack as text, and the names that a pack may have. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isPackFileName, isPackName, type PackManifest } from '../../../shared/teaching/pack/pack.ts'
import { parseManifest, serializeManifest } from '../../../shared/teaching/pack/packManifest.ts'

const SPECIFICATION = readFileSync(
  path.resolve(import.meta.dirname, '../../../shared/teaching/pack/PACK.md'),
  'utf8',
)
const EXAMPLE = /```json\n(.*?\n)```/s.exec(SPECIFICATION)?.[1] ?? ''

describe('a manifest', () => {
  it('reads as its specification shows it, and is written so', () => {
    const manifest = parseManifest(EXAMPLE)
    expect(manifest).toMatchObject({ title: 'Jerks at sleep onset', cases: 2, keys: 'sealed' })
    expect(manifest.files.map(({ bytes }) => bytes)).toEqual([5321, 871424, 1874])
    expect(serializeManifest(manifest)).toBe(EXAMPLE)
  })

  it('needs a licence, a consent line and a lesson', () => {
    const read = (change: Partial<PackManifest>) => () =>
      parseManifest(serializeManifest({ ...parseManifest(EXAMPLE), ...change }))
    expect(read({ licence: '' })).toThrow(/“licence” should be plain text of 1 to 500 characters/)
    expect(read({ consent: ' ' })).toThrow(/“consent” should be plain text of 1 to 1000 characters/)
    expect(read({ files: [] })).toThrow(/lists no lesson\.lesson\.json/)
    const [lesson] = parseManifest(EXAMPLE).files
    expect(read({ files: [lesson!, lesson!] })).toThrow(/lists lesson\.lesson\.json twice/)
    expect(read({ files: [lesson!, { ...lesson!, name: 'pack.json' }] })).toThrow(/lists itself/)
  })
})

describe('names', () => {
  it.each([
    ['pack.json', true],
    ['lesson.lesson.json', true],
    ['eeg-0123456789abcdef.edf', true],
    ['eeg-0123456789abcdef.bdf', true],
    ['eeg-0123456789abcdef.proof.txt', true],
    ['eeg-0123456789abcdef.edf\n', false],
    ['eeg-0123456789ABCDEF.edf', false],
    ['eeg-0123456789abcde.edf', false],
    ['eeg-0123456789abcdef.html', false],
    ['../eeg-0123456789abcdef.edf', false],
    ['', false],
  ])('%j of a pack: %s', (name, may) => {
    expect(isPackFileName(name)).toBe(may)
  })

  it('tell a pack by its ending', () => {
    expect(['a.hypnopack', 'A.HYPNOPACK', 'a.hypnopack.edf', 'a.zip'].map(isPackName)).toEqual([
      ...[true, true, false, false],
    ])
  })
})
