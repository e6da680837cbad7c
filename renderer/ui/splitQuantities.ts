/** Numbers with their units in running text, so that a line never ends between the two. */

const UNITS = ['µV/mm', 'mm/s', 'µV', 'mV', 'Hz', 'ms', 'min', 'mm', 's', 'h', '%', '°']
const QUANTITY = new RegExp(
  `(?<![\\p{L}\\p{N}])[−+±<>≤≥]?\\s?\\d+(?:[.,]\\d+)*(?:\\s?(?:${UNITS.join('|')}))?(?:\\s?/\\s?(?:min|s|h))?(?![\\p{L}\\p{N}])`,
  'gu',
)

export type TextPart = { readonly text: string; readonly isQuantity: boolean }

/** The text in parts, in order and whole: `145 to `, `160 ms`. A number without a unit is no quantity. */
export function splitQuantities(text: string): readonly TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const { 0: found, index } of text.matchAll(QUANTITY)) {
    const quantity = found.trimStart()
    if (!/[^\d.,]/u.test(quantity)) continue
    const start = index + found.length - quantity.length
    if (start > from) parts.push({ text: text.slice(from, start), isQuantity: false })
    parts.push({ text: quantity, isQuantity: true })
    from = start + quantity.length
  }
  if (from < text.length) parts.push({ text: text.slice(from), isQuantity: false })
  return parts
}
