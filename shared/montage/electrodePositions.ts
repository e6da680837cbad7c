/**
 * Where the electrodes of the 10-10 system lie on a sphere. Built as the system is defined (Oostenveld and Praamstra 2001,
 * doi:10.1016/S1388-2457(00)00527-7): Cz on top, the circle Fpz-T7-Oz-T8 as the equator in steps of a tenth of its half,
 * rows from the equator over the midline to the other side, cut into quarters. A test compares eeg_positions 2.1, which
 * measures the same by another way, to a degree and a half. A real head is no sphere: places are the system's, not the
 * patient's.
 */
import { siteOf } from './electrodes.ts'

/** On the unit sphere: x to the right ear, y to the nose, z to the vertex. */
export type Position = { readonly x: number; readonly y: number; readonly z: number }

const DEGREE = Math.PI / 180
/** A tenth of the way from front to back over the vertex, Fpz lying 90 degrees before it. */
const STEP = 22.5

/** Rows from front to back: how far before Cz their midline lies, and their site on the equator from Fpz on, in degrees. */
const ROWS: Readonly<Record<string, { readonly midline: number; readonly azimuth: number }>> = {
  N: { midline: 5 * STEP, azimuth: 0 },
  Fp: { midline: 4 * STEP, azimuth: 18 },
  AF: { midline: 3 * STEP, azimuth: 36 },
  F: { midline: 2 * STEP, azimuth: 54 },
  FT: { midline: STEP, azimuth: 72 },
  FC: { midline: STEP, azimuth: 72 },
  T: { midline: 0, azimuth: 90 },
  C: { midline: 0, azimuth: 90 },
  TP: { midline: -STEP, azimuth: 108 },
  CP: { midline: -STEP, azimuth: 108 },
  P: { midline: -2 * STEP, azimuth: 126 },
  PO: { midline: -3 * STEP, azimuth: 144 },
  O: { midline: -4 * STEP, azimuth: 162 },
  I: { midline: -5 * STEP, azimuth: 162 },
}

/** Steps from the midline on the equator (7 and 8), and on the circle below it (9 and 10). */
const ON_EQUATOR = 4
const BELOW = 5

/** null for ears, which are references, for T1 and T2, which have no place in the system, and for what is no electrode. */
export function positionOf(electrode: string): Position | null {
  const site = siteOf(electrode)
  const row = ROWS[electrode.replace(/(z|\d+)$/, '')]
  if (site === null || site.ear || row === undefined || electrode === 'T1' || electrode === 'T2') return null
  const midline = onMidline(row.midline)
  if (site.side === 'midline') return midline
  const isRing = electrode.startsWith('Fp') || electrode.startsWith('O') || electrode.startsWith('I')
  const left = isRing
    ? onRing(row.azimuth, electrode.startsWith('I') ? -STEP : 0)
    : site.lateral === BELOW
      ? onRing(row.azimuth, -STEP)
      : onRow(midline, onRing(row.azimuth, 0), site.lateral / ON_EQUATOR)
  return site.side === 'left' ? left : { ...left, x: -left.x }
}

function onMidline(degrees: number): Position {
  return { x: 0, y: Math.sin(degrees * DEGREE), z: Math.cos(degrees * DEGREE) }
}

/** On the left, `azimuth` degrees from Fpz, `height` above the equator. */
function onRing(azimuth: number, height: number): Position {
  const across = Math.cos(height * DEGREE)
  return {
    x: -across * Math.sin(azimuth * DEGREE),
    y: across * Math.cos(azimuth * DEGREE),
    z: Math.sin(height * DEGREE),
  }
}

/** A share of the way from the midline to the left end, on the circle through both and the end on the right. */
function onRow(middle: Position, end: Position, share: number): Position {
  // The circle lies in a plane that has the x axis in it; (0, y, z) of its centre is where a line from 0 meets that plane.
  const [dy, dz] = [end.y - middle.y, end.z - middle.z]
  const along = Math.hypot(dy, dz)
  const [uy, uz] = [-dy / along, -dz / along]
  const offset = middle.y * uz - middle.z * uy
  const [cy, cz] = [offset * uz, -offset * uy]
  const radius = Math.hypot(middle.y - cy, middle.z - cz)
  const angle = share * Math.atan2(-end.x, (end.y - cy) * uy + (end.z - cz) * uz)
  return {
    x: -radius * Math.sin(angle),
    y: cy + radius * Math.cos(angle) * uy,
    z: cz + radius * Math.cos(angle) * uz,
  }
}

/**
 * On a head seen from above, nose up: distances from the middle are those from the vertex along the sphere, and the
 * equator is the circle of radius 1 (azimuthal equidistant).
 */
export function onDisc({ x, y, z }: Position): { readonly x: number; readonly y: number } {
  const across = Math.hypot(x, y)
  const radius = Math.atan2(across, z) / (Math.PI / 2)
  return across === 0 ? { x: 0, y: 0 } : { x: (radius * x) / across, y: (radius * y) / across }
}

/** The place on the sphere of a point of that disc. */
export function fromDisc(x: number, y: number): Position {
  const radius = Math.hypot(x, y)
  const inclination = Math.min(radius, 2) * (Math.PI / 2)
  const across = radius === 0 ? 0 : Math.sin(inclination) / radius
  return { x: across * x, y: across * y, z: Math.cos(inclination) }
}
