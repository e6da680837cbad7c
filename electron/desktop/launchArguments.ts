/** Which recording a command line names. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export type LaunchArguments = {
  readonly argv: readonly string[]
  readonly cwd: string
  /** false where Electron was started with the app's folder as its first argument. */
  readonly packaged: boolean
}

/** For an address that names no file of this computer; a network folder's own path, typed or chosen, is opened. */
export const REFUSED_ADDRESS =
  'Only files of this computer open by a file: address: this one names another computer, or no file. Open the ' +
  'recording by its path, or by File, Open.'

/**
 * The first argument that is no flag, as an absolute path; null where there is none or it was refused. Linux
 * desktops hand over `file:` addresses, macOS and Chromium add flags of their own.
 */
export function fileFromArguments(given: LaunchArguments): string | null {
  const named = namedFile(given)
  return named === null ? null : toPath(named, given.cwd)
}

/**
 * true where an argument is an address that is not followed: `file://server/…` is a network path on Windows, and to
 * open it sends the reader's credentials to that server, which a link on any web page may name.
 */
export function isAddressRefused(given: LaunchArguments): boolean {
  const named = namedFile(given)
  return named !== null && toPath(named, given.cwd) === null
}

function namedFile({ argv, packaged }: LaunchArguments): string | null {
  const given = argv.slice(1)
  const end = given.indexOf('--')
  const before = end === -1 ? given : given.slice(0, end)
  const after = end === -1 ? [] : given.slice(end + 1)
  const names = [...before.filter((argument) => argument !== '' && !argument.startsWith('-')), ...after]
  return names[packaged ? 0 : 1] ?? null
}

function toPath(argument: string, cwd: string): string | null {
  if (!/^file:/i.test(argument)) return path.resolve(cwd, argument)
  if (!URL.canParse(argument)) return null
  const address = new URL(argument)
  // A second slash in front makes a network path of it again.
  if (address.hostname !== '' || /^\/(\/|%5c|%2f|\\)/i.test(address.pathname)) return null
  try {
    return fileURLToPath(address)
  } catch {
    return null
  }
}
