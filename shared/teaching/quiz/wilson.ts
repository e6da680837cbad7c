/** 95 % interval of a share (Wilson 1927, J Am Stat Assoc 22:209-212); `of` is above 0. As scipy's `proportion_ci`. */
export function wilsonInterval(count: number, of: number): readonly [number, number] {
  const z2 = 1.959963984540054 ** 2
  const share = count / of
  const middle = (share + z2 / (2 * of)) / (1 + z2 / of)
  const reach = Math.sqrt((z2 * ((share * (1 - share)) / of + z2 / (4 * of * of))) / (1 + z2 / of) ** 2)
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)]
}
