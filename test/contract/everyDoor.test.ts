/** One suite for every way that a window reaches its host: none can do what another cannot. */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { applyEdit } from '../../shared/annotation/applyEdit.ts'
import { addMark } from '../../shared/annotation/edits.ts'
import type { ProcedureName } from '../../shared/contract/contract.ts'
import type { HostEvent, OpenedRecording, OpenedSet } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { Judgement } from '../../shared/teaching/quiz/judgement.ts'
import { ticksFromSeconds } from '../../shared/units.ts'
import { VIEW } from '../support/annotations.ts'
import { closeLab, DOORS, type OpenDoor, PATIENT, PRIVATE_WORDS, RECORDING_FIELD } from '../support/doors.ts'
import { annotationSignal, type FileBytes, PLAIN_SIGNAL } from '../support/edfBytes.ts'
import { LESSON } from '../support/lessons.ts'

const RAW = { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null } as const
const WITH_NOTES: FileBytes = {
  reserved: 'EDF+C',
  signals: [
    PLAIN_SIGNAL,
    annotationSignal((record) => `+${record}||_${record === 3 ? '+3.5^2|Eyes closed|_' : ''}`),
  ],
}
/** Two signals of the same rate that differ, one of which no header can scale. */
const WITH_BAD_SIGNAL: FileBytes = { signals: [PLAIN_SIGNAL, { digitalMin: '7', digitalMax: '7' }] }

afterAll(closeLab)

