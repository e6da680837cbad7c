/** The system's own dialogs: paths chosen in them stay on this side. */
import { type BrowserWindow, dialog, type FileFilter } from 'electron'
import { writeFileAtomically } from '../host/atomicFile.ts'
import { refuseRecording, refuseSet } from '../host/writeGuard.ts'

const RECORDINGS = {
  name: 'EEG recordings and teaching packs',
  extensions: ['edf', 'bdf', 'rec', 'hypnopack'],
}
const SETS = { name: 'Annotation sets', extensions: ['json'] }
const MONTAGES = { name: 'Montages', extensions: ['json', 'mtg'] }
const PDF = { name: 'PDF', extensions: ['pdf'] }
const LESSONS = { name: 'Lessons', extensions: ['json'] }
const EVERYTHING = { name: 'All files', extensions: ['*'] }

/** null when dismissed, as everywhere below. */
export async function askRecording(window: BrowserWindow, folder: string | null): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open a recording',
    properties: ['openFile'],
    filters: [RECORDINGS, EVERYTHING],
    ...(folder === null ? {} : { defaultPath: folder }),
  })
  return canceled ? null : (filePaths[0] ?? null)
}

export async function askSet(window: BrowserWindow, folder: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open an annotation set of this recording',
    properties: ['openFile'],
    filters: [SETS, EVERYTHING],
    defaultPath: folder,
  })
  return canceled ? null : (filePaths[0] ?? null)
}

export function askSaveTarget(window: BrowserWindow, suggestion: string): Promise<string | null> {
  return askTarget(window, 'Save the annotation set as', suggestion, SETS)
}

export function askExportTarget(window: BrowserWindow, suggestion: string): Promise<string | null> {
  return askTarget(window, 'Export as', suggestion, EVERYTHING)
}

export async function askMontageFile(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import montages',
    properties: ['openFile'],
    filters: [MONTAGES, EVERYTHING],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

export function askMontageTarget(window: BrowserWindow, suggestion: string): Promise<string | null> {
  return askTarget(window, 'Export montages', suggestion, MONTAGES)
}

export function askLessonTarget(window: BrowserWindow, name: string): Promise<string | null> {
  return askTarget(window, 'Export the lesson', name, LESSONS)
}

export function askPictureTarget(window: BrowserWindow, name: string): Promise<string | null> {
  const type = name.slice(name.lastIndexOf('.') + 1)
  return askTarget(window, 'Save the figure', name, { name: type.toUpperCase(), extensions: [type] })
}

/** A file that is there already is asked about by the dialog. */
async function askTarget(
  window: BrowserWindow,
  title: string,
  defaultPath: string,
  filter: FileFilter,
): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath,
    filters: [filter],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || filePath === '' ? null : filePath
}

/**
 * Prints what the window shows, or keeps it as a PDF; false when dismissed. Throws ReviewError where the PDF cannot
 * be written, or would replace a recording or a set; what was there is then as it was.
 */
export async function printWindow(window: BrowserWindow, asPdf: boolean): Promise<boolean> {
  if (!asPdf) {
    return new Promise((resolve) => {
      window.webContents.print({ silent: false, printBackground: true }, (printed) => resolve(printed))
    })
  }
  const filePath = await askTarget(window, 'Save as PDF', 'hypnospike-reference.pdf', PDF)
  if (filePath === null) return false
  // Before the work is done, too: the reader hears at once what cannot be.
  await refuseRecording(filePath)
  await refuseSet(filePath)
  const pdf = await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true })
  await writeFileAtomically(filePath, pdf)
  return true
}
