/**
 * What a set's file says of the set as a whole and no window changes: that it is reviewed blind, who has signed it
 * off, and what each save has changed. It is carried from what lies on disk to what is written there.
 */
import { createHash } from 'node:crypto'
import { changesBetween, keepNewest } from '../../shared/annotation/changes.ts'
import { contentText } from '../../shared/annotation/contentText.ts'
import type { AnnotationDocument, SignOff } from '../../shared/annotation/document.ts'
import { MAX_SIGN_OFFS } from '../../shared/annotation/setSize.ts'
import type { Signed } from '../../shared/contract/model.ts'
import type { RecoveredStart } from './recoveredStart.ts'
import { loadSet } from './setReader.ts'

/** What a save is to say besides. */
export type Closing = {
  readonly blind?: true
  readonly signs?: { readonly blind: boolean }
}

/** The reviewer's set that lies at the first of these places that has one; null: there is none. */
export async function lastSaved(
  places: readonly string[],
  reviewer: string,
): Promise<AnnotationDocument | null> {
  for (const place of new Set(places)) {
    const loaded = await loadSet(place).catch(() => null)
    if (loaded?.document.reviewer === reviewer) return loaded.document
  }
  return null
}

/** What a crash left knows nothing of what the file has said since. */
export async function withFile(start: RecoveredStart): Promise<RecoveredStart> {
  if (start.recovered === null) return start
  const { document } = start.marked
  const saved = await lastSaved([start.path], document.reviewer)
  if (saved === null) return start
  return { ...start, marked: { ...start.marked, document: withRecord(document, saved) } }
}

/** A document with what another says of the set as a whole. */
export function withRecord(document: AnnotationDocument, said: AnnotationDocument): AnnotationDocument {
  const { blind: _blind, signOffs: _signOffs, changes: _changes, ...rest } = document
  const { blind, signOffs, changes } = said
  return {
    ...rest,
    ...(blind === undefined ? {} : { blind }),
    ...(signOffs === undefined ? {} : { signOffs }),
    ...(changes === undefined ? {} : { changes }),
  }
}

/** What is written in the place of `before`, at `at`. */
export function recordSave(
  before: AnnotationDocument | null,
  marked: AnnotationDocument,
  at: string,
  closing: Closing,
): AnnotationDocument {
  const document = { ...marked, changed: at }
  const { reviewer: by } = document
  const known = before ?? document
  const added = changesBetween(before, document, { by, at })
  const isBlind = known.blind === true || document.blind === true || closing.blind === true
  const { changes: _, ...content } = withRecord(document, known)
  const changes = [...(known.changes ?? []), ...added]
  const earlier = joinSignOffs(known.signOffs, marked.signOffs)
  const signOffs = signedAgain({ ...known, signOffs: earlier, changes }, document, closing)
  const next = {
    ...content,
    ...(isBlind ? { blind: true } : {}),
    ...(signOffs.length === 0 ? {} : { signOffs }),
  }
  // Its size is known from its edits; that of a new value would be counted anew.
  const kept = keepNewest(marked, changes)
  return kept.length === 0 ? next : { ...next, changes: kept }
}

/** Of a set that was signed off in two places both sign-offs stand, the oldest first. */
function joinSignOffs(there: readonly SignOff[] = [], here: readonly SignOff[] = []): readonly SignOff[] {
  const isThere = (one: SignOff) => there.some(({ at, hash }) => at === one.at && hash === one.hash)
  const added = here.filter((one) => !isThere(one))
  if (added.length === 0) return there
  return [...there, ...added].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)).slice(-MAX_SIGN_OFFS)
}

function signedAgain(
  { signOffs = [], changes = [] }: AnnotationDocument,
  document: AnnotationDocument,
  { signs }: Closing,
): readonly SignOff[] {
  const { reviewer: by, changed: at, marks } = document
  if (signs !== undefined) {
    const signOff = { at, by, hash: hashOf(document), marks: marks.length, ...signs, changedSince: 0 }
    return [...signOffs, signOff].slice(-MAX_SIGN_OFFS)
  }
  const last = signOffs.at(-1)
  if (last === undefined) return signOffs
  const since = new Set(changes.filter((change) => change.at > last.at).map(({ id }) => id)).size
  const changedSince = hashOf(document) === last.hash ? 0 : Math.max(1, since)
  return [...signOffs.slice(0, -1), { ...last, changedSince }]
}

/** The last sign-off, and whether the content still has its hash. */
export function signedOf(document: AnnotationDocument): Signed | null {
  const last = document.signOffs?.at(-1)
  return last === undefined ? null : { ...last, isIntact: hashOf(document) === last.hash }
}

function hashOf(document: AnnotationDocument): string {
  return createHash('sha256').update(contentText(document)).digest('hex')
}
