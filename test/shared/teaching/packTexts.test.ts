/** Which stretches of a recording become clips, and which texts of a lesson are asked about before they are given away. */
import { describe, expect, it } from 'vitest'
import { identifyingWords } from '../../../shared/clips/identifyingWords.ts'
import type { LessonCase } from '../../../shared/teaching/lesson.ts'
import { clipsOfCases } from '../../../shared/teaching/pack/packClips.ts'
import { keepTexts, tellingTexts, tellingWords } from '../../../shared/teaching/pack/packTexts.ts'
import { secondsFromTicks } from '../../../shared/units.ts'
import { seconds } from '../../support/annotations.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { HEAD } from '../../support/packs.ts'

const at = (onset: number, id = `at ${onset}`): LessonCase => ({
  ...CASE,
  id,
  onset: seconds(onset),
  duration: seconds(10),
})

describe('clips', () => {
  it('have half a minute on either side, and are one where they overlap or touch', () => {
    // 10 s each, so that two cases touch where 70 s lie between their onsets.
    const clips = clipsOfCases([at(500), at(100), at(170), at(241)])
    expect(
      clips.map(({ span, cases }) => [
        secondsFromTicks(span.start),
        secondsFromTicks(span.end),
        cases.map(({ id }) => id),
      ]),
    ).toEqual([
      [70, 210, ['at 100', 'at 170']],
      [211, 281, ['at 241']],
      [470, 540, ['at 500']],
    ])
  })
})

const HEADER = {
  patient: 'MCH-0234567 F 02-MAY-1951 Haagse_Harriet',
  recording: 'Startdate 17-SEP-2016 PSG-1234/2016 NN_Vandertech Telemetry03',
  start: '2016-09-17T22:15:37',
}
const words = tellingWords(identifyingWords(HEADER, 'hypnic-jerks-spike-wave.edf'))

describe('texts of a lesson', () => {
  const lesson = {
    ...LESSON,
    title: 'The Haagse lesson',
    cases: [
      {
        ...CASE,
        rationale: 'A hypnic jerk, no spike and wave.',
        question: 'Recorded 17.09.16: what is it?',
        sources: [
          { text: 'Report of Vandertech', url: 'https://example.org/PSG-1234/2016' },
          { text: 'Fusco et al. 1999', url: null },
        ],
        key: { ...CASE.key, marks: CASE.key.marks.map((mark) => ({ ...mark, author: 'harriet' })) },
      },
    ],
  }
  const asked = tellingTexts({ lesson, head: HEAD, keep: ['title'] }, words)

  it('are asked about where they repeat what a header says, but not where they name what is taught', () => {
    expect(asked.map(({ where, goes }) => [where, goes])).toEqual([
      ['Title', true],
      ['Case 1, question', false],
      ['Case 1, source 1', false],
      ['Case 1, address of source 1', false],
      ['Case 1, who marked it', false],
    ])
  })

  it('stay behind unless they are let through, and something neutral stands instead', () => {
    const kept = keepTexts({ keep: ['title'] }, words, lesson)
    expect(kept.title).toBe('The Haagse lesson')
    expect(kept.cases[0]).toMatchObject({
      question: '',
      rationale: 'A hypnic jerk, no spike and wave.',
      sources: [{ text: 'Fusco et al. 1999', url: null }],
    })
    expect(kept.cases[0]!.key.marks.map(({ author }) => author)).toEqual(['teacher'])
    expect(keepTexts({ keep: asked.map(({ id }) => id) }, words, lesson)).toEqual(lesson)
  })

  it('are asked about in a montage of the teacher’s own, which keeps its lines', () => {
    const own = {
      name: 'Harriet',
      lines: [{ label: 'For Haagse', terms: [{ channel: 'Fp1', weight: 1 }], gap: false }],
    }
    const [only] = lesson.cases
    const shown = { ...lesson, cases: [{ ...only!, view: { ...CASE.view, montage: 'own:Harriet', own } }] }
    expect(keepTexts({ keep: [] }, words, shown).cases[0]!.view).toMatchObject({
      montage: 'own:Montage',
      own: { name: 'Montage', lines: [{ label: 'Line 1', terms: [{ channel: 'Fp1' }] }] },
    })
  })

  it('are none in ids, which are those of the clips where they tell, the same each time', () => {
    const [mark] = CASE.key.marks
    const key = { ...CASE.key, marks: [{ ...mark!, id: 'haagse-mark' }, mark!] }
    const told = { ...LESSON, id: 'Harriet 2016', cases: [CASE, { ...CASE, id: 'harriet-2', key }] }
    const kept = keepTexts({ keep: [] }, words, told)
    expect(kept.id).toBe(CASE.recording.fingerprint)
    expect(kept.cases.map(({ id }) => id)).toEqual([CASE.id, `case-2-${CASE.recording.fingerprint}`])
    expect(kept.cases[1]!.key.marks.map(({ id }) => id)).toEqual(['mark-1', mark!.id])
    expect(keepTexts({ keep: [] }, words, told)).toEqual(kept)
  })

  it('said of the pack itself have nothing to stand instead', () => {
    const head = { ...HEAD, licence: 'For the friends of Harriet', consent: 'She, Haagse, agreed.' }
    expect(tellingTexts({ lesson: LESSON, head, keep: [] }, words)).toMatchObject([
      { where: 'The licence', instead: null },
      { where: 'The consent line', instead: null },
    ])
  })
})
