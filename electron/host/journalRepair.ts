/** A journal that a crash has cut off or damaged: made good before more is added to it, what was damaged kept beside it. */
import { readdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { formatJournalLine, parseJournal } from '../../shared/annotation/journalEntry.ts'
import { replay } from '../../shared/annotation/replay.ts'
import { readBounded, statOrNull, writeFileAtomically } from './atomicFile.ts'
import { JOURNAL_NAME, LARGEST_JOURNAL, startOf } from './journalFile.ts'

type Repaired = { readonly length: number; readonly steps: number; readonly problem: string | null }

/**
 * Leaves in the file only what can be read and followed, so that more can be added to it: a line cut
 * off by a crash goes, and where there is real damage the file as it was is kept as `.damaged`. `beforeRename` is asked
 * before the file is replaced; what it throws leaves it as it was.
 */
export async function repairJournal(file: string, beforeRename: () => Promise<void>): Promise<Repaired> {
  const facts = await statOrNull(file)
  if (facts === null || (facts.isFile() && facts.size === 0)) return { length: 0, steps: 0, problem: null }
  // What is too long or no file at all cannot be followed, and is put aside as it is.
  const bytes =
    facts.isFile() && facts.size <= LARGEST_JOURNAL
      ? (await readBounded(file, LARGEST_JOURNAL)).bytes
      : Buffer.alloc(0)
  const { lines, problem: damage } = parseJournal(bytes.toString('utf8'))
  const start = startOf(lines)
  if (start === null) {
    await rename(file, await damagedName(file))
    return {
      length: 0,
      steps: 0,
      problem: 'The journal of the last session could not be read; it was put aside.',
    }
  }
  const { applied, unsaved, problem: misfit } = replay(start, lines)
  const problem = damage ?? misfit
  const good = Buffer.from(lines.slice(0, applied).map(formatJournalLine).join(''))
  if (!good.equals(bytes)) {
    if (problem !== null)
      await writeFileAtomically(await damagedName(file), bytes, { mode: 0o600, calledName: JOURNAL_NAME })
    await writeFileAtomically(file, good, { mode: 0o600, calledName: JOURNAL_NAME, beforeRename })
  }
  return { length: good.length, steps: unsaved, problem }
}

/** Journals that were damaged, as they were. */
export async function damagedBeside(file: string): Promise<readonly string[]> {
  const start = `${path.basename(file)}.damaged`
  const names = await readdir(path.dirname(file)).catch(() => [])
  return names.filter((name) => name.startsWith(start)).map((name) => path.join(path.dirname(file), name))
}

/** One that is not dealt with yet is not replaced by the next. */
async function damagedName(file: string): Promise<string> {
  const taken = await damagedBeside(file)
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? `${file}.damaged` : `${file}.damaged-${count}`
    if (!taken.includes(name)) return name
  }
}
