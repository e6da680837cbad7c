import { displayText, escapeHidden } from '../../shared/shownText.ts'

/** Where a command writes: answers to one stream, errors to the other. */
export type Output = {
  /** Resolves once the text was taken, so that a long answer never piles up in memory. */
  readonly write: (text: string) => Promise<void>
  readonly writeError: (line: string) => Promise<void>
  /** Where somebody watches: how far long work is, from 0 to 1, the last time with 1; and what it is, of other than one file. */
  readonly showProgress?: (done: number, what?: string) => void
}

/** What a command is given to write to. */
export type CommandOutput = Output & {
  /** The content of a file, as it is: what is printed by `write` has lost what commands a terminal. */
  readonly writeContent: (text: string) => Promise<void>
}

/**
 * Names and texts of files never reach a terminal as commands to it, nor turn round what stands beside them: in answers
 * for people they are replaced, in JSON escaped.
 */
export function plainOutput(output: Output, isJson: boolean): CommandOutput {
  const plain = isJson ? escapeHidden : displayText
  return { ...output, write: (text) => output.write(plain(text)), writeContent: output.write }
}

/** Done, wrong usage, file refused; `check` also has: readable, but not as the standard asks. */
export const EXIT = { done: 0, usage: 1, refused: 2, deviating: 3 } as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** What the caller of the command can mend; told in one line, with exit code 1. */
export class UsageError extends Error {}
