/** Marks from elsewhere: read in the window, shown before they are added, and one step of undo. */
import { describe, expect, it } from 'vitest'
import { planExport } from '../../../renderer/store/exporting.ts'
import { addImported, readForeignFile, readOwnAnnotations } from '../../../renderer/store/importing.ts'
import { undoStep } from '../../../renderer/store/marking.ts'
import { getState, setState } from '../../../renderer/store/state.ts'
import { writeAnnotationsFile } from '../../../shared/interchange/edf/annotationsFile.ts'
import { FORMATS, isText } from '../../../shared/interchange/formats.ts'
import { ticks } from '../../../shared/units.ts'
import { setOf } from '../../support/exchange.ts'
import { lastNotice, marks, openEmptySet, steps } from '../../support/openSetInStore.ts'
import { recordingNow } from '../../support/reviewWindow.ts'

const NO_CHOICE = new Map()

function fileOf(name: string, content: BlobPart): File {
  return new File([content], name)
}

const BIDS = 'onset\tduration\ttrial_type\n10\t0.2\thypnic jerk\n20\t3\tspike_wave_3hz\n30\t1\tcoughs\n'

describe('a file of another program', () => {
  it('is known by itself, and its marks are one step of undo', async () => {
    openEmptySet()
    const events = await readForeignFile(fileOf('x.tsv', BIDS))
    expect(events.from).toBe('x.tsv, BIDS events (TSV and JSON, HED)')
    expect(marks()).toEqual([])
    expect(addImported(events, NO_CHOICE)).toBe(true)
    expect(marks()).toEqual([
      ['hypnic_jerk', 10, 10.2],
      ['spike_wave_3hz', 20, 23],
    ])
    expect(steps()).toEqual(['import 2 marks'])
    expect(lastNotice()).toContain('2 marks from x.tsv')
    undoStep()
    expect(marks()).toEqual([])
  })

  it('becomes what the reader says of its texts', async () => {
    openEmptySet()
    const events = await readForeignFile(fileOf('x.tsv', BIDS))
    addImported(
      events,
      new Map([
        ['coughs', { as: 'mark', kind: 'mimic', subtype: 'movement_artifact' }],
        ['hypnic jerk', { as: 'nothing' }],
      ]),
    )
    expect(marks()).toEqual([
      ['spike_wave_3hz', 20, 23],
      ['movement_artifact', 30, 31],
    ])
  })

  it('imported twice adds nothing, and says so', async () => {
    openEmptySet()
    const events = await readForeignFile(fileOf('x.tsv', BIDS))
    addImported(events, NO_CHOICE)
    expect(addImported(events, NO_CHOICE)).toBe(false)
    expect(lastNotice()).toContain('is in this set already')
    expect(steps()).toHaveLength(1)
  })

  it('may be EDF+', async () => {
    openEmptySet()
    const job = planExport({ dates: false, patient: false })!
    const document = setOf([{ kind: 'uncertain', onset: ticks(50_000_000), duration: ticks(10_000_000) }])
    const bytes = writeAnnotationsFile({ ...job, document })
    const events = await readForeignFile(fileOf('x-annot.edf', new Uint8Array(bytes)))
    addImported(events, NO_CHOICE)
    expect(marks()).toEqual([['uncertain', 5, 6]])
  })

  it.each([
    ['in no format that is known', 'hello', 'x.tsv is in no format that is known here.'],
    ['with a fault', BIDS.replace('20', '2,0'), 'Line 3, column 1 (onset): "2,0"'],
    ['of another recording', BIDS.replace('20', '999999'), 'Line 3: 1000002 s lies after the end'],
  ])('%s is refused before anything is shown', async (_, text, says) => {
    openEmptySet()
    await expect(readForeignFile(fileOf('x.tsv', text))).rejects.toThrow(says)
  })
})

describe('the recording’s own annotations', () => {
  it('are proposed by their words, those outside of it left out', () => {
    openEmptySet()
    const note = (onset: number, text: string) => ({ onset, duration: 1, text, channel: null })
    const recording = recordingNow()
    setState({
      ...getState(),
      recording: {
        ...recording,
        notes: [note(5, 'Einschlafzuckung'), note(6, 'Lights off'), note(9999, 'SWD')],
      },
    })
    const events = readOwnAnnotations()
    expect(events.notice).toBe('1 of them lie outside the recording and are left out.')
    addImported(events, NO_CHOICE)
    expect(marks()).toEqual([['hypnic_jerk', 5, 6]])
  })
})

describe('what would be exported', () => {
  it('is the set on the page, as every format of text can write it', () => {
    openEmptySet()
    const job = planExport({ dates: false, patient: false })!
    expect(job.recording.name).toBe('recording.edf')
    for (const format of FORMATS.filter(isText)) expect(format.write(job)[0]?.text).not.toBe('')
  })
})
