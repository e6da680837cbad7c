/** What always holds of a document: checked when one is read, before it is written, and at the end of tests. */
import type { AnnotationDocument, Decision, Item, Mark, ReviewedRange } from './document.ts'
import { codesOf, KINDS, mimicOf } from './kinds.ts'
import { isSorted, spanOf } from './order.ts'
import { isPlainLine, isPlainText, MAX_COMMENT, MAX_NAME } from './plainText.ts'

/** One phrase a violation, naming item and field; none = sound. Never says what a comment holds. */
export function checkInvariants(document: AnnotationDocument): readonly string[] {
  const problems: string[] = []
  const ids = new Set<string>()
  const decisions = document.decisions ?? []
  for (const { id } of [...document.marks, ...document.reviewed, ...decisions]) {
    if (ids.has(id)) problems.push(`id ${id} is used twice`)
    ids.add(id)
  }
  for (const mark of document.marks) problems.push(...markProblems(mark))
  for (const range of document.reviewed) problems.push(...rangeProblems(range))
  for (const decision of decisions) problems.push(...decisionProblems(decision))
  if (!isSorted(decisions)) problems.push('decisions are not in order of onset')
  if (!isSorted(document.marks)) problems.push('marks are not in order of onset')
  const touching = document.reviewed.some((range, index) => {
    const before = document.reviewed[index - 1]
    return before !== undefined && spanOf(before).end >= range.onset
  })
  if (touching) problems.push('reviewed ranges touch or are not in order')
  if (!isName(document.reviewer)) problems.push('reviewer is empty or not plain text')
  for (const field of ['created', 'changed'] as const) {
    if (!isTime(document[field])) problems.push(`${field} is not a time`)
  }
  return problems
}

/** The same for one mark alone. */
export function markProblems(mark: Mark): readonly string[] {
  const problems = timeProblems(mark)
  const say = (holds: boolean, problem: string) => {
    if (!holds) problems.push(`mark ${mark.id}: ${problem}`)
  }
  say(codesOf(KINDS).includes(mark.kind), 'kind is unknown')
  say(mark.subtype === null || mark.kind === 'mimic', 'subtype is for mimics only')
  say(mark.subtype === null || mimicOf(mark.subtype) !== null, 'subtype is unknown')
  say(mark.channels.every(isName), 'channels hold an empty label or one that is not plain text')
  say(new Set(mark.channels).size === mark.channels.length, 'channels hold a label twice')
  say(new Set(mark.evidence).size === mark.evidence.length, 'evidence is named twice')
  say(
    isPlainText(mark.comment) && mark.comment.length <= MAX_COMMENT,
    'comment is too long or not plain text',
  )
  const { measured = [] } = mark
  say(new Set(measured.map(({ entry }) => entry)).size === measured.length, 'measured names an entry twice')
  say(
    measured.every(({ entry, label, text }) => [entry, label, text].every(isName)),
    'measured holds an empty text or one that is not plain text',
  )
  say(isName(mark.author), 'author is empty or not plain text')
  say(isTime(mark.created), 'created is not a time')
  say(isTime(mark.changed), 'changed is not a time')
  return problems
}

/** The same for anything that an edit can put. */
export function itemProblems(item: Item): readonly string[] {
  switch (item.type) {
    case 'mark':
      return markProblems(item)
    case 'reviewed':
      return rangeProblems(item)
    case 'decision':
      return decisionProblems(item)
  }
}

function decisionProblems(decision: Decision): readonly string[] {
  const problems = timeProblems(decision)
  const { id, readers, mark, taken, reason, author, decided } = decision
  const say = (holds: boolean, problem: string) => {
    if (!holds) problems.push(`decision ${id}: ${problem}`)
  }
  say(readers.length > 0, 'readers are missing')
  for (const reader of readers) {
    say(isName(reader.reviewer) && isTime(reader.changed), 'readers hold one without a name or a time')
    say(reader.marks.every(isName), 'readers hold a mark without an id')
  }
  say(mark === null || isName(mark), 'mark is empty or not plain text')
  say(taken === null || isName(taken), 'taken is empty or not plain text')
  say(isPlainText(reason) && reason.length <= MAX_COMMENT, 'reason is too long or not plain text')
  say(isName(author), 'author is empty or not plain text')
  say(isTime(decided), 'decided is not a time')
  return problems
}

function rangeProblems(range: ReviewedRange): readonly string[] {
  const problems = timeProblems(range)
  if (range.duration <= 0) problems.push(`range ${range.id}: duration is not above 0`)
  return problems
}

function timeProblems({ id, onset, duration }: Mark | ReviewedRange | Decision): string[] {
  const problems: string[] = []
  if (!isName(id)) problems.push('id is empty or not plain text')
  if (!Number.isSafeInteger(onset)) problems.push(`${id}: onset is not a whole number of ticks`)
  if (!Number.isSafeInteger(duration)) problems.push(`${id}: duration is not a whole number of ticks`)
  if (duration < 0) problems.push(`${id}: duration is below 0`)
  if (!Number.isSafeInteger(onset + duration)) problems.push(`${id}: end is beyond what ticks can count`)
  return problems
}

function isName(text: string): boolean {
  return text !== '' && text.length <= MAX_NAME && isPlainLine(text)
}

/** ISO 8601, UTC, milliseconds, as `Date.toISOString` writes it: then the order of texts is that of times. */
function isTime(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text))
}
