/** Lessons on disk, found again and never lost; and what a blind review keeps from them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHost } from '../../../electron/host/host.ts'
import type { Mark } from '../../../shared/annotation/document.ts'
import { addMark } from '../../../shared/annotation/edits.ts'
import { serializeSet } from '../../../shared/annotation/format.ts'
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts'
import type { Lesson } from '../../../shared/teaching/lesson.ts'
import { parseLesson, serializeLesson } from '../../../shared/teaching/lessonFormat.ts'
import { caseRecording } from '../../../shared/teaching/makeCase.ts'
import { applied, makeContext, seconds, VIEW } from '../../support/annotations.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { quietShell } from '../../support/quietShell.ts'

async function startProgram(data = makeFolder(), reviewer = 'ANNA', target: string | null = null) {
  const { host, open, close } = createHost({
    shell: quietShell({
      facts: { kind: 'desktop', platform: 'linux', version: 'test' },
      chooseLessonTarget: async () => target,
    }),
    dataFolder: data,
    samplesFolder: null,
    folder: null,
    emit: () => {},
    log: () => {},
  })
  onTestFinished(close)
  await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer })
  return { host, open, close, data, folder: path.join(data, 'lessons') }
}

type Program = Awaited<ReturnType<typeof startProgram>>

/** Those of the reader. */
const ownOf = async ({ host }: Program) => (await host.listLessons({})).filter(({ isShipped }) => !isShipped)

const read = (program: Program, name: string) =>
  parseLesson(readFileSync(path.join(program.folder, name), 'utf8'))
const renamed = (title: string): Lesson => ({ ...LESSON, title })

