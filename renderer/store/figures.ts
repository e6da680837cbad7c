/** Figures of a page for slides and handouts: their samples, and where they are kept. */
import type { PICTURE_TYPES } from '../../shared/contract/shellProcedures.ts'
import type { Page } from '../../shared/signal/model.ts'
import { settingsOf, type View } from '../../shared/signal/viewSettings.ts'
import type { Span } from '../../shared/units.ts'
import { downloadFile } from './downloads.ts'
import { getHost } from './host.ts'
import { notify, reportFailure } from './notices.ts'
import { getState } from './state.ts'

export type PictureType = (typeof PICTURE_TYPES)[number]

/** So many that no sample of a page is left out, but of very long ones. */
const COLUMNS = 16_384
const MEDIA = { svg: 'image/svg+xml', png: 'image/png' } as const

export function askFigurePage(recordingId: string, span: Span, view: View): Promise<Page> {
  return getHost().page({ recordingId, span, settings: settingsOf(view), columns: COLUMNS })
}

/** Never called after the recording: its name may be a person's. */
export async function keepPicture(
  name: string,
  type: PictureType,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<void> {
  if (getState().shell.facts.kind === 'browser') {
    return downloadFile(`${name}.${type}`, new Blob([bytes], { type: MEDIA[type] }))
  }
  try {
    const kept = await getHost().keepPicture({ name, type, bytes })
    if (kept !== null) notify('good', `Kept as ${kept.fileName}`)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** Puts a picture onto the clipboard, as a PNG: other programs take no SVG from there. */
export async function copyPicture(png: Uint8Array<ArrayBuffer>): Promise<void> {
  try {
    await navigator.clipboard.write([
      new ClipboardItem({ [MEDIA.png]: new Blob([png], { type: MEDIA.png }) }),
    ])
    notify('good', 'The figure is on the clipboard')
  } catch {
    notify('problem', 'The clipboard took no picture: save the figure as PNG instead.')
  }
}
