/** The system's own dialogs: paths chosen in them stay on this side. */
import { type BrowserWindow, dialog } from 'electron'
import { writeFileAtomically } from '../host/atomicFile.ts'
import { refuseRecording } from '../host/writeGuard.ts'

const RECORDINGS = { name: 'EEG recordings', extensions: ['edf', 'bdf', 'rec'] }
const SETS = { name: 'Annotation sets', extensions: ['json'] }
const MONTAGES = { name: 'Montages', extensions: ['json', 'mtg'] }
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

export async function askSaveTarget(window: BrowserWindow, suggestion: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save the annotation set as',
    defaultPath: suggestion,
    filters: [SETS],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || filePath === '' ? null : filePath
}

export async function askExportTarget(window: BrowserWindow, suggestion: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export the annotation set as',
    defaultPath: suggestion,
    filters: [EVERYTHING],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || filePath === '' ? null : filePath
}

export async function askMontageFile(window: BrowserWindow): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title: 'Import montages',
    properties: ['openFile'],
    filters: [MONTAGES, EVERYTHING],
  })
  return canceled ? null : (filePaths[0] ?? null)
}

export async function askMontageTarget(window: BrowserWindow, suggestion: string): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Export montages',
    defaultPath: suggestion,
    filters: [MONTAGES],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || filePath === '' ? null : filePath
}

export async function askPictureTarget(window: BrowserWindow, name: string): Promise<string | null> {
  const type = name.slice(name.lastIndexOf('.') + 1)
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save the figure',
    defaultPath: name,
    filters: [{ name: type.toUpperCase(), extensions: [type] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return canceled || filePath === '' ? null : filePath
}

/**
 * Prints what the window shows, or keeps it as a PDF; false when dismissed. Throws ReviewError where the PDF cannot
 * be written, or would replace a recording; what was there is then as it was.
 */
export async function printWindow(window: BrowserWindow, asPdf: boolean): Promise<boolean> {
  if (!asPdf) {
    return new Promise((resolve) => {
      window.webContents.print({ silent: false, printBackground: true }, (printed) => resolve(printed))
    })
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save as PDF',
    defaultPath: 'hypnospike-reference.pdf',
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  if (canceled || filePath === '') return false
  // Before the work is done, too: the reader hears at once what cannot be.
  await refuseRecording(filePath)
  const pdf = await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true })
  await writeFileAtomically(filePath, pdf)
  return true
}