describe('a lesson', () => {
  it('is kept under its title, listed and opened again, by the next program too', async () => {
    const first = await startProgram()
    const made = await first.host.createLesson({ lesson: LESSON })
    expect(made).toMatchObject({
      name: 'Jerks at sleep onset.lesson.json',
      isShipped: false,
      lesson: LESSON,
      sealed: [],
    })
    expect(read(first, made.name)).toEqual(LESSON)
    const next = await startProgram(first.data)
    const [listed] = await ownOf(next)
    expect(listed).toMatchObject({
      title: LESSON.title,
      cases: 1,
      changed: LESSON.changed,
      hash: made.hash,
      problem: null,
    })
    expect((await next.host.openLesson({ ref: listed!.ref })).lesson).toEqual(LESSON)
  })

  it('never takes the name of another, nor one that is none', async () => {
    const { host } = await startProgram()
    const names: string[] = []
    for (const title of ['Week/1: a?', 'week_1_ A_', '..', 'con']) {
      names.push((await host.createLesson({ lesson: renamed(title) })).name)
    }
    expect(names).toEqual([
      'Week_1_ a_.lesson.json',
      'week_1_ A_ 2.lesson.json',
      'lesson.lesson.json',
      'lesson con.lesson.json',
    ])
  })

  it('is saved over what was read, and keeps the version before it', async () => {
    const program = await startProgram()
    const { ref, hash, name } = await program.host.createLesson({ lesson: LESSON })
    const saved = await program.host.saveLesson({
      ref,
      lesson: renamed('Second'),
      seen: hash,
      overwrite: false,
      sealed: [],
    })
    expect(read(program, name).title).toBe('Second')
    expect(read(program, `${name}.bak`).title).toBe(LESSON.title)
    expect((await program.host.listLessons({}))[0]?.hash).toBe(saved.hash)
  })

  it('that another program has changed is not replaced unasked, and kept when it is', async () => {
    const program = await startProgram()
    const { ref, hash, name } = await program.host.createLesson({ lesson: LESSON })
    const file = path.join(program.folder, name)
    writeFileSync(file, serializeLesson(renamed('By another')))
    const save = (overwrite: boolean) =>
      program.host.saveLesson({ ref, lesson: renamed('Mine'), seen: hash, overwrite, sealed: [] })
    await expect(save(false)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Jerks at sleep onset.lesson.json was changed by another program meanwhile.',
    })
    expect(read(program, name).title).toBe('By another')
    await save(true)
    expect(read(program, name).title).toBe('Mine')
    const [kept] = readdirSync(path.join(program.folder, 'aside'))
    expect(read(program, path.join('aside', kept!)).title).toBe('By another')
    rmSync(file)
    await expect(save(false)).rejects.toMatchObject({ code: 'conflict', message: /no longer there/ })
    await save(true)
    expect(read(program, name).title).toBe('Mine')
  })

  it('that was removed from the list stays aside', async () => {
    const program = await startProgram()
    const { ref } = await program.host.createLesson({ lesson: LESSON })
    await program.host.removeLesson({ ref })
    expect(await ownOf(program)).toEqual([])
    const [kept] = readdirSync(path.join(program.folder, 'aside'))
    expect(read(program, path.join('aside', kept!))).toEqual(LESSON)
  })

  it('that cannot be read is listed with what is wrong in it, and stays as it is', async () => {
    const program = await startProgram()
    await program.host.createLesson({ lesson: LESSON })
    const text = JSON.stringify({ ...JSON.parse(serializeLesson(LESSON)), title: 7 })
    writeFileSync(path.join(program.folder, 'bad.lesson.json'), text)
    writeFileSync(path.join(program.folder, 'notes.txt'), 'no lesson')
    const listed = await ownOf(program)
    const problem =
      'bad.lesson.json: This lesson cannot be read: title should be plain text of 1 to 200 characters, found 7; correct it in the file.'
    expect(listed.map((each) => each.problem)).toEqual([null, problem])
    await expect(program.host.openLesson({ ref: listed[1]!.ref })).rejects.toMatchObject({
      code: 'bad-lesson',
      message: problem,
    })
    expect(readFileSync(path.join(program.folder, 'bad.lesson.json'), 'utf8')).toBe(text)
  })

  it('is read and written under its own ref alone', async () => {
    const program = await startProgram()
    const night = path.join(makeFolder(), 'night.edf')
    writeFileSync(night, edfBytes())
    const { ref } = program.open(night)
    const call = { ref, lesson: LESSON, seen: '0'.repeat(64), overwrite: true, sealed: [] }
    for (const asked of [
      program.host.openLesson({ ref }),
      program.host.saveLesson(call),
      program.host.removeLesson({ ref }),
    ]) {
      await expect(asked).rejects.toMatchObject({ code: 'not-found' })
    }
  })

  it('is exported where its teacher says, but never over a set', async () => {
    const folder = makeFolder()
    const program = await startProgram(makeFolder(), 'ANNA', path.join(folder, 'week 1.lesson.json'))
    const { ref } = await program.host.createLesson({ lesson: LESSON })
    expect(await program.host.exportLesson({ ref })).toEqual({ fileName: 'week 1.lesson.json' })
    expect(parseLesson(readFileSync(path.join(folder, 'week 1.lesson.json'), 'utf8'))).toEqual(LESSON)
    const over = await startProgram(program.data, 'ANNA', path.join(folder, 'night.ANNA.hypnospike.json'))
    const [listed] = await over.host.listLessons({})
    await expect(over.host.exportLesson({ ref: listed!.ref })).rejects.toMatchObject({ code: 'bad-input' })
  })
})

/** A recording, the set of its reader with a mark, and a lesson of it. */
async function lessonOfNight(program: Program, folder = makeFolder()) {
  const night = path.join(folder, 'night.edf')
  writeFileSync(night, edfBytes())
  const { host } = program
  const { reviewer } = (await host.startup({ window: 'w' })).settings
  const { recordingId } = await host.openRecording({ ref: program.open(night).ref })
  const own = await host.openSet({ recordingId, reviewer, ref: null })
  const context = makeContext(reviewer)()
  const mark = { kind: 'hypnic_jerk', onset: seconds(0.2), duration: seconds(0.1), view: VIEW } as const
  const edit = addMark(own.document, mark, context)!
  await host.journal({ setId: own.setId, from: 0, entries: [{ op: 'edit', edit }] })
  const document = applied(own.document, edit)
  const [made] = document.marks as readonly [Mark]
  const lesson: Lesson = {
    ...LESSON,
    cases: [
      {
        ...CASE,
        recording: caseRecording(document.recording),
        ...{ onset: seconds(0), duration: seconds(1) },
        key: { marks: [{ ...CASE.key.marks[0]!, onset: made.onset, duration: made.duration }], votes: [] },
      },
    ],
  }
  return { folder, night, recordingId, setId: own.setId, document, lesson, edit }
}

