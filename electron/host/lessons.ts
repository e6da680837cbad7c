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
import { factsOf, type PackFacts } from '../../shared/teaching/pack/pack.ts'
import { findSets } from './annotationFiles.ts'
import { writeFileAtomically } from './atomicFile.ts'
import { createCaseRecordings, type FoundCaseRecording } from './caseRecordings.ts'
import { createLessonFiles, type LessonFile, readLesson, stemOf } from './lessonFiles.ts'
import type { Packs } from './packs.ts'
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
  /** Of a lesson's file in the app's own folder: from now on it may be opened by it. */
  readonly refOf: (file: string) => OpenRef
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
  /** Throws ReviewError `sealed` for a clip of a sealed pack while a case of it is still to be answered. */
  readonly refuseProposals: (clip: { readonly path: string; readonly fingerprint: string }) => Promise<void>
  /** Refs of those that are listed, by the lesson's id. */
  readonly refs: () => Promise<readonly LessonRef[]>
  /** What a pack is made of. Throws ReviewError `sealed` where its reader may not know all of it yet, `conflict` where it is not `seen`. */
  readonly forPack: (ref: string, seen: string) => Promise<LessonForPack>
  /** See `stretchVotes` of the contract. */
  readonly votes: (recording: SetRecording, stretch: TickSpan, keyOf: string) => Promise<readonly Vote[]>
}

/** A lesson and a pack of it that was taken in here have one id, and so does what was learned of them. */
export type LessonRef = { readonly lessonId: string; readonly ref: string }

export type LessonWithAnswers = LessonFile & {
  /** By fingerprint. */
  readonly found: ReadonlyMap<string, FoundCaseRecording>
  /** Fingerprints. */
  readonly blind: ReadonlySet<string>
}

export type LessonForPack = {
  readonly lesson: Lesson
  /** Where its recordings are, by fingerprint. */
  readonly places: readonly (readonly [fingerprint: string, file: string])[]
}

type Options = {
  /** The app's own, where lessons are kept. */
  readonly folder: string
  readonly shipped: ShippedLesson
  readonly packs: Packs
  /** Ids of the cases of a lesson that whoever reads here has answered in the quiz. */
  readonly answered: (lessonId: string) => Promise<ReadonlySet<string>>
  readonly register: (file: string) => OpenRef
  /** Where recordings may lie, the likeliest first. */
  readonly recordingFolders: () => Promise<readonly string[]>
  readonly seal: ReaderSeal
  readonly shell: Pick<ShellPort, 'chooseLessonTarget'>
}

