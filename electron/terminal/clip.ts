/** `clip`: a span and some channels of a recording, or all of it, as an EDF+ file that names nobody. */
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { identityOf, wrongRecording } from '../../shared/annotation/identity.ts'
import type { ClipPlan, ClipRequest, ClipText } from '../../shared/clips/model.ts'
import { planClip } from '../../shared/clips/planClip.ts'
import type { TextField } from '../../shared/clips/words.ts'
import type { Header, Recording } from '../../shared/edf/header/model.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import { displayName } from '../../shared/shownText.ts'
import type { Span } from '../../shared/units.ts'
import { matchSet } from '../host/annotationFiles.ts'
import { type ClipWritten, clipEnding, clipName, writeClip } from '../host/clipping.ts'
import type { FileSource } from '../host/fileSource.ts'
import { loadSet } from '../host/setReader.ts'
import type { CommandValues, RecordingCommand } from './command.ts'
import { EXIT, UsageError } from './output.ts'
import { refuseSealedSet, UNSEAL, UNSEAL_HELP } from './sealing.ts'

const FIELDS: Readonly<Record<TextField, string>> = {
  ...{
    label: 'label',
    unit: 'unit',
    transducer: 'transducer',
    prefilter: 'filter',
    annotation: 'annotation',
  },
}

export const clip: RecordingCommand = {
  name: 'clip',
  usage:
    'clip FILE (--from S --to S | --whole) --out FILE.edf [--channels LIST] [--marks SET] [--keep-text TEXT]… [--no-notes] [--proof FILE.txt] [--preview] [--unseal] [--json]',
  summary: `a de-identified copy of a span or of all, samples bit by bit the same; texts that are no words of the field stay behind unless kept; ${UNSEAL_HELP}`,
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    whole: { type: 'boolean' },
    out: { type: 'string' },
    channels: { type: 'string' },
    marks: { type: 'string' },
    'keep-text': { type: 'string', multiple: true },
    'no-notes': { type: 'boolean' },
    proof: { type: 'string' },
    preview: { type: 'boolean' },
    json: { type: 'boolean' },
    ...UNSEAL,
  },
  run: async (source, values, output) => {
    const span = spanOf(values)
    const isPreview = values.preview === true
    const out = typeof values.out === 'string' ? values.out : null
    if (out === null && !isPreview)
      throw new UsageError('--out is missing: where the clip goes (or --preview)')
    const { showProgress } = output
    const opened = await openRecording(source)
    const { recording, annotations } = await scanRecording(source, opened, { samples: false })
    const { header } = recording
    const document = typeof values.marks === 'string' ? await marksOf(values, source, recording) : null
    const request = {
      ...{ span, notes: values['no-notes'] !== true },
      signals: typeof values.channels === 'string' ? channelsOf(values.channels, header) : null,
    }
    const raw = await source.slice(0, header.headerBytes)
    const known = { recording, raw, name: path.basename(source.path), annotations, document }
    const plan = planKeeping(values['keep-text'], (keep) => planClip(known, { ...request, keep }))
    const files = isPreview || out === null ? null : { clip: clipName(out, plan), proof: proofOf(values) }
    const written =
      files === null
        ? null
        : await writeClip(
            source,
            recording,
            plan,
            files,
            showProgress === undefined
              ? {}
              : { onProgress: (done) => showProgress(done, 'Writing the clip') },
          ).finally(() => showProgress?.(1))
    await output.write(
      values.json === true
        ? `${JSON.stringify(inJson(plan, files, written), null, 1)}\n`
        : `${describe(plan, files, written).join('\n')}\n`,
    )
    return EXIT.done
  },
}

function spanOf(values: CommandValues): ClipRequest['span'] {
  if (values.whole === true) {
    if (values.from !== undefined || values.to !== undefined)
      throw new UsageError('--whole has no --from and --to')
    return 'whole'
  }
  const start = secondsOf(values.from, '--from')
  const end = secondsOf(values.to, '--to')
  if (!(end > start)) throw new UsageError(`--to ${end} is not after --from ${start}`)
  return { start, end } satisfies Span
}

