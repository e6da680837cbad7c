/** Which keys a reader is told of. */
import type { Command } from '../../shared/contract/commands.ts'
import { formatKey } from '../../shared/contract/keys.ts'
import type { ShellFacts } from '../../shared/contract/model.ts'

/** A browser closes its tab with these before the page hears of them. */
const TAKEN_BY_BROWSERS: ReadonlySet<string> = new Set(['Mod+W'])

/** A command's keys as they are printed, without those that do not reach the page. */
export function shownKeys(
  command: Pick<Command, 'keys'>,
  shell: Pick<ShellFacts, 'kind' | 'platform'>,
): readonly string[] {
  return command.keys
    .filter((key) => shell.kind === 'desktop' || !TAKEN_BY_BROWSERS.has(key))
    .map((key) => formatKey(key, shell.platform))
}
