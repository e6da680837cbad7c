/** Figures of a run, as people read them. */

export type Row = { readonly what: string; readonly measured: string; readonly budget?: string }

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
}

/** Of medians, which other programs of the same run slow down alike. */
export function ratio(ours: readonly number[], theirs: readonly number[]): string {
  return (median(ours) / median(theirs)).toFixed(2)
}

/** `1.9 ms (p95 2.6)`. */
export function milliseconds(values: readonly number[]): string {
  return `${median(values).toFixed(1)} ms (p95 ${quantile(values, 0.95).toFixed(1)})`
}

export function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}

export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}

export function printTable(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length))
  const middle = Math.max(...rows.map(({ measured }) => measured.length))
  for (const { what, measured, budget } of rows) {
    console.log(`${what.padEnd(width)}  ${measured.padEnd(middle)}  ${budget ?? ''}`.trimEnd())
  }
}

/** The same sequence of numbers in [0, 1) at every run. */
export function makeRandom(seed = 1): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
