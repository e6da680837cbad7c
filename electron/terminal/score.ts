/** `score`: how well two sets of one recording agree. */
import path from 'node:path'
import { comparePair } from '../../shared/agreement/agreement.ts'
import { DEFAULT_RULES, parseRules } from '../../shared/agreement/rules.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { matchRecording } from '../../shared/annotation/identity.ts'
import { ReviewError } from '../../shared/failure.ts'
import { loadSet } from '../host/setReader.ts'
import type { PathsCommand } from './command.ts'
import { describeAgreement, formatAgreement } from './describeAgreement.ts'
import { EXIT } from './output.ts'

export const score: PathsCommand = {
  name: 'score',
  usage: 'score REFERENCE OTHER [--rules ROW.SETTING=VALUE,…] [--json]',
  summary:
    'how well two sets of one recording agree, where both have reviewed it: where, what, and on which events not',
  operands: ['REFERENCE', 'OTHER'],
  options: { json: { type: 'boolean' }, rules: { type: 'string' } },
  runOnPaths: async ([referencePath = '', otherPath = ''], values, output) => {
    const rules = typeof values.rules === 'string' ? parseRules(values.rules) : DEFAULT_RULES
    const reference = await readSet(referencePath)
    const other = await readSet(otherPath)
    const [a, b] = [path.basename(referencePath), path.basename(otherPath)]
    if (matchRecording(reference, other.recording) !== 'same') {
      throw new ReviewError('wrong-recording', `"${a}" and "${b}" are sets of two different recordings.`)
    }
    const pair = comparePair(reference, other, rules)
    const set = (name: string, document: AnnotationDocument) => ({
      set: name,
      reviewer: document.reviewer,
      marks: document.marks.length,
      changed: document.changed,
    })
    await output.write(
      values.json === true
        ? `${JSON.stringify({ recording: reference.recording.fileName, reference: set(a, reference), other: set(b, other), ...describeAgreement(pair, rules) }, null, 2)}\n`
        : `reference         ${a} (${reference.reviewer})\nother             ${b} (${other.reviewer})\n${formatAgreement(pair)}`,
    )
    return EXIT.done
  },
}

/** A refusal names the file. */
async function readSet(file: string): Promise<AnnotationDocument> {
  const name = path.basename(file)
  try {
    return (await loadSet(file)).document
  } catch (thrown) {
    if (!(thrown instanceof ReviewError) || thrown.message.includes(name)) throw thrown
    throw new ReviewError(thrown.code, `"${name}": ${thrown.message}`, { cause: thrown })
  }
}
