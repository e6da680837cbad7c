/**
 * The discrete Fourier transform of a power of two of samples, by Cooley and Tukey (1965). Our own thirty lines rather
 * than fft.js 4: that one does powers of two only as well, and comes as CommonJS without types.
 */
export type Fft = {
  readonly size: number
  /** In place: `re` and `im`, each of `size` values, become X[k] = sum x[n] exp(-2 pi i k n / size). */
  readonly transform: (re: Float64Array, im: Float64Array) => void
}

const known = new Map<number, Fft>()

/** One for each size, made once. Throws a RangeError where `size` is no power of two. */
export function fftOf(size: number): Fft {
  const made = known.get(size) ?? createFft(size)
  known.set(size, made)
  return made
}

function createFft(size: number): Fft {
  if (size < 2 || (size & (size - 1)) !== 0) throw new RangeError(`${size} is no power of two`)
  const cos = Float64Array.from({ length: size / 2 }, (_, k) => Math.cos((2 * Math.PI * k) / size))
  const sin = Float64Array.from({ length: size / 2 }, (_, k) => -Math.sin((2 * Math.PI * k) / size))
  const bits = Math.log2(size)
  const order = Uint32Array.from({ length: size }, (_, n) => reverseBits(n, bits))
  return {
    size,
    transform: (re, im) => {
      for (let n = 0; n < size; n++) {
        const other = order[n]!
        if (other <= n) continue
        const r = re[n]!
        const i = im[n]!
        re[n] = re[other]!
        im[n] = im[other]!
        re[other] = r
        im[other] = i
      }
      for (let half = 1; half < size; half *= 2) {
        const stride = size / (2 * half)
        for (let start = 0; start < size; start += 2 * half) {
          for (let k = 0; k < half; k++) {
            const a = start + k
            const b = a + half
            const c = cos[k * stride]!
            const s = sin[k * stride]!
            const r = c * re[b]! - s * im[b]!
            const i = c * im[b]! + s * re[b]!
            re[b] = re[a]! - r
            im[b] = im[a]! - i
            re[a] = re[a]! + r
            im[a] = im[a]! + i
          }
        }
      }
    },
  }
}

function reverseBits(value: number, bits: number): number {
  let reversed = 0
  for (let bit = 0; bit < bits; bit++) reversed = (reversed << 1) | ((value >> bit) & 1)
  return reversed
}
