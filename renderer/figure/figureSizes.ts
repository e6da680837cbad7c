/** Sizes of figures, as people use them; millimetres on paper, or on a slide of its usual 254 mm. */
export const FIGURE_SIZES = [
  { code: 'slide', label: 'Slide', width: 254, height: 143 },
  { code: 'handout', label: 'Handout', width: 170, height: 120 },
  { code: 'sheet', label: 'Sheet across', width: 267, height: 180 },
] as const

export type FigureSize = (typeof FIGURE_SIZES)[number]

/** CSS defines 96 px to the inch, on paper too. */
export const PIXELS_PER_INCH = 96
export const PIXELS_PER_MM = PIXELS_PER_INCH / 25.4
export const DOTS_PER_INCH = 300
