/**
 * Makes the code of a thread warm before it has a recording: what is opened in a thread that has just begun pays for
 * loading and compiling every function on the way to its first page. For the reader: `warmUp`.
 */
import { bytesSource } from '../../shared/bytes.ts'
import { openRecording } from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import { type EdfWriterSignal, TENTHS_OF_MICROVOLT, writeEdf } from '../../shared/edf/writer.ts'
import { defaultMontage } from '../../shared/montage/planMontage.ts'
import type { Page } from '../../shared/signal/model.ts'
import { readView } from '../../shared/signal/readView.ts'
import { computePage, planView } from '../../shared/signal/view.ts'
import { DEFAULT_VIEW, settingsOf } from '../../shared/signal/viewSettings.ts'
import type { Span } from '../../shared/units.ts'

/** After as many, opening and a first page are as fast as they become, measured. */
const PAGES = 4
/** Of a page in a usual window. */
const USUAL_COLUMNS = 1200

const SECONDS = 20
const RATE = 256
/** The 10-20 system, so that every default montage has its lines, and one signal of each other kind. */
const LABELS = [
  ...'Fp1 Fp2 F7 F3 Fz F4 F8 T3 C3 Cz C4 T4 T5 P3 Pz P4 T6 O1 O2'.split(' ').map((site) => `EEG ${site}-Ref`),
  'ECG',
  'EOG LOC',
  'EMG Chin',
] as const

/** Opens a recording made in memory and computes its pages, of which the last is given. `giveWay` is called between any two. */
export async function warmUp(giveWay: () => Promise<void>): Promise<Page | null> {
  const source = bytesSource(makeRecording())
  let page: Page | null = null
  for (let count = 0; count < PAGES; count += 1) {
    const recording = await openRecording(source, { timeline: 'quick' })
    await fingerprint(source, recording)
    await giveWay()
    const settings = settingsOf({ ...DEFAULT_VIEW, montage: defaultMontage(recording.header) })
    const span: Span = { start: count, end: count + DEFAULT_VIEW.timebase }
    const plan = planView(recording, settings, span)
    page = computePage(plan, await readView(source, recording, plan), { span, columns: USUAL_COLUMNS })
    await giveWay()
  }
  return page
}

function makeRecording(): Uint8Array {
  return writeEdf({
    format: 'EDF+C',
    patient: 'X X X X',
    recording: 'Startdate X X X X',
    start: '2000-01-01T00:00:00',
    recordDuration: 1,
    signals: LABELS.map(makeSignal),
    annotations: [{ onset: 1, duration: null, text: 'Eyes closed' }],
  })
}

/** A slow wave and a faster one: what they are does not matter, only that filters have something to do. */
function makeSignal(label: string, index: number): EdfWriterSignal {
  const samples = Int16Array.from({ length: SECONDS * RATE }, (_, at) =>
    Math.round(400 * Math.sin((at * (index + 2)) / RATE) + 200 * Math.sin(at / 4)),
  )
  return { ...TENTHS_OF_MICROVOLT, label, samplesPerRecord: RATE, samples }
}
