/** What a part of the window asks of the host for itself: shown while it is there, and kept nowhere. */
import type { Identification, RecordingChoice } from '../../shared/contract/model.ts'
import type { Evidence } from '../../shared/evidence/evidence.ts'
import type { CaliperReading } from '../../shared/signal/caliper.ts'
import type { Page } from '../../shared/signal/model.ts'
import type { BandPowers, ScalpAnswer, ScalpValues } from '../../shared/signal/scalp.ts'
import { type SpanSpectra, unfiltered } from '../../shared/signal/spectra.ts'
import type { Suspicion } from '../../shared/signal/suspectElectrodes.ts'
import type { LineValue } from '../../shared/signal/valuesAt.ts'
import { settingsOf, type View, type ViewSettings } from '../../shared/signal/viewSettings.ts'
import type { Seconds, Span } from '../../shared/units.ts'
import { getHost } from './host.ts'

/** What can be opened. */
export function listRecordings(): Promise<readonly RecordingChoice[]> {
  return getHost().listRecordings({})
}

export function identificationOf(recordingId: string): Promise<Identification> {
  return getHost().identification({ recordingId })
}

/** Electrodes that may have come off, on what is in view. */
export function suspectsOn(recordingId: string, span: Span): Promise<readonly Suspicion[]> {
  return getHost().suspects({ recordingId, span })
}

/** What a caliper reads, in the filters of the page. */
export function askCaliper(
  recordingId: string,
  points: { readonly line: string; readonly from: Seconds; readonly to: Seconds },
  view: View,
): Promise<CaliperReading | null> {
  return getHost().caliper({ recordingId, ...points, settings: settingsOf(view) })
}

export function askValues(recordingId: string, time: Seconds, view: View): Promise<readonly LineValue[]> {
  return getHost().valuesAt({ recordingId, time, settings: settingsOf(view) })
}

/** Unfiltered, whatever filters the settings have. */
export function askSpectra(recordingId: string, span: Span, settings: ViewSettings): Promise<SpanSpectra> {
  return getHost().spectra({ recordingId, span, settings })
}

/**
 * The evidence, measured as it was recorded, whatever montage and filters the page has; nothing on bad electrodes.
 * `only`: of these entries.
 */
export function askEvidence(
  recordingId: string,
  span: Span,
  bad: readonly number[],
  only?: readonly string[],
): Promise<Evidence> {
  return getHost().evidence({ recordingId, span, bad, ...(only !== undefined && { only }) })
}

/** The stretch that spectra are made of: the same lines, unfiltered, in so many columns. */
export function askStretch(
  recordingId: string,
  span: Span,
  settings: ViewSettings,
  columns: number,
): Promise<Page> {
  return getHost().page({ recordingId, span, settings: unfiltered(settings), columns })
}

/** The scalp map at a time of the page `span`, as the page filters it. */
export function askAmplitudes(
  recordingId: string,
  span: Span,
  time: Seconds,
  settings: ViewSettings,
): Promise<ScalpAnswer<ScalpValues>> {
  return getHost().amplitudes({ recordingId, span, time, settings })
}

/** Unfiltered, whatever filters the settings have. */
export function askBandPowers(
  recordingId: string,
  span: Span,
  settings: ViewSettings,
): Promise<ScalpAnswer<BandPowers>> {
  return getHost().bandPowers({ recordingId, span, settings })
}
