/** `annotations`: the recording's own annotations, as written and in file order. */
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { displayText } from '../../shared/edf/text.ts'
import type { TerminalCommand } from './command.ts'
import { EXIT } from './output.ts'

export const annotations: TerminalCommand = {
  name: 'annotations',
  usage: 'annotations FILE [--json]',
  summary: "the file's own annotations: onset in seconds after its start, duration, text, channel",
  options: { json: { type: 'boolean' } },
  run: async (source, values, output) => {
    const opened = await openRecording(source, { timeline: 'quick' })
    const { annotations: found } = await scanRecording(source, opened, { samples: false })
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