function secondsOf(value: CommandValues[string], option: string): number {
  if (typeof value !== 'string')
    throw new UsageError(`${option} is missing: seconds after the start (or --whole)`)
  const number = /^[+-]?\d{1,9}(\.\d*)?$/.test(value) ? Number(value) : Number.NaN
  if (Number.isNaN(number))
    throw new UsageError(`${option} ${displayName(value)} is no number of seconds, such as 67.25`)
  return number
}

/** Labels or positions, between commas; a label may have a comma in it. */
function channelsOf(list: string, header: Header): readonly number[] {
  const ordinary = header.signals.filter(({ kind }) => kind !== 'annotations')
  return list.split(',').map((each) => {
    const name = each.trim()
    const found = ordinary.filter(({ label }) => label.toLowerCase() === name.toLowerCase())
    if (found.length > 1) {
      const indexes = found.map(({ index }) => index).join(', ')
      throw new UsageError(
        `--channels: ${displayName(name)} is the label of ${indexes}; name one by its number`,
      )
    }
    if (found[0] !== undefined) return found[0].index
    if (/^\d{1,4}$/.test(name)) return Number(name)
    throw new UsageError(
      `--channels: no channel is called "${displayName(name)}" (hypnospike info FILE lists them)`,
    )
  })
}

async function marksOf(
  values: CommandValues,
  source: FileSource,
  recording: Recording,
): Promise<AnnotationDocument> {
  const file = String(values.marks)
  const { document } = await loadSet(file)
  if (values.unseal !== true) await refuseSealedSet(file, document)
  const identity = identityOf(
    recording.header,
    await fingerprint(source, recording),
    path.basename(source.path),
  )
  const match = await matchSet(document, identity, (records) => fingerprint(source, recording, records))
  if (match !== 'same' && match !== 'grown') throw wrongRecording(document)
  return document
}

/** A text that is to be kept is named as it is; where several fields have it, it is kept in all of them. */
function planKeeping(asked: CommandValues[string], plan: (keep: readonly string[]) => ClipPlan): ClipPlan {
  const texts = asked === undefined ? [] : [asked].flat().map(String)
  const first = plan([])
  if (texts.length === 0) return first
  const none = texts.find((text) => !first.texts.some((met) => met.text === text))
  if (none !== undefined) {
    throw new UsageError(
      `--keep-text "${displayName(none)}": no such text is asked about (--preview lists them)`,
    )
  }
  return plan(first.texts.filter(({ text }) => texts.includes(text)).map(({ id }) => id))
}

function proofOf(values: CommandValues): string | null {
  return typeof values.proof === 'string' ? values.proof : null
}

type Files = { readonly clip: string; readonly proof: string | null } | null

function stayed(plan: ClipPlan): readonly ClipText[] {
  return plan.texts.filter(({ goes }) => !goes)
}

function describe(plan: ClipPlan, files: Files, written: ClipWritten | null): readonly string[] {
  const { start, end } = plan.span
  const verb = written === null ? 'would write' : 'wrote'
  const name = files === null ? `a clip (${clipEnding(plan)})` : displayName(files.clip)
  const proof = files?.proof == null ? [] : [`${verb} ${displayName(files.proof)}`]
  const cautions = written?.caution == null ? [] : [`look at it before you pass it on: ${written.caution}`]
  return [
    `${verb} ${name}: ${plan.format}, ${start} to ${end} s of the recording, ${plan.bytes} bytes`,
    ...proof,
    ...plan.proof.map(({ field, what, says }) => `${what}: ${field}: ${says}`),
    ...stayed(plan).map(
      ({ field, text, count, caution }) =>
        `stays behind unless --keep-text: ${FIELDS[field]} "${displayName(text)}"${count > 1 ? ` ×${count}` : ''}${caution === null ? '' : ` (${caution})`}`,
    ),
    ...(written?.checks ?? []).map((check) => `checked: ${check}`),
    ...cautions,
  ]
}

function inJson(plan: ClipPlan, files: Files, written: ClipWritten | null) {
  const { format, span, length, bytes, proof } = plan
  return {
    ...{ file: files?.clip ?? null, proofFile: files?.proof ?? null, format, span, length, bytes, proof },
    stayed: stayed(plan).map(({ field, text, count, caution }) => ({ field, text, count, caution })),
    checks: written?.checks ?? null,
    sha256: written?.sha256 ?? null,
    lookAt: written?.caution == null ? [] : [written.caution],
  }
}
