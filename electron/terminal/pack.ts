/** `pack`: a lesson with clips of its recordings as one file, to be given away. */
import path from 'node:path'
import * as v from 'valibot'
import { ReviewError } from '../../shared/failure.ts'
import { displayName } from '../../shared/shownText.ts'
import { recordingsOf } from '../../shared/teaching/lesson.ts'
import type { PackHead } from '../../shared/teaching/pack/pack.ts'
import { packHeadEntries } from '../../shared/teaching/pack/packManifest.ts'
import type { PackMade, PackPreview } from '../../shared/teaching/pack/packPreview.ts'
import { createCaseRecordings } from '../host/caseRecordings.ts'
import { dataFolder } from '../host/folders.ts'
import { readLesson } from '../host/lessonFiles.ts'
import { packOfLesson, packsFolder } from '../host/packFolder.ts'
import { makePack, type PackOrder, planPack } from '../host/packMaking.ts'
import { isReadingBlind } from '../host/seal.ts'
import type { CommandValues, PathsCommand } from './command.ts'
import { EXIT, UsageError } from './output.ts'
import { sealBeside, UNSEAL } from './sealing.ts'

export const pack: PathsCommand = {
  name: 'pack',
  usage:
    'pack LESSON --out FILE.hypnopack --licence TEXT --consent TEXT [--sealed] [--channels all|shown] [--recordings FOLDER] [--keep-texts none|all] [--preview] [--unseal] [--json]',
  summary:
    'a lesson and de-identified clips of its recordings as one file; --consent says what allows them to be given away; texts that are no words of the field, or repeat what a header says, stay behind unless --keep-texts all; --sealed keeps each answer until it was asked in the quiz',
  options: {
    out: { type: 'string' },
    licence: { type: 'string' },
    consent: { type: 'string' },
    sealed: { type: 'boolean' },
    channels: { type: 'string' },
    recordings: { type: 'string' },
    'keep-texts': { type: 'string' },
    preview: { type: 'boolean' },
    json: { type: 'boolean' },
    ...UNSEAL,
  },
  operands: ['LESSON'],
  runOnPaths: async ([file = ''], values, output) => {
    const out = typeof values.out === 'string' ? values.out : null
    if (out === null && values.preview !== true) {
      throw new UsageError('--out is missing: where the pack goes (or --preview)')
    }
    const { showProgress } = output
    const control = {
      signal: new AbortController().signal,
      onProgress: (done: number) => showProgress?.(done, 'Making the pack'),
    }
    const order = await orderOf(file, values)
    try {
      const preview = await planPack(order, { ...control, onProgress: () => {} })
      const workplace = packsFolder(path.join(dataFolder(), 'lessons'))
      const made =
        out === null || values.preview === true
          ? null
          : await makePack(order, { target: path.resolve(out), workplace }, control)
      await output.write(
        values.json === true
          ? `${JSON.stringify({ ...preview, made }, null, 1)}\n`
          : `${describe(preview, made).join('\n')}\n`,
      )
    } finally {
      showProgress?.(1)
    }
    return EXIT.done
  },
}

async function orderOf(file: string, values: CommandValues): Promise<PackOrder> {
  const head = headOf(values)
  const channels = oneOf(values.channels, '--channels', ['all', 'shown'] as const)
  const texts = oneOf(values['keep-texts'], '--keep-texts', ['none', 'all'] as const)
  const { lesson } = await readLesson(file)
  const folders = [path.dirname(path.resolve(file))]
  if (typeof values.recordings === 'string') folders.push(path.resolve(values.recordings))
  const found = await createCaseRecordings().find(recordingsOf(lesson), folders)
  if (values.unseal !== true) await refuseSealed(file, [...found.values()])
  const places = [...found].map(([fingerprint, { path: place }]) => [fingerprint, place] as const)
  const order = { lesson, places, head, channels, keep: [] }
  if (texts === 'none') return order
  const asked = await planPack(order, { signal: new AbortController().signal, onProgress: () => {} })
  return { ...order, keep: [...asked.texts, ...asked.lessonTexts].map(({ id }) => id) }
}

function headOf(values: CommandValues): PackHead {
  for (const [option, says] of [
    ['licence', 'what may be done with the pack, as CC BY 4.0'],
    ['consent', 'what allows its recordings to be given away, in a sentence'],
  ] as const) {
    if (typeof values[option] !== 'string' || values[option].trim() === '')
      throw new UsageError(`--${option} is missing: ${says}`)
  }
  const given = {
    licence: values.licence,
    consent: values.consent,
    keys: values.sealed === true ? 'sealed' : 'open',
  }
  const checked = v.safeParse(v.strictObject(packHeadEntries), given, { abortEarly: true })
  if (checked.success) return checked.output
  const [issue] = checked.issues
  throw new UsageError(`--${v.getDotPath(issue)} should be ${issue.message}`)
}

function oneOf<const Codes extends readonly [string, ...string[]]>(
  value: CommandValues[string],
  option: string,
  codes: Codes,
): Codes[number] {
  if (value === undefined) return codes[0]
  const found = codes.find((code) => code === value)
  if (found === undefined)
    throw new UsageError(`${option} is ${codes.join(' or ')}, not ${displayName(String(value))}`)
  return found
}

type Found =
  Parameters<typeof sealBeside> extends [infer Place, infer Identity, ...unknown[]]
    ? { readonly path: Place; readonly identity: Identity }
    : never

/** Whoever may not know an answer does not give it away. */
async function refuseSealed(file: string, found: readonly Found[]): Promise<void> {
  if ((await packOfLesson(file))?.manifest.keys === 'sealed') {
    throw new ReviewError(
      'sealed',
      'The answers of this pack are sealed: pass its file on as it is (--unseal makes another of it).',
    )
  }
  for (const { path: place, identity } of found) {
    if (!isReadingBlind(await sealBeside(place, identity))) continue
    throw new ReviewError(
      'sealed',
      'This lesson holds answers of a recording that is reviewed blind: sign off your own set first (--unseal makes a pack all the same).',
    )
  }
}

function describe(preview: PackPreview, made: PackMade | null): readonly string[] {
  const count = (many: number, one: string) => (many === 1 ? `1 ${one}` : `${many} ${one}s`)
  const holds = `${count(preview.cases, 'case')} on ${count(preview.clips.length, 'clip')}`
  return [
    made === null
      ? `would hold ${holds}, ${preview.bytes} bytes before they are compressed`
      : `wrote ${displayName(made.name)}: ${holds}, ${made.bytes} bytes`,
    ...(made === null ? [] : [`SHA-256 ${made.sha256}`]),
    ...preview.clips.map(
      ({ recording, cases, seconds, channels }) =>
        `clip: ${seconds.toFixed(1)} s of ${count(channels, 'channel')} of ${displayName(recording)}, ${cases.length === 1 ? 'case' : 'cases'} ${cases.join(', ')}`,
    ),
    ...preview.texts
      .filter(({ goes }) => !goes)
      .map(
        ({ field, text, caution }) =>
          `stays behind: ${field} “${displayName(text)}”${caution === null ? '' : ` (${caution})`}`,
      ),
    ...preview.lessonTexts
      .filter(({ goes }) => !goes)
      .map(
        ({ where }) =>
          `stays behind: ${where}, which repeats what the header or the name of a recording says`,
      ),
  ]
}
