/** `lesson`: checks a lesson's file, lists its cases with their answers, and says which recordings are beside it. */
import path from 'node:path'
import { specificName } from '../../shared/annotation/kinds.ts'
import { displayName } from '../../shared/shownText.ts'
import { type LessonCase, recordingsOf } from '../../shared/teaching/lesson.ts'
import { type VotesOnKey, votesOn } from '../../shared/teaching/votes.ts'
import { formatElapsed } from '../../shared/text/clock.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { createCaseRecordings } from '../host/caseRecordings.ts'
import { readLesson } from '../host/lessonFiles.ts'
import { packOfLesson } from '../host/packFolder.ts'
import { isReadingBlind } from '../host/seal.ts'
import type { PathsCommand } from './command.ts'
import { EXIT } from './output.ts'
import { sealBeside, UNSEAL } from './sealing.ts'

export const lesson: PathsCommand = {
  name: 'lesson',
  usage: 'lesson FILE [--recordings FOLDER] [--unseal] [--json]',
  summary:
    'checks a lesson and lists its cases, their answers and votes, and which of its recordings lie beside it or in FOLDER; --unseal, for whoever teaches, also shows answers of recordings that are reviewed blind, and those of a sealed pack',
  options: { json: { type: 'boolean' }, recordings: { type: 'string' }, ...UNSEAL },
  operands: ['FILE'],
  runOnPaths: async ([file = ''], values, output) => {
    const { lesson: read } = await readLesson(file)
    const folders = [path.dirname(path.resolve(file))]
    if (typeof values.recordings === 'string') folders.push(path.resolve(values.recordings))
    const found = await createCaseRecordings().find(recordingsOf(read), folders)
    const sealed = new Set<string>()
    for (const [asked, { copies, ...recording }] of found) {
      for (const { path: place, identity, fingerprintOfFirst } of [recording, ...copies]) {
        if (values.unseal === true || sealed.has(asked)) break
        if (isReadingBlind(await sealBeside(place, identity, fingerprintOfFirst))) sealed.add(asked)
      }
    }
    const isPacked = (await packOfLesson(file))?.manifest.keys === 'sealed' && values.unseal !== true
    const { cases, ...head } = read
    const listed = cases.map((each, index) => ({
      number: index + 1,
      ...describeCase(each, isPacked || sealed.has(each.recording.fingerprint)),
      found: fileFor(found.get(each.recording.fingerprint)?.path),
    }))
    await output.write(
      values.json === true
        ? `${JSON.stringify({ ...head, cases: listed }, null, 1)}\n`
        : `${displayName(head.title)}: ${listed.length === 1 ? '1 case' : `${listed.length} cases`}, ${head.language}${head.licence === '' ? '' : `, ${displayName(head.licence)}`}\n${listed.map(formatCase).join('')}`,
    )
    return EXIT.done
  },
}

/** Times in seconds after the header's start second; the answer is null where it is sealed. */
function describeCase(each: LessonCase, isSealed: boolean) {
  const { id, recording, onset, duration, view, question, difficulty, key, rationale, sources, changed } =
    each
  const seconds = { onset: secondsFromTicks(onset), duration: secondsFromTicks(duration) }
  const told = isSealed ? null : votesOn(key)
  return {
    ...{ id, recording, ...seconds, view, question, difficulty, changed },
    answer: told?.marks.map(describeAnswer) ?? null,
    votesProblem: told?.problem ?? null,
    rationale: isSealed ? null : rationale,
    sources: isSealed ? null : sources,
  }
}

function describeAnswer({ mark, votes }: VotesOnKey['marks'][number]) {
  return {
    ...{ kind: mark.kind, subtype: mark.subtype, author: mark.author },
    ...{ onset: secondsFromTicks(mark.onset), duration: secondsFromTicks(mark.duration) },
    votes: votes.map(({ reader, mark: voted }) => ({
      reader,
      kind: voted?.kind ?? null,
      subtype: voted?.subtype ?? null,
    })),
  }
}

function fileFor(place: string | undefined): string | null {
  return place === undefined ? null : path.basename(place)
}

type Listed = ReturnType<typeof describeCase> & { readonly number: number; readonly found: string | null }

function formatCase({ number, onset, duration, answer, votesProblem, ...listed }: Listed): string {
  const { recording, found, question } = listed
  const said =
    answer === null
      ? 'sealed'
      : answer.length === 0
        ? 'nothing to mark'
        : answer.map((mark) => specificName(mark) + voteText(mark.votes)).join(', ')
  const where = found === null ? `${displayName(recording.fileName)} (not found)` : displayName(found)
  const asked = question === '' ? '' : `  “${displayName(question)}”`
  const untold = votesProblem === null ? '' : `      ${votesProblem}\n`
  return `${String(number).padStart(4)}  ${formatElapsed(onset, 1)}  ${duration.toFixed(1).padStart(6)} s  ${said}  ${where}${asked}\n${untold}`
}

/** How many readers have voted on it. */
function voteText(votes: readonly unknown[]): string {
  return votes.length === 0 ? '' : ` (${votes.length} ${votes.length === 1 ? 'vote' : 'votes'})`
}
