/** What a command is, and how it is found by name. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { FileSource } from '../host/fileSource.ts'
import type { CommandOutput, ExitCode } from './output.ts'

/** A list where an option may be given more than once. */
export type CommandValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

type Described = {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
}

/** A command that is given one recording, opened. */
export type RecordingCommand = Described & {
  readonly run: (source: FileSource, values: CommandValues, output: CommandOutput) => Promise<ExitCode>
}

/** A command that is given as many paths as it has operands, and opens them itself. */
export type PathsCommand = Described & {
  /** As its usage names them. */
  readonly operands: readonly string[]
  /** The last one may be given more than once. */
  readonly takesMore?: boolean
  readonly runOnPaths: (
    paths: readonly string[],
    values: CommandValues,
    output: CommandOutput,
  ) => Promise<ExitCode>
}

export type TerminalCommand = RecordingCommand | PathsCommand
