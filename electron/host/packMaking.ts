/**
 * A lesson and clips of its recordings as one file: planned, so that its maker sees what goes and what stays behind, and
 * written. Runs in a thread of its own, or in the terminal. For the reader: `planPack` and `makePack`.
 */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { identifyingWords } from '../../shared/clips/identifyingWords.ts'
import type { ClipPlan, ClipText } from '../../shared/clips/model.ts'
import { planClip } from '../../shared/clips/planClip.ts'
import { formatProof } from '../../shared/clips/proof.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { openRecording } from '../../shared/edf/recording.ts'
import { throwIfCancelled } from '../../shared/edf/records/walkRecords.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type Lesson, type LessonCase, recordingsOf } from '../../shared/teaching/lesson.ts'
import { serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import {
  clipNameOf,
  isPackName,
  LESSON_NAME,
  MANIFEST_NAME,
  MAX_PACK_BYTES,
  PACK_ENDING,
  type PackFile,
  type PackHead,
  proofNameOf,
} from '../../shared/teaching/pack/pack.ts'
import { shownChannels } from '../../shared/teaching/pack/packChannels.ts'
import { type ClipOfCases, caseOnClip, clipsOfCases } from '../../shared/teaching/pack/packClips.ts'
import { serializeManifest } from '../../shared/teaching/pack/packManifest.ts'
import type { PackMade, PackPreview, PlannedClip } from '../../shared/teaching/pack/packPreview.ts'
import { keepTexts, tellingTexts, tellingWords } from '../../shared/teaching/pack/packTexts.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { hashOf, writeFailure } from './atomicFile.ts'
import { readIdentity } from './caseRecordings.ts'
import { clipEnding, writeClip } from './clipping.ts'
import { type FileSource, openFile } from './fileSource.ts'
import { refuseExisting } from './foreignFiles.ts'
import { hashOfFile, unfinishedName } from './packFolder.ts'
import { writePackZip } from './packWriting.ts'
import { shownName } from './shownName.ts'

export type PackOrder = {
  readonly lesson: Lesson
  readonly head: PackHead
  /** Where the recordings are, by fingerprint. */
  readonly places: readonly (readonly [fingerprint: string, file: string])[]
  /** All that can be written, or those that the cases show. */
  readonly channels: 'all' | 'shown'
  /** Ids of texts that are let through, of recordings and of the lesson. */
  readonly keep: readonly string[]
}

export type PackControl = { readonly signal: AbortSignal; readonly onProgress: (done: number) => void }

/** Of the time that a pack takes: its clips are written and read again, the rest is compressed. */
const SHARE_CLIPS = 0.8

type Planned = { readonly preview: PackPreview; readonly words: readonly string[] }

/** Throws ReviewError `bad-input` or `unsupported`, one sentence, where there is nothing to make a pack of. */
export async function planPack(order: PackOrder, control: PackControl): Promise<PackPreview> {
  return (await plan(order, control)).preview
}

async function plan(order: PackOrder, { signal, onProgress }: PackControl): Promise<Planned> {
  const { lesson } = order
  refuseEmpty(order)
  const clips: PlannedClip[] = []
  const texts = new Map<string, ClipText>()
  const words = new Set<string>()
  let bytes = 0
  const numbers = new Map(lesson.cases.map(({ id }, index) => [id, index + 1]))
  const count = recordingsOf(lesson).length
  let done = 0
  for (const opened of openInTurn(order)) {
    throwIfCancelled(signal)
    await using(opened, async ({ source, recording, cases }) => {
      const name = path.basename(source.path)
      for (const word of tellingWords(identifyingWords(recording.header, name))) words.add(word)
      for (const each of clipsOfCases(cases)) {
        const planned = await planOne(order, source, recording, each)
        bytes += planned.bytes
        for (const text of planned.texts) texts.set(text.id, sumOf(texts.get(text.id), text))
        clips.push({
          recording: shownName(source.path),
          cases: each.cases.map(({ id }) => numbers.get(id) ?? 0),
          seconds: planned.length,
          channels: planned.signals.length,
          proof: planned.proof,
        })
      }
    })
    done += 1
    onProgress(done / count)
  }
  if (bytes > MAX_PACK_BYTES) {
    throw new ReviewError(
      'bad-input',
      `Its clips would take ${(bytes / 1024 ** 3).toFixed(1)} GB, and 2 GB is the most: choose the channels that are shown, or share its cases among several lessons.`,
    )
  }
  const found = [...words]
  const lessonTexts = tellingTexts(order, found)
  const preview = { cases: lesson.cases.length, clips, bytes, texts: [...texts.values()], lessonTexts }
  return { preview, words: found }
}

function refuseEmpty({ lesson, places }: PackOrder): void {
  if (lesson.cases.length === 0) {
    throw new ReviewError('bad-input', 'This lesson has no cases: add some before you export a pack.')
  }
  const found = new Set(places.map(([fingerprint]) => fingerprint))
  const missing = lesson.cases.flatMap(({ recording }, index) =>
    found.has(recording.fingerprint) ? [] : [index + 1],
  )
  if (missing.length === 0) return
  const [which, them] =
    missing.length === 1
      ? [`recording of case ${missing[0]} is`, 'it']
      : [
          `recordings of cases ${missing.slice(0, 10).join(', ')}${missing.length > 10 ? ' …' : ''} are`,
          'them',
        ]
  throw new ReviewError(
    'not-found',
    `The ${which} in none of the folders that are known here: open ${them} once, or take out what needs ${them}.`,
  )
}

/** One text of several recordings is asked about once. */
function sumOf(before: ClipText | undefined, text: ClipText): ClipText {
  if (before === undefined) return text
  return { ...before, count: before.count + text.count, caution: before.caution ?? text.caution }
}

type OpenedSource = {
  readonly source: FileSource
  readonly recording: Recording
  readonly cases: readonly LessonCase[]
}

/** Each recording with its cases, to be opened. */
function openInTurn({ lesson, places }: PackOrder): readonly (() => Promise<OpenedSource>)[] {
  const files = new Map(places)
  return recordingsOf(lesson).map(({ fingerprint }) => async () => {
    const source = await openFile(files.get(fingerprint) ?? '')
    try {
      const cases = lesson.cases.filter((each) => each.recording.fingerprint === fingerprint)
      return { source, recording: await openRecording(source), cases }
    } catch (thrown) {
      await source.close()
      throw thrown
    }
  })
}

async function using(
  open: () => Promise<OpenedSource>,
  work: (opened: OpenedSource) => Promise<void>,
): Promise<void> {
  const opened = await open()
  try {
    await work(opened)
  } finally {
    await opened.source.close()
  }
}

/** The recording's own annotations never go along: they may tell the answer. */
async function planOne(
  { channels, keep }: PackOrder,
  source: FileSource,
  recording: Recording,
  { span, cases }: ClipOfCases,
): Promise<ClipPlan> {
  const raw = await source.slice(0, recording.header.headerBytes)
  return planClip(
    { recording, raw, name: path.basename(source.path), annotations: [], document: null },
    {
      span: { start: secondsFromTicks(span.start), end: secondsFromTicks(span.end) },
      signals: channels === 'all' ? null : shownChannels(recording, raw, cases),
      ...{ notes: false, keep },
    },
  )
}

type Made = { readonly files: readonly PackFile[]; readonly cases: ReadonlyMap<string, LessonCase> }

/**
 * Writes the pack under `target`, which has to be free. `workplace` is a folder of the app's own, where its clips are put
 * together. Throws ReviewError `bad-input`, `conflict`, `not-found`, `read-only`, `disk-full`, `cancelled`, or `damaged` where what
 * was written is not what was meant; then nothing is left behind.
 */
export async function makePack(
  order: PackOrder,
  place: { readonly target: string; readonly workplace: string },
  control: PackControl,
): Promise<PackMade> {
  const target = packNameOf(place.target)
  await refuseExisting(target, false)
  const silent = { signal: control.signal, onProgress: () => {} }
  const { preview, words } = await plan(order, silent)
  refuseUnapproved(preview)
  const folder = path.join(place.workplace, await unfinishedName())
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const onClips = (done: number) => control.onProgress((SHARE_CLIPS * done) / preview.bytes)
    const made = await writeClips(order, folder, { ...control, onProgress: onClips })
    const lesson = keepTexts(order, words, {
      ...order.lesson,
      licence: order.head.licence,
      cases: order.lesson.cases.map((each) => made.cases.get(each.id) ?? each),
    })
    const files = [await keepText(folder, LESSON_NAME, serializeLesson(lesson)), ...made.files]
    const { title, id, cases } = lesson
    const { licence, consent, keys } = order.head
    const manifest = {
      ...{ title, lessonId: id, cases: cases.length, licence, consent, keys },
      ...{ made: new Date().toISOString(), files },
    }
    const first = await keepText(folder, MANIFEST_NAME, serializeManifest(manifest))
    await writePackZip(target, folder, [first, ...files], place.workplace, control.signal)
    control.onProgress(1)
    const { bytes, sha256 } = await hashOfFile(target)
    return {
      ...{ name: shownName(target), folder: shownName(path.dirname(target)), bytes, sha256 },
      ...{ cases: cases.length, clips: preview.clips.length },
    }
  } catch (thrown) {
    throw writeFailure(thrown, path.basename(target))
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => {})
  }
}

