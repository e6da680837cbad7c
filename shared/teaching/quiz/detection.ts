/**
 * Is a learner too liberal or too strict? Signal detection on one yes/no decision a showing (Green and Swets 1966): was
 * it called so, and was it so. Each count is raised by a half and each total by one (the log-linear correction, Hautus
 * 1995, Behav Res Methods Instrum Comput 27:46-51), so that no rate is 0 or 1. Reference values by scipy:
 * test/fixtures/quiz. For the reader: `detect`.
 */
import { inverseNormal, normalDensity } from './normal.ts'

/** Fewer of either sort and a figure says more about chance than about the learner: a rule of this program. */
export const FEWEST_TO_JUDGE = 10

export type DetectionCounts = {
  readonly hits: number
  readonly misses: number
  readonly falseAlarms: number
  readonly correctRejections: number
}

export type Detection = DetectionCounts & {
  /** How far both are told apart, in standard deviations; 0: not at all. null: there was none of one sort. */
  readonly dPrime: number | null
  /** 95 %, by the variance of Gourevitch and Galanter (1967, Psychometrika 32:25-33) of the corrected rates. */
  readonly dPrimeInterval: readonly [number, number] | null
  /** c: below 0 called so too readily (liberal), above 0 too seldom (strict). */
  readonly criterion: number | null
}

const Z_95 = 1.959963984540054

export function detect(counts: DetectionCounts): Detection {
  const signals = counts.hits + counts.misses
  const others = counts.falseAlarms + counts.correctRejections
  if (signals === 0 || others === 0) return { ...counts, dPrime: null, dPrimeInterval: null, criterion: null }
  const hitRate = (counts.hits + 0.5) / (signals + 1)
  const falseRate = (counts.falseAlarms + 0.5) / (others + 1)
  const [zHit, zFalse] = [inverseNormal(hitRate), inverseNormal(falseRate)]
  const dPrime = zHit - zFalse
  const variance =
    (hitRate * (1 - hitRate)) / (signals * normalDensity(zHit) ** 2) +
    (falseRate * (1 - falseRate)) / (others * normalDensity(zFalse) ** 2)
  const reach = Z_95 * Math.sqrt(variance)
  return {
    ...counts,
    dPrime,
    dPrimeInterval: [dPrime - reach, dPrime + reach],
    criterion: -(zHit + zFalse) / 2,
  }
}
