/**
 * What the words of other programs mean here. What this project writes is known exactly; spellings and other languages
 * are proposed, and the reader decides. For the reader: `proposeTarget`.
 */
import { KINDS, type MarkKind, MIMICS } from '../../annotation/kinds.ts'

/** What an event becomes: a mark of a kind, a reviewed range, or nothing. */
export type Target =
  | { readonly as: 'mark'; readonly kind: MarkKind; readonly subtype: string | null }
  | { readonly as: 'reviewed' }
  | { readonly as: 'nothing' }

export type TargetChoice = {
  /** `hypnic_jerk`, `mimic:firda`, `reviewed`, `nothing`: what a terminal and a list of choices call it. */
  readonly code: string
  readonly label: string
  readonly target: Target
}

/** The text of a stretch that was read, as it stands in other programs' files. */
export const REVIEWED_TEXT = 'Reviewed'
export const REVIEWED_CODE = 'reviewed'
const MIMIC_PREFIX = 'Mimic: '

export const TARGETS: readonly TargetChoice[] = [
  ...KINDS.map(({ code, label }) => choice(code, label, { as: 'mark', kind: code, subtype: null })),
  ...MIMICS.map(({ code, label }) =>
    choice(`mimic:${code}`, `${MIMIC_PREFIX}${label}`, { as: 'mark', kind: 'mimic', subtype: code }),
  ),
  choice(REVIEWED_CODE, REVIEWED_TEXT, { as: 'reviewed' }),
  choice('nothing', 'Leave out', { as: 'nothing' }),
]

function choice(code: string, label: string, target: Target): TargetChoice {
  return { code, label, target }
}

export function codeOfTarget(target: Target): string {
  if (target.as !== 'mark') return target.as
  return target.subtype === null ? target.kind : `mimic:${target.subtype}`
}

export function targetOfCode(code: string): Target | null {
  return TARGETS.find((each) => each.code === code)?.target ?? null
}

/** The fixed text of a mark: one event type always has the same (EDF+ 2.2.3), in plain ASCII. */
export function textOfMark({
  kind,
  subtype,
}: {
  readonly kind: MarkKind
  readonly subtype: string | null
}): string {
  const code = codeOfTarget({ as: 'mark', kind, subtype })
  return TARGETS.find((each) => each.code === code)?.label ?? kind
}

const EXACT: ReadonlyMap<string, Target> = new Map(
  TARGETS.filter(({ target }) => target.as !== 'nothing').flatMap(({ code, label, target }) => [
    [label, target] as const,
    [code, target] as const,
  ]),
)

/** What this project's own texts and codes mean; null for all others. */
export function exactTarget(text: string): Target | null {
  return EXACT.get(text.trim()) ?? null
}

const JERK: Target = { as: 'mark', kind: 'hypnic_jerk', subtype: null }
const SPIKE_WAVE: Target = { as: 'mark', kind: 'spike_wave_3hz', subtype: null }
const mimic = (subtype: (typeof MIMICS)[number]['code']): Target => ({ as: 'mark', kind: 'mimic', subtype })

/**
 * Spellings and languages, tried in order on the text in lower case, without accents, its signs as single blanks.
 * What is said of a rate other than 3 Hz is no 3 Hz spike-and-wave, so those stand first.
 */
