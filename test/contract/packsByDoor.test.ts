/** Packs through every door: made of a lesson where no dialog is dismissed, and refused where they are none. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { TICKS_PER_SECOND, ticks, ticksFromSeconds } from '../../shared/units.ts'
import { closeLab, DOORS } from '../support/doors.ts'
import { CASE, LESSON } from '../support/lessons.ts'

afterAll(closeLab)

describe.each(DOORS)('a pack $name', (door) => {
  // The stand-in's shell is built once.
  beforeAll(async () => {
    await (await door.open()).close()
  })

  it('is planned and made, and no other file is taken for one', async () => {
    const opened = await door.open()
    onTestFinished(opened.close)
    const { host } = opened
    const { open } = await host.startup({ window: 'test' })
    const { recording, fingerprint, name } = await host.openRecording({ ref: open!.ref })
    const { records, recordDuration } = recording.header
    const cases = [
      {
        ...CASE,
        recording: { fingerprint, fileName: name, records, recordDuration },
        onset: ticksFromSeconds(recording.timeline.span.start),
        duration: ticks(TICKS_PER_SECOND),
        key: { marks: [], votes: [] },
      },
    ]
    const { ref, hash } = await host.createLesson({ lesson: { ...LESSON, cases } })
    const head = { licence: 'CC0', consent: 'Nobody: it is made up.', keys: 'open' } as const
    const input = { ref, seen: hash, channels: 'all', keep: [], head } as const
    const plan = await host.startJob({ recordingId: null, job: { name: 'planPack', input } })
    const { value } = await host.jobResult(plan)
    expect(value).toMatchObject({ cases: 1, clips: [{ cases: [1] }], lessonTexts: [] })
    const job = { name: 'pack', input: { ...input, name: 'sent' } } as const
    const made = await host.jobResult(await host.startJob({ recordingId: null, job }))
    if (door.asksWhereToSave) expect(made).toEqual({ name: 'pack', value: null })
    else expect(made.value).toMatchObject({ name: 'sent.hypnopack', cases: 1, clips: 1 })
    await expect(host.inspectPack({ ref })).rejects.toMatchObject({ code: 'bad-pack' })
    await expect(host.addPack({ ref })).rejects.toMatchObject({ code: 'bad-pack' })
    expect(JSON.stringify(opened.sent())).not.toContain(opened.folder)
  })
})