export function createLessons(options: Options): Lessons {
  const { shipped, packs, register, seal, shell } = options
  const files = createLessonFiles(options.folder)
  const recordings = createCaseRecordings()
  /** Only what was listed or opened here is read or written: a ref of another file is none of a lesson. */
  const known = new Map<string, string>()
  /** Answers of files that no window was told, also of cases that were removed since: they may be brought back. */
  const heldBack = new Map<string, Map<string, LessonCase>>()

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
    const wanted = recordingsOf(lesson)
    const folders = await options.recordingFolders()
    // A copy of the lesson that came with the app, or in a pack, has its recordings there.
    const clips = await packs.foldersOf(wanted.map(({ fileName }) => fileName))
    const places = [path.dirname(file), path.dirname(shipped.file), ...clips, ...folders]
    const found = await recordings.find(wanted, places)
    const blind = new Set<string>()
    for (const [fingerprint, recording] of found) if (await isBlind(recording)) blind.add(fingerprint)
    return { ...read, found, blind }
  }

  async function readListed(ref: string): Promise<LessonFile> {
    const file = fileOf(ref)
    if (isShipped(file)) await shipped.make()
    return files.read(file)
  }

  /** A lesson that came with the app or in a pack. */
  async function refuseFixed(file: string): Promise<void> {
    const from = isShipped(file) ? 'with Hypnospike' : (await packs.of(file)) === null ? null : 'in a pack'
    if (from === null) return
    throw new ReviewError('read-only', `This lesson came ${from}: make a copy to change it.`)
  }

  /** Of a sealed pack, the cases that are still to be answered. */
  async function unanswered({ lesson }: LessonFile, pack: PackFacts | null): Promise<ReadonlySet<string>> {
    if (pack?.keys !== 'sealed') return new Set()
    // What was answered and cannot be read is none: the quiz says what is wrong with it.
    const answered = await options.answered(lesson.id).catch(() => new Set<string>())
    return new Set(lesson.cases.map(({ id }) => id).filter((id) => !answered.has(id)))
  }

  /** As the file has them, or had them when their case was removed. */
  function answersOf(file: string, there: Lesson | null, kept: ReadonlySet<string>) {
    const answers = heldBack.get(file) ?? new Map<string, LessonCase>()
    for (const each of there?.cases ?? []) if (kept.has(each.id)) answers.set(each.id, each)
    heldBack.set(file, answers)
    return answers
  }

  /** Cases without what their reader is not to know yet, and where the recordings are. */
  async function opened(read: LessonFile): Promise<OpenedLesson> {
    const { path: file, hash, lesson, found, blind } = await look(read)
    const pack = await packs.of(file)
    const waiting = await unanswered(read, pack)
    const isSealed = ({ id, recording }: LessonCase) => waiting.has(id) || blind.has(recording.fingerprint)
    return {
      ...refOf(file),
      hash,
      isShipped: isShipped(file),
      pack,
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

  async function summaryOf(file: string, pack: PackFacts | null = null): Promise<LessonSummary> {
    const ref = { ...refOf(file), isShipped: isShipped(file), pack }
    try {
      const { lesson, hash } = await readLesson(file)
      const { title, cases, changed } = lesson
      return { ...ref, title, cases: cases.length, changed, hash, problem: null }
    } catch (thrown) {
      const nothing = { title: '', cases: 0, changed: '', hash: '' }
      return { ...ref, ...nothing, problem: toFailure(thrown).message }
    }
  }

  return {
    list: async () => {
      const own = await Promise.all((await files.list()).map((file) => summaryOf(file)))
      const packed = (await packs.list()).map((pack) => summaryOf(pack.lessonFile, factsOf(pack.manifest)))
      return [
        ...own.toSorted((a, b) => (a.changed === b.changed ? 0 : a.changed > b.changed ? -1 : 1)),
        ...(await Promise.all(packed)).toSorted((a, b) => (a.title < b.title ? -1 : 1)),
        {
          ...refOf(shipped.file),
          ...{ title: SHIPPED_LESSON.title, cases: SHIPPED_CASES, changed: '', hash: '' },
          ...{ isShipped: true, pack: null, problem: null },
        },
      ]
    },
    refOf,
    open: async (ref) => opened(await readListed(ref)),
    look: async (ref) => look(await readListed(ref)),
    isBlind,
    refuseProposals: async (clip) => {
      if (!packs.isPart(clip.path)) return
      const home = path.dirname(path.resolve(clip.path))
      const pack = (await packs.list()).find(({ lessonFile }) => path.dirname(lessonFile) === home)
      if (pack === undefined) return
      const read = await files.read(pack.lessonFile)
      const waiting = await unanswered(read, await packs.of(pack.lessonFile))
      const isOf = ({ id, recording }: LessonCase) =>
        waiting.has(id) && recording.fingerprint === clip.fingerprint
      if (!read.lesson.cases.some(isOf)) return
      throw new ReviewError(
        'sealed',
        'Candidates are sealed: this is a case of a sealed pack, and they can be looked for once you have answered it in the quiz.',
      )
    },
    refs: async () => {
      const refs: LessonRef[] = [{ lessonId: SHIPPED_LESSON.id, ref: refOf(shipped.file).ref }]
      const packed = (await packs.list()).map(({ lessonFile }) => lessonFile)
      for (const file of [...packed, ...(await files.list())]) {
        const read = await files.read(file).catch(() => null)
        if (read !== null) refs.push({ lessonId: read.lesson.id, ref: refOf(file).ref })
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
      await refuseFixed(file)
      const kept = new Set(sealed)
      const made = (there: Lesson | null) => withAnswersOf(lesson, answersOf(file, there, kept), kept)
      return { hash: await files.save({ file, seen, overwrite, made }) }
    },
    remove: async (ref) => {
      const file = fileOf(ref)
      if (isShipped(file)) throw new ReviewError('read-only', 'This lesson came with Hypnospike, and stays.')
      if ((await packs.of(file)) !== null) await packs.remove(file)
      else await files.remove(file)
    },
    export: async (ref) => {
      const file = await files.read(fileOf(ref))
      refuseSealed(await opened(file))
      const target = await shell.chooseLessonTarget(`${stemOf(file.lesson.title)}${LESSON_ENDING}`)
      if (target === null) return null
      await refuseSet(target)
      await writeFileAtomically(target, serializeLesson(file.lesson))
      return { fileName: shownName(target) }
    },
    forPack: async (ref, seen) => {
      const file = await files.read(fileOf(ref))
      if (file.hash !== seen) {
        throw new ReviewError(
          'conflict',
          'The lesson was changed by another program meanwhile: look at it again.',
        )
      }
      refuseSealed(await opened(file))
      const { found } = await look(file)
      return {
        lesson: file.lesson,
        places: [...found].map(([fingerprint, { path: place }]) => [fingerprint, place] as const),
      }
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

/** Whoever may not know an answer does not give it away. */
function refuseSealed({ sealed, pack }: OpenedLesson): void {
  if (sealed.length === 0) return
  const why =
    pack?.keys === 'sealed'
      ? 'The answers of this pack are sealed until you have answered its cases in the quiz: it can be exported then, and its file passed on as it is.'
      : 'This lesson holds answers of a recording that you review blind: it can be exported once your own set is signed off.'
  throw new ReviewError('sealed', why)
}

function refuseUnsound(lesson: Lesson): void {
  const [problem] = lessonProblems(lesson)
  if (problem !== undefined) throw new ReviewError('bad-input', `The lesson cannot be kept: ${problem}.`)
}

function withoutAnswer(each: LessonCase): LessonCase {
  return { ...each, key: { marks: [], votes: [] }, rationale: '', sources: [] }
}

/**
 * What was kept from the window stays as the file has it, or had it when the case was removed. Throws ReviewError `sealed`
 * where neither has it: a case without its answer would say that there is nothing to mark.
 */
function withAnswersOf(
  lesson: Lesson,
  held: ReadonlyMap<string, LessonCase>,
  sealed: ReadonlySet<string>,
): Lesson {
  return {
    ...lesson,
    cases: lesson.cases.map((each, index) => {
      if (!sealed.has(each.id)) return each
      const before = held.get(each.id)
      if (before === undefined) {
        throw new ReviewError(
          'sealed',
          `The answer of case ${index + 1} is sealed, and the lesson’s file has it no longer: put the file back as it was, or remove the case here, then save again.`,
        )
      }
      // With its recording: an answer under another recording's name would be sealed no longer.
      const { recording, key, rationale, sources } = before
      return { ...each, recording, key, rationale, sources }
    }),
  }
}
