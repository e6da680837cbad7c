#!/usr/bin/env node
/** The terminal shell: arguments in, two streams and an exit code out. */
import { progressLine } from './progressLine.ts'
import { runTerminal } from './run.ts'

/** Who reads the answer may stop reading (`| head`): then there is nothing left to do, and nothing wrong. */
function onStreamError(error: NodeJS.ErrnoException): void {
  process.exit(error.code === 'EPIPE' ? 0 : 2)
}

process.stdout.on('error', onStreamError)
process.stderr.on('error', onStreamError)

function writeTo(stream: NodeJS.WriteStream): (text: string) => Promise<void> {
  return (text) => new Promise((resolve) => stream.write(text, () => resolve()))
}

const writeError = writeTo(process.stderr)
process.exitCode = await runTerminal(process.argv.slice(2), {
  write: writeTo(process.stdout),
  writeError: (line) => writeError(`${line}\n`),
  // A file or another program has no use for a line that changes.
  ...(process.stderr.isTTY ? { showProgress: progressLine((text) => process.stderr.write(text)) } : {}),
})
