/** `sets`: the recordings of a folder, whose sets there are of each, and how those agree. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { comparePair, type PairAgreement } from '../../shared/agreement/agreement.ts'
import { DEFAULT_RULES } from '../../shared/agreement/rules.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { identityOf } from '../../shared/annotation/identity.ts'
import { shareReviewed } from '../../shared/annotation/queries.ts'
import { openRecording } from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { displayName } from '../../shared/shownText.ts'
import { formatElapsed } from '../../shared/text/clock.ts'
import { findSets, matchSet } from '../host/annotationFiles.ts'
import { openFile } from '../host/fileSource.ts'
import { isRecordingName } from '../host/recordingNames.ts'
import { isSetName, readSetName } from '../host/setNames.ts'
import { loadHead, loadSet } from '../host/setReader.ts'
import { codeOf } from '../host/systemError.ts'
import type { PathsCommand } from './command.ts'
import { EXIT } from './output.ts'
import { isKept, sealOf, UNSEAL, UNSEAL_HELP } from './sealing.ts'

export const sets: PathsCommand = {
  name: 'sets',
  usage: 'sets FOLDER [--unseal] [--json]',
  summary: `the recordings of a folder, whose sets there are of each, how much each has reviewed, and how they agree; ${UNSEAL_HELP}`,
  operands: ['FOLDER'],
  options: { json: { type: 'boolean' }, ...UNSEAL },
  runOnPaths: async ([folder = ''], values, output) => {
    const listed = await listFolder(folder, values.unseal === true, (done) =>
      output.showProgress?.(done, 'Reading the folder'),
    ).finally(() => output.showProgress?.(1))
    await output.write(values.json === true ? `${JSON.stringify(listed, null, 2)}\n` : formatFolder(listed))
    return EXIT.done
  },
}

type ListedSet = {
  readonly set: string
  readonly reviewer: string
  readonly isKey: boolean
  /** Made of this file by a program that keeps folders alike: no reader of its own, so that it is not counted or compared. */
  readonly copyOf: string | null
  /** null: sealed, as are the share and when it was changed. */
  readonly marks: number | null
  readonly changed: string | null
  /** Of the recording, 0 to 1. */
  readonly shareReviewed: number | null
  /** The recording is reviewed blind, and this set not open to who reads here. */
  readonly isSealed: boolean
  readonly problem: string | null
}

type ListedRecording = {
  readonly recording: string
  readonly problem: string | null
  readonly duration: number | null
  readonly sets: readonly ListedSet[]
  readonly agreement: readonly ReturnType<typeof describePair>[]
}

type Listed = {
  readonly recordings: readonly ListedRecording[]
  /** `marks` without those of sealed sets. */
  readonly reviewers: readonly {
    readonly reviewer: string
    readonly sets: number
    readonly sealed: number
    readonly marks: number
  }[]
  /** Sets of no recording that lies here. */
  readonly withoutRecording: readonly { readonly set: string; readonly problem: string | null }[]
}

async function listFolder(
  folder: string,
  unseals: boolean,
  onProgress: (done: number) => void,
): Promise<Listed> {
  const names = (await readFolder(folder)).sort()
  const recordingNames = names.filter(isRecordingName)
  const others = new Set(names.filter(isSetName))
  const recordings: ListedRecording[] = []
  const isNamed = (set: string) => recordingNames.some((name) => readSetName(name, set) !== null)
  // Those named for a recording here are looked at with it; of others the samples tell whose they are.
  const renamed = [...others].filter((name) => !isNamed(name))
  const claimed = new Set<string>()
  for (const [index, name] of recordingNames.entries()) {
    onProgress(index / recordingNames.length)
    recordings.push(await listRecording(folder, name, renamed, claimed, unseals))
  }
  const unclaimed = [...others].filter((name) => !claimed.has(name))
  const withoutRecording = await Promise.all(
    unclaimed.map(async (set) => ({ set, problem: await problemOf(path.join(folder, set)) })),
  )
  const all = recordings.flatMap((each) =>
    each.sets.filter(({ isKey, copyOf, problem }) => !isKey && copyOf === null && problem === null),
  )
  const reviewers = [...new Set(all.map(({ reviewer }) => reviewer))].sort().map((reviewer) => {
    const own = all.filter((set) => set.reviewer === reviewer)
    return {
      reviewer,
      sets: own.length,
      sealed: own.filter(({ isSealed }) => isSealed).length,
      marks: own.reduce((sum, { marks }) => sum + (marks ?? 0), 0),
    }
  })
  return { recordings, reviewers, withoutRecording }
}

