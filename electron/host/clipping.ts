/** A clip of a recording as a file: written under another name, looked at again, and only then given its own. */
import { createHash } from 'node:crypto'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import type { ByteSource } from '../../shared/bytes.ts'
import { checkClip } from '../../shared/clips/checkClip.ts'
import { clipChunks } from '../../shared/clips/clipChunks.ts'
import type { ClipPlan } from '../../shared/clips/model.ts'
import { cautionOfName, formatProof } from '../../shared/clips/proof.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { openFile } from './fileSource.ts'
import { refuseExisting } from './foreignFiles.ts'
import { writeNewRecording } from './newFile.ts'
import { sha256 } from './sha256.ts'

export type ClipPlace = {
  readonly clip: string
  /** Where the proof sheet goes; null: nowhere. */
  readonly proof: string | null
}

type Control = { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void }

export type ClipWritten = {
  readonly checks: readonly string[]
  readonly sha256: string
  /** What is still to be looked at; null: nothing. */
  readonly caution: string | null
}

/** Of the time that writing and looking again take. */
const SHARE_WRITTEN = 0.4

/** The ending of a clip's name, by its format. */
export function clipEnding({ format }: Pick<ClipPlan, 'format'>): string {
  return format.startsWith('BDF') ? '.bdf' : '.edf'
}

/** The name with the ending that it has to have, where it has none; throws ReviewError `bad-input` where it has another. */
export function clipName(file: string, plan: Pick<ClipPlan, 'format'>): string {
  const ending = clipEnding(plan)
  const own = path.extname(file).toLowerCase()
  if (file === '' || /[\\/]$/.test(file) || path.basename(file).toLowerCase() === ending)
    throw new ReviewError('bad-input', `The clip has no name: give it one that ends in ${ending}.`)
  if (own === ending) return file
  if (own === '') return `${file}${ending}`
  throw new ReviewError(
    'bad-input',
    `${path.basename(file)} is no name for a clip of this recording, which is ${plan.format}: let it end in ${ending}.`,
  )
}

/**
 * Writes both; nothing is ever replaced. Throws ReviewError `conflict`, `bad-input`, `read-only`, `disk-full`, `cancelled`, or
 * `damaged` where the written file is not what was meant; then nothing is left behind.
 */
export async function writeClip(
  source: ByteSource,
  recording: Recording,
  plan: ClipPlan,
  { clip, proof }: ClipPlace,
  { signal, onProgress }: Control = {},
): Promise<ClipWritten> {
  await refuseExisting(clip, false)
  if (proof !== null) await refuseProof(proof, clip)
  const whole = createHash('sha256')
  const heard = signal === undefined ? {} : { signal }
  let checks: readonly string[] = []
  async function* chunks() {
    const onWritten = (done: number) => onProgress?.(SHARE_WRITTEN * done)
    for await (const chunk of clipChunks(source, plan, { ...heard, onProgress: onWritten })) {
      whole.update(chunk)
      yield chunk
    }
  }
  await writeNewRecording(clip, chunks(), async (written) => {
    const again = await openFile(written)
    try {
      checks = await checkClip(source, recording, plan, again, {
        ...heard,
        digest: sha256,
        onProgress: (done) => onProgress?.(SHARE_WRITTEN + (1 - SHARE_WRITTEN) * done),
      })
    } finally {
      await again.close()
    }
  })
  const hash = whole.digest('hex')
  const name = path.basename(clip)
  if (proof !== null) {
    const sheet = formatProof(plan.proof, { name, bytes: plan.bytes, sha256: hash, checks })
    await writeNewRecording(proof, [Buffer.from(sheet)]).catch(async (error: unknown) => {
      // The one without the other is not what was asked for.
      await rm(clip, { force: true }).catch(() => {})
      throw error
    })
  }
  return { checks, sha256: hash, caution: cautionOfName(name, plan.words) }
}

async function refuseProof(proof: string, clip: string): Promise<void> {
  if (path.resolve(proof) === path.resolve(clip)) {
    throw new ReviewError('bad-input', 'The proof sheet has the name of the clip: give it another.')
  }
  await refuseExisting(proof, false)
  if (!/\.(txt|md)$/i.test(proof)) {
    throw new ReviewError(
      'bad-input',
      `${path.basename(proof)} is no name for a proof sheet: let it end in .txt.`,
    )
  }
}
