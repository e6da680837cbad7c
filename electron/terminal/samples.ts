/** `samples`: physical values of one signal, by position in the file. */
import { openRecording, readSamples } from '../../shared/edf/recording.ts'
import type { CommandValues, RecordingCommand } from './command.ts'
import { EXIT, UsageError } from './output.ts'

/** Read and written this many at a time, so that a whole night needs no more memory than a page. */
const AT_ONCE = 65_536

export const samples: RecordingCommand = {
  name: 'samples',
  usage: 'samples FILE --signal INDEX --from SAMPLE --count N [--json]',
  summary: "values of one signal in its own unit, counted in file order (gaps don't count)",
  options: {
    json: { type: 'boolean' },
    signal: { type: 'string' },
    from: { type: 'string' },
    count: { type: 'string' },
  },
  run: async (source, values, output) => {
    const index = wholeNumber(values.signal, '--signal')
    const from = wholeNumber(values.from ?? '0', '--from')
    const count = wholeNumber(values.count, '--count')
    const recording = await openRecording(source, { timeline: 'quick' })
    const signal = recording.header.signals[index]
    if (signal === undefined) {
      throw new UsageError(
        `--signal ${index}: this recording has signals 0 to ${recording.header.signals.length - 1}`,
      )
    }
    const json = values.json === true
    if (json) {
      const { unit, sampleRate } = signal
      await output.write(
        `{"unit":${JSON.stringify(unit)},"sampleRate":${JSON.stringify(sampleRate)},"values":[`,
      )
    }
    for (let at = from; at < from + count; at += AT_ONCE) {
      const read = await readSamples(source, recording, index, at, Math.min(AT_ONCE, from + count - at))
      if (read.length === 0) break
      const text = read.join(json ? ',' : '\n')
      await output.write(json ? `${at === from ? '' : ','}${text}` : `${text}\n`)
    }
    if (json) await output.write(']}\n')
    return EXIT.done
  },
}

function wholeNumber(value: CommandValues[string], option: string): number {
  if (typeof value !== 'string') throw new UsageError(`${option} is missing`)
  const number = /^\d+$/.test(value) ? Number(value) : Number.NaN
  if (!Number.isSafeInteger(number)) throw new UsageError(`${option} must be a whole number, 0 or more`)
  return number
}