async function listRecording(
  folder: string,
  name: string,
  setNames: readonly string[],
  claimed: Set<string>,
  unseals: boolean,
): Promise<ListedRecording> {
  const file = path.join(folder, name)
  try {
    const source = await openFile(file)
    try {
      const recording = await openRecording(source, { timeline: 'quick' })
      const identity = identityOf(recording.header, await fingerprint(source, recording), name)
      const fingerprintOfFirst = (records: number) => fingerprint(source, recording, records)
      const named = await findSets(file, identity, { fingerprintOfFirst })
      const found = [...named]
      for (const setName of setNames) {
        if (claimed.has(setName)) continue
        const place = path.join(folder, setName)
        const loaded = await loadHead(place).catch(() => null)
        const match = loaded === null ? 'other' : await matchSet(loaded.head, identity, fingerprintOfFirst)
        if (loaded === null || (match !== 'same' && match !== 'grown')) continue
        const { reviewer, marks, changed, blind = false, signOffs = [] } = loaded.head
        const isKey = setName.endsWith('.key.json')
        const names = { path: place, fileName: setName, isKey, copyOf: null, reviewer }
        const facts = { marks, changed, blind, signOff: signOffs.at(-1) ?? null }
        found.push({ ...names, ...facts, match, problem: null })
      }
      const seal = await sealOf({ path: file, identity, fingerprintOfFirst }, found)
      const read = await Promise.all(
        found.map(async (set) => {
          claimed.add(set.fileName)
          const { fileName, isKey, copyOf, reviewer, marks, changed, problem } = set
          const listed = { set: fileName, reviewer, isKey, copyOf, marks, changed, isSealed: false }
          if (problem !== null) return refused(listed, problem.message)
          if (!unseals && isKept(seal, set)) return sealed(listed)
          try {
            const { document } = await loadSet(set.path)
            const share = shareReviewed(document, recording.timeline)
            return { listed: { ...listed, shareReviewed: share, problem: null }, document }
          } catch (thrown) {
            return refused(listed, toFailure(thrown).message)
          }
        }),
      )
      return {
        recording: name,
        problem: null,
        duration: recording.timeline.duration,
        sets: read.map(({ listed }) => listed),
        agreement: pairsOf(read),
      }
    } finally {
      await source.close()
    }
  } catch (thrown) {
    return { recording: name, problem: toFailure(thrown).message, duration: null, sets: [], agreement: [] }
  }
}

type Read = { readonly listed: ListedSet; readonly document: AnnotationDocument | null }

function refused(listed: Omit<ListedSet, 'shareReviewed' | 'problem'>, problem: string): Read {
  return { listed: { ...listed, shareReviewed: null, problem }, document: null }
}

/** Whose it is may be told, and nothing of what is in it. */
function sealed(listed: Omit<ListedSet, 'shareReviewed' | 'problem'>): Read {
  const nothing = { marks: null, changed: null, shareReviewed: null, problem: null }
  return { listed: { ...listed, ...nothing, isSealed: true }, document: null }
}

