/** What a BioSemi Status channel says of the samples of a page, which need not wait for the whole file to be read. */
import { createStatusCollector, spansOfSamples, statusBits } from '../edf/annotations/biosemiStatus.ts'
import type { Header, Segment, SignalSamples, StatusChannel } from '../edf/header/model.ts'
import { breakSegments } from '../edf/time/breaks.ts'
import type { Span } from '../units.ts'

/** The runs of records, also broken where recording was paused; and when the CMS electrode was out of range. */
export function readStatus(
  plan: {
    readonly header: Header
    readonly segments: readonly Segment[]
    readonly status: StatusChannel | null
  },
  samples: readonly SignalSamples[],
): { readonly segments: readonly Segment[]; readonly cmsLost: readonly Span[] } {
  const { header, segments, status } = plan
  const signal = status === null ? undefined : header.signals[status.signal]
  const read = samples.find((each) => each.signal === status?.signal)
  if (status === null || signal === undefined || read === undefined) return { segments, cmsLost: [] }
  const epochs: number[] = []
  const cmsLost: Span[] = []
  for (const { start, firstSample, values } of read.pieces) {
    const collector = createStatusCollector(status)
    collector.add(firstSample, values.length, (k) => statusBits(signal, values[k] as number))
    const bits = collector.bits()
    const timeOf = (sample: number) => start + (sample - firstSample) / read.sampleRate
    epochs.push(...bits.epochs)
    cmsLost.push(...spansOfSamples(bits.cmsLost, timeOf, read.sampleRate))
  }
  return { segments: breakSegments(segments, header, epochs, signal.samplesPerRecord), cmsLost }
}
