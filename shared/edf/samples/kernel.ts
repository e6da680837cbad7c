/** Digital samples from bytes: little-endian two's complement, 16 bits (EDF) or 24 (BDF). */

/** How a signal's digital values become its unit's: `(digital - digitalMin) * gain + physicalMin`. */
export type Scale = { readonly digitalMin: number; readonly gain: number; readonly physicalMin: number }

type Calibration = {
  readonly scaling: 'calibrated' | 'uncalibrated' | 'unusable'
  readonly physicalMin: number
  readonly physicalMax: number
  readonly digitalMin: number
  readonly digitalMax: number
}

/** EDF: `physical = (digital - dmin) * (pmax - pmin) / (dmax - dmin) + pmin`; uncalibrated: the digital value. */
export function scaleOf(signal: Calibration): Scale {
  if (signal.scaling !== 'calibrated') return { digitalMin: 0, gain: 1, physicalMin: 0 }
  const { physicalMin, physicalMax, digitalMin, digitalMax } = signal
  return { digitalMin, gain: (physicalMax - physicalMin) / (digitalMax - digitalMin), physicalMin }
}

/** Little-endian two's complement. Small enough to be inlined: the loops below cost no more than written out. */
function sample16(bytes: Uint8Array, at: number): number {
  return (((bytes[at] as number) | ((bytes[at + 1] as number) << 8)) << 16) >> 16
}

function sample24(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8)
  return ((low | ((bytes[at + 2] as number) << 16)) << 8) >> 8
}

/** Writes `count` digital values from `bytes` at `offset` to `target` at `at`. */
export function decodeDigital(
  bytes: Uint8Array,
  offset: number,
  bytesPerSample: 2 | 3,
  target: Int32Array,
  at: number,
  count: number,
): void {
  let from = offset
  if (bytesPerSample === 2) {
    for (let i = at; i < at + count; i++, from += 2) {
      target[i] = sample16(bytes, from)
    }
  } else {
    for (let i = at; i < at + count; i++, from += 3) {
      target[i] = sample24(bytes, from)
    }
  }
}

export const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1

/** All the 16-bit samples where they lie, which is faster to walk over; null where memory or host do not allow it. */
export function viewOf16(bytes: Uint8Array): Int16Array | null {
  if (!HOST_IS_LITTLE_ENDIAN || bytes.byteOffset % 2 !== 0) return null
  return new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
}

/** How many of `count` 16-bit samples from `from` on lie below `low` or above `high`. */
export function countOutside16(
  samples: Int16Array,
  from: number,
  count: number,
  low: number,
  high: number,
): number {
  // A sample outside makes one of the differences negative. No branch: most often there is none.
  let signs = 0
  const end = from + count
  for (let i = from; i < end; i++) {
    const sample = samples[i] as number
    signs |= (sample - low) | (high - sample)
  }
  if (signs >= 0) return 0
  let outside = 0
  for (let i = from; i < end; i++) {
    const sample = samples[i] as number
    if (sample < low || sample > high) outside++
  }
  return outside
}

/** How many of `count` samples in `bytes` from `offset` on lie below `low` or above `high`. */
export function countOutside(
  bytes: Uint8Array,
  offset: number,
  bytesPerSample: 2 | 3,
  count: number,
  low: number,
  high: number,
): number {
  let outside = 0
  const end = offset + count * bytesPerSample
  for (let from = offset; from < end; from += bytesPerSample) {
    const digital = bytesPerSample === 2 ? sample16(bytes, from) : sample24(bytes, from)
    if (digital < low || digital > high) outside++
  }
  return outside
}

/** Writes `count` physical values from `bytes` at `offset` to `target` at `at`, in double precision. */
export function decodePhysical(
  bytes: Uint8Array,
  offset: number,
  bytesPerSample: 2 | 3,
  { digitalMin, gain, physicalMin }: Scale,
  target: Float64Array,
  at: number,
  count: number,
): void {
  let from = offset
  if (bytesPerSample === 2) {
    for (let i = at; i < at + count; i++, from += 2) {
      target[i] = (sample16(bytes, from) - digitalMin) * gain + physicalMin
    }
  } else {
    for (let i = at; i < at + count; i++, from += 3) {
      target[i] = (sample24(bytes, from) - digitalMin) * gain + physicalMin
    }
  }
}

/** Writes `count` physical values of digital ones from `from` on to `target` at `at`, in double precision. */
export function scaleDigital(
  digital: Int16Array,
  from: number,
  { digitalMin, gain, physicalMin }: Scale,
  target: Float64Array,
  at: number,
  count: number,
): void {
  const end = from + count
  const shift = at - from
  for (let i = from; i < end; i++) {
    target[i + shift] = ((digital[i] as number) - digitalMin) * gain + physicalMin
  }
}
