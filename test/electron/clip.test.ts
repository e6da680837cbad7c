/** `hypnospike clip`: what it writes is read by other programs, and what it refuses leaves nothing behind. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { writeClip } from '../../electron/host/clipping.ts'
import { planClip } from '../../shared/clips/planClip.ts'
import type { Ticks } from '../../shared/units.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { SECRET, sourceOf, WHOLE } from '../support/clips.ts'
import { annotationSignal, BDF_VERSION, edfBytes, talBytesUtf8 } from '../support/edfBytes.ts'
import { buildEdflib, pythonWith, runPython } from '../support/exchange.ts'
import { makeFolder, mountSmallDisk } from '../support/folders.ts'
import { refusalOf } from '../support/recordings.ts'

const sample = fileURLToPath(new URL('../../samples/mixed-teaching.edf', import.meta.url))
const key = sample.replace('.edf', '.key.json')

/** A folder with a recording in it, and what is in the folder. */
function atNight() {
  const folder = makeFolder()
  const at = (name: string) => path.join(folder, name)
  const night = at('night.edf')
  writeFileSync(
    night,
    edfBytes({
      ...SECRET,
      reserved: 'EDF+D',
      recordCount: 12,
      signals: [
        {
          samplesPerRecord: '200',
          record: (record) => Array.from({ length: 200 }, (_, k) => record * 200 + k),
        },
        { label: 'SpO2', unit: '%', samplesPerRecord: '2', record: (record) => [record, record + 1] },
        annotationSignal(
          (record) =>
            `+${record < 6 ? record : record + 100}||_${record === 7 ? '+107.5^2|Lights off|_+108|Mrs Haagse wakes|_' : ''}`,
        ),
      ],
    }),
  )
  return { at, night, list: () => readdirSync(folder).sort() }
}

