/** An open set exported by the host: as long work, from the host's own copy of it, where the reader says. */
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHost } from '../../../electron/host/host.ts'
import { addMark } from '../../../shared/annotation/edits.ts'
import type { HostEvent } from '../../../shared/contract/model.ts'
import { ticks } from '../../../shared/units.ts'
import { makeFolder } from '../../support/folders.ts'
import { quietShell } from '../../support/quietShell.ts'

const sample = fileURLToPath(new URL('../../../samples/hypnic-jerks.edf', import.meta.url))
const otherSample = fileURLToPath(new URL('../../../samples/mixed-teaching.edf', import.meta.url))

/** A host with a set of one mark open on a recording, and a dialog that answers with `target` in its folder. */
async function openSet(target: string | null, kind: 'desktop' | 'browser' = 'desktop') {
  const folder = makeFolder()
  copyFileSync(sample, path.join(folder, 'night.edf'))
  const events: HostEvent[] = []
  const suggested: string[] = []
  const app = createHost({
    shell: quietShell({
      facts: { kind, platform: 'linux', version: '0' },
      chooseExportTarget: async (suggestion) => {
        suggested.push(path.basename(suggestion))
        return target === null ? null : path.join(folder, target)
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
  const { recordingId } = await host.openRecording({ ref: app.open(path.join(folder, 'night.edf')).ref })
  const { setId, document } = await host.openSet({ recordingId, reviewer: 'MK', ref: null })
  const mark = {
    kind: 'hypnic_jerk',
    onset: ticks(12_345_678),
    duration: ticks(2_000_000),
    view: null,
  } as const
  const edit = addMark(document, mark, { author: 'MK', now: '2026-01-31T08:00:00.000Z' })!
  await host.journal({ setId, from: 0, entries: [{ op: 'edit', edit }] })
  const run = async (
    format: string,
    more: { readonly dates?: boolean; readonly patient?: boolean; readonly of?: string } = {},
  ) => {
    const { of = recordingId, ...options } = more
    const input = { setId, format, dates: false, patient: false, name: null, ...options }
    const { jobId } = await host.startJob({ recordingId: of, job: { name: 'export', input } })
    return (await host.jobResult({ jobId })).value
  }
  /** Another recording that is open beside it. */
  const openOther = async () => {
    copyFileSync(otherSample, path.join(folder, 'other.edf'))
    const { ref } = app.open(path.join(folder, 'other.edf'))
    return (await host.openRecording({ ref, beside: true })).recordingId
  }
  const text = (name: string) => readFileSync(path.join(folder, name), 'latin1')
  return { run, openOther, text, folder, events, suggested }
}

describe('an export', () => {
  it('holds what was marked a moment ago, and says where it went', async () => {
    const { run, text, folder, suggested } = await openSet('out.csv')
    expect(await run('edfbrowser-csv')).toEqual({ files: ['out.csv'], folder: path.basename(folder) })
    expect(text('out.csv')).toBe('Onset,Duration,Annotation\n+1.2345678,0.2000000,Hypnic jerk\n')
    expect(suggested).toEqual(['night_MK_annotations.csv'])
  })

  it('is not begun where the dialog is dismissed', async () => {
    const { run, folder } = await openSet(null)
    expect(await run('csv')).toBeNull()
    expect(readdirSync(folder)).toEqual(['night.edf'])
  })

  it('of a copy tells how far it is, names nobody unless asked, and leaves the recording alone', async () => {
    const { run, text, events } = await openSet('copy.edf')
    const before = text('night.edf')
    await run('edf-copy')
    expect(events.filter(({ type }) => type === 'job').at(-1)).toMatchObject({ done: 1 })
    expect(text('copy.edf').slice(8, 88).trim()).toBe('X X X X')
    expect(text('copy.edf')).toContain('Hypnic jerk')
    expect(text('night.edf')).toBe(before)
  })

  it('tells the patient where that was asked for', async () => {
    const { run, text } = await openSet('annot.edf')
    await run('edf-annotations', { patient: true, dates: true })
    expect(text('annot.edf').slice(8, 88)).toBe(text('night.edf').slice(8, 88))
  })

  it('never replaces a recording, whatever the dialog said, nor in a browser any file', async () => {
    const desktop = await openSet('night.edf')
    await expect(desktop.run('edf-copy')).rejects.toMatchObject({ code: 'conflict' })
    await expect(desktop.run('csv')).rejects.toMatchObject({ code: 'bad-input' })
    const browser = await openSet('there.csv', 'browser')
    await browser.run('csv')
    await expect(browser.run('csv')).rejects.toMatchObject({ code: 'conflict' })
  })

  it('is of the recording that the set belongs to, whichever a call names', async () => {
    const { run, openOther, folder } = await openSet('out')
    const of = await openOther()
    for (const format of ['edf-copy', 'csv']) {
      await expect(run(format, { of })).rejects.toMatchObject({ code: 'wrong-recording' })
    }
    expect(readdirSync(folder).sort()).toEqual(['night.edf', 'other.edf'])
  })

  it.each(['events.json', 'events.JSON'])('of two files never has one name for both: %s', async (name) => {
    const { run, folder } = await openSet(name)
    await expect(run('bids')).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('give the table a name that ends in .tsv'),
    })
    expect(readdirSync(folder)).toEqual(['night.edf'])
  })

  it('replaces what belongs to a file only with the file, which alone was asked about', async () => {
    const { run, text, folder } = await openSet('events.tsv')
    writeFileSync(path.join(folder, 'events.json'), 'of another program')
    await expect(run('bids')).rejects.toMatchObject({ code: 'conflict' })
    expect(readdirSync(folder).sort()).toEqual(['events.json', 'night.edf'])
    writeFileSync(path.join(folder, 'events.tsv'), 'of an earlier export')
    expect(await run('bids')).toMatchObject({ files: ['events.tsv', 'events.json'] })
    expect(JSON.parse(text('events.json'))).toHaveProperty('trial_type')
  })

  it.each([
    ['csv', 'night.R-02.hypnospike.json'],
    ['edf-copy', 'night.R-02.hypnospike.json'],
    ['csv', 'night.R-02.hypnospike (conflicted copy).json'],
    ['csv', 'NIGHT.KEY.JSON'],
    ['mne', 'night.R-02.hypnospike.json.bak'],
    ['mne', 'night.R-02.hypnospike.json.lock'],
    ['csv', '0a.journal'],
    // The table may be called so; the file beside it would be a set of the recording.
    ['bids', 'night.R-02.hypnospike.tsv'],
  ])('never takes a name of a set: %s as %s', async (format, name) => {
    const { run, folder } = await openSet(name)
    await expect(run(format)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('a name for an annotation set'),
    })
    expect(readdirSync(folder)).toEqual(['night.edf'])
  })

  it('in a format that there is none of is refused', async () => {
    const { run, folder } = await openSet('x')
    await expect(run('xls')).rejects.toMatchObject({ code: 'bad-input' })
    expect(existsSync(path.join(folder, 'x'))).toBe(false)
  })
})
