/**
 * Montages that readers make themselves: lines as sums of electrodes and signals, with a name. They know no recording;
 * `planOwn.ts` makes lines of a header of them, shared/ownMontages/ checks, names and keeps them. For the reader:
 * `parseFormula`, for what is typed.
 */
/** A summand: an electrode by its canonical name, `Avg` for the mean of the good scalp electrodes, or a signal's label. */
export type OwnTerm = { readonly channel: string; readonly weight: number }

export type OwnLine = {
  /** Empty: it is called by its formula. */
  readonly label: string
  readonly terms: readonly OwnTerm[]
  /** Whether a new block begins with it, half a row apart. */
  readonly gap: boolean
}

export type OwnMontage = { readonly name: string; readonly lines: readonly OwnLine[] }

/** With a sign that no id of the table has, so that the two never clash; the rest is its name, which is unique. */
export type OwnMontageId = `own:${string}`

export const MOST_OWN = 60
export const MOST_LINES = 128
export const MOST_TERMS = 64
export const LONGEST_NAME = 60
/** Longer than any label of EDF+ (16), for systems that number their signals in words. */
export const LONGEST_CHANNEL = 80
/** EDFbrowser takes no more, and an electrode of a hundredth is seen by nobody. */
export const LARGEST_WEIGHT = 128
export const SMALLEST_WEIGHT = 0.001

export const AVERAGE = 'Avg'

export function ownIdOf({ name }: Pick<OwnMontage, 'name'>): OwnMontageId {
  return `own:${name}`
}

export function isOwnId(id: string): id is OwnMontageId {
  return id.startsWith('own:')
}

export function isWeight(weight: number): boolean {
  return Math.abs(weight) >= SMALLEST_WEIGHT && Math.abs(weight) <= LARGEST_WEIGHT
}

export type ParsedFormula =
  | { readonly terms: readonly OwnTerm[]; readonly problem: null }
  | { readonly terms: null; readonly problem: string }

/** A factor, a star, and a name: bare where it has none of the signs of a formula, else in quotes. */
const TERM =
  /\s*(?<sign>[+\u2212-])?\s*(?:(?<factor>\d+(?:[.,]\d+)?|[.,]\d+)\s*\*\s*)?(?:"(?<quoted>[^"]*)"|(?<bare>[^\s"+\u2212*-][^"+\u2212*-]*))/uy

/**
 * What was typed as a sum: `Fp1-F7`, `C3-0.5*A1-0.5*A2`, `"EMG Chin"`, `Cz-Avg`. `EMG Chin` needs no quotes; a name with
 * a sign in it does.
 */
export function parseFormula(typed: string): ParsedFormula {
  const formula = oneLine(typed)
  if (formula === '') return refused('Type what the line shows, such as Fp1-F7.')
  const terms: OwnTerm[] = []
  TERM.lastIndex = 0
  while (TERM.lastIndex < formula.length) {
    const at = TERM.lastIndex
    const groups = TERM.exec(formula)?.groups
    const channel = oneLine(groups?.quoted ?? groups?.bare ?? '')
    if (groups === undefined || channel === '' || (at > 0 && groups.sign === undefined)) {
      return refused(`“${formula.slice(at, at + 20)}” cannot be read: write sums such as C3-0.5*A1-0.5*A2.`)
    }
    if (channel.length > LONGEST_CHANNEL) return refused(`A name has at most ${LONGEST_CHANNEL} characters.`)
    const size = groups.factor === undefined ? 1 : Number(groups.factor.replace(',', '.'))
    const weight = groups.sign === undefined || groups.sign === '+' ? size : -size
    if (!isWeight(weight))
      return refused(`The factor ${groups.factor} is not from ${SMALLEST_WEIGHT} to ${LARGEST_WEIGHT}.`)
    terms.push({ channel, weight })
    if (terms.length > MOST_TERMS) return refused(`A line has at most ${MOST_TERMS} terms.`)
  }
  return { terms, problem: null }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function refused(problem: string): ParsedFormula {
  return { terms: null, problem }
}

/** The shortest that `parseFormula` reads as the same. */
export function formatFormula(terms: readonly OwnTerm[]): string {
  return terms
    .map(({ channel, weight }, index) => {
      const sign = weight < 0 ? '-' : index === 0 ? '' : '+'
      const factor = Math.abs(weight) === 1 ? '' : `${plainNumber(Math.abs(weight))}*`
      const isBare = /^[^\s"+\u2212*-][^"+\u2212*-]*$/u.test(channel) && !/^[\d.,\s]+$/.test(channel)
      return `${sign}${factor}${isBare ? channel : `"${channel.replaceAll('"', '')}"`}`
    })
    .join('')
}

/** Never with an exponent. */
function plainNumber(value: number): string {
  const text = String(value)
  return text.includes('e') ? value.toFixed(12).replace(/0+$/, '') : text
}

/** What the line is called on the page. */
export function labelOf({ label, terms }: Pick<OwnLine, 'label' | 'terms'>): string {
  return label === '' ? formatFormula(terms).replaceAll('"', '') : label
}