describe.each(DOORS)('$name', (door) => {
  // The stand-in's shell is built once.
  beforeAll(async () => {
    await (await door.open()).close()
  })

  async function enter(file?: FileBytes): Promise<OpenDoor> {
    const opened = await door.open(file)
    onTestFinished(opened.close)
    return opened
  }

  async function openFirst(opened: OpenDoor): Promise<OpenedRecording> {
    const { open } = await opened.host.startup({ window: 'test' })
    return opened.host.openRecording({ ref: open!.ref })
  }

  async function failure(call: Promise<unknown>): Promise<ReviewError> {
    const thrown = await call.then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(thrown).toBeInstanceOf(ReviewError)
    return thrown as ReviewError
  }

  function marked(set: OpenedSet) {
    const edit = addMark(
      set.document,
      {
        kind: 'hypnic_jerk',
        onset: ticksFromSeconds(12.34),
        duration: ticksFromSeconds(0.25),
        comment: 'ein „Zucken“ → n’importe',
        view: VIEW,
      },
      { author: 'R-01', now: '2026-01-31T09:00:00.000Z' },
    )!
    return { edit, document: applyEdit(set.document, edit) }
  }

  it('says what to open, and opens it by a name that is no path', async () => {
    const opened = await enter()
    const { shell, settings, open } = await opened.host.startup({ window: 'test' })
    expect(shell.kind).toBe(opened.kind)
    expect(settings.reviewer).toBe('R-01')
    expect(open).toEqual({ ref: expect.stringMatching(/^[\w-]{10,}$/), name: 'night.edf' })
    const recording = await opened.host.openRecording({ ref: open!.ref })
    expect(recording).toMatchObject({ name: 'night.edf', sets: [] })
    expect(recording.recording.header).toMatchObject({
      format: 'EDF',
      records: 60,
      patient: '',
      recording: '',
    })
    expect(recording.fingerprint).toMatch(/^hs1:[0-9a-f]{64}$/)
  })

  it('gives the samples of a page exactly, as numbers of 32 bits', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const span = { start: 10, end: 20 }
    const page = await opened.host.page({ recordingId, span, settings: RAW, columns: 1000 })
    expect(page.span).toEqual(span)
    const [piece] = page.traces[0]!.pieces
    expect(piece?.values).toBeInstanceOf(Float32Array)
    // 4 samples a record: 0 to 3 tenths of a microvolt and one whole a record; one neighbour on either side.
    const values = Array.from({ length: 40 }, (_, k) => Math.fround((k % 4) / 10 + 10 + Math.floor(k / 4)))
    expect([...piece!.values]).toEqual([Math.fround(9.3), ...values, 20])
  })

  it('reads calipers and every line at a moment as the file has them', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const page = { recordingId, span: { start: 10, end: 20 }, settings: RAW, columns: 1000 }
    const [trace] = (await opened.host.page(page)).traces
    const line = trace!.id
    // The third of 4 samples in record 12 is 12.2 uV.
    const read = await opened.host.caliper({ recordingId, line, from: 10, to: 12.52, settings: RAW })
    expect(read?.from).toMatchObject({ time: 10, value: expect.closeTo(10, 9) })
    expect(read?.to).toMatchObject({ time: 12.5, value: expect.closeTo(12.2, 9) })
    expect(await opened.host.valuesAt({ recordingId, time: 12.52, settings: RAW })).toContainEqual({
      id: line,
      time: 12.5,
      value: expect.closeTo(12.2, 9),
    })
    const nowhere = { recordingId, line: 'nowhere', from: 10, to: 12, settings: RAW }
    expect(await opened.host.caliper(nowhere)).toBeNull()
    const tooFar = await failure(opened.host.caliper({ ...nowhere, to: 311 }))
    expect(tooFar.message).toBe('caliper: points at most 5 minutes apart.')
  })

  it('reads a second recording beside the first, which goes on when the second is closed', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const listed = await opened.host.listRecordings({})
    const { ref } = listed.find(({ name }) => name === 'night.edf')!
    const beside = await opened.host.openRecording({ ref, beside: true })
    const ask = (id: string) =>
      opened.host.page({ recordingId: id, span: { start: 10, end: 20 }, settings: RAW, columns: 100 })
    expect(await ask(beside.recordingId)).toEqual(await ask(recordingId))
    await opened.host.closeRecording({ recordingId: beside.recordingId })
    expect((await failure(ask(beside.recordingId))).code).toBe('not-found')
    expect((await ask(recordingId)).traces).toHaveLength(1)
  })

  it('gives the file’s annotations and its identification when asked', async () => {
    const opened = await enter(WITH_NOTES)
    const { recordingId } = await openFirst(opened)
    await expect
      .poll(() => opened.host.scanned({ recordingId }))
      .toMatchObject({
        complete: true,
        annotations: [{ onset: 3.5, duration: 2, text: 'Eyes closed', channel: null }],
      })
    expect(await opened.host.identification({ recordingId })).toEqual({
      patient: PATIENT,
      recording: RECORDING_FIELD,
    })
  })

  it('sums up a part of the recording as a job, and refuses a part that is none', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const start = (span: { readonly start: number; readonly end: number }) =>
      opened.host.startJob({ recordingId, job: { name: 'activity', input: { span } } })
    const { jobId } = await start({ start: 10, end: 22 })
    expect(await opened.host.jobResult({ jobId })).toEqual({
      name: 'activity',
      value: { start: 10, binLength: 1, eeg: Array.from({ length: 12 }, () => expect.any(Number)) },
    })
    expect((await failure(start({ start: 5, end: 5 }))).message).toContain('a span that ends after it begins')
  })

  it('checks the whole file as a job: started, followed, and its report given once', async () => {
    const opened = await enter(WITH_NOTES)
    const events: HostEvent[] = []
    onTestFinished(opened.subscribe((event) => events.push(event)))
    const { recordingId } = await openFirst(opened)
    const { jobId } = await opened.host.startJob({ recordingId, job: { name: 'check', input: {} } })
    const { name, value } = await opened.host.jobResult({ jobId })
    expect({ name, value }).toMatchObject({
      name: 'check',
      value: { verdict: expect.stringMatching(/^(conforming|deviating)$/), format: 'EDF+C', refusal: null },
    })
    await expect.poll(() => events).toContainEqual({ type: 'job', jobId, done: 1 })
    expect(await failure(opened.host.jobResult({ jobId }))).toMatchObject({ code: 'not-found' })
  })

  it('gives no result of a job that was cancelled, and stays of use', async () => {
    const opened = await enter(WITH_NOTES)
    const { recordingId } = await openFirst(opened)
    const { jobId } = await opened.host.startJob({ recordingId, job: { name: 'check', input: {} } })
    expect(await opened.host.cancelJob({ jobId })).toBe(null)
    expect(await failure(opened.host.jobResult({ jobId }))).toMatchObject({ code: 'cancelled' })
    expect(await opened.host.cancelJob({ jobId })).toBe(null)
    const again = await opened.host.startJob({ recordingId, job: { name: 'check', input: {} } })
    expect(await opened.host.jobResult(again)).toMatchObject({ name: 'check' })
  })

  it('tells of the background scan and of a file that is gone', async () => {
    const opened = await enter(WITH_NOTES)
    const events: HostEvent[] = []
    onTestFinished(opened.subscribe((event) => events.push(event)))
    const { recordingId } = await openFirst(opened)
    await expect.poll(() => events).toContainEqual({ type: 'scan', recordingId, progress: 1, done: true })
    renameSync(opened.recording, `${opened.recording}.away`)
    await expect.poll(() => events.map(({ type }) => type)).toContain('recording-changed')
  })

  it('keeps a mark through journal, save, close and open', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const set = await opened.host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    expect(set).toMatchObject({
      fileName: 'night.R-01.hypnospike.json',
      readOnly: false,
      recovered: null,
      unsaved: false,
    })
    const { edit, document } = marked(set)
    await opened.host.journal({ setId: set.setId, from: 0, entries: [{ op: 'edit', edit }] })
    const saved = await opened.host.saveSet({ setId: set.setId, overwrite: false })
    expect(saved.fileName).toBe('night.R-01.hypnospike.json')
    const elsewhere = await opened.host.saveSetAs({ setId: set.setId, name: 'second look.json' })
    // The desktop asks by a dialog, which is dismissed here.
    expect(elsewhere?.fileName ?? null).toBe(door.asksWhereToSave ? null : 'second look.json')
    await opened.host.closeSet({ setId: set.setId })
    const again = await opened.host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    expect(again.document.marks).toEqual(document.marks)
    expect(again.unsaved).toBe(false)
  })

  it('asks a case, tells its answer for a judgement, keeps it, hands it out and deletes it', async () => {
    const opened = await enter()
    const { fingerprint, name, recording } = await openFirst(opened)
    const { records, recordDuration } = recording.header
    const [first] = LESSON.cases
    const lesson = {
      ...LESSON,
      cases: [
        {
          ...first!,
          recording: { fingerprint, fileName: name, records, recordDuration },
          ...{ onset: ticksFromSeconds(20), duration: ticksFromSeconds(10) },
          key: { marks: [{ ...first!.key.marks[0]!, onset: ticksFromSeconds(23) }], votes: [] },
        },
      ],
    }
    const { ref } = await opened.host.createLesson({ lesson })
    const { quizId, total } = await opened.host.startQuiz({ ref, mode: 'locate' })
    expect(total).toBe(1)
    const next = await opened.host.nextCase({ quizId })
    if (next.type === 'end') throw new Error(`it ended: ${next.reason}`)
    expect(JSON.stringify(next)).not.toContain(first!.rationale.slice(0, 10))
    const mark = { kind: 'hypnic_jerk', subtype: null, duration: ticksFromSeconds(0.3) } as const
    const judgement: Judgement = {
      ...{ marks: [{ ...mark, onset: ticksFromSeconds(23.125) }], confidence: 'sure' as const, seconds: 4 },
      criteria: { single: 'yes' },
    }
    const call = { quizId, showing: next.showing, judgement }
    const answered = await opened.host.answerCase(call)
    expect(answered).toMatchObject({
      judged: { isRight: true, onsetError: 0.125 },
      key: [{ kind: 'hypnic_jerk' }],
      rationale: first!.rationale,
    })
    // Asked again it is told again; something else is taken no more.
    expect(await opened.host.answerCase(call)).toEqual(answered)
    const other = { ...call, judgement: { ...judgement, marks: [] } }
    expect((await failure(opened.host.answerCase(other))).code).toBe('conflict')
    expect(await opened.host.nextCase({ quizId })).toMatchObject({ type: 'end', reason: 'none-due' })
    expect((await opened.host.quizResults({ ref })).right).toBe(1)
    expect(await opened.host.listProgress({})).toMatchObject([{ lesson: ref, answered: 1 }])
    const exported = await opened.host.exportProgress({ ref })
    // A browser downloads the text; elsewhere it goes where a dialog says, which is dismissed here.
    expect(exported?.text?.includes(next.showing) ?? null).toBe(opened.kind === 'browser' ? true : null)
    expect(await opened.host.deleteProgress({ ref })).toBe(1)
    expect(await opened.host.listProgress({})).toEqual([])
  })

  it('refuses entries with a gap before them, so that a window that lost one is told', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const set = await opened.host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    const { edit } = marked(set)
    const entries = [{ op: 'edit', edit }] as const
    expect(await failure(opened.host.journal({ setId: set.setId, from: 1, entries }))).toMatchObject({
      code: 'conflict',
    })
  })

  it('takes once what is sent twice because an answer was lost, and nothing else in its place', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const set = await opened.host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    const first = marked(set)
    const entry = { op: 'edit', edit: first.edit } as const
    await opened.host.journal({ setId: set.setId, from: 0, entries: [entry] })
    await opened.host.journal({ setId: set.setId, from: 0, entries: [entry] })
    const another = { op: 'edit', edit: { ...first.edit, label: 'something else' } } as const
    expect(
      await failure(opened.host.journal({ setId: set.setId, from: 0, entries: [another] })),
    ).toMatchObject({ code: 'conflict' })
    // The way out: what the window shows is the set, and is counted from the beginning.
    const { document } = first
    await opened.host.restartSet({ setId: set.setId, document, history: { done: [], undone: [] } })
    await opened.host.journal({
      setId: set.setId,
      from: 0,
      entries: [{ op: 'edit', edit: { ...first.edit, changes: [] } }],
    })
    await opened.host.saveSet({ setId: set.setId, overwrite: false })
    const file = path.join(opened.folder, 'night.R-01.hypnospike.json')
    expect(JSON.parse(readFileSync(file, 'utf8')).marks).toHaveLength(1)
  })

  it('does not overwrite what another program wrote, until told to', async () => {
    const opened = await enter()
    const { recordingId } = await openFirst(opened)
    const set = await opened.host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    const { edit } = marked(set)
    await opened.host.journal({ setId: set.setId, from: 0, entries: [{ op: 'edit', edit }] })
    const file = path.join(opened.folder, 'night.R-01.hypnospike.json')
    writeFileSync(file, '{"of":"another program"}')
    const refused = await failure(opened.host.saveSet({ setId: set.setId, overwrite: false }))
    expect(refused).toMatchObject({ code: 'conflict', message: expect.stringContaining('night.R-01') })
    expect(readFileSync(file, 'utf8')).toBe('{"of":"another program"}')
    await opened.host.saveSet({ setId: set.setId, overwrite: true })
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      reviewer: 'R-01',
      marks: [{ id: expect.any(String) }],
    })
    expect(readdirSync(opened.folder)).toContain('night.R-01.hypnospike.json.bak')
  })

  it('carries a failure’s code and sentence', async () => {
    const opened = await enter()
    expect(await failure(opened.host.openRecording({ ref: 'made-up' }))).toMatchObject({ code: 'not-found' })
    expect(await failure(opened.host.identification({ recordingId: 'x' }))).toMatchObject({
      code: 'not-found',
      message: 'The recording is not open any more.',
    })
    const { recordingId } = await openFirst(opened)
    await opened.host.closeRecording({ recordingId })
    expect(await failure(opened.host.scanned({ recordingId }))).toMatchObject({ code: 'not-found' })
  })

  it('refuses what is no EDF in a sentence, and stays of use', async () => {
    const opened = await enter()
    writeFileSync(opened.recording, 'PK\u0003\u0004 not a recording at all')
    const { open } = await opened.host.startup({ window: 'test' })
    expect(await failure(opened.host.openRecording({ ref: open!.ref }))).toMatchObject({
      code: 'not-edf',
      message: expect.stringMatching(/\S+ \S+/),
    })
    expect((await opened.host.startup({ window: 'test' })).settings.reviewer).toBe('R-01')
  })

  it.each<[ProcedureName, unknown, string]>([
    [
      'page',
      { recordingId: 'x', span: { start: 0, end: Number.NaN }, settings: RAW, columns: 10 },
      'span.end',
    ],
    ['page', { recordingId: 'x', span: { start: 0, end: 1e6 }, settings: RAW, columns: 10 }, 'span'],
    ['page', { recordingId: 'x', span: { start: 0, end: 1 }, settings: RAW, columns: 1e9 }, 'columns'],
    [
      'page',
      { recordingId: 'x', span: { start: 0, end: 1 }, settings: { ...RAW, notch: '50' }, columns: 9 },
      'settings.notch',
    ],
    ['openRecording', { ref: '../../etc/passwd', path: '/etc/passwd' }, 'path'],
    ['openRecording', null, ''],
    ['startJob', { recordingId: 'x', job: { name: 'format C:', input: {} } }, 'job.name'],
    ['startJob', { recordingId: 'x', job: { name: 'check', input: { path: '/' } } }, 'job.input.path'],
    ['openSet', { recordingId: 'x', reviewer: '../up', ref: null }, 'reviewer'],
    [
      'saveSettings',
      { reviewer: 'R-01', theme: 'pink', pixelsPerMillimetre: null, statementSeen: true, panelOpen: true },
      'theme',
    ],
    ['journal', { setId: 'x', from: 0, entries: [{ op: 'delete everything' }] }, 'entries.0'],
  ])('names the field of %s that is wrong (%#)', async (procedure, input, field) => {
    const opened = await enter()
    const reply = await opened.call(procedure, input)
    expect(reply).toMatchObject({ ok: false, failure: { code: 'bad-input' } })
    if (reply.ok) return
    expect(reply.failure.message).toContain(procedure)
    expect(reply.failure.message).toContain(field)
  })

  it.each(['', 'nothing', '__proto__', 'constructor', 'toString', 'startup '])(
    'has no procedure "%s"',
    async (name) => {
      const opened = await enter()
      expect(await opened.call(name, {})).toEqual({
        ok: false,
        failure: { code: 'bad-input', message: 'No such procedure.' },
      })
    },
  )

  it('lets no path and no name of a patient reach the window or the log', async () => {
    const opened = await enter({ ...WITH_NOTES, ...WITH_BAD_SIGNAL, reserved: 'EDF+C' })
    onTestFinished(opened.subscribe(() => {}))
    const { open } = await opened.host.startup({ window: 'test' })
    const { recordingId, recording } = await opened.host.openRecording({ ref: open!.ref })
    const set = await opened.host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    const { edit } = marked(set)
    const { jobId } = await opened.host.startJob({ recordingId, job: { name: 'check', input: {} } })
    const first = recording.timeline.span.start
    // Every procedure but the one that may say it, in good and in bad order.
    const inputs: Readonly<Record<Exclude<ProcedureName, 'identification'>, unknown>> = {
      startup: null,
      presence: {},
      saveSettings: {
        reviewer: 'R-01',
        theme: 'dark',
        pixelsPerMillimetre: 4,
        statementSeen: true,
        panelOpen: false,
      },
      confirmReviewer: {},
      saveMontages: { montages: [] },
      openMontageFile: {},
      saveMontageFile: { name: 'a.mtg', text: 'x' },
      listRecordings: {},
      chooseRecording: {},
      openRecording: { ref: open!.ref },
      reopenRecording: { recordingId },
      closeRecording: { recordingId: 'unknown' },
      page: { recordingId, span: { start: first, end: first + 10 }, settings: RAW, columns: 500 },
      scanned: { recordingId },
      rememberView: { recordingId, remembered: null },
      keepDefaultView: { defaultView: null },
      suspects: { recordingId, span: { start: first, end: first + 10 } },
      rWave: { recordingId },
      readTexts: { recordingId, codePage: 'gb18030' },
      startJob: { recordingId, job: { name: 'check', input: {} } },
      jobResult: { jobId },
      previewClip: { recordingId, span: 'whole', signals: null, notes: true, keep: [], setId: set.setId },
      cancelJob: { jobId: 'unknown' },
      measure: { recordingId, span: { start: first, end: first + 2 }, settings: RAW },
      amplitudes: { recordingId, span: { start: first, end: first + 2 }, time: first + 1, settings: RAW },
      evidence: { recordingId, span: { start: first, end: first + 2 } },
      bandPowers: { recordingId, span: { start: first, end: first + 2 }, settings: RAW },
      spectra: { recordingId, span: { start: first, end: first + 2 }, settings: RAW },
      caliper: { recordingId, line: 'nowhere', from: first, to: first + 1, settings: RAW },
      valuesAt: { recordingId, time: first + 0.5, settings: RAW },
      openSet: { recordingId, reviewer: 'R-02', ref: null },
      listSets: { recordingId },
      chooseSet: { recordingId },
      journal: { setId: set.setId, from: 0, entries: [{ op: 'edit', edit }] },
      restartSet: { setId: set.setId, document: set.document, history: set.history },
      putDamageAside: { setId: set.setId },
      chooseRecovery: { setId: set.setId, keep: 'neither' },
      saveSet: { setId: set.setId, overwrite: false },
      readVersion: { setId: set.setId, ref: null },
      findOnDisk: { setId: set.setId },
      setCopyAside: { setId: set.setId, ref: 'unknown', seen: '0'.repeat(64) },
      saveSetAs: { setId: set.setId, name: 'elsewhere.json' },
      setHistory: { setId: set.setId },
      saveCopy: { setId: set.setId },
      takeStrayedSet: { recordingId, ref: 'unknown' },
      beginBlind: { setId: set.setId },
      signOff: { setId: set.setId },
      discardSet: { setId: set.setId },
      closeSet: { setId: set.setId },
      reportState: { unsaved: false, unsavedLesson: false, undo: null, redo: null, recording: 'night.edf' },
      closeWindow: { unexpected: true },
      printSheet: { asPdf: 'no' },
      listLessons: {},
      openLesson: { ref: 'unknown' },
      createLesson: { lesson: LESSON },
      saveLesson: { ref: 'unknown', lesson: LESSON, seen: '0'.repeat(64), overwrite: true, sealed: [] },
      removeLesson: { ref: open!.ref },
      exportLesson: { ref: open!.ref },
      inspectPack: { ref: open!.ref },
      addPack: { ref: open!.ref },
      stretchVotes: { recordingId, onset: 0, duration: 10_000_000, reviewer: 'R-01' },
      startQuiz: { ref: 'unknown', mode: 'locate' },
      nextCase: { quizId: 'unknown' },
      answerCase: {
        quizId: 'unknown',
        showing: 'unknown',
        judgement: { marks: [], confidence: 'sure', criteria: {}, seconds: 1 },
      },
      quizResults: { ref: null },
      listProgress: {},
      exportProgress: { ref: null },
      deleteProgress: { ref: null },
      keepPicture: { name: 'eeg-figure', type: 'svg', bytes: new Uint8Array([60]) },
    }
    const calls = Object.entries(inputs).filter(([name]) => name !== 'reopenRecording')
    const replies = await Promise.all(calls.map(([name, input]) => opened.call(name, input)))
    expect(replies.filter(({ ok }) => ok).length).toBeGreaterThan(10)
    expect(replies.filter(({ ok }) => !ok).length).toBeGreaterThan(2)
    // A recording that cannot be read says so without saying where it lies.
    writeFileSync(opened.recording, `0       ${PATIENT.padEnd(80)}`)
    await opened.call('reopenRecording', { recordingId })
    const refused = await opened.call('openRecording', { ref: open!.ref })
    expect(refused.ok).toBe(false)
    const all = `${JSON.stringify(opened.sent())}\n${opened.log()}`
    expect(all.length).toBeGreaterThan(5000)
    for (const word of [...PRIVATE_WORDS, opened.folder, path.dirname(opened.folder) + path.sep]) {
      expect(all.includes(word), `"${word}" was let through`).toBe(false)
    }
  })
})
