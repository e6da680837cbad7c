/**
 * Lessons as a window has them. What a blind review keeps from a reader is kept from the cases of a lesson too: a case of
 * such a recording comes without its answer, which stays in the file; and none is made before everybody has signed off.
 */
import path from 'node:path'
import { SHIPPED_CASES, SHIPPED_LESSON } from '../../samples/lesson/shippedLesson.ts'
import { CONSENSUS_REVIEWER } from '../../shared/agreement/consensus.ts'
import type { TickSpan } from '../../shared/annotation/document.ts'
import type { LessonSummary, OpenedLesson } from '../../shared/contract/lessonProcedures.ts'
import type { OpenRef } from '../../shared/contract/model.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { lessonProblems } from '../../shared/teaching/checkLesson.ts'
import { type Lesson, type LessonCase, recordingsOf, type Vote } from '../../shared/teaching/lesson.ts'
import { LESSON_ENDING, serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { voteOf } from '../../shared/teaching/makeCase.ts'
import { findSets } from './annotationFiles.ts'
import { writeFileAtomically } from './atomicFile.ts'
import { createCaseRecordings, type FoundCaseRecording } from './caseRecordings.ts'
import { createLessonFiles, type LessonFile, readLesson, stemOf } from './lessonFiles.ts'
import type { ReaderSeal } from './readerSeal.ts'
import { isReadingBlind } from './seal.ts'
import { loadSet } from './setReader.ts'
import type { SetRecording } from './setStart.ts'
import type { ShellPort } from './shell.ts'
import type { ShippedLesson } from './shippedLesson.ts'
import { shownName } from './shownName.ts'
import { refuseSet } from './writeGuard.ts'

export type Lessons = {
  readonly list: () => Promise<readonly LessonSummary[]>
  readonly open: (ref: string) => Promise<OpenedLesson>
  readonly create: (lesson: Lesson) => Promise<OpenedLesson>
  readonly save: (options: {
    readonly ref: string
    readonly lesson: Lesson
    readonly seen: string
    readonly overwrite: boolean
    readonly sealed: readonly string[]
  }) => Promise<{ readonly hash: string }>
  readonly remove: (ref: string) => Promise<void>
  readonly export: (ref: string) => Promise<{ readonly fileName: string } | null>
  /** For the host alone: the lesson with its answers, where its recordings are, and which of them are reviewed blind. */
  readonly look: (ref: string) => Promise<LessonWithAnswers>
  /** Whether this reader reviews the recording, or a copy of it, blind now. */
  readonly isBlind: (recording: FoundCaseRecording) => Promise<boolean>
  /** Refs of those that are listed, by the lesson's id. */
  readonly refs: () => Promise<ReadonlyMap<string, string>>
  /** See `stretchVotes` of the contract. */
  readonly votes: (recording: SetRecording, stretch: TickSpan, keyOf: string) => Promise<readonly Vote[]>
}

export type LessonWithAnswers = LessonFile & {
  /** By fingerprint. */
  readonly found: ReadonlyMap<string, FoundCaseRecording>
  /** Fingerprints. */
  readonly blind: ReadonlySet<string>
}

type Options = {
  /** The app's own, where lessons are kept. */
  readonly folder: string
  readonly shipped: ShippedLesson
  readonly register: (file: string) => OpenRef
  /** Where recordings may lie, the likeliest first. */
  readonly recordingFolders: () => Promise<readonly string[]>
  readonly seal: ReaderSeal
  readonly shell: Pick<ShellPort, 'chooseLessonTarget'>
}

export function createLessons(options: Options): Lessons {
  const { shipped, register, seal, shell } = options
  const files = createLessonFiles(options.folder)
  const recordings = createCaseRecordings()
  /** Only what was listed or opened here is read or written: a ref of another file is none of a lesson. */
  const known = new Map<string, string>()

  function refOf(file: string): OpenRef {
    const ref = register(file)
    known.set(ref.ref, file)
    return ref
  }

  function fileOf(ref: string): string {
    const file = known.get(ref)
    if (file === undefined)
      throw new ReviewError('not-found', 'That lesson is not known here: choose it again.')
    return file
  }

  function isShipped(file: string): boolean {
    return file === shipped.file
  }

  async function isBlind({ copies, ...recording }: FoundCaseRecording): Promise<boolean> {
    for (const each of [recording, ...copies]) if (isReadingBlind(await seal.find(each))) return true
    return false
  }

  async function look(read: LessonFile): Promise<LessonWithAnswers> {
    const { path: file, lesson } = read
    const folders = await options.recordingFolders()
    // A copy of the lesson that came with the app has its recordings there.
    const places = [path.dirname(file), path.dirname(shipped.file), ...folders]
    const found = await recordings.find(recordingsOf(lesson), places)
    const blind = new Set<string>()
    for (const [fingerprint, recording] of found) if (await isBlind(recording)) blind.add(fingerprint)
    return { ...read, found, blind }
  }

  async function readListed(ref: string): Promise<LessonFile> {
    const file = fileOf(ref)
    if (isShipped(file)) await shipped.make()
    return files.read(file)
  }

  /** Cases without what their reader is not to know yet, and where the recordings are. */
  async function opened(read: LessonFile): Promise<OpenedLesson> {
    const { path: file, hash, lesson, found, blind } = await look(read)
    const isSealed = ({ recording }: LessonCase) => blind.has(recording.fingerprint)
    return {
      ...refOf(file),
      hash,
      isShipped: isShipped(file),
      lesson: {
        ...lesson,
        cases: lesson.cases.map((each) => (isSealed(each) ? withoutAnswer(each) : each)),
      },
      sealed: lesson.cases.filter(isSealed).map(({ id }) => id),
      recordings: recordingsOf(lesson).map(({ fingerprint }) => {
        const place = found.get(fingerprint)?.path
        return { fingerprint, recording: place === undefined ? null : register(place) }
      }),
    }
  }

  async function summaryOf(file: string): Promise<LessonSummary> {
    const ref = refOf(file)
    try {
      const { lesson, hash } = await readLesson(file)
      const { title, cases, changed } = lesson
      return { ...ref, title, cases: cases.length, changed, hash, isShipped: isShipped(file), problem: null }
    } catch (thrown) {
      const nothing = { title: '', cases: 0, changed: '', hash: '' }
      return { ...ref, ...nothing, isShipped: isShipped(file), problem: toFailure(thrown).message }
    }
  }

  return {
    list: async () => {
      const own = await Promise.all((await files.list()).map(summaryOf))
      return [
        ...own.toSorted((a, b) => (a.changed === b.changed ? 0 : a.changed > b.changed ? -1 : 1)),
        {
          ...refOf(shipped.file),
          ...{ title: SHIPPED_LESSON.title, cases: SHIPPED_CASES, changed: '', hash: '' },
          ...{ isShipped: true, problem: null },
        },
      ]
    },
    open: async (ref) => opened(await readListed(ref)),
    look: async (ref) => look(await readListed(ref)),
    isBlind,
    refs: async () => {
      const refs = new Map([[SHIPPED_LESSON.id as string, refOf(shipped.file).ref]])
      for (const file of await files.list()) {
        const read = await files.read(file).catch(() => null)
        if (read !== null) refs.set(read.lesson.id, refOf(file).ref)
      }
      return refs
    },
    create: async (lesson) => {
      refuseUnsound(lesson)
      return opened(await files.create(lesson))
    },
    save: async ({ ref, lesson, seen, overwrite, sealed }) => {
      refuseUnsound(lesson)
      const file = fileOf(ref)
      if (isShipped(file)) {
        throw new ReviewError('read-only', 'This lesson came with Hypnospike: make a copy to change it.')
      }
      const made = (there: Lesson | null) => withAnswersOf(lesson, there, new Set(sealed))
      return { hash: await files.save({ file, seen, overwrite, made }) }
    },
    remove: async (ref) => {
      const file = fileOf(ref)
      if (isShipped(file)) throw new ReviewError('read-only', 'This lesson came with Hypnospike, and stays.')
      await files.remove(file)
    },
    export: async (ref) => {
      const file = await files.read(fileOf(ref))
      const { sealed } = await opened(file)
      if (sealed.length > 0) {
        throw new ReviewError(
          'sealed',
          'This lesson holds answers of a recording that you review blind: it can be exported once your own set is signed off.',
        )
      }
      const target = await shell.chooseLessonTarget(`${stemOf(file.lesson.title)}${LESSON_ENDING}`)
      if (target === null) return null
      await refuseSet(target)
      await writeFileAtomically(target, serializeLesson(file.lesson))
      return { fileName: shownName(target) }
    },
    votes: async (recording, stretch, keyOf) => {
      const { path: place, identity, fingerprintOfFirst } = recording
      const found = await findSets(place, identity, { fingerprintOfFirst })
      const { isBlind, ...read } = await seal.find(recording)
      const unsigned = found.find((set) => !set.isKey && set.problem === null && set.signOff === null)
      if (isBlind && (isReadingBlind({ isBlind, ...read }) || unsigned !== undefined)) {
        throw new ReviewError(
          'sealed',
          'This recording is reviewed blind, and not everybody who has a set of it has signed off: a lesson would give the answers away. Add it once all have.',
        )
      }
      const readers = found.filter(
        ({ isKey, copyOf, problem, reviewer, match }) =>
          !isKey &&
          copyOf === null &&
          problem === null &&
          match !== 'shrunk' &&
          reviewer !== keyOf &&
          reviewer !== CONSENSUS_REVIEWER,
      )
      const votes: Vote[] = []
      for (const { path: file } of readers) {
        const { document } = await loadSet(file)
        const vote = votes.some(({ reader }) => reader === document.reviewer)
          ? null
          : voteOf(document, stretch)
        if (vote !== null) votes.push(vote)
      }
      return votes
    },
  }
}

function refuseUnsound(lesson: Lesson): void {
  const [problem] = lessonProblems(lesson)
  if (problem !== undefined) throw new ReviewError('bad-input', `The lesson cannot be kept: ${problem}.`)
}

function withoutAnswer(each: LessonCase): LessonCase {
  return { ...each, key: { marks: [], votes: [] }, rationale: '', sources: [] }
}

/** What was kept from the window stays as the file has it. */
function withAnswersOf(lesson: Lesson, there: Lesson | null, sealed: ReadonlySet<string>): Lesson {
  const held = new Map(there?.cases.map((each) => [each.id, each]))
  return {
    ...lesson,
    cases: lesson.cases.map((each) => {
      const before = sealed.has(each.id) ? held.get(each.id) : undefined
      if (before === undefined) return each
      // With its recording: an answer under another recording's name would be sealed no longer.
      const { recording, key, rationale, sources } = before
      return { ...each, recording, key, rationale, sources }
    }),
  }
}
