/** The lives of a program that ends by a kill, each in a trouble of its own. */
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { applyEdit } from '../../shared/annotation/applyEdit.ts'
import type { AnnotationDocument, Edit } from '../../shared/annotation/document.ts'
import { addMark, importMarks, type NewMark } from '../../shared/annotation/edits.ts'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { checkInvariants } from '../../shared/annotation/invariants.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { Random } from '../fuzz/mutate.ts'
import { seconds } from '../support/annotations.ts'
import { openSession, type Review, reviewOf, type Session } from './reviewer.ts'
import type { Stage, StageDisk } from './stage.ts'

export type Lived = { readonly acknowledged: number; readonly problems: readonly string[] }

type Life = {
  readonly disk: StageDisk | null
  readonly live: (stage: Stage, random: Random) => Promise<Lived>
}

/** What is done until the kill comes; `isOver` tells that it has. */
type Script = (
  world: {
    readonly stage: Stage
    readonly session: Session
    readonly review: Review
    readonly random: Random
    readonly problems: string[]
  },
  isOver: () => boolean,
) => Promise<void>

const LARGE_SET = 10_000
const ENTRIES_A_CALL = 500

export type LifeName = keyof typeof LIVES

export const LIVES = {
  review: life(null, 1500, async ({ session, review, random }, isOver) => {
    while (!isOver()) {
      await review.work()
      if (random.below(12) === 0) await save(session)
    }
  }),
  /** The kill falls into a save most of the time. */
  saving: life(
    null,
    1500,
    async ({ session, review }, isOver) => {
      while (!isOver()) {
        await review.work()
        await save(session)
      }
    },
    fillSet,
  ),
  diskFull: life(
    { megabytes: 12, holds: 'both' },
    8000,
    async ({ stage, session, review, random }, isOver) => {
      await workAWhile(review, random)
      review.beginUnkept()
      stage.fill()
      await workAWhile(review, random)
      if (!isOver()) await save(session)
      if (random.below(2) === 0) return
      stage.makeRoom()
      await recovered(session, isOver)
      if (isOver()) return
      review.endUnkept()
      while (!isOver()) await review.work()
    },
  ),
  folderReadOnly: life(
    { megabytes: 12, holds: 'recording' },
    1500,
    async ({ stage, session, review, problems }, isOver) => {
      stage.setReadOnly(true)
      while (!isOver()) {
        await review.work()
        if (await save(session)) problems.push('a save into a folder that is read-only was said to be done')
      }
    },
  ),
  journalFolderGone: life(null, 8000, async ({ stage, session, review, random }, isOver) => {
    await workAWhile(review, random)
    if (isOver()) return
    // With the only copy of what was not saved: until it stands there anew, anything may be found.
    review.beginUnkept('at all')
    const journals = path.join(stage.data, 'journals')
    if (existsSync(journals)) renameSync(journals, path.join(stage.data, `gone-${session.app.process.pid}`))
    await review.work()
    await recovered(session, isOver)
    if (isOver()) return
    review.endUnkept()
    while (!isOver()) await review.work()
  }),
  twoPrograms: life(null, 3000, async ({ stage, session, review, problems }, isOver) => {
    await review.work()
    const other = await openSession(stage)
    try {
      if (!other.opened.readOnly && !isOver())
        problems.push('a second program was given the same set to write')
      while (!isOver()) {
        await review.work()
        await save(session)
      }
    } finally {
      await other.app.kill()
    }
  }),
  changedByAnother: life(null, 1500, async ({ stage, session, review, problems }, isOver) => {
    await review.work()
    await save(session)
    const file = setFile(stage)
    if (file === null || isOver()) return
    const theirs = withOneMore(parseSet(readFileSync(file, 'utf8')))
    review.mayBe(theirs)
    writeFileSync(file, serializeSet(theirs))
    while (!isOver()) {
      await review.work()
      if (await save(session)) problems.push('a set that another program had changed was overwritten')
    }
    if (serializeSet(parseSet(readFileSync(file, 'utf8'))) !== serializeSet(theirs)) {
      problems.push('the set of another program is not what it was')
    }
  }),
} as const satisfies Readonly<Record<string, Life>>