/** Every two of them, a key as the reference. */
function pairsOf(read: readonly Read[]) {
  const usable = read.flatMap(({ listed, document }) =>
    document === null || listed.copyOf !== null ? [] : [{ listed, document }],
  )
  const ordered = [
    ...usable.filter(({ listed }) => listed.isKey),
    ...usable.filter(({ listed }) => !listed.isKey),
  ]
  return ordered.flatMap((reference, index) =>
    ordered.slice(index + 1).map((other) => {
      const names = { reference: reference.listed.set, other: other.listed.set }
      try {
        return describePair(names, comparePair(reference.document, other.document, DEFAULT_RULES))
      } catch (thrown) {
        return describePair(names, toFailure(thrown).message)
      }
    }),
  )
}

function describePair(
  names: { readonly reference: string; readonly other: string },
  pair: PairAgreement | string,
) {
  if (typeof pair === 'string') return { ...names, problem: pair, figures: null }
  const { where, what } = pair
  return {
    ...names,
    problem: pair.problem,
    figures: {
      reviewedByBoth: pair.commonLength,
      events: { reference: where.reference, other: where.other, both: where.both, sameKind: what.same },
      sensitivity: where.sensitivity.value,
      precision: where.precision.value,
      f1: where.f1.value,
      kappa: what.kappa.value,
    },
  }
}

function formatFolder({ recordings, reviewers, withoutRecording }: Listed): string {
  const lines = recordings.flatMap((each) => [
    `${displayName(each.recording)}${each.duration === null ? '' : `  ${formatElapsed(each.duration)}`}`,
    ...(each.problem === null ? [] : [`  ${each.problem}`]),
    ...(each.problem === null && each.sets.length === 0 ? ['  no set'] : []),
    ...each.sets.map((set) => {
      const whose = set.isKey ? 'key' : set.reviewer
      const marks = `${set.marks} ${set.marks === 1 ? 'mark' : 'marks'}`
      const reviewed = `${Math.floor(100 * (set.shareReviewed ?? 0))} % reviewed`
      const facts =
        set.problem ??
        (set.isSealed
          ? `${whose}, sealed: reviewed blind, and you have not signed off (--unseal shows it)`
          : `${whose}, ${marks}, ${reviewed}${set.copyOf === null ? '' : ', a conflict copy'}`)
      return `  ${displayName(set.set)}: ${facts}`
    }),
    ...each.agreement.map(({ reference, other, problem, figures }) => {
      const f1 = figures?.f1 ?? null
      const kappa = figures?.kappa ?? null
      const said =
        problem ??
        `F1 ${f1 === null ? 'not defined' : f1.toFixed(2)} (${figures?.events.both} of ${figures?.events.reference} and ${figures?.events.other}), kappa ${kappa === null ? 'not defined' : kappa.toFixed(2)} (${figures?.events.both} matched)`
      return `  ${displayName(reference)} and ${displayName(other)}: ${said}`
    }),
  ])
  if (recordings.length === 0) lines.push('no recording')
  for (const { set, problem } of withoutRecording) {
    lines.push(`${displayName(set)}: ${problem ?? 'its recording is not here'}`)
  }
  for (const { reviewer, sets: count, sealed, marks } of reviewers) {
    const shut = sealed === 0 ? '' : `, ${sealed} sealed`
    lines.push(
      `${reviewer}: ${count} ${count === 1 ? 'set' : 'sets'}${shut}, ${marks} ${marks === 1 ? 'mark' : 'marks'}`,
    )
  }
  return `${lines.join('\n')}\n`
}

async function problemOf(file: string): Promise<string | null> {
  try {
    await loadHead(file)
    return null
  } catch (thrown) {
    return toFailure(thrown).message
  }
}

async function readFolder(folder: string): Promise<string[]> {
  const name = path.basename(path.resolve(folder))
  try {
    return await readdir(folder)
  } catch (thrown) {
    const code = codeOf(thrown)
    if (code === 'ENOENT') throw new ReviewError('not-found', `There is no folder "${name}".`)
    if (code === 'ENOTDIR')
      throw new ReviewError('not-found', `"${name}" is no folder: give the one that the recordings lie in.`)
    throw new ReviewError('unreadable', `"${name}" cannot be listed.`)
  }
}
