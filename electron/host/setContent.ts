/** A set's file read on the spot, in whichever thread this is called. Whoever may wait uses `setReader.ts`. */
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { parseSet } from '../../shared/annotation/format.ts'
import { readSetHead, type SetHead } from '../../shared/annotation/setHead.ts'
import { MAX_SET_BYTES } from '../../shared/annotation/setSize.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type FileVersion, readBounded } from './atomicFile.ts'
import { createHeadMemory } from './headMemory.ts'

export type SetReadings = {
  readonly set: { readonly document: AnnotationDocument; readonly version: FileVersion }
  readonly head: { readonly head: SetHead; readonly version: FileVersion }
}

type SetReaders = {
  readonly [What in keyof SetReadings]: (file: string) => Promise<SetReadings[What]>
}

const heads = createHeadMemory()

/** Each throws ReviewError `bad-set`, `not-found` or `unreadable`. */
export const READERS: SetReaders = {
  set: async (file) => {
    const { bytes, version } = await readBounded(file, MAX_SET_BYTES)
    return { document: parseSet(textOf(bytes, file)), version }
  },
  head: async (file) => {
    const { bytes, version } = await readBounded(file, MAX_SET_BYTES)
    return { head: heads.headOf(version.hash, () => readSetHead(textOf(bytes, file))), version }
  },
}

function textOf(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    const name = path.basename(file)
    throw new ReviewError('bad-set', `${name} cannot be read as an annotation set: it is not text in UTF-8.`)
  }
}
