/** Sets to other programs and back, at the terminal; read by those programs where this machine has them. */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parseSet } from '../../shared/annotation/format.ts'
import { TENTHS_OF_MICROVOLT, writeEdf } from '../../shared/edf/writer.ts'
import { FORMATS } from '../../shared/interchange/formats.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { buildEdflib, hasBidsValidator, kept, pythonWith, runPython } from '../support/exchange.ts'
import { makePipe } from '../support/folders.ts'

const samples = fileURLToPath(new URL('../../samples/', import.meta.url))
const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-travel-'))
const at = (name: string) => path.join(folder, name)
const setIn = (name: string) => parseSet(readFileSync(at(name), 'utf8'))
const validates = hasBidsValidator()
const SET = 'mixed-teaching.key.json'
const RECORDING = 'mixed-teaching.edf'

/** A saw tooth of `seconds`, 256 samples each. */
function writtenSignal(seconds: number) {
  return {
    ...TENTHS_OF_MICROVOLT,
    label: 'EEG Fp1-Ref',
    samplesPerRecord: 256,
    samples: Int16Array.from({ length: 256 * seconds }, (_, k) => k % 1000),
  }
}

beforeAll(() => {
  for (const name of [SET, RECORDING, 'hypnic-jerks.edf']) copyFileSync(path.join(samples, name), at(name))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('export', () => {
  test.for(FORMATS)('$id: out, known by itself, and back as a set of the same marks', async (format) => {
    const out = at(`there-${format.id}`)
    mkdirSync(out)
    const written = await captureCommand('export', at(SET), '--to', format.id, '--out', out, '--json')
    expect(written).toMatchObject({ code: 0, err: '' })
    const { files } = JSON.parse(written.out)
    const main = files.find((name: string) => !/\.json$|README$/.test(name))
    const back = await captureCommand(
      'import',
      main,
      '--recording',
      at(RECORDING),
      '--out',
      at(`${format.id}.json`),
    )
    expect(back).toMatchObject({ code: 0, err: '' })
    if (format.step === 1) expect(kept(format, setIn(`${format.id}.json`))).toEqual(kept(format, setIn(SET)))
    else expect(setIn(`${format.id}.json`).marks).toHaveLength(4)
  })

  test('goes beside the set under a name of its own, and never over what is there', async () => {
    expect(await captureCommand('export', at(SET), '--to', 'csv')).toMatchObject({ code: 0 })
    expect(readdirSync(folder)).toContain('mixed-teaching.key.marks.csv')
    expect(await captureCommand('export', at(SET), '--to', 'csv')).toMatchObject({
      code: 2,
      err: 'hypnospike: There is a mixed-teaching.key.marks.csv already: choose another name.',
    })
    const again = await captureCommand('export', at(SET), '--to', 'csv', '--overwrite')
    expect(again.code).toBe(0)
  })

  test('never replaces a recording or a set, whatever is asked for', async () => {
    const before = statSync(at(RECORDING)).mtimeMs
    const onto = (file: string) =>
      captureCommand('export', at(SET), '--to', 'csv', '--overwrite', '--out', at(file))
    expect(await onto(RECORDING)).toMatchObject({ code: 1, err: expect.stringContaining('never written to') })
    expect(await onto(SET)).toMatchObject({ code: 1, err: expect.stringContaining('an annotation set') })
    expect(statSync(at(RECORDING)).mtimeMs).toBe(before)
  })

  test('says beforehand what stays behind, and then writes nothing', async () => {
    const names = readdirSync(folder)
    const { out } = await captureCommand('export', at(SET), '--to', 'mne', '--preview')
    expect(out).toBe(
      [
        'would write mixed-teaching_key-annot.txt',
        'left behind: the confidence of 20 marks',
        'left behind: the evidence of 20 marks',
        'left behind: 20 comments',
        'left behind: what 20 events were generated with',
        '',
      ].join('\n'),
    )
    expect(readdirSync(folder)).toEqual(names)
  })

  test('writes to the terminal for -', async () => {
    const { out } = await captureCommand('export', at(SET), '--to', 'edfbrowser-csv', '--out', '-')
    expect(out.split('\n')[2]).toBe('+13.6000000,3.6000000,Mimic: OIRDA')
  })

  test.each(['edf-annotations', 'edf-copy', 'csv'])(
    '%s goes into a folder that is not there yet',
    async (id) => {
      const out = `${at(`new-${id}`)}/`
      expect(await captureCommand('export', at(SET), '--to', id, '--out', out)).toMatchObject({
        code: 0,
        err: '',
      })
      expect(readdirSync(out)).toHaveLength(1)
    },
  )

  test('makes folders that are open to whom the system opens them', async () => {
    const before = process.umask(0o022)
    onTestFinished(() => void process.umask(before))
    expect(
      await captureCommand('export', at(SET), '--to', 'bids', '--out', `${at('shared')}/`),
    ).toMatchObject({
      code: 0,
    })
    for (const name of ['shared', 'shared/sub-01', 'shared/sub-01/eeg']) {
      expect((statSync(at(name)).mode & 0o777).toString(8)).toBe('755')
    }
  })

  test('never takes the place of a device or a pipe, and says what it is', async () => {
    const onto = (file: string) =>
      captureCommand('export', at(SET), '--to', 'csv', '--overwrite', '--out', file)
    expect(await onto('/dev/null')).toMatchObject({
      code: 1,
      err: 'hypnospike: null is a device, not a file: choose another name.',
    })
    if (!makePipe(at('pipe'))) return
    expect(await onto(at('pipe'))).toMatchObject({
      code: 1,
      err: 'hypnospike: pipe is a pipe, not a file: choose another name.',
    })
    expect(statSync(at('pipe')).isFIFO()).toBe(true)
  })

  test('makes a BIDS dataset where a folder is asked for', async () => {
    expect((await captureCommand('export', at(SET), '--to', 'bids', '--out', `${at('dataset')}/`)).code).toBe(
      0,
    )
    const dataset = JSON.parse(readFileSync(at('dataset/dataset_description.json'), 'utf8'))
    expect(dataset).toMatchObject({ HEDVersion: 'score_2.1.0', DatasetType: 'derivative' })
    expect(readdirSync(at('dataset/sub-01/eeg')).sort()).toEqual([
      'sub-01_task-review_desc-review_events.json',
      'sub-01_task-review_desc-review_events.tsv',
    ])
  })

  test.skipIf(!validates)('that dataset has no error for bids-validator', async () => {
    expect((await captureCommand('export', at(SET), '--to', 'bids', '--out', `${at('valid')}/`)).code).toBe(0)
    const { stdout } = spawnSync('bids-validator', [at('valid'), '--json'], { encoding: 'utf8' })
    const { errors } = JSON.parse(stdout).issues
    // The HED strings are checked without a network (fixtures/interchange/hed.json); it fetches their schema.
    const found = errors.flatMap(({ files }: { readonly files: readonly { readonly evidence: string }[] }) =>
      files.map(({ evidence }) => evidence),
    )
    expect(found.filter((evidence: string) => !evidence.includes('SCHEMA_LOAD_FAILED'))).toEqual([])
  })

  test('wants the recording where it counts from the first sample, and the right one', async () => {
    mkdirSync(at('alone'))
    copyFileSync(at(SET), at(`alone/${SET}`))
    const alone = (...more: readonly string[]) =>
      captureCommand('export', at(`alone/${SET}`), '--to', 'mne', ...more)
    expect(await alone()).toMatchObject({ code: 1, err: expect.stringContaining('name the recording too') })
    expect(await alone('--recording', at('hypnic-jerks.edf'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('made for another recording, mixed-teaching.edf'),
    })
    expect(await alone('--recording', at(RECORDING))).toMatchObject({ code: 0 })
  })

  test('names what is missing or unknown', async () => {
    expect(await captureCommand('export')).toMatchObject({
      code: 1,
      err: expect.stringContaining('SET is missing'),
    })
    expect((await captureCommand('export', at(SET))).err).toContain('--to is missing: one of ')
    expect((await captureCommand('export', at(SET), '--to', 'xls')).err).toContain(
      '--to xls is no format known here',
    )
  })
})

describe('EDF+', () => {
  test('a copy is never put over anything, and what was begun is taken away', async () => {
    const onto = (file: string) =>
      captureCommand('export', at(SET), '--to', 'edf-copy', '--overwrite', '--out', at(file))
    expect(await onto(RECORDING)).toMatchObject({
      code: 2,
      err: `hypnospike: There is a ${RECORDING} already, and a recording is never replaced: choose another name.`,
    })
    expect(await onto(`${SET}/copies/x.edf`)).toMatchObject({
      code: 1,
      err: 'hypnospike: The folder copies cannot be made: its name, or that of one above it, is a file’s. Name another place.',
    })
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
  })
  test('wants the recording for a copy of it', async () => {
    mkdirSync(at('lonely'))
    copyFileSync(at(SET), at(`lonely/${SET}`))
    const { code, err } = await captureCommand('export', at(`lonely/${SET}`), '--to', 'edf-copy')
    expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('name it too') })
  })
  test('names a patient only for --patient, and a day only for --dates', async () => {
    const header = async (...more: readonly string[]) => {
      const out = at(`who${more.join('')}.edf`)
      await captureCommand('export', at(SET), '--to', 'edf-annotations', '--out', out, ...more)
      return readFileSync(out).subarray(8, 184).toString('latin1').replace(/ +/g, ' ')
    }
    expect(await header()).toBe('X X X X Startdate X X X X 01.01.8500.00.00')
    expect(await header('--dates')).not.toContain('01.01.85')
    const own = readFileSync(at(RECORDING)).subarray(8, 88).toString('latin1').trim()
    expect(await header('--dates', '--patient')).toContain(own)
  })
})

describe('import', () => {
  const importing = (text: string, ...more: readonly string[]) => {
    writeFileSync(at('foreign.tsv'), text)
    return captureCommand('import', at('foreign.tsv'), '--recording', at(RECORDING), ...more)
  }
  const JERKS = 'onset\tduration\ttrial_type\n1\t0.1\tzuck\n2\t0.1\thypnic jerk\n'

  test('proposes spellings, and takes what the reader says of the others', async () => {
    const { out } = await importing(JERKS, '--preview', '--map', 'zuck=hypnic_jerk', '--reviewer', 'AB')
    expect(out).toBe(
      [
        '1 × "hypnic jerk" as Hypnic jerk (a spelling of it)',
        '1 × "zuck" as Hypnic jerk',
        'would write mixed-teaching.AB.hypnospike.json: 2 marks, 0 reviewed ranges',
        '',
      ].join('\n'),
    )
  })
  test('writes a new set beside the recording, and none over another', async () => {
    expect((await importing(JERKS, '--reviewer', 'AB')).code).toBe(0)
    expect(setIn('mixed-teaching.AB.hypnospike.json')).toMatchObject({
      reviewer: 'AB',
      recording: { fileName: RECORDING },
      marks: [{ kind: 'hypnic_jerk', onset: 20_000_000, author: 'AB' }],
    })
    expect(await importing(JERKS, '--reviewer', 'AB')).toMatchObject({
      code: 2,
      err: expect.stringContaining('There is a mixed-teaching.AB.hypnospike.json already'),
    })
  })
  test('takes nothing of a file with one bad line', async () => {
    const names = readdirSync(folder).sort()
    expect(await importing(`${JERKS}3\tx\thypnic jerk\n`, '--reviewer', 'CD')).toMatchObject({
      code: 2,
      err: 'hypnospike: "foreign.tsv": Line 4, column 2 (duration): "x" should be a number of seconds.',
    })
    expect(readdirSync(folder).sort()).toEqual(names)
  })
  test('ends at once over a hundred megabytes of anything', async () => {
    writeFileSync(at('junk.tsv'), Buffer.alloc(100 * 1024 * 1024, 'onset\t'))
    expect(await captureCommand('import', at('junk.tsv'), '--recording', at(RECORDING))).toMatchObject({
      code: 2,
      err: 'hypnospike: junk.tsv is larger than 32 MB.',
    })
    writeFileSync(at('junk.tsv'), Buffer.alloc(32 * 1024 * 1024, '\t\n'))
    const { code } = await captureCommand(
      'import',
      at('junk.tsv'),
      '--recording',
      at(RECORDING),
      '--from',
      'bids',
    )
    expect(code).toBe(2)
    rmSync(at('junk.tsv'))
  })
  test('says where a format is not known, a map is none, a recording is missing', async () => {
    expect((await importing('hello')).err).toContain('foreign.tsv is in no format that is known here')
    expect((await importing(JERKS, '--map', 'zuck=xyz')).err).toContain('--map zuck=xyz should be TEXT=KIND')
    expect((await captureCommand('import', at('foreign.tsv'))).err).toContain('--recording EDF is missing')
  })
  test('keeps texts, which may name a patient, out of the error, and lists them where it is asked to', async () => {
    const sets = () => readdirSync(folder).filter((each) => each.endsWith('.json'))
    const before = sets()
    const talks = 'onset\tduration\ttrial_type\n1\t0\tMrs Mueller talks\n2\t0\tlights off\n'
    const told = await importing(talks)
    expect(told).toEqual({
      code: 2,
      out: '',
      err: 'hypnospike: "foreign.tsv" has no event that is known here, but 2 texts, which --preview lists: say with --map what a text means.',
    })
    const preview = await importing(talks, '--preview')
    expect(preview).toEqual({
      code: 2,
      out: '1 × "Mrs Mueller talks" left out\n1 × "lights off" left out\nwould write nothing\n',
      err: 'hypnospike: "foreign.tsv" has no event that is known here: say with --map what a text means.',
    })
    const { out } = await importing(talks, '--preview', '--json')
    expect(JSON.parse(out)).toMatchObject({ marks: 0, texts: [{ as: 'nothing' }, { as: 'nothing' }] })
    expect(sets()).toEqual(before)
  })
})

describe('read by others', () => {
  const mne = pythonWith('mne')
  test.skipIf(mne === null)('MNE-Python reads the list, and sets it on the recording', async () => {
    const file = at('mne-annot.txt')
    await captureCommand('export', at(SET), '--to', 'mne', '--out', file)
    const script = [
      'import json, sys, mne',
      'mne.set_log_level("error")',
      'raw = mne.io.read_raw_edf(sys.argv[2])',
      'raw.set_annotations(mne.read_annotations(sys.argv[1]))',
      'a = raw.annotations',
      'print(json.dumps([[round(o * 1e7), round(d * 1e7), t] for o, d, t in zip(a.onset, a.duration, a.description)]))',
    ].join('\n')
    const read = runPython(mne ?? '', script, file, at(RECORDING)) as readonly (readonly [
      number,
      number,
      string,
    ])[]
    const { marks, reviewed } = setIn(SET)
    const ours = [...marks, ...reviewed].map(({ onset, duration }) => [onset, duration])
    expect(read.map(([onset, duration]) => [onset, duration]).sort()).toEqual(ours.sort())
    expect(new Set(read.map(([, , text]) => text))).toContain('3 Hz spike-and-wave')
  })

  const edflib = buildEdflib(folder)
  const readByEdflib = (file: string) =>
    JSON.parse(execFileSync(edflib ?? '', [file], { encoding: 'utf8' })) as {
      readonly patient: string
      readonly year: number
      readonly annotations: readonly (readonly [number, string, string])[]
      readonly sums: readonly unknown[]
    }
  test.skipIf(edflib === null)(
    'EDFlib reads the annotations alone, and the copy with the same samples',
    async () => {
      const { marks, reviewed } = setIn(SET)
      const ours = [...marks, ...reviewed].map(({ onset, duration }) => `${onset} ${duration}`).sort()
      const timesIn = (file: string) =>
        readByEdflib(at(file))
          .annotations.map(([onset, duration]) => `${onset} ${Math.round(Number(duration) * 1e7)}`)
          .sort()
      await captureCommand('export', at(SET), '--to', 'edf-annotations', '--dates', '--out', at('alone.edf'))
      expect(timesIn('alone.edf')).toEqual(ours)
      const before = readFileSync(at(RECORDING))
      await captureCommand('export', at(SET), '--to', 'edf-copy', '--out', at('copy.edf'))
      expect(timesIn('copy.edf')).toEqual(expect.arrayContaining(ours))
      expect(readByEdflib(at('copy.edf')).sums).toEqual(readByEdflib(at(RECORDING)).sums)
      expect(readByEdflib(at('copy.edf'))).toMatchObject({ patient: 'X', year: 1985 })
      expect(readFileSync(at(RECORDING)).equals(before)).toBe(true)
    },
  )
  test.skipIf(edflib === null)(
    'EDFlib counts from a first sample within a second as we do, to 100 ns',
    async () => {
      const signals = [writtenSignal(30)]
      writeFileSync(
        at('sub.edf'),
        writeEdf({
          ...{
            format: 'EDF+C',
            patient: 'X X X X',
            recording: 'Startdate X X X X',
            start: '2016-08-02T22:15:30',
          },
          ...{ recordDuration: 1, signals, annotations: [], firstOnset: 0.1234567 },
        }),
      )
      writeFileSync(
        at('sub.tsv'),
        'onset\tduration\ttrial_type\n0\t0.5\thypnic_jerk\n5.0000001\t0.1\thypnic_jerk\n',
      )
      await captureCommand('import', at('sub.tsv'), '--recording', at('sub.edf'), '--out', at('sub.json'))
      for (const format of ['edf-annotations', 'edf-copy']) {
        const out = at(`sub-${format}.edf`)
        await captureCommand(
          'export',
          at('sub.json'),
          '--to',
          format,
          '--recording',
          at('sub.edf'),
          '--out',
          out,
        )
        expect(readByEdflib(out).annotations).toEqual([
          [0, '0.5', 'Hypnic jerk'],
          [50_000_001, '0.1', 'Hypnic jerk'],
        ])
      }
    },
  )
  test.skipIf(mne === null)('MNE-Python reads both', async () => {
    await captureCommand('export', at(SET), '--to', 'edf-annotations', '--out', at('alone-mne.edf'))
    await captureCommand('export', at(SET), '--to', 'edf-copy', '--out', at('copy-mne.edf'))
    const script = [
      'import json, sys, mne',
      'mne.set_log_level("error")',
      'alone = mne.read_annotations(sys.argv[1])',
      'copy, raw = (mne.io.read_raw_edf(f, preload=True) for f in sys.argv[2:4])',
      'same = bool((copy.get_data() == raw.get_data()).all())',
      'count = lambda a: sum(t == "3 Hz spike-and-wave" for t in a.description)',
      'print(json.dumps([count(alone), count(copy.annotations), same]))',
    ].join('\n')
    expect(runPython(mne ?? '', script, at('alone-mne.edf'), at('copy-mne.edf'), at(RECORDING))).toEqual([
      4,
      4,
      true,
    ])
  })
})
