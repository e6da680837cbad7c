/** `annotations`: the recording's own annotations, as written and in file order. */
import { CODE_PAGES, type CodePage, parseCodePage } from '../../shared/edf/header/codePages.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { displayText } from '../../shared/shownText.ts'
import type { RecordingCommand } from './command.ts'
import { EXIT, UsageError } from './output.ts'

export const annotations: RecordingCommand = {
  name: 'annotations',
  usage: 'annotations FILE [--encoding PAGE] [--json]',
  summary: "the file's own annotations: onset in seconds after its start, duration, text, channel",
  options: { json: { type: 'boolean' }, encoding: { type: 'string' } },
  run: async (source, values, output) => {
    const page = readPage(values.encoding)
    const opened = await openRecording(source, { timeline: 'quick', page })
    const { annotations: found } = await scanRecording(source, opened, { samples: false, page })
    if (values.json === true) {
      const plain = found.map(({ onset, duration, text, channel }) => ({ onset, duration, text, channel }))
      await output.write(`${JSON.stringify(plain, null, 1)}\n`)
      return EXIT.done
    }
    for (const { onset, duration, text, channel } of found) {
      const line = [
        onset,
        duration ?? '',
        displayText(text).replace(/\s/g, ' '),
        displayText(channel ?? ''),
      ].join('\t')
      await output.write(`${line}\n`)
    }
    return EXIT.done
  },
}

function readPage(name: unknown): CodePage {
  if (typeof name !== 'string') return 'auto'
  const page = parseCodePage(name)
  if (page === null) {
    const known = CODE_PAGES.map(({ id }) => id).join(', ')
    throw new UsageError(`--encoding ${name} is no code page known here (${known})`)
  }
  return page
}
