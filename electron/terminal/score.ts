/** `score`: how well two or more sets of one recording agree. */
import path from 'node:path'
import { comparePair } from '../../shared/agreement/agreement.ts'
import { DEFAULT_RULES, type MatchRules, parseRules } from '../../shared/agreement/rules.ts'
import { compareSeveral } from '../../shared/agreement/several.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { matchRecording } from '../../shared/annotation/identity.ts'
import { ReviewError } from '../../shared/failure.ts'
import { displayName } from '../../shared/shownText.ts'
import { loadSet } from '../host/setReader.ts'
import type { PathsCommand } from './command.ts'
import { describeAgreement, describeSeveral, formatAgreement, formatSeveral } from './describeAgreement.ts'
import { EXIT } from './output.ts'
import { refuseSealedSet, UNSEAL, UNSEAL_HELP } from './sealing.ts'

export const score: PathsCommand = {
  name: 'score',
  usage: 'score REFERENCE OTHER… [--rules ROW.SETTING=VALUE,…] [--unseal] [--json]',
  summary: `how well two sets of one recording agree, where both have reviewed it: where, what, and on which events not; of more, every two of them and all together; ${UNSEAL_HELP}`,
  operands: ['REFERENCE', 'OTHER'],
  takesMore: true,
  options: { json: { type: 'boolean' }, rules: { type: 'string' }, ...UNSEAL },
  runOnPaths: async (files, values, output) => {
    const rules = typeof values.rules === 'string' ? parseRules(values.rules) : DEFAULT_RULES
    const sets: NamedSet[] = []
    for (const file of files) sets.push(await readSet(file, values.unseal === true))
    const [reference, ...others] = sets
    if (reference === undefined) return EXIT.usage
    for (const { name, document } of others) {
      if (matchRecording(reference.document, document.recording) === 'same') continue
      throw new ReviewError(
        'wrong-recording',
        `"${reference.name}" and "${name}" are sets of two different recordings.`,
      )
    }
    const [other] = others
    const answer =
      other !== undefined && others.length === 1
        ? scoreTwo(reference, other, rules)
        : scoreSeveral(sets, rules)
    const recording = reference.document.recording.fileName
    await output.write(
      values.json === true ? `${JSON.stringify({ recording, ...answer.json }, null, 2)}\n` : answer.text,
    )
    return EXIT.done
  },
}

type NamedSet = { readonly name: string; readonly document: AnnotationDocument }
type Answer = { readonly json: object; readonly text: string }

function scoreTwo(a: NamedSet, b: NamedSet, rules: MatchRules): Answer {
  const pair = comparePair(a.document, b.document, rules)
  return {
    json: { reference: describeSet(a), other: describeSet(b), ...describeAgreement(pair, rules) },
    text: `${nameLine('reference', a)}${nameLine('other', b)}${formatAgreement(pair)}`,
  }
}

/** Every two of them, the reference's first, and all together, as the window compares them. */
function scoreSeveral(sets: readonly NamedSet[], rules: MatchRules): Answer {
  // Two sets may be of one reviewer: each goes by its file then.
  const codes = sets.map(({ document }) => document.reviewer)
  const readings = sets.map(({ name, document }) => {
    const { reviewer } = document
    return {
      ...document,
      reviewer: codes.indexOf(reviewer) === codes.lastIndexOf(reviewer) ? reviewer : displayName(name),
    }
  })
  const several = compareSeveral(readings, rules)
  const pairs = readings.flatMap((a, at) =>
    readings.slice(at + 1).map((b, further) => ({
      names: { reference: sets[at]!.name, other: sets[at + 1 + further]!.name },
      agreement: comparePair(a, b, rules),
    })),
  )
  const [reference, ...others] = sets.map(describeSet)
  return {
    json: {
      reference,
      others,
      ...describeSeveral(several, rules),
      pairs: pairs.map(({ names, agreement }) => ({ ...names, ...describeAgreement(agreement, rules) })),
    },
    text: [
      ...sets.map((set, index) => nameLine(index === 0 ? 'reference' : 'other', set)),
      formatSeveral(several),
      ...pairs.map(
        ({ agreement }) => `\n${agreement.reference} and ${agreement.other}\n${formatAgreement(agreement)}`,
      ),
    ].join(''),
  }
}

function describeSet({ name, document: { reviewer, marks, changed } }: NamedSet) {
  return { set: name, reviewer, marks: marks.length, changed }
}

function nameLine(what: string, { name, document }: NamedSet): string {
  return `${what.padEnd(18)}${displayName(name)} (${document.reviewer})\n`
}

/** A refusal names the file. */
async function readSet(file: string, unseals: boolean): Promise<NamedSet> {
  const name = path.basename(file)
  try {
    const { document } = await loadSet(file)
    if (!unseals) await refuseSealedSet(file, document)
    return { name, document }
  } catch (thrown) {
    if (!(thrown instanceof ReviewError) || thrown.message.includes(name)) throw thrown
    throw new ReviewError(thrown.code, `"${name}": ${thrown.message}`, { cause: thrown })
  }
}