describe('the recordings of a lesson', () => {
  it('are found by their samples where recordings were last, whatever they are called', async () => {
    const program = await startProgram()
    const { lesson, night, folder, recordingId } = await lessonOfNight(program)
    const made = await program.host.createLesson({ lesson })
    expect(made.recordings).toEqual([
      {
        fingerprint: lesson.cases[0]!.recording.fingerprint,
        recording: { ref: expect.any(String), name: 'night.edf' },
      },
    ])
    await program.host.closeRecording({ recordingId })
    renameSync(night, path.join(folder, 'anonymous.edf'))
    const again = await program.host.openLesson({ ref: made.ref })
    expect(again.recordings[0]?.recording?.name).toBe('anonymous.edf')
    const { fingerprint } = await program.host.openRecording({ ref: again.recordings[0]!.recording!.ref })
    expect(fingerprint).toBe(lesson.cases[0]!.recording.fingerprint)
  })

  it('are found where they have grown since', async () => {
    const program = await startProgram()
    const { lesson, night } = await lessonOfNight(program)
    const bytes = readFileSync(night)
    const header = 256 + 256
    const record = (bytes.length - header) / Number(bytes.toString('latin1', 236, 244))
    const grown = Buffer.concat([bytes, bytes.subarray(header, header + record)])
    grown.write(String(lesson.cases[0]!.recording.records + 1).padEnd(8), 236, 'latin1')
    writeFileSync(night, grown)
    const { recordings } = await program.host.createLesson({ lesson })
    expect(recordings[0]?.recording?.name).toBe('night.edf')
  })

  it('that are nowhere are said to be, and the lesson opens all the same', async () => {
    const { host } = await startProgram()
    const { recordings, lesson } = await host.createLesson({ lesson: LESSON })
    expect(recordings).toEqual([{ fingerprint: CASE.recording.fingerprint, recording: null }])
    expect(lesson).toEqual(LESSON)
  })
})

describe('what others marked in a stretch', () => {
  it('comes from their sets beside the recording, never from a key, a consensus or the set of the key', async () => {
    const program = await startProgram()
    const { folder, recordingId, document, setId } = await lessonOfNight(program)
    await program.host.saveSet({ setId, overwrite: false })
    const whole = { reviewed: [{ id: 'r', onset: seconds(0), duration: seconds(1) }] }
    const write = (reviewer: string, name = `night.${reviewer}.hypnospike.json`, fields = {}) =>
      writeFileSync(path.join(folder, name), serializeSet({ ...document, reviewer, ...fields }))
    write('BEN')
    write('CARO', undefined, { marks: [], ...whole })
    write('DORA', undefined, { marks: [] })
    write('consensus')
    write('key', 'night.key.json')
    const votes = await program.host.stretchVotes({
      recordingId,
      onset: seconds(0),
      duration: seconds(1),
      reviewer: 'ANNA',
    })
    expect(votes).toMatchObject([
      { reader: 'BEN', reviewed: false, marks: [{ kind: 'hypnic_jerk' }] },
      { reader: 'CARO', reviewed: true, marks: [] },
    ])
  })

  it('is told to nobody, and no case made, before all who review blind have signed off', async () => {
    const shared = makeFolder()
    const anna = await startProgram()
    const night = await lessonOfNight(anna, shared)
    await anna.host.beginBlind({ setId: night.setId })
    const ask = (program: Program, recordingId: string, reviewer: string) =>
      program.host.stretchVotes({ recordingId, onset: seconds(0), duration: seconds(1), reviewer })
    await expect(ask(anna, night.recordingId, 'ANNA')).rejects.toMatchObject({ code: 'sealed' })
    const ben = await startProgram(makeFolder(), 'BEN')
    const { recordingId } = await ben.host.openRecording({ ref: ben.open(night.night).ref })
    const own = await ben.host.openSet({ recordingId, reviewer: 'BEN', ref: null })
    await ben.host.saveSet({ setId: own.setId, overwrite: false })
    await anna.host.signOff({ setId: night.setId })
    // Ben could read Anna's answers in it.
    await expect(ask(anna, night.recordingId, 'ANNA')).rejects.toMatchObject({
      code: 'sealed',
      message: /not everybody who has a set of it has signed off/,
    })
    await ben.host.signOff({ setId: own.setId })
    expect(await ask(anna, night.recordingId, 'ANNA')).toEqual([])
  })
})

