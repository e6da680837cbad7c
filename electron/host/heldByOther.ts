/** Whether one of two files of a reviewer's set holds all that the other does: told by what is in them, by no clock. */
import { compareSets } from '../../shared/annotation/compareSets.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { loadHead, loadSet } from './setReader.ts'

/** 'all': the first holds all of the second, and more. */
type Holding = 'the same' | 'all' | 'not all'

/** Of so many pairs it is known, as opening a recording asks for one pair several times. */
const MOST_KNOWN = 16
/** By the hashes of both. */
const known = new Map<string, Holding>()

/** 'not all' also where one of them cannot be read. */
export async function holdingOf(one: string, other: string): Promise<Holding> {
  try {
    const heads = await Promise.all([loadHead(one), loadHead(other)])
    const [first, second] = heads.map(({ version }) => version.hash)
    if (first === second) return 'the same'
    const key = `${first} ${second}`
    const before = known.get(key)
    if (before !== undefined) return before
    const [a, b] = await Promise.all([loadSet(one), loadSet(other)])
    const holding = compare(a.document, b.document)
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(key, holding)
    return holding
  } catch {
    return 'not all'
  }
}

function compare(one: AnnotationDocument, other: AnnotationDocument): Holding {
  if (!holdsAll(one, other)) return 'not all'
  return holdsAll(other, one) ? 'the same' : 'all'
}

function holdsAll(one: AnnotationDocument, other: AnnotationDocument): boolean {
  const differences = compareSets({ saved: one, recovered: other, lines: [], lastChange: null })
  const { signOffs = [] } = one
  const isSigned = (other.signOffs ?? []).every(({ at, hash }) =>
    signOffs.some((signOff) => signOff.at === at && signOff.hash === hash),
  )
  const isBlind = one.blind === true || other.blind !== true
  return isSigned && isBlind && differences.every(({ recovered }) => recovered === null)
}
