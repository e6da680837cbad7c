/**
 * What the thread of an open recording answers by itself: the host passes these on as they are. A new one is an
 * entry here and a function in `electron/host/recordingThread.ts`.
 */
import * as v from 'valibot'
import type { Evidence } from '../evidence/evidence.ts'
import type { SpanMeasures } from '../evidence/spanMeasures.ts'
import { MONTAGE_IDS, type MontageId } from '../montage/montages.ts'
import { isOwnId, type OwnMontageId, ownIdOf } from '../montage/ownMontages.ts'
import { ownMontageSchema } from '../ownMontages/ownMontageSchema.ts'
import { type CaliperReading, LONGEST_CALIPER } from '../signal/caliper.ts'
import { LONGEST_MEASURED } from '../signal/measure.ts'
import type { Page } from '../signal/model.ts'
import type { BandPowers, ScalpAnswer, ScalpValues } from '../signal/scalp.ts'
import type { SpanSpectra } from '../signal/spectra.ts'
import type { Suspicion } from '../signal/suspectElectrodes.ts'
import type { LineValue } from '../signal/valuesAt.ts'
import type { Scanned } from './model.ts'
import { id, recording, signals, takes } from './procedure.ts'
import { sampleEntries } from './viewEntries.ts'

const seconds = v.pipe(v.number(), v.finite())
const anySpan = v.pipe(
  v.strictObject({ start: seconds, end: seconds }),
  v.check(
    ({ start, end }) => end > start,
    ({ input: { start, end } }) => `a span that ends after it begins, not from ${start} to ${end} s`,
  ),
)
const span = v.pipe(
  anySpan,
  v.check(({ start, end }) => end - start <= 4 * 3600, 'a span of at most 4 hours'),
)
const shortSpan = v.pipe(
  anySpan,
  v.check(({ start, end }) => end - start <= LONGEST_MEASURED, 'a span of at most 5 minutes'),
)
const montages: readonly string[] = MONTAGE_IDS
const isMontage = (id: string): id is MontageId | OwnMontageId => montages.includes(id) || isOwnId(id)
const plainView = v.strictObject({
  montage: v.pipe(
    v.string(),
    v.maxLength(80),
    v.guard(isMontage, `one of ${MONTAGE_IDS.join(', ')}, or own: and a name`),
  ),
  own: v.exactOptional(ownMontageSchema),
  ...sampleEntries,
})
const view = v.pipe(
  plainView,
  v.check(
    ({ montage, own }) => (own === undefined ? !isOwnId(montage) : montage === ownIdOf(own)),
    'a montage of one\u2019s own goes with its lines, and no other does',
  ),
)

export const THREAD_PROCEDURES = {
  page: takes(
    v.strictObject({
      recordingId: id,
      span,
      settings: view,
      columns: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(16_384)),
    }),
  ).gives<Page>(),
  /**
   * The first few values of `evidence` as numbers, null where a thing cannot be measured. Of the settings only what is marked
   * bad has a part in them.
   */
  measure: takes(v.strictObject({ recordingId: id, span: shortSpan, settings: view })).gives<SpanMeasures>(),
  /**
   * What the evidence card shows of a span, measured as it was recorded, whatever montage and filters the page has; `only`: of
   * these entries. Gives way to pages.
   */
  evidence: takes(
    v.strictObject({
      recordingId: id,
      span: shortSpan,
      bad: v.exactOptional(signals),
      only: v.exactOptional(
        v.pipe(
          v.array(v.unknown(), 'a list of entries'),
          v.maxLength(100),
          v.array(v.pipe(v.string(), v.maxLength(80))),
        ),
      ),
    }),
  ).gives<Evidence>(),
  /** What a caliper reads between two points of a line of the page, in the page's filters; null: there is no such line. */
  caliper: takes(
    v.pipe(
      v.strictObject({
        recordingId: id,
        /** Of the line, as in the page's traces. */
        line: v.pipe(v.string(), v.maxLength(200)),
        from: seconds,
        to: seconds,
        settings: view,
      }),
      v.check(({ from, to }) => Math.abs(to - from) <= LONGEST_CALIPER, 'points at most 5 minutes apart'),
    ),
  ).gives<CaliperReading | null>(),
  /** The sample of every line of the page nearest to a moment, in the page's filters. */
  valuesAt: takes(v.strictObject({ recordingId: id, time: seconds, settings: view })).gives<
    readonly LineValue[]
  >(),
  /** The power of every voltage by frequency, in the montage given and unfiltered. */
  spectra: takes(v.strictObject({ recordingId: id, span: shortSpan, settings: view })).gives<SpanSpectra>(),
  /** EEG electrodes that look as if they had come off, on this span as it was recorded. */
  suspects: takes(v.strictObject({ recordingId: id, span: shortSpan })).gives<readonly Suspicion[]>(),
  /** uV of the R wave, measured all through the recording; null: no ECG beats in it. */
  rWave: takes(recording).gives<number | null>(),
  /** What each electrode has at a time of the page `span`, as the page filters it. */
  amplitudes: takes(v.strictObject({ recordingId: id, span, time: seconds, settings: view })).gives<
    ScalpAnswer<ScalpValues>
  >(),
  /** The power of each electrode in each band, unfiltered. */
  bandPowers: takes(v.strictObject({ recordingId: id, span: shortSpan, settings: view })).gives<
    ScalpAnswer<BandPowers>
  >(),
  scanned: takes(recording).gives<Scanned>(),
} as const

export type ThreadProcedureName = keyof typeof THREAD_PROCEDURES
