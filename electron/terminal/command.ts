/** What a command is, and how it is found by name. */
import type { ParseArgsOptionsConfig } from 'node:util'
import type { FileSource } from '../host/fileSource.ts'
import type { ExitCode, Output } from './output.ts'

export type CommandValues = Readonly<Record<string, string | boolean | undefined>>

/** A command that is given one recording, opened. */
export type Command = {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly options: ParseArgsOptionsConfig
  readonly run: (source: FileSource, values: CommandValues, output: Output) => Promise<ExitCode>
}

/** `12 s`, `1 h 2 min 3.5 s`. */
export function formatDuration(seconds: number): string {
  const hours = Math.floor(seconds / 3600)
  const minutes = Math.floor((seconds - hours * 3600) / 60)
  const rest = Number((seconds - hours * 3600 - minutes * 60).toFixed(3))
  const parts = [hours > 0 ? `${hours} h` : '', minutes > 0 ? `${minutes} min` : '', `${rest} s`]
  return parts.filter((part, index) => part !== '' && !(index === 2 && rest === 0 && seconds >= 60)).join(' ')
}
