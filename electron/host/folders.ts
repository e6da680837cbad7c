/** Where the app keeps its own files, the same for every door, so that work saved by one is found by all. */
import { homedir, platform } from 'node:os'
import path from 'node:path'

/** HYPNOSPIKE_DATA wins, so that tests and shared machines can point elsewhere. */
export function dataFolder(environment: NodeJS.ProcessEnv = process.env): string {
  const chosen = environment.HYPNOSPIKE_DATA
  if (chosen) return path.resolve(chosen)
  switch (platform()) {
    case 'win32':
      return path.join(environment.APPDATA ?? path.join(homedir(), 'AppData', 'Roaming'), 'Hypnospike')
    case 'darwin':
      return path.join(homedir(), 'Library', 'Application Support', 'Hypnospike')
    default:
      return path.join(environment.XDG_DATA_HOME ?? path.join(homedir(), '.local', 'share'), 'hypnospike')
  }
}
