/** The montages that the reader has made: kept with the settings, and read from and written to files. */
import type { TextFile } from '../../shared/contract/model.ts'
import type { MontageId } from '../../shared/montage/montages.ts'
import {
  isOwnId,
  MOST_OWN,
  type OwnMontage,
  type OwnMontageId,
  ownIdOf,
} from '../../shared/montage/ownMontages.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import { parseMontageFile, serializeMontages } from '../../shared/ownMontages/montageFile.ts'
import { serializeMtg } from '../../shared/ownMontages/mtg.ts'
import { freeName } from '../../shared/ownMontages/ownMontageSchema.ts'
import { plainFileName } from '../../shared/text/fileName.ts'
import { getHost } from './host.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import type { ReviewState } from './reviewState.ts'
import { activePane, headerOf } from './selectors.ts'
import { getState, patchShell } from './state.ts'
import { changeView } from './viewing.ts'

export function ownMontages(state: ReviewState): readonly OwnMontage[] {
  return state.shell.montages
}

/** The reader's own montage of this number, counted from 1; says so where there is none. */
export function chooseOwn(number: number): void {
  const montage = ownMontages(getState())[number - 1]
  if (montage !== undefined) return changeView({ montage: ownIdOf(montage) })
  notify('info', `You have no montage ${number} of your own: Montages… (Shift+F1) makes one.`)
}

/**
 * All of them in their order, kept at once. `renamed`: the id that one had before, so that a page in it stays in it. A
 * page whose montage has gone shows the recording as it is.
 */
export function keepMontages(
  montages: readonly OwnMontage[],
  renamed: { readonly from: OwnMontageId; readonly to: OwnMontageId } | null = null,
): void {
  patchShell({ montages })
  getHost().saveMontages({ montages }).catch(reportFailure)
  const { montage } = activePane(getState()).view
  if (!isOwnId(montage)) return
  const now = renamed?.from === montage ? renamed.to : montage
  const exists = montages.some((each) => ownIdOf(each) === now)
  changeView({ montage: exists ? now : 'recorded' })
}

/** Adds what a file holds, each under a name that is free. Returns how many; says what is wrong with a file otherwise. */
export function importMontages(file: TextFile): number {
  try {
    const header = headerOf(getState())
    const signals = header === null ? null : header.signals.map(({ label }) => label)
    const read = parseMontageFile(file, signals)
    const montages = [...ownMontages(getState())]
    if (montages.length + read.length > MOST_OWN) {
      notify(
        'problem',
        `${file.name} was not imported: with it there would be more than ${MOST_OWN} montages.`,
      )
      return 0
    }
    for (const montage of read) montages.push({ ...montage, name: freeName(montage.name, montages) })
    keepMontages(montages)
    const names = montages.slice(-read.length).map(({ name }) => name)
    notify('good', `Imported from ${file.name}: ${names.join(', ')}.`)
    return read.length
  } catch (thrown) {
    notify('problem', messageOf(thrown))
    return 0
  }
}

/** Takes in a montage's file that the reader chooses in the system's dialog. */
export async function importFromDialog(): Promise<void> {
  try {
    const file = await getHost().openMontageFile({})
    if (file !== null) importMontages(file)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export function exportMontages(montages: readonly OwnMontage[]): Promise<void> {
  const name = montages.length === 1 ? (montages[0]?.name ?? '') : 'montages'
  return handOver(`${fileName(name)}.hypnospike-montages.json`, serializeMontages(montages))
}

/** Writes a montage for EDFbrowser, as it is derived from the open recording. Lines that it cannot make are named. */
export async function exportMtg(montage: OwnMontage | MontageId, name: string): Promise<void> {
  const header = headerOf(getState())
  if (header === null)
    return notify('info', 'Open a recording first: EDFbrowser knows signals by their labels.')
  const { view } = activePane(getState())
  const { derivations, problem } = planMontage(header, montage, view.bad)
  if (problem !== null) return notify('problem', problem)
  const { text, leftOut } = serializeMtg(header, derivations, view)
  if (leftOut.length === derivations.length) {
    return notify('problem', `EDFbrowser could show none of the lines of ${name}.`)
  }
  await handOver(`${fileName(name)}.mtg`, text)
  if (leftOut.length > 0) notify('info', `Left out, as EDFbrowser cannot make them: ${leftOut.join(', ')}.`)
}

function fileName(name: string): string {
  return plainFileName(name).trim() || 'montage'
}

/** The desktop asks where to; a browser's reader gets a download. */
async function handOver(name: string, text: string): Promise<void> {
  if (getState().shell.facts.kind === 'browser') return download(name, text)
  try {
    const written = await getHost().saveMontageFile({ name, text })
    if (written !== null) notify('good', `Exported as ${written}`)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
