/** `120 µV`; the bare number where the file gives no unit. */
export function sayVoltage(value: number, unit: string): string {
  return `${Math.round(value)}${unit === 'uV' ? ' µV' : ''}`
}