describe('a case of a recording that is reviewed blind', () => {
  it('comes without its answer, which stays in the file whatever is saved, and opens after the sign-off', async () => {
    const program = await startProgram()
    const { lesson, setId } = await lessonOfNight(program)
    const { ref, name } = await program.host.createLesson({ lesson })
    await program.host.beginBlind({ setId })
    const opened = await program.host.openLesson({ ref })
    expect(opened.sealed).toEqual(['case-1'])
    expect(opened.lesson.cases[0]).toMatchObject({
      key: { marks: [], votes: [] },
      rationale: '',
      sources: [],
    })
    const changed = { ...opened.lesson, title: 'Renamed' }
    const { hash } = await program.host.saveLesson({
      ...{ ref, lesson: changed, seen: opened.hash, overwrite: false, sealed: opened.sealed },
    })
    expect(read(program, name)).toEqual({ ...lesson, title: 'Renamed' })
    await expect(program.host.exportLesson({ ref })).rejects.toMatchObject({ code: 'sealed' })
    await program.host.signOff({ setId })
    expect(await program.host.openLesson({ ref })).toMatchObject({
      hash,
      sealed: [],
      lesson: { cases: lesson.cases },
    })
  })
})

describe('an answer that is kept from a blind reader', () => {
  it('is never replaced by none where the file with it is gone, cannot be read or has the case no longer', async () => {
    const program = await startProgram()
    const { lesson, setId } = await lessonOfNight(program)
    const { ref, name } = await program.host.createLesson({ lesson })
    await program.host.beginBlind({ setId })
    const { lesson: shown, hash, sealed } = await program.host.openLesson({ ref })
    const file = path.join(program.folder, name)
    const other = { ...CASE, id: 'other' }
    const save = (cases: Lesson['cases']) =>
      program.host.saveLesson({
        ...{ ref, lesson: { ...shown, cases }, seen: hash, overwrite: true, sealed: [...sealed] },
      })
    for (const there of [null, 'no lesson', serializeLesson({ ...lesson, cases: [other] })]) {
      if (there === null) rmSync(file)
      else writeFileSync(file, there)
      await expect(save([other, ...shown.cases])).rejects.toMatchObject({
        code: 'sealed',
        message:
          'The answer of case 2 is sealed, and the lesson’s file has it no longer: put the file back as it was, or remove the case here, then save again.',
      })
      expect(existsSync(file) ? readFileSync(file, 'utf8') : null).toBe(there)
    }
    await save([other])
    expect(read(program, name).cases).toEqual([other])
  })

  it('comes back with a case that was removed, saved and brought back', async () => {
    const program = await startProgram()
    const { lesson, setId } = await lessonOfNight(program)
    const { ref, name } = await program.host.createLesson({ lesson })
    await program.host.beginBlind({ setId })
    const { lesson: shown, hash, sealed } = await program.host.openLesson({ ref })
    const other = { ...CASE, id: 'other' }
    const save = (cases: Lesson['cases'], seen: string) =>
      program.host.saveLesson({
        ...{ ref, lesson: { ...shown, cases }, seen, overwrite: false, sealed: [...sealed] },
      })
    const without = await save([other], hash)
    const twice = await save([], without.hash)
    await save([other, ...shown.cases], twice.hash)
    expect(read(program, name).cases).toEqual([other, ...lesson.cases])
  })

  it('is told under no other recording’s name either', async () => {
    const program = await startProgram()
    const { lesson, setId } = await lessonOfNight(program)
    const { ref, name } = await program.host.createLesson({ lesson })
    await program.host.beginBlind({ setId })
    const opened = await program.host.openLesson({ ref })
    const [blind] = opened.lesson.cases
    const recording = { ...blind!.recording, fingerprint: 'another', fileName: 'another.edf' }
    const moved = { ...opened.lesson, cases: [{ ...blind!, recording }] }
    const save = { ref, lesson: moved, seen: opened.hash, overwrite: false, sealed: ['case-1'] }
    await program.host.saveLesson(save)
    expect(read(program, name)).toEqual(lesson)
    expect(await program.host.openLesson({ ref })).toMatchObject({
      sealed: ['case-1'],
      lesson: { cases: [{ key: { marks: [] }, rationale: '' }] },
    })
  })

  it('is not told where a copy of the recording, by any name, lies beside the lesson', async () => {
    const program = await startProgram()
    const { lesson, setId } = await lessonOfNight(program)
    const { ref } = await program.host.createLesson({ lesson })
    await program.host.beginBlind({ setId })
    writeFileSync(path.join(program.folder, 'night.edf'), edfBytes())
    expect((await program.host.openLesson({ ref })).sealed).toEqual(['case-1'])
    renameSync(path.join(program.folder, 'night.edf'), path.join(program.folder, 'eeg-012345.edf'))
    expect((await program.host.openLesson({ ref })).sealed).toEqual(['case-1'])
  })

  it('is not told where the recording lies among very many', async () => {
    const program = await startProgram()
    const { lesson, setId, folder } = await lessonOfNight(program)
    const { ref } = await program.host.createLesson({ lesson })
    await program.host.beginBlind({ setId })
    for (let number = 0; number < 200; number += 1) writeFileSync(path.join(folder, `a${number}.edf`), '')
    expect((await program.host.openLesson({ ref })).sealed).toEqual(['case-1'])
  })
})