describe('hypnospike clip', () => {
  test('writes a span with marks and a proof sheet, and says what it did', async () => {
    const { at } = atNight()
    const { code, out, err } = await captureCommand(
      ...[
        'clip',
        sample,
        '--from',
        '66',
        '--to',
        '72',
        '--channels',
        'EEG O1-Ref,ecg,3',
        '--marks',
        key,
        '--unseal',
      ],
      ...['--out', at('case.edf'), '--proof', at('case.txt'), '--json'],
    )
    expect(err).toBe('')
    expect(code).toBe(0)
    const told = JSON.parse(out)
    expect(told).toMatchObject({ format: 'EDF+C', span: { start: 66, end: 72 }, length: 6 })
    expect(told.checks).toHaveLength(5)
    const info = JSON.parse((await captureCommand('info', at('case.edf'), '--json')).out)
    expect(info.warnings).toEqual([])
    expect(info.signals.map((signal: { label: string }) => signal.label)).toEqual([
      ...['EEG F3-Ref', 'EEG O1-Ref', 'ECG', 'EDF Annotations'],
    ])
    const notes = JSON.parse((await captureCommand('annotations', at('case.edf'), '--json')).out)
    expect(notes.map(({ text }: { text: string }) => text)).toContain('3 Hz spike-and-wave')
    const sheet = readFileSync(at('case.txt'), 'utf8')
    expect(sheet).toContain(told.sha256)
    expect(sheet).toContain('Not a medical device')
    expect(sheet).not.toMatch(/\b66|mixed-teaching/)
  })

  test('lists what stays behind, and keeps it where it is named', async () => {
    const { at, night } = atNight()
    const preview = await captureCommand('clip', night, '--whole', '--preview')
    expect(preview.out).toContain('stays behind unless --keep-text: annotation "Mrs Haagse wakes" (repeats')
    expect(preview.out).toContain('would write a clip (.edf): EDF+D')
    await captureCommand('clip', night, '--whole', '--out', at('a.edf'))
    await captureCommand('clip', night, '--whole', '--out', at('b'), '--keep-text', 'Mrs Haagse wakes')
    expect(readFileSync(at('a.edf')).includes('Haagse')).toBe(false)
    expect(readFileSync(at('a.edf')).includes('Lights off')).toBe(true)
    expect(readFileSync(at('b.edf')).includes('Mrs Haagse wakes')).toBe(true)
    const none = await captureCommand('clip', night, '--whole', '--out', at('c.edf'), '--no-notes')
    expect(none.code).toBe(0)
    expect(readFileSync(at('c.edf')).includes('Lights off')).toBe(false)
  })

  test('warns of a name that tells, once it is written', async () => {
    const { at, night } = atNight()
    const { out } = await captureCommand('clip', night, '--whole', '--out', at('harriet-1.edf'))
    expect(out).toContain('look at it before you pass it on: the name of the file repeats')
    expect(out).not.toMatch(/Harriet/)
  })

  const at = (folder: ReturnType<typeof atNight>, name: string) => folder.at(name)
  test.each([
    [['--to', '3'], 1, /--from is missing/],
    [['--from', 'one', '--to', '3'], 1, /--from one is no number of seconds/],
    [['--from', '3', '--to', '3'], 1, /--to 3 is not after --from 3/],
    [['--whole', '--to', '3'], 1, /--whole has no --from and --to/],
    [
      ['--from', '20', '--to', '90'],
      1,
      /Nothing was recorded from 20 to 90 s: name a span within 0 to 112 s that is no gap/,
    ],
    [['--whole', '--channels', 'Fp7'], 1, /no channel is called "Fp7"/],
    [['--whole', '--channels', '9'], 1, /There is no channel 9 with samples/],
    [['--whole', '--keep-text', 'Nobody'], 1, /--keep-text "Nobody": no such text is asked about/],
    [['--whole', '--marks', 'none.json'], 2, /none\.json is not there/],
    [['--whole', '--marks', key, '--unseal'], 2, /This set was made for another recording/],
  ] as const)('refuses %j and writes nothing', async (options, code, sentence) => {
    const folder = atNight()
    const told = await captureCommand('clip', folder.night, ...options, '--out', at(folder, 'x.edf'))
    expect(told.err).toMatch(sentence)
    expect(told.err.split('\n')).toHaveLength(1)
    expect(told.code).toBe(code)
    expect(folder.list()).toEqual(['night.edf'])
  })

  test.each([
    ['night.edf', 2, /There is a night\.edf already/],
    ['there.edf', 2, /There is a there\.edf already/],
    ['night.R-01.hypnospike.json', 1, /is no name for a clip of this recording/],
    ['x.bdf', 1, /x\.bdf is no name for a clip of this recording, which is EDF\+D: let it end in \.edf/],
    ['none/x.edf', 2, /x\.edf cannot be written: its folder is no longer there/],
  ])('never writes %s', async (out, code, sentence) => {
    const folder = atNight()
    copyFileSync(folder.night, folder.at('there.edf'))
    const before = readFileSync(folder.night)
    const told = await captureCommand('clip', folder.night, '--whole', '--out', folder.at(out))
    expect(told.err).toMatch(sentence)
    expect(told.code).toBe(code)
    expect(folder.list()).toEqual(['night.edf', 'there.edf'])
    expect(readFileSync(folder.night).equals(before)).toBe(true)
  })

  test('writes no clip where its proof sheet has no place', async () => {
    const folder = atNight()
    const proofOf = (name: string) =>
      captureCommand('clip', folder.night, '--whole', '--out', folder.at('x.edf'), '--proof', folder.at(name))
    expect((await proofOf('x.edf')).err).toMatch(/has the name of the clip/)
    expect((await proofOf('night.edf')).err).toMatch(/There is a night\.edf already/)
    expect((await proofOf('x.json')).err).toMatch(/let it end in \.txt/)
    // Known only once the clip is there.
    expect((await proofOf('none/x.txt')).err).toMatch(
      /x\.txt cannot be written: its folder is no longer there/,
    )
    expect(folder.list()).toEqual(['night.edf'])
  })

  test('says that the disk is full or the folder read-only, and leaves nothing behind', async () => {
    const disk = mountSmallDisk(300)
    if (disk === null) return
    const { err } = await captureCommand('clip', sample, '--whole', '--out', path.join(disk.folder, 'x.edf'))
    expect(err).toMatch(/x\.edf cannot be written: the disk is full/)
    expect(readdirSync(disk.folder).filter((name) => name !== 'lost+found')).toEqual([])
    disk.lock()
    const again = await captureCommand('clip', sample, '--whole', '--out', path.join(disk.folder, 'x.edf'))
    expect(again.err).toMatch(/x\.edf cannot be written: the folder or file is read-only/)
  })

  test('leaves nothing behind where the work is stopped', async () => {
    const folder = atNight()
    const known = await sourceOf(readFileSync(folder.night))
    const plan = planClip(known, WHOLE)
    const where = { clip: folder.at('x.edf'), proof: null }
    const signal = AbortSignal.abort()
    expect((await refusalOf(writeClip(known.source, known.recording, plan, where, { signal }))).code).toBe(
      'cancelled',
    )
    expect(folder.list()).toEqual(['night.edf'])
  })

  test('gives nothing out that is not what was meant', async () => {
    const folder = atNight()
    const known = await sourceOf(readFileSync(folder.night))
    const plan = planClip(known, WHOLE)
    const where = { clip: folder.at('x.edf'), proof: null }
    const wrong = [
      { ...plan, events: plan.events.slice(1) },
      { ...plan, texts: plan.texts.map((text) => ({ ...text, goes: false })) },
      { ...plan, span: { start: plan.span.start + 0.005, end: plan.span.end } },
      { ...plan, signals: [...plan.signals].reverse() },
      { ...plan, runs: plan.runs.map((run) => ({ ...run, onset: (run.onset + 1) as Ticks })) },
    ]
    for (const each of wrong) {
      const refusal = await refusalOf(writeClip(known.source, known.recording, each, where))
      expect(refusal.message).toMatch(/^The clip was not given out: looked at again, /)
    }
    expect(folder.list()).toEqual(['night.edf'])
  })
})

