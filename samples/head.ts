/**
 * The head as a sphere: where each electrode stands and how the field of a source spreads over it.
 * Every wave of the samples reaches the electrodes through such a field, so that it has the right place
 * and polarity in every montage.
 */
import { bell, cosine, sine, squareRoot } from './arithmetic.ts'

/** Unit vector: x to the right ear, y to the nose, z to the vertex. */
export type Place = readonly [x: number, y: number, z: number]

/**
 * Inclination from the vertex and azimuth from the right ear, in degrees, of the 10-20 electrodes on a
 * sphere (the customary spherical coordinates of the system: Cz at 0, T7 and T8 at 92). The ear lobes and the
 * two eye electrodes (1 cm below the left, 1 cm above the right outer canthus) stand lower.
 */
const SPHERICAL = {
  Fp1: [-92, -72],
  Fp2: [92, 72],
  F7: [-92, -36],
  F3: [-60, -51],
  Fz: [46, 90],
  F4: [60, 51],
  F8: [92, 36],
  T7: [-92, 0],
  C3: [-46, 0],
  Cz: [0, 0],
  C4: [46, 0],
  T8: [92, 0],
  P7: [-92, 36],
  P3: [-60, 51],
  Pz: [46, -90],
  P4: [60, -51],
  P8: [92, -36],
  O1: [-92, 72],
  O2: [92, -72],
  A1: [-120, 8],
  A2: [120, -8],
  LOC: [-117, -56],
  ROC: [108, 56],
} as const

export type HeadLead = keyof typeof SPHERICAL

export const SCALP = [
  'Fp1', 'Fp2', 'F7', 'F3', 'Fz', 'F4', 'F8', 'T7', 'C3', 'Cz', 'C4', 'T8', 'P7', 'P3', 'Pz', 'P4', 'P8', 'O1', 'O2',
] as const satisfies readonly HeadLead[] // biome-ignore format: the order of the cap

export const HEAD_LEADS = [...SCALP, 'A1', 'A2', 'LOC', 'ROC'] as const satisfies readonly HeadLead[]

export function place(inclination: number, azimuth: number): Place {
  const across = sine(inclination / 360)
  return [across * cosine(azimuth / 360), across * sine(azimuth / 360), cosine(inclination / 360)]
}

export function placeOf(lead: HeadLead): Place {
  const [inclination, azimuth] = SPHERICAL[lead]
  return place(inclination, azimuth)
}

/** The point between two leads, `share` of the way from the first to the second. */
export function between(first: HeadLead, second: HeadLead, share = 0.5): Place {
  const a = placeOf(first)
  const b = placeOf(second)
  return onSphere([0, 1, 2].map((k) => a[k]! + (b[k]! - a[k]!) * share))
}

export function onSphere(vector: readonly number[]): Place {
  const [x = 0, y = 0, z = 0] = vector
  const length = squareRoot(x * x + y * y + z * z)
  return [x / length, y / length, z / length]
}

/** What share of a source each head lead sees, in the order of HEAD_LEADS. */
export type Field = Float64Array

/**
 * The field of a radial source: a bell over the sphere, `width` degrees from its centre to 61 %,
 * upon a broad part that reaches the whole scalp. Ears and eyes, off the skull's vault, see half.
 */
export function radialField(centre: Place, width: number, broad = 0): Field {
  const chord = 2 * sine(width / 720)
  return Float64Array.from(HEAD_LEADS, (lead, index) => {
    const share = index < SCALP.length ? 1 : 0.5
    return share * (broad + (1 - broad) * bell(distance(centre, placeOf(lead)) / chord))
  })
}

function distance(a: Place, b: Place): number {
  return squareRoot(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2]))
}

/** A field that seats a wave at one lead alone: the electrode's own fault. */
export function singleLead(lead: HeadLead): Field {
  return Float64Array.from(HEAD_LEADS, (other) => (other === lead ? 1 : 0))
}

/** Sum of fields with weights. */
export function sumFields(...parts: readonly (readonly [weight: number, field: Field])[]): Field {
  return Float64Array.from(HEAD_LEADS, (_, k) =>
    parts.reduce((sum, [weight, field]) => sum + weight * field[k]!, 0),
  )
}

/** Scales both sides so that together they reach 1 at their highest lead. */
export function balanced(left: Field, right: Field): readonly [Field, Field] {
  let most = 0
  for (let k = 0; k < SCALP.length; k++) most = Math.max(most, left[k]! + right[k]!)
  return [left.map((weight) => weight / most), right.map((weight) => weight / most)]
}

/** The field with other values at some leads. */
export function withLeads(field: Field, values: Partial<Readonly<Record<HeadLead, number>>>): Field {
  return Float64Array.from(HEAD_LEADS, (lead, k) => values[lead] ?? field[k]!)
}

/** Points spread evenly over the part of the sphere that electrodes cover (a Fibonacci spiral). */
export function cortex(points: number): readonly Place[] {
  return Array.from({ length: points }, (_, k) => {
    const z = 1 - ((k + 0.5) / points) * 1.5
    const radius = squareRoot(1 - z * z)
    const turns = k * 0.3819660112501051
    return [radius * cosine(turns), radius * sine(turns), z] as const
  })
}

function square(x: number): number {
  return x * x
}
