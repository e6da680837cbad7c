/** Which files of a folder are offered as recordings. */
import path from 'node:path'

const RECORDING_ENDINGS = new Set(['.edf', '.bdf', '.rec'])

export function isRecordingName(name: string): boolean {
  return RECORDING_ENDINGS.has(path.extname(name).toLowerCase())
}
