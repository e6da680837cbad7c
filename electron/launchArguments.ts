/** Which recording a command line names. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export type LaunchArguments = {
  readonly argv: readonly string[]
  readonly cwd: string
  /** false where Electron was started with the app's folder as its first argument. */
  readonly packaged: boolean
}

/**
 * The first argument that is no flag, as an absolute path; null where there is none. Linux desktops hand
 * over `file:` addresses, macOS and Chromium add flags of their own.
 */
export function fileFromArguments({ argv, cwd, packaged }: LaunchArguments): string | null {
  const given = argv.slice(1)
  const end = given.indexOf('--')
  const before = end === -1 ? given : given.slice(0, end)
  const after = end === -1 ? [] : given.slice(end + 1)
  const names = [...before.filter((argument) => argument !== '' && !argument.startsWith('-')), ...after]
  const file = names[packaged ? 0 : 1]
  return file === undefined ? null : toPath(file, cwd)
}

function toPath(argument: string, cwd: string): string | null {
  if (!argument.startsWith('file:')) return path.resolve(cwd, argument)
  try {
    return fileURLToPath(argument)
  } catch {
    return null
  }
}
