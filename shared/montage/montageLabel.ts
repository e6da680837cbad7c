/** What a montage is called where only its id is at hand: one that a later version knows, or that the reader has not made, by that. */
import { MONTAGES } from './montages.ts'
import { isOwnId } from './ownMontages.ts'

export function montageLabel(id: string): string {
  const known = MONTAGES.find((each) => each.id === id)
  return known?.label ?? (isOwnId(id) ? id.slice('own:'.length) : id)
}
