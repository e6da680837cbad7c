/** The sets of a recording that the window holds, and how they are compared. */
import type { Compared } from '../../shared/agreement/compareAll.ts'
import type { ConfusionDetail } from '../../shared/agreement/confusion.ts'
import type { MatchRules } from '../../shared/agreement/rules.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { History, Marked } from '../../shared/annotation/history.ts'
import type { JournalEntry } from '../../shared/annotation/journalEntry.ts'
import type { OpenedSet } from '../../shared/contract/model.ts'
import type { NoticeAction } from './noticesState.ts'

export type SetId = OpenedSet['setId']

/** An entry on its way, and what the window showed before it: to go back to where the host refuses it. */
export type Waiting = { readonly entry: JournalEntry; readonly before: Marked }

/** What of a set is not in the host's journal yet. */
export type OutboxState = {
  /** Entries that the host has acknowledged. */
  readonly sent: number
  readonly waiting: readonly Waiting[]
  /** Changes that the host lacks apart from those: it is to be handed the whole set first. */
  readonly owed: number
  /** Ids of items in the changes that are owed. */
  readonly owedIds: ReadonlySet<string>
}

/**
 * The reader's own, in which is marked; another's, drawn as a lane; another's that was read and is not drawn; what is
 * marked in a quiz, which no journal and no file has.
 */
export type SetRole = 'own' | 'lane' | 'aside' | 'exercise'

/** One open set. */
export type OpenSetState = Omit<OpenedSet, 'unsaved'> & {
  readonly role: SetRole
  /** What it was opened by; null: as the reviewer's own. */
  readonly ref: string | null
  /** What its name has besides that of the set which it is a copy of; null: it is none. */
  readonly copy: string | null
  /** The step that stood last when the set was saved; null: no step. undefined: it was never saved as it is. */
  readonly savedStep: History['done'][number] | null | undefined
  readonly saving: boolean
  /** Why the last save was refused and what may be done instead, until that is decided; null: it was not. */
  readonly refusal: { readonly message: string; readonly actions: readonly NoticeAction[] } | null
  /** What another program has written in its place, by its hash, and whether the reader knows; null: nothing. */
  readonly onDisk: { readonly hash: string; readonly isSeen: boolean } | null
  /** Signed off, and to be changed all the same. */
  readonly amending: boolean
  /** The host is putting another form of it in its place: a mark made now would be in neither. */
  readonly isSettling: boolean
  readonly outbox: OutboxState
}

export type SetsState = {
  /** The reader's own, and those of others that were read. */
  readonly byId: Readonly<Record<SetId, OpenSetState>>
  /** The one on the page: the reader's own, or another's that is shown alone. */
  readonly active: SetId | null
}

export type MarkOfSet = { readonly setId: SetId; readonly markId: string }

/** A set that is compared: what it is opened by, or `own` for the one that is marked in. */
export type ComparedRef = string

/** What the readers at two places of the cases call an event: codes of the confusion table. */
export type TourCell = {
  readonly reference: number
  readonly other: number
  readonly detail: ConfusionDetail
  readonly row: string
  readonly column: string
}

/** What sets came to, and of which forms of theirs; a text: why they cannot be compared. */
export type ComparedSets = {
  readonly setIds: readonly SetId[]
  readonly documents: readonly AnnotationDocument[]
  readonly rules: MatchRules
  readonly value: Compared | string
}

/** As long as a recording is open: which sets are compared on it, and where the tour of their differences stands. */
export type ComparingState = {
  /** The reference first. */
  readonly chosen: readonly ComparedRef[]
  /** The last comparison of large sets, which is made in a thread; null: none yet. */
  readonly compared: ComparedSets | null
  /** A cell of the confusion table that the tour keeps to; null: all disagreements. */
  readonly cell: TourCell | null
  /** The case that the reader looks at, by the marks in it. */
  readonly at: string | null
  /** Its marks, outlined on the page. */
  readonly outlines: readonly MarkOfSet[]
}
