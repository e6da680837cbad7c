/**
 * When two marks are one event: a row of settings for each sort of mark, shown beside every figure and adjustable.
 * A jerk is a moment and is told by its onset; a run of spike-and-wave has two ends that readers place differently.
 */
import type { Mark } from '../annotation/document.ts'
import { mimicOf } from '../annotation/kinds.ts'
import { ReviewError } from '../failure.ts'
import { type Seconds, secondsFromTicks, type Ticks, ticksFromSeconds } from '../units.ts'

export type MatchRule = {
  /** How far two onsets may lie apart. */
  readonly onset: Seconds
  /** How far the ends may lie apart as well; null: the ends are not asked. */
  readonly offset: Seconds | null
  /** Or which share of both together they have in common; 0: any part. */
  readonly overlap: number
  /** How far apart they may lie and still overlap: each is lengthened by half of it at either end. */
  readonly tolerance: Seconds
  /** Marks of one reader, one kind and one mimic that lie no further apart are one event; 0: each is its own. */
  readonly mergeGap: Seconds
}

export const MATCH_RULES = [
  {
    id: 'jerk',
    label: 'Hypnic jerk and its mimics',
    rule: { onset: 0.25, offset: null, overlap: 0, tolerance: 0.1, mergeGap: 0 },
  },
  {
    id: 'run',
    label: '3 Hz spike-and-wave and its mimics',
    rule: { onset: 1, offset: 2, overlap: 0.3, tolerance: 0.5, mergeGap: 1 },
  },
  {
    id: 'other',
    label: 'Artifacts, other mimics, uncertain',
    rule: { onset: 0.25, offset: null, overlap: 0, tolerance: 0.1, mergeGap: 0 },
  },
] as const satisfies readonly { readonly id: string; readonly label: string; readonly rule: MatchRule }[]

export type RuleId = (typeof MATCH_RULES)[number]['id']
export type MatchRules = { readonly [Id in RuleId]: MatchRule }

/** What each setting is called, and what it may be. */
export const RULE_FIELDS = [
  { name: 'onset', label: 'Onsets within', unit: 's', most: 60, optional: false },
  { name: 'offset', label: 'and ends within', unit: 's', most: 600, optional: true },
  { name: 'overlap', label: 'or common share', unit: '', most: 1, optional: false },
  { name: 'tolerance', label: 'lengthened by', unit: 's', most: 60, optional: false },
  { name: 'mergeGap', label: 'Joined within', unit: 's', most: 60, optional: false },
] as const satisfies readonly {
  readonly name: keyof MatchRule
  readonly label: string
  readonly unit: string
  readonly most: number
  /** It may be left out. */
  readonly optional: boolean
}[]

export type RuleField = (typeof RULE_FIELDS)[number]

export const DEFAULT_RULES = Object.fromEntries(
  MATCH_RULES.map(({ id, rule }) => [id, rule]),
) as unknown as MatchRules

/** Which row a mark follows: its own kind's, and a mimic that of what it is mistaken for. */
export function ruleIdOf(mark: Pick<Mark, 'kind' | 'subtype'>): RuleId {
  if (mark.kind === 'hypnic_jerk') return 'jerk'
  if (mark.kind === 'spike_wave_3hz') return 'run'
  const of = mark.kind === 'mimic' ? mimicOf(mark.subtype)?.of : undefined
  return of === 'hypnic_jerk' ? 'jerk' : of === 'spike_wave_3hz' ? 'run' : 'other'
}

/** Why a setting cannot be so, in a sentence; null where it can. */
export function ruleProblem(field: RuleField, value: number | null): string | null {
  const { label, unit, most, optional } = field
  if (value === null && optional) return null
  if (value !== null && Number.isFinite(value) && value >= 0 && value <= most) return null
  const range = `“${label}” is a number from 0 to ${most}${unit === '' ? '' : ` ${unit}`}`
  return `${range}${optional ? ', or left out' : ''}.`
}

/**
 * `jerk.onset=0.3,run.offset=none` over the settings of the app. Throws ReviewError `bad-input` that names what is
 * wrong and what there is.
 */
export function parseRules(text: string): MatchRules {
  let rules = DEFAULT_RULES
  for (const part of text.split(',')) {
    const [, id, name, value = ''] = /^\s*(\w+)\.(\w+)=(\S+)\s*$/.exec(part) ?? []
    const row = MATCH_RULES.find((each) => each.id === id)
    const field = RULE_FIELDS.find((each) => each.name === name)
    if (row === undefined || field === undefined) {
      const rows = MATCH_RULES.map((each) => each.id).join(', ')
      const fields = RULE_FIELDS.map((each) => each.name).join(', ')
      throw new ReviewError(
        'bad-input',
        `"${part.trim().slice(0, 60)}" is no rule: write ROW.SETTING=VALUE with a row (${rows}) and a setting (${fields})`,
      )
    }
    const number = value === 'none' ? null : /^\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN
    const problem = ruleProblem(field, number)
    if (problem !== null) throw new ReviewError('bad-input', `${row.id}.${field.name}: ${problem}`)
    rules = { ...rules, [row.id]: { ...rules[row.id], [field.name]: number } }
  }
  return rules
}

export type Extent = { readonly onset: Ticks; readonly end: Ticks }

/** Whether two extents are at one place by a rule: by their onsets (and ends), or by what they have in common. */
export function isSamePlace(a: Extent, b: Extent, rule: MatchRule): boolean {
  const within = (difference: number, limit: Seconds) => Math.abs(difference) <= ticksFromSeconds(limit)
  const endsMeet = rule.offset === null || within(a.end - b.end, rule.offset)
  if (endsMeet && within(a.onset - b.onset, rule.onset)) return true
  const tolerance = ticksFromSeconds(rule.tolerance)
  const common = Math.min(a.end, b.end) - Math.max(a.onset, b.onset) + tolerance
  const together = Math.max(a.end, b.end) - Math.min(a.onset, b.onset) + tolerance
  return common > 0 && common / together >= rule.overlap
}

/** How far apart two extents can lie at most that any of the rules takes for one place. */
export function farthestReach(rules: MatchRules): Ticks {
  const reaches = Object.values(rules).map(({ onset, tolerance }) => Math.max(onset, tolerance))
  return ticksFromSeconds(Math.max(...reaches))
}

export function secondsOf(extent: Extent): { readonly onset: Seconds; readonly duration: Seconds } {
  return {
    onset: secondsFromTicks(extent.onset),
    duration: secondsFromTicks((extent.end - extent.onset) as Ticks),
  }
}
