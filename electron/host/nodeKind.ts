/** What a name in a folder stands for where a file was expected, in words for a sentence. */
import type { BigIntStats, Stats } from 'node:fs'

/** With its article: `a folder`, `a pipe`, `a socket`, `a device`, `a link`, `a file`. */
export function describeNode(facts: Stats | BigIntStats): string {
  if (facts.isDirectory()) return 'a folder'
  if (facts.isFIFO()) return 'a pipe'
  if (facts.isSocket()) return 'a socket'
  if (facts.isSymbolicLink()) return 'a link'
  return facts.isFile() ? 'a file' : 'a device'
}
