/** Measured values as they are printed: as many figures as can be read, with a true minus sign. */

/** `−214`, `0.35`: three figures are enough to read, the sign is a minus sign. */
export function formatNumber(value: number, digits = 3): string {
  const size = Math.abs(value)
  const decimals = size === 0 ? 0 : Math.max(0, Math.min(6, digits - 1 - Math.floor(Math.log10(size))))
  const text = size.toFixed(size >= 100 ? 0 : decimals)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

export function unitText(unit: string): string {
  return unit === 'uV' ? 'µV' : unit
}
