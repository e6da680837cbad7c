/**
 * Palettes that are told apart whatever colours an eye sees. Amplitude: RdBu of ColorBrewer (Brewer 2003), pale at 0, blue
 * for negative, red for positive. Power: viridis of matplotlib (Smith and van der Walt 2015), dark at its lowest.
 */
export const PALETTES = {
  amplitude: [
    ...['#053061', '#2166ac', '#4393c3', '#92c5de', '#d1e5f0', '#f7f7f7'],
    ...['#fddbc7', '#f4a582', '#d6604d', '#b2182b', '#67001f'],
  ],
  power: ['#440154', '#3b528b', '#21918c', '#5ec962', '#fde725'],
} as const

export type PaletteName = keyof typeof PALETTES

/** A palette as Plotly takes it: shares of the whole, each with its colour. */
export function colourScale(name: PaletteName): readonly (readonly [number, string])[] {
  const palette = PALETTES[name]
  return palette.map((colour, index) => [index / (palette.length - 1), colour])
}
