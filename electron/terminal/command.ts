/** What a command is, and how it is found by name. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { FileSource } from '../host/fileSource.ts'
import type { ExitCode, Output } from './output.ts'

export type CommandValues = Readonly<Record<string, string | boolean | undefined>>

/** A command that is given one recording, opened. */
export type TerminalCommand = {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
  readonly run: (source: FileSource, values: CommandValues, output: Output) => Promise<ExitCode>
}
