/** Names of files on their way to somebody who reads them. */
import path from 'node:path'
import { displayName } from '../../shared/shownText.ts'

/** The file's own name, without its folder, fit to be shown. It need not be what the file is called on disk. */
export function shownName(file: string): string {
  return displayName(path.basename(file))
}
