/**
 * The lesson that comes with the app: its recordings and its file, made from seeds, the same wherever they are made. A case
 * tells nothing by its file (names are drawn, all are equally long), its place in the lesson or the event's in the page.
 * For the reader: `makeLesson`.
 */

import type { Mark } from '../../shared/annotation/document.ts'
import { parseSet } from '../../shared/annotation/format.ts'
import { spanOf } from '../../shared/annotation/order.ts'
import { DEFAULT_VIEW } from '../../shared/signal/viewSettings.ts'
import { type CaseView, DIFFICULTIES, type Lesson, type LessonCase } from '../../shared/teaching/lesson.ts'
import { serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { caseRecording, keyMarksOf } from '../../shared/teaching/makeCase.ts'
import { ticksFromSeconds } from '../../shared/units.ts'
import { type Random, randomStream } from '../random.ts'
import { makeSample, type SampleFile } from '../recording.ts'
import { addUnmarked, CASE_SECONDS, caseScene, STRETCH_SECONDS } from './caseScene.ts'
import { CASE_ROWS, type CaseRow } from './cases.ts'
import { rationaleOf, sourcesOf } from './rationale.ts'
import { SHIPPED_LESSON, SHIPPED_LESSON_FILE } from './shippedLesson.ts'

/** Fixed, so that the lesson is the same whenever it is made. */
const MADE = '2026-11-26T00:00:00.000Z'
const ENCODER = new TextEncoder()

/** One view for all: a case is not to be told by how it is shown. */
const VIEW: CaseView = {
  montage: 'longitudinal',
  ...DEFAULT_VIEW,
  sensitivity: 10,
  timebase: STRETCH_SECONDS,
}

/** Between the middle of an event and either end of the page, as a share of the page. */
const EDGE = 0.26

/**
 * All files of the lesson, its own the last, one after the other: a recording takes a tenth of a second of a core.
 * `onProgress` hears 0 to 1.
 */
export async function makeLesson(
  write: (file: SampleFile) => Promise<void>,
  onProgress: (done: number) => void = () => {},
): Promise<Lesson> {
  const cases: LessonCase[] = []
  const rows = inOrder(CASE_ROWS)
  for (const [index, row] of rows.entries()) {
    const { made, file } = await makeCase(row)
    await write(file)
    cases.push(made)
    onProgress((index + 1) / rows.length)
  }
  const lesson: Lesson = { ...SHIPPED_LESSON, created: MADE, changed: MADE, cases }
  await write({ name: SHIPPED_LESSON_FILE, bytes: ENCODER.encode(serializeLesson(lesson)) })
  return lesson
}

async function makeCase(row: CaseRow): Promise<{ readonly made: LessonCase; readonly file: SampleFile }> {
  const random = randomStream(`lesson/${row.seed}`)
  const name = `eeg-${hex(randomStream(`name of ${row.seed}`), 6)}`
  const scene = { ...caseScene(`lesson/${row.seed}`, row.state, row.age) }
  const from = Math.round(random.between(3, CASE_SECONDS - STRETCH_SECONDS - 3) * 10) / 10
  const middle = from + STRETCH_SECONDS * random.between(EDGE, 1 - EDGE)
  const at = Math.round((middle - row.seconds / 2) * 1000) / 1000
  row.put?.(scene, at, random)
  addUnmarked(scene, row.state, row.put === null ? null : { from: at, to: at + row.seconds })
  // Its own name is what everything was drawn from, and would tell.
  const [recording, key] = await makeSample({ ...scene, name })
  if (recording === undefined || key === undefined) throw new Error('a sample is a recording and its key')
  const document = parseSet(new TextDecoder().decode(key.bytes))
  const stretch = { onset: ticksFromSeconds(from), duration: ticksFromSeconds(STRETCH_SECONDS) }
  const marks = document.marks.map(
    (mark, index): Mark => ({ ...mark, id: `${name}-${index + 1}`, author: 'generator' }),
  )
  const made: LessonCase = {
    id: `case-${hex(random, 8)}`,
    recording: caseRecording(document.recording),
    ...stretch,
    view: VIEW,
    question: '',
    key: { marks: keyMarksOf(marks, spanOf(stretch)), votes: [] },
    rationale: rationaleOf(document.marks),
    sources: sourcesOf(document.marks),
    difficulty: row.difficulty,
    changed: MADE,
  }
  return { made, file: recording }
}

/** The easy ones first; within a difficulty as it was drawn, but never a handful of one sort after another. */
function inOrder(rows: readonly CaseRow[]): readonly CaseRow[] {
  const random = randomStream('lesson/order')
  return DIFFICULTIES.flatMap(({ code }) => {
    const tier = rows.filter(({ difficulty }) => difficulty === code)
    for (;;) {
      const drawn = shuffled(tier, random)
      if (isMixed(drawn)) return drawn
    }
  })
}

/** Of one sort at most two follow each other, of mimics three. */
function isMixed(rows: readonly CaseRow[]): boolean {
  return rows.every((row, index) => {
    const most = row.sort === 'mimic' ? 3 : 2
    return rows.slice(index, index + most + 1).filter(({ sort }) => sort === row.sort).length <= most
  })
}

function shuffled<Item>(items: readonly Item[], random: Random): readonly Item[] {
  const list = [...items]
  for (let last = list.length - 1; last > 0; last--) {
    const other = Math.floor(random.between(0, last + 1))
    const held = list[last]!
    list[last] = list[other]!
    list[other] = held
  }
  return list
}

function hex(random: Random, digits: number): string {
  return Array.from({ length: digits }, () => Math.floor(random.between(0, 16)).toString(16)).join('')
}