const VARIANTS: readonly { readonly pattern: RegExp; readonly target: Target }[] = [
  // German, French, Spanish, Portuguese, Italian, Dutch, Polish, Swedish beside English.
  { pattern: /\b(hypnic|hypnagogic|sleep) (jerk|start|myoclon\w*)/, target: JERK },
  { pattern: /\bsleep onset (jerk|myoclon\w*)/, target: JERK },
  { pattern: /\b(einschlaf|schlaf)(zuckung|myoklon)\w*/, target: JERK },
  { pattern: /\b(sursaut|secousse|myoclonie)\w* (d )?(endormissement|hypni\w*|hypnagogi\w*)/, target: JERK },
  {
    pattern: /\b(sacudida|mioclonia|espasmo|abalo|contracao)\w* (hipni\w*|hipnag\w*|do sono|del sueno)/,
    target: JERK,
  },
  { pattern: /\b(mioclono|scatto|spasmo|scossa)\w* (ipni\w*|ipnag\w*)/, target: JERK },
  { pattern: /\b(hypnische schok|inslaapschok|slaapschok|slaapstuip)/, target: JERK },
  { pattern: /\b(zryw|mioklonia)\w* (hipni\w*|przysenn\w*)/, target: JERK },
  { pattern: /\b(insomningsryckning|sovryckning)/, target: JERK },

  { pattern: /\bphantom\b|\b6 ?(hz|s|per s|c s|cps) (spike|sw)/, target: mimic('phantom_6hz') },
  { pattern: /\bslow spike|\b(1 5|2|2 5) ?(hz|s|cps) (spike|sw)/, target: mimic('slow_spike_wave') },
  { pattern: /\b(rudimentary|pseudo ?petit mal)/, target: mimic('rudimentary_spike_wave') },
  { pattern: /\bpoly ?spike/, target: mimic('polyspike_wave_jerk') },
  {
    pattern: /\b3( 0)? ?(hz|s|per s|c s|cps|per second)\b.*\b(spike|spikes|sw|swd|swc|gsw|sharp wave)\b/,
    target: SPIKE_WAVE,
  },
  {
    pattern: /\b(spike|spikes|sw|swd|swc|gsw)\b.*\b3( 0)? ?(hz|s|per s|c s|cps|per second)\b/,
    target: SPIKE_WAVE,
  },
  {
    pattern: /\b(swd|spike (and )?(slow )?wave (discharge|complex)\w*|spike and (slow )?wave|spike wave)\b/,
    target: SPIKE_WAVE,
  },
  {
    pattern: /\b(pointes? ondes?|punta ond[ae]|punte onda|ponta onda|piekgolf\w*|iglica fala|spets vag)\b/,
    target: SPIKE_WAVE,
  },

  { pattern: /\bhypnagogic hypersync/, target: mimic('hypnagogic_hypersynchrony') },
  { pattern: /\bhypnagoge hypersync|\bhypersynchronie hypnagog/, target: mimic('hypnagogic_hypersynchrony') },
  { pattern: /\b(hyperventilation|hv) (slowing|build ?up)/, target: mimic('hyperventilation_slowing') },
  { pattern: /\boirda\b/, target: mimic('oirda') },
  { pattern: /\bfirda\b/, target: mimic('firda') },
  {
    pattern: /\b(vertex (sharp )?(wave|welle|zacke)|onde vertex|pointe vertex)\w*/,
    target: mimic('vertex_waves'),
  },
  {
    pattern: /\b(plm|plms|lm|leg movement|beinbewegung|mouvement de jambe)\w*/,
    target: mimic('leg_movement'),
  },
  { pattern: /\b(fragmentary|excessive fragmentary) myoclon/, target: mimic('fragmentary_myoclonus') },
  { pattern: /\b(alma|hypnagogic foot tremor)\b/, target: mimic('rhythmic_feet') },
  {
    pattern: /\b(eeg )?(arousal|weckreaktion|micro ?eveil|micro ?despertar|microrisveglio)\b/,
    target: mimic('arousal'),
  },
  {
    pattern: /\b(emg|muscle|muskel|musculaire|muscular) ?(artefa[ck]t|artifact|artefakt)\w*/,
    target: mimic('emg_artifact'),
  },
  {
    pattern: /\b(electrode|elektroden?)( pop| ?artefa[ck]t| artifact)\w*/,
    target: mimic('electrode_artifact'),
  },
  {
    pattern: /\b(movement|bewegungs?|mouvement) ?(artefa[ck]t|artifact|artefakt)\w*/,
    target: mimic('movement_artifact'),
  },
  {
    pattern: /^(uncertain|unsure|unsicher|fraglich|incertain|incierto|incerto|onzeker)$/,
    target: { as: 'mark', kind: 'uncertain', subtype: null },
  },
]

/** What a text probably means, from spellings and languages; null where nothing is known of it. */
export function proposeTarget(text: string): Target | null {
  // A text of an hour's dictation is no name of an event.
  const plain = plainWords(text.slice(0, 200))
  return VARIANTS.find(({ pattern }) => pattern.test(plain))?.target ?? null
}

/** In lower case, without accents, its signs as single blanks: what patterns of many languages are tried on. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
