/** What the browser's door can ask of its reader: a page has no dialogs for files, so that it types names instead. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError } from '../../shared/failure.ts'
import { plainFileName } from '../../shared/text/fileName.ts'
import type { ShellPort } from '../host/shell.ts'
import { appVersion, currentPlatform } from '../installation/installation.ts'

export function browserPort(): ShellPort {
  return {
    facts: { kind: 'browser', platform: currentPlatform(), version: appVersion() },
    chooseRecording: async () => {
      throw new ReviewError('bad-input', 'A browser has no open dialog: choose from the list or drop a file.')
    },
    chooseSet: async () => {
      throw new ReviewError(
        'bad-input',
        'A browser has no open dialog: sets beside the recording are listed.',
      )
    },
    chooseSaveTarget: async (suggestion, name) => {
      if (name === null) return suggestion
      const clean = cleanName(name)
      const target = path.join(
        path.dirname(suggestion),
        clean.endsWith('.json') ? clean : `${clean}.hypnospike.json`,
      )
      const taken = await stat(target).then(
        () => true,
        () => false,
      )
      if (taken)
        throw new ReviewError(
          'conflict',
          `There is a file ${path.basename(target)} already: type another name.`,
        )
      return target
    },
    chooseExportTarget: async (suggestion, name) =>
      name === null ? suggestion : path.join(path.dirname(suggestion), cleanName(name)),
    chooseMontageFile: async () => {
      throw new ReviewError('bad-input', 'A browser has no open dialog: the page reads the file by itself.')
    },
    chooseMontageTarget: async () => {
      throw new ReviewError(
        'bad-input',
        'A browser has no save dialog: the page hands the file over by itself.',
      )
    },
    chooseLessonTarget: async () => {
      throw new ReviewError(
        'bad-input',
        'A browser has no save dialog: the page hands the lesson over by itself.',
      )
    },
    choosePictureTarget: async () => {
      throw new ReviewError('bad-input', 'A browser has no save dialog: it downloads the picture.')
    },
    recordingOpened: () => {},
    stateChanged: () => {},
    closeWindow: () => {},
    // The page prints itself through the browser's own dialog.
    printSheet: async () => false,
  }
}

/** A typed name as one that every system can hold; refused where nothing of it is left. */
function cleanName(name: string): string {
  const clean = plainFileName(path.basename(name))
  if (clean !== '' && !clean.startsWith('.')) return clean
  throw new ReviewError('bad-input', 'The file name is empty or begins with a dot: type another one.')
}
