/** `info`: what a recording is, without a word of the patient. */
import { createHash } from 'node:crypto'
import type { Recording, SignalHeader } from '../../shared/edf/header/model.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import type { Digest } from '../../shared/edf/samples/auditSamples.ts'
import { interruptions } from '../../shared/edf/time/breaks.ts'
import { displayText } from '../../shared/shownText.ts'
import { formatElapsed } from '../../shared/text/clock.ts'
import type { RecordingCommand } from './command.ts'
import { EXIT } from './output.ts'

export const info: RecordingCommand = {
  name: 'info',
  usage: 'info FILE [--json] [--digest]',
  summary: 'format, start, length, gaps, signals and what is odd about the file',
  options: { json: { type: 'boolean' }, digest: { type: 'boolean' } },
  run: async (source, values, output) => {
    const opened = await openRecording(source, { timeline: 'quick' })
    const scanned = await scanRecording(source, opened, values.digest === true ? { digest: sha256 } : {})
    const facts = describe(scanned.recording, scanned.annotations.length, scanned.digests ?? null)
    await output.write(
      values.json === true ? `${JSON.stringify(facts, null, 2)}\n` : formatFacts(source.name, facts),
    )
    return EXIT.done
  },
}

function sha256(): Digest {
  const hash = createHash('sha256')
  return { update: (bytes) => hash.update(bytes), hex: () => hash.digest('hex') }
}

/** Patient and recording identification are left out by design. */
function describe(
  { header, timeline, warnings }: Recording,
  annotationCount: number,
  digests: readonly string[] | null,
) {
  return {
    format: header.format,
    start: header.start,
    firstRecordOnset: timeline.firstRecordOnset,
    recordDuration: header.recordDuration,
    records: header.records,
    duration: timeline.duration,
    span: Number((timeline.span.end - timeline.span.start).toFixed(7)),
    gaps: interruptions(timeline),
    signals: header.signals.map((signal) => ({
      ...describeSignal(signal),
      ...(digests === null ? {} : { sha256: digests[signal.index] }),
    })),
    annotationCount,
    warnings: warnings.map(({ code, message }) => ({ code, message })),
  }
}

function describeSignal(signal: SignalHeader) {
  const { index, label, kind, unit, sampleRate, samplesPerRecord, samples } = signal
  const { physicalMin, physicalMax, digitalMin, digitalMax, transducer, prefilter } = signal
  return {
    index,
    label,
    kind,
    unit,
    sampleRate: kind === 'annotations' ? null : sampleRate,
    samplesPerRecord,
    samples,
    physicalMin,
    physicalMax,
    digitalMin,
    digitalMax,
    transducer,
    prefilter,
  }
}

type Facts = ReturnType<typeof describe>

function formatFacts(name: string, facts: Facts): string {
  const lines = [
    `${name}: ${facts.format}`,
    `start        ${facts.start ?? 'unknown'}${facts.firstRecordOnset === 0 ? '' : ` (first sample ${facts.firstRecordOnset} s later)`}`,
    `length       ${formatElapsed(facts.duration, Number.isInteger(facts.duration) ? 0 : 3)} in ${facts.records} records of ${facts.recordDuration} s`,
    `gaps         ${facts.gaps.length === 0 ? 'none' : facts.gaps.length}`,
    ...facts.gaps.map(({ start, end }) =>
      end > start
        ? `             ${start} s to ${end} s`
        : `             ${start} s, recording was paused, length unknown`,
    ),
    `annotations  ${facts.annotationCount}`,
    'signals',
    ...facts.signals.map((signal) => `  ${formatSignal(signal)}`),
    `warnings     ${facts.warnings.length === 0 ? 'none' : facts.warnings.length}`,
    ...facts.warnings.map((warning) => `  ${displayText(warning.message)}`),
  ]
  return `${lines.join('\n')}\n`
}

function formatSignal(signal: Facts['signals'][number]): string {
  const { index, label, kind, unit, sampleRate, physicalMin, physicalMax, digitalMin, digitalMax } = signal
  const rate = sampleRate === null ? 'no rate' : `${Number(sampleRate.toPrecision(9))} Hz`
  const range = `${physicalMin} to ${physicalMax} ${unit || '(no unit)'} as ${digitalMin} to ${digitalMax}`
  const digest = 'sha256' in signal ? `  ${signal.sha256}` : ''
  return `${String(index).padStart(3)}  ${label.padEnd(16)}  ${kind.padEnd(11)}  ${rate.padEnd(10)}  ${range}${digest}`
}
