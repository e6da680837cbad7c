/**
 * The texts that a teacher has typed into a lesson, as far as they repeat what would tell whose a recording is: each is
 * asked about, and what is not let through stays behind. For the reader: `tellingTexts` and `keepTexts`.
 */
import { KINDS, MIMICS } from '../../annotation/kinds.ts'
import { repeatsWord } from '../../clips/identifyingWords.ts'
import { ownIdOf } from '../../montage/ownMontages.ts'
import type { CaseView, Lesson, LessonCase } from '../lesson.ts'
import type { PackHead } from './pack.ts'

export type PackText = {
  readonly id: string
  /** `Case 3, rationale`. */
  readonly where: string
  readonly text: string
  /** It goes into the pack. */
  readonly goes: boolean
  /** What stands instead where it does not; null: nothing can, so that it has to be changed or let through. */
  readonly instead: string | null
}

type Place = Pick<PackText, 'id' | 'where' | 'instead'>
type Change = (place: Place, text: string) => string

/** What the app itself calls things tells nothing of a patient, though a recording may be called after it. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  [...KINDS, ...MIMICS].flatMap(({ code, label }) => [code, ...label.toLowerCase().split(/[^\p{L}\p{N}]+/u)]),
)

/** The words that are looked for: of `identifyingWords`, those that are no words of what is taught. */
export function tellingWords(words: readonly string[]): readonly string[] {
  return words.filter((word) => !OWN_WORDS.has(word) && !OWN_WORDS.has(word.replace(/s$/, '')))
}

type Asked = { readonly lesson: Lesson; readonly head: PackHead; readonly keep: readonly string[] }

/** `keep`: ids of texts that are let through. */
export function tellingTexts({ lesson, head, keep }: Asked, words: readonly string[]): readonly PackText[] {
  const found: PackText[] = []
  const ask = (place: Place, text: string) => {
    if (repeatsWord(text, words) !== null) found.push({ ...place, text, goes: keep.includes(place.id) })
    return text
  }
  ask({ id: 'licence', where: 'The licence', instead: null }, head.licence)
  ask({ id: 'consent', where: 'The consent line', instead: null }, head.consent)
  changeTexts(lesson, ask)
  return found
}

/** `lesson`, which is that of the order on its clips, with what stays behind replaced. */
export function keepTexts({ keep }: Pick<Asked, 'keep'>, words: readonly string[], lesson: Lesson): Lesson {
  const kept = changeTexts(lesson, ({ id, instead }, text) =>
    keep.includes(id) || repeatsWord(text, words) === null ? text : (instead ?? ''),
  )
  return renameIds(kept, words)
}

/** Ids are not for people, so nobody is asked: one that tells is that of the clip instead, which is the same each time. */
function renameIds(lesson: Lesson, words: readonly string[]): Lesson {
  const idOf = (id: string, instead: string) => (repeatsWord(id, words) === null ? id : instead)
  return {
    ...lesson,
    id: idOf(lesson.id, lesson.cases[0]?.recording.fingerprint ?? 'lesson'),
    cases: lesson.cases.map((each, index) => ({
      ...each,
      id: idOf(each.id, `case-${index + 1}-${each.recording.fingerprint}`),
      key: {
        ...each.key,
        marks: each.key.marks.map((mark, place) => ({ ...mark, id: idOf(mark.id, `mark-${place + 1}`) })),
      },
    })),
  }
}

function changeTexts(lesson: Lesson, change: Change): Lesson {
  const head = (id: string, where: string, instead: string, text: string) =>
    change({ id, where, instead }, text)
  return {
    ...lesson,
    title: head('title', 'Title', 'Lesson', lesson.title),
    description: head('description', 'Description', '', lesson.description),
    cases: lesson.cases.map((each, index) => changeCase(each, index + 1, change)),
  }
}

function changeCase(each: LessonCase, number: number, change: Change): LessonCase {
  const at = (id: string, where: string, instead: string, text: string) =>
    change({ id: `${each.id}:${id}`, where: `Case ${number}, ${where}`, instead }, text)
  return {
    ...each,
    view: changeView(each.view, at),
    question: at('question', 'question', '', each.question),
    rationale: at('rationale', 'rationale', '', each.rationale),
    sources: each.sources.flatMap(({ text, url }, index) => {
      const kept = at(`source ${index}`, `source ${index + 1}`, '', text)
      const address = url === null ? null : at(`address ${index}`, `address of source ${index + 1}`, '', url)
      return kept === '' ? [] : [{ text: kept, url: address === '' ? null : address }]
    }),
    key: {
      marks: each.key.marks.map((mark, index) => ({
        ...mark,
        author: at(`author ${index}`, 'who marked it', 'teacher', mark.author),
      })),
      votes: each.key.votes.map((vote, index) => ({
        ...vote,
        reader: at(`reader ${index}`, 'who voted', `reader ${index + 1}`, vote.reader),
      })),
    },
  }
}

function changeView(
  view: CaseView,
  at: (id: string, where: string, instead: string, text: string) => string,
): CaseView {
  const { own } = view
  if (own === undefined) return { ...view, montage: at('montage', 'montage', 'own:Montage', view.montage) }
  const named = {
    ...own,
    name: at('montage', 'montage', 'Montage', own.name),
    lines: own.lines.map((line, index) => ({
      ...line,
      label: at(`line ${index}`, `line ${index + 1} of its montage`, `Line ${index + 1}`, line.label),
      terms: line.terms.map((term, k) => ({
        ...term,
        channel: at(
          `line ${index} ${k}`,
          `channel of line ${index + 1} of its montage`,
          'left out',
          term.channel,
        ),
      })),
    })),
  }
  return { ...view, montage: ownIdOf(named), own: named }
}
