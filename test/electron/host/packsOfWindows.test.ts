/** Packs as a window has them: exported by one program, taken in by another, in which their keys may be sealed. */
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createHost } from '../../../electron/host/host.ts'
import { makePack } from '../../../electron/host/packMaking.ts'
import { outputOf } from '../../../shared/contract/jobs.ts'
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts'
import type { Lesson } from '../../../shared/teaching/lesson.ts'
import { makeFolder } from '../../support/folders.ts'
import { HEAD, layLesson } from '../../support/packs.ts'
import { quietShell } from '../../support/quietShell.ts'

async function startProgram(target: string | null, folder: string | null = null) {
  const data = makeFolder()
  const suggested: string[] = []
  const done: number[] = []
  const { host, open, requestOpen, close } = createHost({
    shell: quietShell({
      facts: { kind: 'desktop', platform: 'linux', version: 'test' },
      chooseExportTarget: async (suggestion) => {
        suggested.push(suggestion)
        return target
      },
    }),
    dataFolder: data,
    samplesFolder: null,
    folder,
    emit: (event) => event.type === 'job' && done.push(event.done),
    log: () => {},
  })
  onTestFinished(close)
  await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer: 'ANNA' })
  return { host, open, requestOpen, data, suggested, done }
}

type Program = Awaited<ReturnType<typeof startProgram>>

async function exportPack({ host }: Program, folder: string, keys: 'open' | 'sealed' = 'open') {
  const { lesson } = layLesson(folder)
  const { ref, hash } = await host.createLesson({ lesson })
  const input = { ref, seen: hash, channels: 'all', keep: [], head: { ...HEAD, keys } } as const
  const plan = await host.startJob({ recordingId: null, job: { name: 'planPack', input } })
  const preview = outputOf('planPack', await host.jobResult(plan))
  const { jobId } = await host.startJob({
    recordingId: null,
    job: { name: 'pack', input: { ...input, name: null } },
  })
  const made = outputOf('pack', await host.jobResult({ jobId }))
  return { lesson, preview, made, input }
}

describe('a pack that a window exports', () => {
  it('is planned and made in a thread, beside the recordings, and says how far it is', async () => {
    const folder = makeFolder()
    const target = path.join(folder, 'mine.hypnopack')
    const program = await startProgram(target, folder)
    const { lesson, preview, made } = await exportPack(program, folder)
    expect(preview).toMatchObject({ cases: 4, lessonTexts: [] })
    expect(made).toMatchObject({ name: 'mine.hypnopack', folder: path.basename(folder), cases: 4 })
    expect(program.suggested).toEqual([path.join(folder, `${lesson.title}.hypnopack`)])
    expect(program.done.at(-1)).toBe(1)
    expect(readdirSync(path.join(program.data, 'lessons', 'packs'))).toEqual([])
  })

  it('is not made where the dialog was dismissed, the lesson has changed, or a recording is asked for', async () => {
    const folder = makeFolder()
    const program = await startProgram(null, folder)
    const { made, input } = await exportPack(program, folder)
    expect(made).toBe(null)
    const { host } = program
    const job = { name: 'pack', input: { ...input, seen: '0'.repeat(64), name: null } } as const
    const { jobId } = await host.startJob({ recordingId: null, job })
    await expect(host.jobResult({ jobId })).rejects.toMatchObject({ code: 'conflict' })
    const check = host.startJob({ recordingId: null, job: { name: 'check', input: {} } })
    await expect(check).rejects.toMatchObject({
      code: 'bad-input',
      message: 'check is work on an open recording: name one.',
    })
  })
})

/** Of one lesson, made once: one a kind of keys. */
let made: { readonly folder: string; readonly lesson: Lesson }
const madeFile = (keys: string) => path.join(made.folder, `${keys}.hypnopack`)

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-test-'))
  made = { folder, lesson: layLesson(folder).lesson }
  const { lesson } = made
  const places = lesson.cases.map(
    ({ recording }) => [recording.fingerprint, path.join(folder, recording.fileName)] as const,
  )
  for (const keys of ['open', 'sealed'] as const) {
    await makePack(
      { lesson, places, head: { ...HEAD, keys }, channels: 'all', keep: [] },
      { target: madeFile(keys), workplace: path.join(folder, 'work') },
      { signal: new AbortController().signal, onProgress: () => {} },
    )
  }
})

afterAll(() => rmSync(made.folder, { recursive: true }))

/** A program that knows a pack of elsewhere. */
async function handedOver(keys: 'open' | 'sealed') {
  const elsewhere = path.join(makeFolder(), 'sent.hypnopack')
  copyFileSync(madeFile(keys), elsewhere)
  const program = await startProgram(null)
  return { lesson: made.lesson, elsewhere, program, ref: program.open(elsewhere).ref }
}

