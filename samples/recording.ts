/** A scene as files: the background that its events ask for, the amplifier, the EDF+C file, the key. */
import { serializeSet } from '../shared/annotation/format.ts'
import { identityOf } from '../shared/annotation/identity.ts'
import { bytesSource } from '../shared/bytes.ts'
import { openRecording } from '../shared/edf/recording.ts'
import { fingerprint } from '../shared/edf/samples/fingerprint.ts'
import { type EdfWriterSignal, TENTHS_OF_MICROVOLT, writeEdf } from '../shared/edf/writer.ts'
import { addBackground } from './background.ts'
import { addSlowEyes } from './eyes.ts'
import { HEAD_LEADS } from './head.ts'
import { addHeart } from './heart.ts'
import { hypnicJerks } from './hypnicJerks.ts'
import { sceneKey } from './key.ts'
import { mixedTeaching } from './mixedTeaching.ts'
import { addMuscle } from './muscle.ts'
import { BODY_LEADS, type Scene } from './scene.ts'
import { spikeWave3Hz } from './spikeWave3Hz.ts'
import { highPass, RATE } from './waves.ts'

/** The recordings in the order of the README, each by a function that puts its events in. */
export const SAMPLES: readonly (() => Scene)[] = [mixedTeaching, hypnicJerks, spikeWave3Hz]

/** The header's start second, the same for all. */
const START = '2026-08-02T22:22:00'

/** One digital step is 0.1 uV. */
const STEPS_PER_MICROVOLT = 10

const SENSORS = {
  EEG: { transducer: 'AgAgCl cup electrode', lowFrequency: 0.16 },
  EOG: { transducer: 'AgAgCl cup electrode', lowFrequency: 0.16 },
  EMG: { transducer: 'AgAgCl surface electrode pair', lowFrequency: 1.6 },
  ECG: { transducer: 'AgAgCl adhesive electrode pair', lowFrequency: 0.3 },
} as const

/** Adds what depends on the state that the events have bent: rhythms, eyes, muscles, heart. */
function finishScene(scene: Scene): Scene {
  addBackground(scene)
  addSlowEyes(scene)
  addHeart(scene)
  addMuscle(scene)
  return scene
}

function sceneBytes(scene: Scene): Uint8Array {
  const head = HEAD_LEADS.map((lead, index) =>
    lead === 'LOC' || lead === 'ROC'
      ? signal('EOG', `EOG ${lead}`, scene.head[index]!)
      : signal('EEG', scene.subject.label(lead), scene.head[index]!),
  )
  const body = BODY_LEADS.map((lead) =>
    lead === 'ECG' ? signal('ECG', 'ECG', scene.body.ECG) : signal('EMG', `EMG ${lead}`, scene.body[lead]),
  )
  return writeEdf({
    format: 'EDF+C',
    patient: 'X X X X',
    recording: 'Startdate 02-AUG-2026 X X Hypnospike_synthetic',
    start: START,
    recordDuration: 1,
    signals: [...head, ...body],
    annotations: [...scene.notes]
      .sort((a, b) => a.onset - b.onset)
      .map((note) => ({ ...note, duration: null })),
  })
}

function signal(sensor: keyof typeof SENSORS, label: string, potential: Float64Array): EdfWriterSignal {
  const { transducer, lowFrequency } = SENSORS[sensor]
  const wave = Float64Array.from(potential)
  highPass(wave, lowFrequency)
  return {
    ...TENTHS_OF_MICROVOLT,
    label,
    transducer,
    prefilter: `HP:${lowFrequency}Hz LP:100Hz N:None`,
    samplesPerRecord: RATE,
    samples: quantised(label, wave),
  }
}

function quantised(label: string, wave: Float64Array): Int16Array {
  const steps = new Int16Array(wave.length)
  for (let k = 0; k < wave.length; k++) {
    const value = Math.round(wave[k]! * STEPS_PER_MICROVOLT)
    // A wave beyond the amplifier's range is a mistake in a recipe; stored, it would wrap round.
    if (value <= -32768 || value >= 32767) throw new RangeError(`${label} is beyond what the file can hold`)
    steps[k] = value
  }
  return steps
}

export type SampleFile = { readonly name: string; readonly bytes: Uint8Array }

/** The recording and the key of one sample. The scene is finished here: pass it as its recipe leaves it. */
export async function makeSample(scene: Scene): Promise<readonly SampleFile[]> {
  const bytes = sceneBytes(finishScene(scene))
  const fileName = `${scene.name}.edf`
  const source = bytesSource(bytes)
  const recording = await openRecording(source)
  const identity = identityOf(recording.header, await fingerprint(source, recording), fileName)
  const key = new TextEncoder().encode(serializeSet(sceneKey(scene, identity)))
  return [
    { name: fileName, bytes },
    { name: `${scene.name}.key.json`, bytes: key },
  ]
}
