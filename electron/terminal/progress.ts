/** `progress`: what a learner's answers in quizzes come to, a lesson or all; and deletes them where it is told to. */
import path from 'node:path'
import { kindOf } from '../../shared/annotation/kinds.ts'
import { reviewerProblem } from '../../shared/contract/settings.ts'
import { ReviewError } from '../../shared/failure.ts'
import { displayName } from '../../shared/shownText.ts'
import { LESSON_ENDING } from '../../shared/teaching/lessonFormat.ts'
import { calledName } from '../../shared/teaching/quiz/called.ts'
import { leaningText } from '../../shared/teaching/quiz/leaning.ts'
import type { LessonProgress } from '../../shared/teaching/quiz/progress.ts'
import { computeResults, type QuizResults } from '../../shared/teaching/quiz/results.ts'
import { dataFolder } from '../host/folders.ts'
import { readLesson } from '../host/lessonFiles.ts'
import { createProgress, type KeptProgress, type ProgressStore } from '../host/progress.ts'
import { openSettings } from '../host/settings.ts'
import type { CommandValues, PathsCommand } from './command.ts'
import { EXIT, UsageError } from './output.ts'

export const progress: PathsCommand = {
  name: 'progress',
  usage: 'progress [LESSON] [--learner CODE] [--json] [--delete]',
  summary:
    'what the answers in quizzes come to: right, confusions, onset error, d’ and criterion; LESSON is a title or a lesson’s file, else all; --learner another than the one of the settings; --delete deletes them for good',
  options: { json: { type: 'boolean' }, learner: { type: 'string' }, delete: { type: 'boolean' } },
  operands: [],
  takesMore: true,
  runOnPaths: async ([wanted, ...others], values, output) => {
    if (others.length > 0) throw new UsageError('only one LESSON can be given')
    const store = createProgress(path.join(dataFolder(), 'progress'))
    const learner = await learnerOf(values.learner)
    const kept = await chosen(store, learner, wanted)
    if (values.delete === true) {
      const count = await store.remove(
        learner,
        kept.map(({ file }) => file),
      )
      await output.write(
        values.json === true
          ? `${JSON.stringify({ learner, deleted: count })}\n`
          : `Deleted: what ${learner} had answered of ${count === 1 ? '1 lesson' : `${count} lessons`}.\n`,
      )
      return EXIT.done
    }
    for (const { file, problem } of kept) {
      if (problem !== null) await output.writeError(`hypnospike: ${path.basename(file)}: ${problem}`)
    }
    const read = kept.flatMap((each) => each.progress ?? [])
    const isWhole = read.length === kept.length
    const lessons = read.map(({ lesson, answers }) => ({ ...lesson, results: computeResults(answers) }))
    const all = lessons.length > 1 ? computeResults(read.flatMap(({ answers }) => answers)) : null
    await output.write(
      values.json === true
        ? `${JSON.stringify({ learner, lessons, all }, null, 1)}\n`
        : formatAll(learner, lessons, all),
    )
    return isWhole ? EXIT.done : EXIT.refused
  },
}

async function learnerOf(asked: CommandValues[string]): Promise<string> {
  if (typeof asked === 'string') {
    const problem = reviewerProblem(asked)
    if (problem !== null) throw new UsageError(`--learner ${asked}: ${problem.replace(/\.$/, '')}`)
    return asked.trim()
  }
  return (await openSettings(dataFolder(), () => {})).settings().reviewer
}

/** Of one lesson by its file or title, or of all. */
async function chosen(
  store: ProgressStore,
  learner: string,
  wanted: string | undefined,
): Promise<readonly KeptProgress[]> {
  const kept = await store.list(learner)
  if (wanted === undefined) {
    if (kept.length === 0) throw nothingOf(learner)
    return kept
  }
  if (wanted.endsWith(LESSON_ENDING)) {
    const { lesson } = await readLesson(wanted)
    const own = kept.filter(({ file }) => file === store.fileOf(learner, lesson.id))
    if (own.length === 0) throw nothingOf(learner, lesson.title)
    return own
  }
  const title = wanted.toLowerCase()
  const named = kept.filter((each) => each.progress?.lesson.title.toLowerCase() === title)
  if (named.length === 0) throw nothingOf(learner, wanted)
  return named
}

function nothingOf(learner: string, title?: string): ReviewError {
  const what = title === undefined ? 'any lesson' : `“${title}”`
  return new ReviewError('not-found', `${learner} has answered nothing of ${what} here.`)
}

type Row = LessonProgress['lesson'] & { readonly results: QuizResults }

function formatAll(learner: string, rows: readonly Row[], all: QuizResults | null): string {
  const parts = rows.map(({ title, results }) => formatResults(displayName(title), results))
  if (all !== null) parts.push(formatResults('All lessons', all))
  return `Progress of ${displayName(learner)}\n${parts.join('')}`
}

function formatResults(title: string, results: QuizResults): string {
  const { answered, right, first, confusions, onsetError, seconds, detection, mimics } = results
  const lines = [
    `${right} of ${answered} right; at first sight ${first.right} of ${first.answered}`,
    seconds.median === null ? null : `${seconds.median.toFixed(0)} s to answer (median)`,
    ...confusions.map(
      ({ key, given, count }) =>
        `${String(count).padStart(3)}x ${calledName(key)} called ${calledName(given)}`,
    ),
    ...onsetError.map(({ of, count, median, quartiles, note }) =>
      median === null || quartiles === null
        ? null
        : noted(
            `${kindOf(of).label}: onset ${signed(median)} s (quartiles ${quartiles.map(signed).join(' to ')}), of ${count}`,
            note,
          ),
    ),
    ...detection.map(detectionLine),
    mimics.note,
  ]
  const shown = lines.filter((line) => line !== null).map((line) => `  ${line}\n`)
  return `\n${title}\n${shown.join('')}`
}

function detectionLine(detection: QuizResults['detection'][number]): string {
  const { of, dPrime, criterion, hits, misses, falseAlarms, correctRejections, note } = detection
  const { label } = kindOf(of)
  const counts = `${hits} hits, ${misses} misses, ${falseAlarms} false alarms, ${correctRejections} correct rejections`
  const figures =
    dPrime === null || criterion === null ? '' : ` d’ ${dPrime.toFixed(2)}, criterion ${signed(criterion)};`
  const leaning = leaningText(detection)
  return noted(`${label} or not:${figures} ${counts}${leaning === '' ? '' : `. It ${leaning}`}`, note)
}

function noted(line: string, note: string | null): string {
  return note === null ? line : `${line}. ${note}`
}

/** `+0.12`, `−0.05`. */
function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(2)}`
}
