/**
 * The inner loops of the filters: a cascade of one, two or three second-order sections in one pass over two
 * arrays at once. Written out by hand because an inner loop over sections costs three times as much.
 */

/** y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2]; first order where b2 = a2 = 0. */
export type Section = {
  readonly b0: number
  readonly b1: number
  readonly b2: number
  readonly a1: number
  readonly a2: number
}

/**
 * Runs the sections (transposed direct form II) over a[from..to] and b[from..to] in place, both ends
 * included, downward where to < from. `state` holds two numbers a section for `a`, then the same for `b`; it
 * is read at the start and not written back. `a` and `b` may be one array with equal states.
 */
export function runSections(
  sections: readonly Section[],
  state: Float64Array,
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
): void {
  const [first, second, third] = sections
  if (first === undefined) return
  if (second === undefined) runOne(first, state, a, b, from, to)
  else if (third === undefined) runTwo(first, second, state, a, b, from, to)
  else runThree(first, second, third, state, a, b, from, to)
}

function runOne(
  p: Section,
  state: Float64Array,
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
): void {
  const { b0, b1, b2, a1, a2 } = p
  const step = to < from ? -1 : 1
  let s = state[0]!
  let t = state[1]!
  let S = state[2]!
  let T = state[3]!
  for (let i = from, left = Math.abs(to - from); left >= 0; left--, i += step) {
    const x = a[i]!
    const X = b[i]!
    const y = b0 * x + s
    const Y = b0 * X + S
    s = b1 * x - a1 * y + t
    S = b1 * X - a1 * Y + T
    t = b2 * x - a2 * y
    T = b2 * X - a2 * Y
    a[i] = y
    b[i] = Y
  }
}

function runTwo(
  p: Section,
  q: Section,
  state: Float64Array,
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
): void {
  const { b0, b1, b2, a1, a2 } = p
  const { b0: d0, b1: d1, b2: d2, a1: c1, a2: c2 } = q
  const step = to < from ? -1 : 1
  let s = state[0]!
  let t = state[1]!
  let u = state[2]!
  let v = state[3]!
  let S = state[4]!
  let T = state[5]!
  let U = state[6]!
  let V = state[7]!
  for (let i = from, left = Math.abs(to - from); left >= 0; left--, i += step) {
    const x = a[i]!
    const X = b[i]!
    const y = b0 * x + s
    const Y = b0 * X + S
    s = b1 * x - a1 * y + t
    S = b1 * X - a1 * Y + T
    t = b2 * x - a2 * y
    T = b2 * X - a2 * Y
    const z = d0 * y + u
    const Z = d0 * Y + U
    u = d1 * y - c1 * z + v
    U = d1 * Y - c1 * Z + V
    v = d2 * y - c2 * z
    V = d2 * Y - c2 * Z
    a[i] = z
    b[i] = Z
  }
}

function runThree(
  p: Section,
  q: Section,
  r: Section,
  state: Float64Array,
  a: Float64Array,
  b: Float64Array,
  from: number,
  to: number,
): void {
  const { b0, b1, b2, a1, a2 } = p
  const { b0: d0, b1: d1, b2: d2, a1: c1, a2: c2 } = q
  const { b0: f0, b1: f1, b2: f2, a1: e1, a2: e2 } = r
  const step = to < from ? -1 : 1
  let s = state[0]!
  let t = state[1]!
  let u = state[2]!
  let v = state[3]!
  let k = state[4]!
  let l = state[5]!
  let S = state[6]!
  let T = state[7]!
  let U = state[8]!
  let V = state[9]!
  let K = state[10]!
  let L = state[11]!
  for (let i = from, left = Math.abs(to - from); left >= 0; left--, i += step) {
    const x = a[i]!
    const X = b[i]!
    const y = b0 * x + s
    const Y = b0 * X + S
    s = b1 * x - a1 * y + t
    S = b1 * X - a1 * Y + T
    t = b2 * x - a2 * y
    T = b2 * X - a2 * Y
    const z = d0 * y + u
    const Z = d0 * Y + U
    u = d1 * y - c1 * z + v
    U = d1 * Y - c1 * Z + V
    v = d2 * y - c2 * z
    V = d2 * Y - c2 * Z
    const w = f0 * z + k
    const W = f0 * Z + K
    k = f1 * z - e1 * w + l
    K = f1 * Z - e1 * W + L
    l = f2 * z - e2 * w
    L = f2 * Z - e2 * W
    a[i] = w
    b[i] = W
  }
}
