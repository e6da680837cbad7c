import type { ExitCode } from '../../electron/terminal/output.ts'
import { runTerminal } from '../../electron/terminal/run.ts'

/** Runs a command in this process, with what it wrote. */
export async function captureCommand(
  ...args: readonly string[]
): Promise<{ readonly code: ExitCode; readonly out: string; readonly err: string }> {
  const out: string[] = []
  const err: string[] = []
  const code = await runTerminal(args, {
    write: async (text) => void out.push(text),
    writeError: async (line) => void err.push(line),
  })
  return { code, out: out.join(''), err: err.join('\n') }
}