/** Killed at most `longest` ms after it has begun to work; `prepare` comes before. */
function life(
  disk: StageDisk | null,
  longest: number,
  script: Script,
  prepare: (review: Review) => Promise<void> = async () => {},
): Life {
  return {
    disk,
    live: async (stage, random) => {
      const session = await openSession(stage)
      const review = reviewOf(session, random)
      const problems: string[] = []
      await prepare(review)
      let isOver = false
      const after = random.below(longest)
      const kill = wait(after).then(async () => {
        isOver = true
        await session.app.kill()
      })
      await script({ stage, session, review, random, problems }, () => isOver).catch((thrown: unknown) => {
        // A call that the kill has cut off.
        if (!isOver) problems.push(`a step failed: ${thrown instanceof Error ? thrown.message : thrown}`)
      })
      await kill
      if (disk !== null) {
        stage.setReadOnly(false)
        stage.makeRoom()
      }
      problems.push(...stage.unreadableSets(), ...(await lookAgain(stage, review)))
      return { acknowledged: review.acknowledged(), problems }
    },
  }
}

/** Starts the program again, twice: what it shows has to be a moment since the last step that was acknowledged. */
async function lookAgain(stage: Stage, review: Review): Promise<readonly string[]> {
  const problems: string[] = []
  for (const time of ['first', 'second']) {
    const session = await openSession(stage)
    const { document, choice, setId } = session.opened
    const at = `at the ${time} start after the kill`
    if (!review.couldBe(document)) {
      const count = review.shown().document.marks.length
      problems.push(`${at} ${document.marks.length} marks are not the ${count} that were acknowledged`)
    }
    problems.push(...checkInvariants(document).map((problem) => `${at}: ${problem}`))
    if (choice !== null) await session.host.chooseRecovery({ setId, keep: 'recovered' })
    await session.app.kill()
  }
  return problems
}

/** Whether it was saved; a refusal in words is as good an answer here. */
async function save({ host, opened }: Session): Promise<boolean> {
  try {
    await host.saveSet({ setId: opened.setId, overwrite: false })
    return true
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code !== 'internal') return false
    throw thrown
  }
}

async function workAWhile(review: Review, random: Random): Promise<void> {
  for (let count = 2 + random.below(10); count > 0; count -= 1) await review.work()
}

/** Resolves when the app has said that all is in the journal again. */
async function recovered({ events }: Session, isOver: () => boolean): Promise<void> {
  const hasFailed = () => events.some(({ type }) => type === 'journal-failed')
  const isBack = () =>
    events.findLastIndex(({ type }) => type === 'journal-recovered') >
    events.findLastIndex(({ type }) => type === 'journal-failed')
  while (!isOver() && !(hasFailed() && isBack())) await wait(20)
}

async function fillSet(review: Review): Promise<void> {
  for (let count = review.shown().document.marks.length; count < LARGE_SET; count += ENTRIES_A_CALL) {
    const marks = Array.from({ length: ENTRIES_A_CALL }, (_, index) => plainMark(count + index))
    const edit = importMarks(review.shown().document, marks, context())
    if (edit !== null) await review.send([{ op: 'edit', edit }])
  }
}

function withOneMore(document: AnnotationDocument): AnnotationDocument {
  const edit: Edit | null = addMark(document, plainMark(document.marks.length), context())
  if (edit === null) throw new Error('nothing to add')
  return applyEdit(document, edit)
}

function plainMark(number: number): NewMark & Parameters<typeof importMarks>[1][number] {
  return {
    ...{ kind: 'hypnic_jerk', subtype: null, onset: seconds(number / 100), duration: seconds(0.2) },
    ...{ channels: [], confidence: null, evidence: [], comment: `mark ${number}`, view: null },
  }
}

function context() {
  return { author: 'R-01', now: new Date().toISOString() }
}

function setFile(stage: Stage): string | null {
  const name = readdirSync(stage.folder).find((each) => each.endsWith('.hypnospike.json'))
  return name === undefined ? null : path.join(stage.folder, name)
}
