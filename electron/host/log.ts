/**
 * What went wrong inside, on stderr and for nobody else. A log line holds no patient field and no path:
 * error messages of the system are reduced to their code, and stacks to file names of the app.
 */
export type Log = (where: string, thrown: unknown) => void

export const stderrLog: Log = (where, thrown) => {
  process.stderr.write(`hypnospike: ${where}: ${describe(thrown)}\n`)
}

function describe(thrown: unknown): string {
  if (!(thrown instanceof Error)) return 'unknown error'
  const code = (thrown as NodeJS.ErrnoException).code
  if (typeof code === 'string') return code
  const frames = (thrown.stack ?? '')
    .split('\n')
    .slice(1, 4)
    .map((line) => /([\w.-]+:\d+):\d+\)?$/.exec(line)?.[1])
    .filter((frame) => frame !== undefined)
  return `${thrown.name} at ${frames.join(' < ')}`
}
