/** `spectrum`: power by frequency of each channel on a span. */

import { openRecording, readSpan } from '../../shared/edf/recording.ts'
import { MONTAGE_IDS, type MontageId } from '../../shared/montage/montages.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import { displayText } from '../../shared/shownText.ts'
import {
  type ChannelSpectrum,
  computeSpectrum,
  hasSpectrum,
  planSpectra,
} from '../../shared/signal/spectra.ts'
import { computeValues } from '../../shared/signal/view.ts'
import { NO_FILTERS } from '../../shared/signal/viewSettings.ts'
import type { CommandValues, RecordingCommand } from './command.ts'
import { EXIT, UsageError } from './output.ts'
import { readSpanOptions, SPAN_OPTIONS } from './spanOptions.ts'

export const spectrum: RecordingCommand = {
  name: 'spectrum',
  usage: 'spectrum FILE --from SECONDS --to SECONDS [--montage ID] [--json]',
  summary:
    "dominant frequency and power of each channel (Welch, unfiltered), counted from the header's start",
  options: {
    json: { type: 'boolean' },
    ...SPAN_OPTIONS,
    montage: { type: 'string' },
  },
  run: async (source, values, output) => {
    const span = readSpanOptions(values)
    const montage = montageFrom(values.montage ?? 'recorded')
    const recording = await openRecording(source, { timeline: 'complete' })
    const { problem } = planMontage(recording.header, montage)
    if (problem !== null) throw new UsageError(`--montage ${montage}: ${problem.replace(/\.$/, '')}`)
    const plan = planSpectra(recording, { montage, ...NO_FILTERS }, span)
    const samples = await readSpan(source, recording, plan.signals, plan.readSpan, { decoder: 'edfdecoder' })
    const channels = computeValues(plan, samples, span)
      .filter(({ derivation }) => hasSpectrum(derivation))
      .map(computeSpectrum)
    await output.write(
      values.json === true
        ? `${JSON.stringify({ span, montage, channels: channels.map(plain) })}\n`
        : channels.map(formatChannel).join(''),
    )
    return EXIT.done
  },
}

/** With its power as a list, which JSON has. */
function plain({ spectrum, ...channel }: ChannelSpectrum) {
  return { ...channel, spectrum: spectrum === null ? null : { ...spectrum, power: [...spectrum.power] } }
}

function formatChannel({ label, dominant, unit, problem }: ChannelSpectrum): string {
  const square = unit === 'uV' ? 'uV2/Hz' : '/Hz (no unit)'
  const found =
    problem ??
    (dominant === null
      ? 'no dominant frequency'
      : `${dominant.frequency.toFixed(2)} Hz  ${dominant.power.toPrecision(4)} ${square}`)
  return `${displayText(label).padEnd(20)} ${found}\n`
}

function montageFrom(value: CommandValues[string]): MontageId {
  const known = MONTAGE_IDS.find((id) => id === value)
  if (known === undefined) throw new UsageError(`--montage ${value}: it is one of ${MONTAGE_IDS.join(', ')}`)
  return known
}
