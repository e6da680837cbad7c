/** `export`: a set as a file of another program. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Format } from '../../shared/interchange/common/format.ts'
import { listLosses } from '../../shared/interchange/common/losses.ts'
import { FORMAT_IDS, formatOf } from '../../shared/interchange/formats.ts'
import { displayName } from '../../shared/shownText.ts'
import { type Destination, identificationFor, placeFiles, writeForeign } from '../host/foreignFiles.ts'
import { loadSet } from '../host/setReader.ts'
import type { PathsCommand } from './command.ts'
import { EXIT, UsageError } from './output.ts'
import { refuseSealedSet, UNSEAL, UNSEAL_HELP } from './sealing.ts'
import { withRecordingOfSet } from './setRecording.ts'

export const exportCommand: PathsCommand = {
  name: 'export',
  usage:
    'export SET --to FORMAT [--recording EDF] [--out FILE] [--dates] [--patient] [--overwrite] [--preview] [--unseal] [--json]',
  summary: `a set for another program; FORMAT is ${FORMAT_IDS.join(', ')}; ${UNSEAL_HELP}`,
  operands: ['SET'],
  options: {
    to: { type: 'string' },
    recording: { type: 'string' },
    out: { type: 'string' },
    dates: { type: 'boolean' },
    patient: { type: 'boolean' },
    overwrite: { type: 'boolean' },
    preview: { type: 'boolean' },
    json: { type: 'boolean' },
    ...UNSEAL,
  },
  runOnPaths: async ([file = ''], values, output) => {
    const format = namedFormat(values.to, '--to')
    const { document } = await loadSet(file)
    if (values.unseal !== true) await refuseSealedSet(file, document)
    const options = { dates: values.dates === true, patient: values.patient === true }
    const out = typeof values.out === 'string' ? values.out : null
    const named = typeof values.recording === 'string' ? values.recording : null
    return await withRecordingOfSet(document, file, named, async (facts, known) => {
      const identification = known === null ? {} : identificationFor(known.recording, options)
      const job = { document, recording: facts, options, ...identification }
      if (out === '-') {
        if (format.medium === 'edf')
          throw new UsageError(`--out - is for formats of text, which ${format.id} is none of`)
        await output.writeContent(format.write(job)[0]?.text ?? '')
        return EXIT.done
      }
      const leftBehind = listLosses(format, job)
      const lookAt = format.cautions?.(job) ?? []
      const files = placeFiles(format, job, await destinationOf(out, file))
      const { showProgress } = output
      if (values.preview !== true) {
        await writeForeign(format, job, files, {
          overwrite: values.overwrite === true,
          source: known === null ? null : { bytes: known.source, recording: known.recording },
          ...(showProgress === undefined ? {} : { onProgress: showProgress }),
        }).finally(() => showProgress?.(1))
      }
      const names = files.map((each) => (out === null ? path.basename(each.path) : each.path))
      const verb = values.preview === true ? 'would write' : 'wrote'
      const lines = [
        ...names.map((name) => `${verb} ${displayName(name)}`),
        ...leftBehind.map((loss) => `left behind: ${loss}`),
        ...lookAt.map((caution) => `look at it before you pass it on: ${caution}`),
      ]
      await output.write(
        values.json === true
          ? `${JSON.stringify({ format: format.id, files: names, leftBehind, lookAt }, null, 1)}\n`
          : `${lines.join('\n')}\n`,
      )
      return EXIT.done
    })
  },
}

async function destinationOf(out: string | null, setFile: string): Promise<Destination> {
  if (out === null) return { kind: 'beside', file: setFile }
  const isFolder = /[\\/]$/.test(out) || ((await stat(out).catch(() => null))?.isDirectory() ?? false)
  return isFolder ? { kind: 'folder', folder: out } : { kind: 'file', file: out }
}

/** The format an option names; throws UsageError where there is none of this name. */
export function namedFormat(name: unknown, option: string): Format {
  const known = FORMAT_IDS.join(', ')
  if (typeof name !== 'string') throw new UsageError(`${option} is missing: one of ${known}`)
  const format = formatOf(name)
  if (format === null) throw new UsageError(`${option} ${name} is no format known here (${known})`)
  return format
}
