/**
 * What lies between electrodes, by spherical splines (Perrin, Pernier, Bertrand and Echallier 1989,
 * doi:10.1016/0013-4694(89)90180-6, with the correction of 1990): the smoothest surface on a sphere through the values
 * measured. Order 4 as in MNE and EEGLAB, and no smoothing: what a reader cites of an electrode is what its place is coloured
 * by. A test compares scipy's Legendre polynomials and numpy's solution.
 */
import type { Position } from '../montage/electrodePositions.ts'

const ORDER = 4
const TERMS = 50

/** Weights by which values at the electrodes become values at the places: a row a place, a column an electrode. */
export type Interpolation = { readonly rows: number; readonly weights: Float64Array }

/** Takes three electrodes and more, no two at one place. Some 50 multiplications for each pair of place and electrode. */
export function planInterpolation(
  electrodes: readonly Position[],
  places: readonly Position[],
): Interpolation {
  const n = electrodes.length
  const inverse = invert(systemOf(electrodes), n + 1)
  const weights = new Float64Array(places.length * n)
  const row = new Float64Array(n + 1)
  for (const [index, place] of places.entries()) {
    for (let j = 0; j < n; j++) row[j] = greens(cosine(place, electrodes[j]!))
    row[n] = 1
    for (let k = 0; k < n; k++) {
      let sum = 0
      for (let j = 0; j <= n; j++) sum += row[j]! * inverse[j * (n + 1) + k]!
      weights[index * n + k] = sum
    }
  }
  return { rows: places.length, weights }
}

/** One value a place. */
export function interpolate({ rows, weights }: Interpolation, values: readonly number[]): Float64Array {
  const n = values.length
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0
    for (let k = 0; k < n; k++) sum += weights[row * n + k]! * values[k]!
    return sum
  })
}

/** The matrix of eq. 4 of Perrin 1989: the spline at each electrode, and a constant whose coefficients add up to 0. */
function systemOf(electrodes: readonly Position[]): Float64Array {
  const n = electrodes.length
  const matrix = new Float64Array((n + 1) ** 2)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      matrix[i * (n + 1) + j] = greens(cosine(electrodes[i]!, electrodes[j]!))
    }
    matrix[i * (n + 1) + n] = 1
    matrix[n * (n + 1) + i] = 1
  }
  return matrix
}

function cosine(a: Position, b: Position): number {
  return Math.min(1, Math.max(-1, a.x * b.x + a.y * b.y + a.z * b.z))
}

/** g(x) of eq. 3: a sum of Legendre polynomials, each from the two before it. */
function greens(x: number): number {
  let before = 1
  let polynomial = x
  let sum = 0
  for (let n = 1; n <= TERMS; n++) {
    sum += ((2 * n + 1) / (n * (n + 1)) ** ORDER) * polynomial
    const next = ((2 * n + 1) * x * polynomial - n * before) / (n + 1)
    before = polynomial
    polynomial = next
  }
  return sum / (4 * Math.PI)
}

/** Gauss and Jordan with the largest pivot of each column. Throws a RangeError for two electrodes at one place. */
function invert(matrix: Float64Array, size: number): Float64Array {
  const left = matrix.slice()
  const right = new Float64Array(size * size)
  for (let i = 0; i < size; i++) right[i * size + i] = 1
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(left[row * size + column]!) > Math.abs(left[pivot * size + column]!)) pivot = row
    }
    const scale = left[pivot * size + column]!
    if (!(Math.abs(scale) > 1e-14)) throw new RangeError('two electrodes lie at one place')
    swapRows(left, size, pivot, column)
    swapRows(right, size, pivot, column)
    for (let k = 0; k < size; k++) {
      left[column * size + k] = left[column * size + k]! / scale
      right[column * size + k] = right[column * size + k]! / scale
    }
    for (let row = 0; row < size; row++) {
      const factor = left[row * size + column]!
      if (row === column || factor === 0) continue
      for (let k = 0; k < size; k++) {
        left[row * size + k] = left[row * size + k]! - factor * left[column * size + k]!
        right[row * size + k] = right[row * size + k]! - factor * right[column * size + k]!
      }
    }
  }
  return right
}

function swapRows(matrix: Float64Array, size: number, a: number, b: number): void {
  if (a === b) return
  for (let k = 0; k < size; k++) {
    const kept = matrix[a * size + k]!
    matrix[a * size + k] = matrix[b * size + k]!
    matrix[b * size + k] = kept
  }
}