describe('other programs', () => {
  const tools = mkdtempSync(path.join(tmpdir(), 'hypnospike-clip-'))
  afterAll(() => rmSync(tools, { recursive: true, force: true }))
  const edflib = buildEdflib(tools)
  test.skipIf(edflib === null)(
    'EDFlib reads a clip of a part of a record: nobody, in 1985, the same samples',
    async () => {
      const folder = atNight()
      const out = folder.at('edflib.edf')
      await captureCommand(
        'clip',
        folder.night,
        '--from',
        '1.505',
        '--to',
        '4.3',
        '--channels',
        '0',
        '--out',
        out,
      )
      const read = JSON.parse(execFileSync(edflib ?? '', [out], { encoding: 'utf8' }))
      expect(read).toMatchObject({ patient: 'X', year: 1985, subsecond: 0 })
      // 200 Hz: the last sample before 1.505 s is its own, 301; up to 859.
      const values = Array.from({ length: 559 }, (_, k) => 301 + k)
      expect(read.sums[0][0]).toBe(values.reduce((sum, value) => sum + value, 0))
    },
  )

  test.skipIf(edflib === null)(
    'EDFlib reads a clip of 24 bits, with a text in UTF-8 that was let through',
    async () => {
      const folder = atNight()
      const wide = { digitalMin: '-8388608', digitalMax: '8388607' }
      const values = (record: number) =>
        Array.from({ length: 10 }, (_, k) => (record * 10 + k) * 70_001 - 8_000_000)
      const notes = annotationSignal(
        (record) => talBytesUtf8(`+${record}||_${record === 1 ? '+1.5^0.25|Zuckung müde|_' : ''}`),
        { bytes: 60, bytesPerSample: 3 },
      )
      const signals = [{ ...wide, samplesPerRecord: '10', record: values }, notes]
      const file = { ...SECRET, version: BDF_VERSION, reserved: 'BDF+C', recordCount: 6, signals }
      writeFileSync(folder.at('wide.bdf'), edfBytes(file))
      const span = ['--from', '1.2', '--to', '4', '--keep-text', 'Zuckung müde']
      const { err } = await captureCommand(
        'clip',
        folder.at('wide.bdf'),
        ...span,
        '--out',
        folder.at('part.bdf'),
      )
      expect(err).toBe('')
      const read = JSON.parse(execFileSync(edflib ?? '', [folder.at('part.bdf')], { encoding: 'utf8' }))
      const expected = Array.from({ length: 28 }, (_, k) => (12 + k) * 70_001 - 8_000_000)
      expect(read.sums[0][0]).toBe(expected.reduce((sum, value) => sum + value, 0))
      expect(read.annotations).toEqual([[3_000_000, '0.25', 'Zuckung müde']])
    },
  )

  const mne = pythonWith('mne')
  test.skipIf(mne === null)('MNE-Python reads a clip with its marks, from its first sample on', async () => {
    const out = path.join(tools, 'mne.edf')
    await captureCommand(
      'clip',
      sample,
      '--from',
      '60.5',
      '--to',
      '90',
      '--marks',
      key,
      '--unseal',
      '--out',
      out,
    )
    const script = [
      'import json, sys, mne',
      'mne.set_log_level("error")',
      'clip, whole = (mne.io.read_raw_edf(f, preload=True) for f in sys.argv[1:3])',
      'part = whole.get_data()[:, int(60.5 * 256):90 * 256]',
      'marks = [[round(float(o), 6), t] for o, t in zip(clip.annotations.onset, clip.annotations.description)]',
      'print(json.dumps([bool((clip.get_data() == part).all()), str(clip.info["meas_date"])[:10], marks]))',
    ].join('\n')
    const [same, date, marks] = runPython(mne ?? '', script, out, sample) as [
      boolean,
      string,
      [number, string][],
    ]
    expect(same).toBe(true)
    expect(date).toBe('1985-01-01')
    const document = JSON.parse(readFileSync(key, 'utf8'))
    const first = document.marks.find(
      (mark: { kind: string; onset: number }) => mark.kind === 'spike_wave_3hz' && mark.onset > 60.5e7,
    )
    expect(marks).toContainEqual([Number((first.onset / 1e7 - 60.5).toFixed(6)), '3 Hz spike-and-wave'])
  })
})