/** With the ending that it has to have; throws ReviewError `bad-input` where it has another. */
function packNameOf(file: string): string {
  if (path.extname(file) === '' && path.basename(file) !== '') return `${file}${PACK_ENDING}`
  if (isPackName(file) && path.basename(file).length > PACK_ENDING.length) return file
  throw new ReviewError(
    'bad-input',
    `${shownName(file)} is no name for a pack: let it end in ${PACK_ENDING}.`,
  )
}

/** What is said of the pack has nothing to stand instead. */
function refuseUnapproved({ lessonTexts }: PackPreview): void {
  const text = lessonTexts.find(({ goes, instead }) => !goes && instead === null)
  if (text === undefined) return
  throw new ReviewError(
    'bad-input',
    `${text.where} repeats what the header or the name of a recording says: change it, or let it through.`,
  )
}

async function writeClips(
  order: PackOrder,
  folder: string,
  { signal, onProgress }: PackControl,
): Promise<Made> {
  const files: PackFile[] = []
  const cases = new Map<string, LessonCase>()
  let before = 0
  for (const opened of openInTurn(order)) {
    await using(opened, async ({ source, recording, cases: own }) => {
      for (const each of clipsOfCases(own)) {
        const plan = await planOne(order, source, recording, each)
        const temporary = path.join(folder, `clip${clipEnding(plan)}`)
        const { sha256, checks } = await writeClip(
          source,
          recording,
          plan,
          { clip: temporary, proof: null },
          {
            signal,
            onProgress: (done) => onProgress(before + done * plan.bytes),
          },
        )
        const name = clipNameOf(sha256, clipEnding(plan))
        const clip = path.join(folder, name)
        await rename(temporary, clip)
        const sheet = formatProof(plan.proof, { name, bytes: plan.bytes, sha256, checks })
        files.push({ name, bytes: plan.bytes, sha256 }, await keepText(folder, proofNameOf(name), sheet))
        const identity = await readIdentity(clip)
        for (const one of each.cases)
          cases.set(one.id, caseOnClip(one, { header: recording.header, plan, identity }))
        before += plan.bytes
      }
    })
  }
  // By name, which tells nothing of where in the lesson a clip belongs.
  return { files: files.toSorted((a, b) => (a.name < b.name ? -1 : 1)), cases }
}

async function keepText(folder: string, name: string, text: string): Promise<PackFile> {
  const bytes = Buffer.from(text)
  await writeFile(path.join(folder, name), bytes, { flag: 'wx', mode: 0o600 })
  return { name, bytes: bytes.byteLength, sha256: hashOf(bytes) }
}
