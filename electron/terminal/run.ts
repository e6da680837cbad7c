/** From a command line to an exit code. For the reader: `runTerminal`. */
import { parseArgs } from 'node:util'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { displayName } from '../../shared/shownText.ts'
import { openFile } from '../host/fileSource.ts'
import { annotations } from './annotations.ts'
import { candidates } from './candidates.ts'
import { check } from './check.ts'
import { clip } from './clip.ts'
import type { CommandValues, RecordingCommand, TerminalCommand } from './command.ts'
import { evidence } from './evidence.ts'
import { exportCommand } from './export.ts'
import { importCommand } from './import.ts'
import { info } from './info.ts'
import { lesson } from './lesson.ts'
import { type CommandOutput, EXIT, type ExitCode, type Output, plainOutput, UsageError } from './output.ts'
import { pack } from './pack.ts'
import { progress } from './progress.ts'
import { samples } from './samples.ts'
import { score } from './score.ts'
import { sets } from './sets.ts'
import { spectrum } from './spectrum.ts'
import { unpack } from './unpack.ts'

const COMMANDS: readonly TerminalCommand[] = [
  info,
  samples,
  annotations,
  spectrum,
  evidence,
  candidates,
  check,
  exportCommand,
  importCommand,
  clip,
  score,
  sets,
  lesson,
  progress,
  pack,
  unpack,
]

const OF_WRITING: ReadonlySet<string> = new Set(['conflict', 'read-only', 'disk-full'])

/** Runs one command; never throws. Errors are one line each, without a path and without a stack. */
export async function runTerminal(args: readonly string[], output: Output): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name !== undefined) await output.write(usage())
    else await output.writeError('hypnospike: which command? Try hypnospike --help')
    return name === undefined ? EXIT.usage : EXIT.done
  }
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (command === undefined) {
    await output.writeError(`hypnospike: there is no command "${oneLine(name)}". Try hypnospike --help`)
    return EXIT.usage
  }
  try {
    return await runOn(command, rest, output)
  } catch (thrown) {
    if (thrown instanceof UsageError) {
      await output.writeError(`hypnospike: ${oneLine(thrown.message)}. Usage: hypnospike ${command.usage}`)
      return EXIT.usage
    }
    const failure = toFailure(thrown)
    await output.writeError(`hypnospike: ${oneLine(failure.message)}`)
    return failure.code === 'bad-input' ? EXIT.usage : EXIT.refused
  }
}

async function runOn(command: TerminalCommand, args: readonly string[], streams: Output): Promise<ExitCode> {
  const { positionals, values } = parse(command, args)
  const output = plainOutput(streams, values.json === true)
  if (values.help === true) {
    await output.write(`hypnospike ${command.usage}\n  ${command.summary}\n`)
    return EXIT.done
  }
  const operands = 'operands' in command ? command.operands : ['FILE']
  const missing = operands.find((_, index) => (positionals[index] ?? '') === '')
  if (missing !== undefined) throw new UsageError(`${missing} is missing`)
  const takesMore = 'operands' in command && command.takesMore === true
  if (positionals.length > operands.length && !takesMore) {
    throw new UsageError(`only ${operands.length === 1 ? 'one ' : ''}${operands.join(' and ')} can be given`)
  }
  if ('operands' in command) return await command.runOnPaths(positionals, values, output)
  return await runOnRecording(command, positionals[0]!, values, output)
}

async function runOnRecording(
  command: RecordingCommand,
  file: string,
  values: CommandValues,
  output: CommandOutput,
): Promise<ExitCode> {
  const source = await openFile(file)
  try {
    return await command.run(source, values, output)
  } catch (thrown) {
    if (!(thrown instanceof ReviewError) || thrown.message.includes(source.name)) throw thrown
    // What is wrong with the file that would be written names that one.
    if (OF_WRITING.has(thrown.code)) throw thrown
    throw new ReviewError(thrown.code, `"${source.name}": ${thrown.message}`, { cause: thrown })
  } finally {
    await source.close()
  }
}

function parse(
  command: TerminalCommand,
  args: readonly string[],
): { positionals: readonly string[]; values: CommandValues } {
  const options = { ...command.options, help: { type: 'boolean', short: 'h' } } as const
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options,
      allowPositionals: true,
      strict: true,
    })
    return { positionals, values: values as CommandValues }
  } catch (thrown) {
    throw new UsageError(
      thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '').replace(/\.$/, '') : 'wrong options',
    )
  }
}

function usage(): string {
  const lines = COMMANDS.map((command) => `  hypnospike ${command.usage}\n      ${command.summary}`)
  return `Reads EEG recordings in EDF, EDF+, BDF and BDF+, and sets of marks on them. Not a medical device.\n\n${lines.join('\n')}\n\nExit code: 0 done, 1 wrong usage, 2 file refused; check: 3 readable with deviations.\n`
}

function oneLine(text: string): string {
  return displayName(text).replace(/ +/g, ' ')
}