describe('the lesson that comes with the app', () => {
  it('is made once, found with all its recordings, and neither changed nor among the recent files', async () => {
    const program = await startProgram()
    const { host, folder } = program
    const listed = (await host.listLessons({})).find(({ isShipped }) => isShipped)
    expect(listed).toMatchObject({ title: 'Jerks, runs and mimics', cases: 43, problem: null })
    // An earlier version's goes, one with somebody's marks in it stays.
    for (const name of ['shipped-0', 'shipped-1']) {
      mkdirSync(path.join(folder, name), { recursive: true })
      writeFileSync(path.join(folder, name, 'eeg-012345.edf'), '')
    }
    writeFileSync(path.join(folder, 'shipped-1', 'eeg-012345.R-01.hypnospike.json'), '')
    const ref = listed!.ref
    const [opened, again] = await Promise.all([host.openLesson({ ref }), host.openLesson({ ref })])
    expect(opened).toMatchObject({ isShipped: true, sealed: [], lesson: { title: listed!.title } })
    expect(opened.recordings.filter(({ recording }) => recording === null)).toEqual([])
    expect([opened.recordings.length, opened.lesson.cases.length, again.hash]).toEqual([43, 43, opened.hash])
    expect(readdirSync(folder).sort()).toEqual(['shipped-1', 'shipped-test'])
    const call = { ref, lesson: opened.lesson, seen: opened.hash, overwrite: true, sealed: [] }
    await expect(host.saveLesson(call)).rejects.toMatchObject({ code: 'read-only' })
    await expect(host.removeLesson({ ref })).rejects.toMatchObject({ code: 'read-only' })
    const [first] = opened.recordings
    const { fingerprint } = await host.openRecording({ ref: first!.recording!.ref })
    expect(fingerprint).toBe(first!.fingerprint)
    expect(await host.listRecordings({})).toEqual([])
    // A copy has the recordings of the one it was made of.
    const copy = await host.createLesson({ lesson: { ...opened.lesson, id: 'copy', title: 'Copy' } })
    expect(copy.recordings.filter(({ recording }) => recording === null)).toEqual([])
  })
})