describe('a pack that a window opens', () => {
  it('tells what it holds, and is taken among the lessons with its clips', async () => {
    const { lesson, program, ref } = await handedOver('open')
    const { host } = program
    const told = await host.inspectPack({ ref })
    expect(told).toMatchObject({
      ...HEAD,
      name: 'sent.hypnopack',
      title: lesson.title,
      cases: 4,
      clips: 4,
      lesson: null,
    })
    expect((await host.listLessons({})).length).toBe(1)
    const added = await host.addPack({ ref })
    expect(added.isNew).toBe(true)
    expect(await host.addPack({ ref })).toEqual({ ...added, isNew: false })
    expect((await host.inspectPack({ ref })).lesson).toEqual(added.lesson)
    const [listed] = await host.listLessons({})
    expect(listed).toMatchObject({ ref: added.lesson.ref, title: lesson.title, isShipped: false, pack: HEAD })
    const opened = await host.openLesson({ ref: listed!.ref })
    expect(opened).toMatchObject({ pack: { ...HEAD, clips: 4 }, sealed: [] })
    expect(opened.lesson.cases.map(({ key }) => key.marks.length > 0)).toEqual([true, true, true, true])
    expect(opened.recordings.every(({ recording }) => recording !== null)).toBe(true)
    // Its clips are opened as cases and are no recent recordings.
    await host.startup({ window: 'w' })
    await host.openRecording({ ref: opened.recordings[0]!.recording!.ref })
    expect(await host.listRecordings({})).toEqual([])
  })

  it('is copied to be changed, and put aside when it is removed', async () => {
    const { program, ref } = await handedOver('open')
    const { host, data } = program
    const { lesson } = await host.addPack({ ref })
    const opened = await host.openLesson({ ref: lesson.ref })
    const save = host.saveLesson({
      ref: lesson.ref,
      lesson: opened.lesson,
      seen: opened.hash,
      overwrite: true,
      sealed: [],
    })
    await expect(save).rejects.toMatchObject({
      code: 'read-only',
      message: 'This lesson came in a pack: make a copy to change it.',
    })
    const copy = await host.createLesson({ lesson: { ...opened.lesson, id: 'copy', title: 'Mine' } })
    expect(copy.recordings.every(({ recording }) => recording !== null)).toBe(true)
    await host.removeLesson({ ref: lesson.ref })
    expect((await host.listLessons({})).map(({ title }) => title)).toContain('Mine')
    expect((await host.listLessons({})).filter(({ pack }) => pack !== null)).toEqual([])
    const [aside] = readdirSync(path.join(data, 'lessons', 'aside'))
    expect(readdirSync(path.join(data, 'lessons', 'aside', aside!))).toContain('pack.json')
  })

  it('has one progress with the lesson that it was made of, by the ref of either', async () => {
    const { lesson, program, ref } = await handedOver('open')
    const { host } = program
    const own = await host.createLesson({ lesson })
    const { lesson: packed } = await host.addPack({ ref })
    const { quizId } = await host.startQuiz({ ref: packed.ref, mode: 'label', seed: 1 })
    const next = await host.nextCase({ quizId })
    if (next.type === 'end') throw new Error('no case')
    const judgement = { marks: [], confidence: 'probable', criteria: {}, seconds: 4 } as const
    await host.answerCase({ quizId, showing: next.showing, judgement })
    for (const each of [packed.ref, own.ref]) expect((await host.quizResults({ ref: each })).answered).toBe(1)
    expect(await host.listProgress({})).toMatchObject([{ lesson: own.ref, answered: 1 }])
  })

  it('keeps its answers where it is sealed, from the window and from whoever would give them away', async () => {
    const { lesson, program, ref } = await handedOver('sealed')
    const { host } = program
    const added = await host.addPack({ ref })
    const opened = await host.openLesson({ ref: added.lesson.ref })
    expect(opened.sealed).toEqual(lesson.cases.map(({ id }) => id))
    for (const each of opened.lesson.cases) {
      expect(each).toMatchObject({ key: { marks: [], votes: [] }, rationale: '', sources: [] })
    }
    await expect(host.exportLesson({ ref: added.lesson.ref })).rejects.toMatchObject({ code: 'sealed' })
    const input = { ref: added.lesson.ref, seen: opened.hash, channels: 'all', keep: [], head: HEAD } as const
    const { jobId } = await host.startJob({ recordingId: null, job: { name: 'planPack', input } })
    await expect(host.jobResult({ jobId })).rejects.toMatchObject({ code: 'sealed' })
  })

  it('shows the answer of a case of a sealed one once its learner has answered it in the quiz', async () => {
    const { program, ref } = await handedOver('sealed')
    const { host } = program
    const { lesson } = await host.addPack({ ref })
    const { quizId, total } = await host.startQuiz({ ref: lesson.ref, mode: 'locate', seed: 1 })
    expect(total).toBe(4)
    const next = await host.nextCase({ quizId })
    if (next.type === 'end') throw new Error('no case')
    const { recordingId } = await host.openRecording({ ref: next.recording.ref, beside: true })
    const candidates = () => host.startJob({ recordingId, job: { name: 'candidates', input: { bad: [] } } })
    await expect(candidates()).rejects.toMatchObject({
      code: 'sealed',
      message: expect.stringMatching(/^Candidates are sealed: this is a case of a sealed pack/),
    })
    const judgement = { marks: [], confidence: 'probable', criteria: {}, seconds: 4 } as const
    const told = await host.answerCase({ quizId, showing: next.showing, judgement })
    expect(told.key.length).toBeGreaterThan(0)
    const opened = await host.openLesson({ ref: lesson.ref })
    expect(opened.sealed.length).toBe(3)
    const shown = opened.lesson.cases.filter(({ id }) => !opened.sealed.includes(id))
    expect(shown.map(({ key }) => key.marks)).toEqual([told.key])
    await host.jobResult(await candidates())
    await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer: 'BERT' })
    expect((await host.openLesson({ ref: lesson.ref })).sealed.length).toBe(4)
  })

  it('that the system asks for is what the next window is told, once', async () => {
    const { elsewhere, program } = await handedOver('open')
    program.requestOpen(elsewhere)
    const first = await program.host.startup({ window: 'a' })
    expect(first.open?.name).toBe('sent.hypnopack')
    expect((await program.host.startup({ window: 'b' })).open).toBe(null)
  })

  it('changes nothing of the file', async () => {
    const { elsewhere, program, ref } = await handedOver('open')
    const before = readFileSync(elsewhere)
    await program.host.addPack({ ref })
    expect(readFileSync(elsewhere).equals(before)).toBe(true)
  })
})
