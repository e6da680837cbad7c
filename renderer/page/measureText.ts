import type { MeasureText } from './channelNames.ts'

let context: CanvasRenderingContext2D | null = null

/** Width as the page will draw it; an estimate where there is no canvas. */
export const measureText: MeasureText = (text, size) => {
  context ??= document.createElement('canvas').getContext('2d')
  if (context === null) return text.length * size * 0.58
  context.font = `560 ${size}px "Inter Variable", Inter, system-ui, sans-serif`
  return context.measureText(text).width
}
