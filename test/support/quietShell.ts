/** A shell whose reader dismisses every dialog: what a test is about it gives itself. */
import type { ShellPort } from '../../electron/host/shell.ts'

export function quietShell(own: Partial<ShellPort> = {}): ShellPort {
  return {
    facts: { kind: 'desktop', platform: 'linux', version: '0' },
    chooseRecording: async () => null,
    chooseSet: async () => null,
    chooseSaveTarget: async () => null,
    chooseExportTarget: async () => null,
    chooseMontageFile: async () => null,
    chooseMontageTarget: async () => null,
    chooseLessonTarget: async () => null,
    choosePictureTarget: async () => null,
    recordingOpened: () => {},
    stateChanged: () => {},
    closeWindow: () => {},
    printSheet: async () => false,
    ...own,
  }
}
