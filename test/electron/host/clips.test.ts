/** Clips by the host: seen before they are written, with the marks of an open set, where the reader says. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { clipName } from '../../../electron/host/clipping.ts'
import { createHost } from '../../../electron/host/host.ts'
import { addMark } from '../../../shared/annotation/edits.ts'
import type { HostEvent } from '../../../shared/contract/model.ts'
import { ticks } from '../../../shared/units.ts'
import { SECRET } from '../../support/clips.ts'
import { annotationSignal, edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'
import { quietShell } from '../../support/quietShell.ts'

const sample = fileURLToPath(new URL('../../../samples/hypnic-jerks.edf', import.meta.url))

/** A host with a recording and a set of one mark open, and a dialog that answers with `target` in its folder. */
async function openNight(target: string | null) {
  const folder = makeFolder()
  const night = path.join(folder, 'night.edf')
  writeFileSync(
    night,
    edfBytes({
      ...SECRET,
      reserved: 'EDF+C',
      recordCount: 30,
      signals: [
        {
          samplesPerRecord: '100',
          record: (record) => Array.from({ length: 100 }, (_, k) => record * 100 + k),
        },
        { label: 'ECG', digitalMin: '0', digitalMax: '0', record: () => [0, 0, 0, 0] },
        annotationSignal(
          (record) => `+${record}||_${record === 4 ? '+4.5|Harriet Haagse|_+4.75|Eyes open|_' : ''}`,
        ),
      ],
    }),
  )
  const events: HostEvent[] = []
  const suggested: string[] = []
  const app = createHost({
    shell: quietShell({
      chooseExportTarget: async (suggestion, name) => {
        suggested.push(path.basename(suggestion))
        return target === null ? null : path.join(folder, name ?? target)
      },
    }),
    dataFolder: makeFolder(),
    samplesFolder: null,
    folder,
    emit: (event) => events.push(event),
    log: () => {},
  })
  onTestFinished(app.close)
  const { host } = app
  const { recordingId } = await host.openRecording({ ref: app.open(night).ref })
  const { setId, document } = await host.openSet({ recordingId, reviewer: 'MK', ref: null })
  const mark = {
    kind: 'hypnic_jerk',
    onset: ticks(52_345_678),
    duration: ticks(2_000_000),
    view: null,
  } as const
  const edit = addMark(document, mark, { author: 'MK', now: '2026-01-31T08:00:00.000Z' })!
  await host.journal({ setId, from: 0, entries: [{ op: 'edit', edit }] })
  const asked = { span: { start: 4, end: 8 }, signals: null, notes: true, keep: [], setId }
  const run = async (more: object = {}) => {
    const input = { ...asked, proof: true, name: null, ...more }
    const { jobId } = await host.startJob({ recordingId, job: { name: 'clip', input } })
    return (await host.jobResult({ jobId })).value
  }
  const list = () => readdirSync(folder).sort()
  const text = (name: string) => readFileSync(path.join(folder, name), 'latin1')
  return { app, host, recordingId, asked, run, list, text, events, suggested, folder }
}

describe('a clip', () => {
  it('is seen before it is written, without a word of the patient', async () => {
    const { host, recordingId, asked } = await openNight(null)
    const seen = async (more: object = {}) => host.previewClip({ recordingId, ...asked, ...more })
    await expect.poll(async () => (await seen()).complete).toBe(true)
    const preview = await seen()
    expect(preview).toMatchObject({ format: 'EDF+C', span: { start: 4, end: 8 }, length: 4 })
    expect(preview.unwritable).toEqual([{ signal: 1, why: 'its digital minimum is not below its maximum' }])
    expect(preview.texts.find(({ goes }) => !goes)).toMatchObject({
      id: 'annotation:Harriet Haagse',
      caution: 'repeats what the header or the file’s name says',
    })
    const { texts, ...rest } = preview
    expect(texts).toHaveLength(6)
    expect(JSON.stringify(rest)).not.toMatch(/Haagse|MCH|Vandertech|2016/)
    await expect(seen({ signals: [] })).rejects.toMatchObject({ code: 'bad-input' })
    await expect(seen({ span: { start: 40, end: 50 } })).rejects.toMatchObject({ code: 'bad-input' })
  })

  it('holds what was marked a moment ago, stands beside its proof sheet, and tells how far it is', async () => {
    const { run, list, text, events, suggested, folder } = await openNight('case.edf')
    const before = text('night.edf')
    expect(await run()).toMatchObject({
      files: ['case.edf', 'case.proof.txt'],
      folder: path.basename(folder),
      caution: null,
    })
    expect(suggested).toEqual(['clip.edf'])
    expect(list()).toEqual(['case.edf', 'case.proof.txt', 'night.edf'])
    expect(text('case.edf')).toContain('+1.2345678\x150.2\x14Hypnic jerk\x14')
    expect(text('case.edf')).toContain('Eyes open')
    expect(text('case.edf')).not.toMatch(/Haagse|MCH|Vandertech|2016/)
    expect(text('case.proof.txt')).toContain('Proof sheet of case.edf')
    expect(events.filter(({ type }) => type === 'job').at(-1)).toMatchObject({ done: 1 })
    expect(text('night.edf')).toBe(before)
  })

  it('of all is called a copy, and whatever else is there is never replaced', async () => {
    const { run, list, suggested } = await openNight('night.edf')
    await expect(run({ span: 'whole' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(run({ name: 'night.MK.hypnospike.json' })).rejects.toMatchObject({ code: 'bad-input' })
    expect(suggested).toEqual(['copy.edf', 'clip.edf'])
    expect(await run({ name: 'clip', proof: false })).toMatchObject({ files: ['clip.edf'] })
    await expect(run({ name: 'clip.edf' })).rejects.toMatchObject({ code: 'conflict' })
    expect(suggested.at(-1)).toBe('clip-2.edf')
    expect(list()).toEqual(['clip.edf', 'night.edf'])
  })

  it('is not begun where the dialog is dismissed, nor asked about where nothing can be written', async () => {
    const { run, list, suggested } = await openNight(null)
    expect(await run()).toBeNull()
    await expect(run({ span: { start: 90, end: 95 } })).rejects.toMatchObject({ code: 'bad-input' })
    expect(suggested).toHaveLength(1)
    expect(list()).toEqual(['night.edf'])
  })

  it('takes no set of another recording', async () => {
    const { app, host, asked, folder } = await openNight('x.edf')
    copyFileSync(sample, path.join(folder, 'other.edf'))
    const { recordingId } = await host.openRecording({
      ref: app.open(path.join(folder, 'other.edf')).ref,
      beside: true,
    })
    await expect(host.previewClip({ recordingId, ...asked })).rejects.toMatchObject({
      code: 'wrong-recording',
    })
  })

  it('that is cancelled leaves nothing behind', async () => {
    const { host, recordingId, asked, list } = await openNight('x.edf')
    const input = { ...asked, proof: true, name: null }
    const { jobId } = await host.startJob({ recordingId, job: { name: 'clip', input } })
    await host.cancelJob({ jobId })
    await expect(host.jobResult({ jobId })).rejects.toMatchObject({ code: 'cancelled' })
    await expect.poll(list).toEqual(['night.edf'])
  })
})

it('gives a clip no name of its ending alone', () => {
  const plan = { format: 'EDF+C' } as const
  for (const file of ['', 'clips/', 'clips/.edf'])
    expect(() => clipName(file, plan)).toThrow('The clip has no name: give it one that ends in .edf.')
  expect(clipName('clips/one', plan)).toBe('clips/one.edf')
})
