/**
 * What values are measured on. The filters of the page have no part in it, neither their frequencies nor their direction: a
 * figure must not change with how a page is looked at (a muscle burst of 170 ms came out as 210 ms under a
 * high-frequency filter of 15 Hz).
 */
import type { Hertz, Seconds } from '../units.ts'
import type { FilterSettings } from './viewSettings.ts'

/**
 * Whatever filters the page has; a filter that a sampling rate cannot carry is left out, as on a page. EEG: the band of
 * ACNS guideline 1. EMG: 10-100 Hz is the band that the AASM manual records.
 */
export const MEASURE_BANDS = {
  eeg: { lowFrequency: 1, highFrequency: 70, notch: null },
  emg: { lowFrequency: 10, highFrequency: 100, notch: null },
} as const satisfies Readonly<Record<string, FilterSettings>>

/** A longer span is not measured: it is read and computed while a reader waits. */
export const LONGEST_MEASURED: Seconds = 300

/** A burst keeps its edges only with the whole band of the EMG: below this rate its timing is limited. */
export const ENOUGH_FOR_BURSTS: Hertz = 256
