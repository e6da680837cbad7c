/** A stream of chance that is the same on every machine; each part of a recording has its own by name. */
export type Random = {
  /** [0, 1) */
  readonly uniform: () => number
  /** [low, high) */
  readonly between: (low: number, high: number) => number
  /** Mean 0, standard deviation 1; the sum of six uniforms, so never beyond 4.3. */
  readonly normal: () => number
}

/** The generator sfc32 (C. Doty-Humphrey, PractRand) seeded by the name's FNV-1a hashes. */
export function randomStream(name: string): Random {
  let a = hash(name, 0x811c9dc5)
  let b = hash(name, 0x01000193)
  let c = hash(name, 0x9e3779b9)
  let counter = 1
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let k = 0; k < 20; k++) next()
  return {
    uniform: next,
    between: (low, high) => low + (high - low) * next(),
    normal: () => (next() + next() + next() + next() + next() + next() - 3) * Math.SQRT2,
  }
}

function hash(text: string, seed: number): number {
  let h = seed | 0
  for (let k = 0; k < text.length; k++) h = Math.imul(h ^ text.charCodeAt(k), 0x01000193)
  return h
}
