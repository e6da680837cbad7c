/** A share from 0 to 1 for people: never 100 % before it is all, never 0 % when it is some. */
export function formatPercent(share: number): string {
  if (share >= 1) return '100 %'
  return share > 0 ? `${Math.min(99, Math.max(1, Math.round(share * 100)))} %` : '0 %'
}
