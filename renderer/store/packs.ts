/** Teaching packs: what one holds and taking it in, and giving the open lesson away as one. */

import type { OpenRef } from '../../shared/contract/model.ts'
import type { InspectedPack } from '../../shared/contract/packProcedures.ts'
import { isPackName, type PackHead } from '../../shared/teaching/pack/pack.ts'
import type { PackMade, PackPreview } from '../../shared/teaching/pack/packPreview.ts'
import { getHost } from './host.ts'
import { runJob } from './jobs.ts'
import { lessonKept, openLesson, refreshLessons } from './lessons.ts'
import { notify } from './notices.ts'
import { openedOf } from './selectors.ts'
import { openCase } from './showingCase.ts'
import { getState, patchUi } from './state.ts'
import { closeDialog, openDialog, showPanel } from './ui.ts'

/** Shows what a pack holds, where that is what was chosen; false: it is something else. */
export function showPack(choice: OpenRef): boolean {
  if (!isPackName(choice.name)) return false
  if (getState().quiz !== null) {
    notify('info', 'A quiz is under way: end it first (Esc).')
    return true
  }
  patchUi({ pack: choice })
  openDialog('openPack')
  return true
}

/** Rejects with one sentence where it is not as its maker made it. */
export function inspectPack({ ref }: OpenRef): Promise<InspectedPack> {
  return getHost().inspectPack({ ref })
}

/** Its lesson among one's own, not opened. Rejects as `inspectPack` does. */
export async function addPack({ ref }: OpenRef): Promise<OpenRef> {
  const { lesson } = await getHost().addPack({ ref })
  await refreshLessons()
  return lesson
}

/** Its lesson among one's own, and open; the dialog is gone by then. Rejects as `inspectPack` does. */
export async function takePack(pack: InspectedPack): Promise<void> {
  const lesson = await addPack(pack)
  closeDialog()
  if (!(await openLesson(lesson.ref))) return
  showPanel('lesson')
  if (pack.lesson === null) notify('good', `“${pack.title}” is among your lessons.`)
  // Nothing is shown beside an empty page.
  const first = getState().lessons.open?.lesson.cases[0]
  if (openedOf(getState()) === null && first !== undefined) await openCase(first.id)
}

export function askForPack(): void {
  if (getState().lessons.open !== null) return openDialog('pack')
  notify('info', 'A pack is made of a lesson: open one in the Lesson tab first (Shift+T).')
}

export type PackChoice = {
  readonly head: PackHead
  readonly channels: 'all' | 'shown'
  readonly keep: readonly string[]
}

type Control = { readonly onProgress: (done: number) => void; readonly signal: AbortSignal }

/** null: no lesson is open. Rejects with one sentence where no pack can be made of it. */
export async function planPack(choice: PackChoice, control: Control): Promise<PackPreview | null> {
  const input = await inputOf(choice)
  return input === null ? null : runJob({ name: 'planPack', input }, { recordingId: null, ...control })
}

/** `name`: what a browser's reader typed. null where the system's dialog was dismissed. */
export async function writePack(
  choice: PackChoice,
  { name, ...control }: Control & { readonly name: string | null },
): Promise<PackMade | null> {
  const input = await inputOf(choice)
  if (input === null) return null
  return runJob({ name: 'pack', input: { ...input, name } }, { recordingId: null, ...control })
}

/** Of the lesson as its file has it, with all that was typed into it. */
async function inputOf(choice: PackChoice) {
  if (!(await lessonKept())) return null
  const { open } = getState().lessons
  return open === null ? null : { ref: open.ref, seen: open.hash, ...choice }
}
