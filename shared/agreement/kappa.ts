/** Agreement on what was seen, apart from what chance alone would give. */

/** A value with its counts said elsewhere; null where it means nothing, and `note` says why, or what to mind. */
export type Figure = { readonly value: number | null; readonly note: string | null }

export type Kappa = Figure & {
  readonly count: number
  /** Share of the events on which they agree; null without events. */
  readonly observed: number | null
  /** What chance would give, from how often each uses each kind. */
  readonly expected: number | null
  /** 95 %, by the large-sample standard error, cut at −1 and 1; null where there is none. */
  readonly interval: readonly [number, number] | null
}

/** Fewer events than these make the large-sample interval a rough guide. */
const FEW = 10
const NORMAL_95 = 1.959963984540054

/**
 * Cohen's kappa of a square table (rows: one reader's kinds, columns: the other's, in one order), with the standard
 * error of Fleiss, Cohen and Everitt 1969 (Psychol Bull 72:323-327).
 */
export function cohenKappa(table: readonly (readonly number[])[]): Kappa {
  const count = sum(table.flat())
  if (count === 0) return undefinedKappa('No event was marked by both, so there is nothing to agree on.')
  const rows = table.map((row) => sum(row) / count)
  const columns = table.map((_, column) => sum(table.map((row) => row[column] ?? 0)) / count)
  const observed = sum(table.map((row, index) => row[index] ?? 0)) / count
  const expected = sum(rows.map((share, index) => share * columns[index]!))
  if (isWhole(expected)) {
    return { ...undefinedKappa(oneKind(count)), count, observed, expected }
  }
  const value = (observed - expected) / (1 - expected)
  let diagonal = 0
  let others = 0
  table.forEach((row, i) => {
    row.forEach((cell, j) => {
      const share = cell / count
      if (i === j) diagonal += share * (1 - (rows[i]! + columns[i]!) * (1 - value)) ** 2
      else others += share * (columns[i]! + rows[j]!) ** 2
    })
  })
  const rest = (value - expected * (1 - value)) ** 2
  const variance = (diagonal + (1 - value) ** 2 * others - rest) / ((1 - expected) ** 2 * count)
  const half = NORMAL_95 * Math.sqrt(Math.max(0, variance))
  if (isWhole(observed)) {
    const note = `They agree on all ${count}: a table without a difference gives no interval.`
    return { value, note, count, observed, expected, interval: null }
  }
  const interval = [Math.max(-1, value - half), Math.min(1, value + half)] as const
  return { value, note: fewNote(count), count, observed, expected, interval }
}

/**
 * Fleiss' kappa (1971, Psychol Bull 76:378-382): a row an event, a column a kind, each cell how many readers said so;
 * as many readers for every event.
 */
export function fleissKappa(table: readonly (readonly number[])[]): Kappa {
  const count = table.length
  const readers = sum(table[0] ?? [])
  if (count === 0) return undefinedKappa('No event was marked by all, so there is nothing to agree on.')
  const all = count * readers
  const shares = (table[0] ?? []).map((_, column) => sum(table.map((row) => row[column] ?? 0)) / all)
  const expected = sum(shares.map((share) => share ** 2))
  const agreeing = table.map(
    (row) => (sum(row.map((cell) => cell ** 2)) - readers) / (readers * (readers - 1)),
  )
  const observed = sum(agreeing) / count
  if (isWhole(expected)) return { ...undefinedKappa(oneKind(count)), count, observed, expected }
  const value = (observed - expected) / (1 - expected)
  return { value, note: fewNote(count), count, observed, expected, interval: null }
}

/**
 * Gwet's AC1 (2008, Br J Math Stat Psychol 61:29-48) of the same table as Cohen's kappa, over the kinds that occur: it
 * does not fall where nearly all events are of one kind, as kappa does. null where fewer than two kinds occur.
 */
export function gwetAc1(table: readonly (readonly number[])[]): number | null {
  const count = sum(table.flat())
  const used = table
    .map((row, index) => (sum(row) + sum(table.map((each) => each[index] ?? 0))) / (2 * count))
    .filter((share) => share > 0)
  if (count === 0 || used.length < 2) return null
  const observed = sum(table.map((row, index) => row[index] ?? 0)) / count
  const expected = sum(used.map((share) => share * (1 - share))) / (used.length - 1)
  return (observed - expected) / (1 - expected)
}

function undefinedKappa(note: string): Kappa {
  return { value: null, note, count: 0, observed: null, expected: null, interval: null }
}

function oneKind(count: number): string {
  const events = count === 1 ? 'the one event' : `all ${count} events`
  return `They call ${events} by one kind: chance would give the same, and kappa is not defined.`
}

function fewNote(count: number): string | null {
  return count < FEW ? `From ${count} ${count === 1 ? 'event' : 'events'} only: a rough guide.` : null
}

function isWhole(share: number): boolean {
  return share > 1 - 1e-12
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
