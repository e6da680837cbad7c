/** What the window tells the reader in passing, and what it offers to do. */
import type { OpenedSet, OpenRef } from '../../shared/contract/model.ts'
import type { Lesson } from '../../shared/teaching/lesson.ts'
import type { Span } from '../../shared/units.ts'

/** What a notice offers to do. */
export type NoticeAction =
  | { readonly do: 'undo' }
  | { readonly do: 'goThere'; readonly span: Span }
  | { readonly do: 'keepCopy' }
  /** Header indexes of signals that were marked bad, and are to be good again. */
  | { readonly do: 'markGood'; readonly signals: readonly number[] }
  | { readonly do: 'compareVersions' }
  | { readonly do: 'overwrite'; readonly setId: OpenedSet['setId'] }
  | { readonly do: 'saveElsewhere' }
  | { readonly do: 'showOwn' }
  | { readonly do: 'amend'; readonly setId: OpenedSet['setId'] }
  | { readonly do: 'takeStrayed'; readonly set: OpenRef }
  | { readonly do: 'undoLesson' }
  | { readonly do: 'showLesson'; readonly caseId: string | null }
  | { readonly do: 'bringBackLesson'; readonly lesson: Lesson }
  | { readonly do: 'closeUnkept' }

export type Notice = {
  readonly id: number
  readonly tone: 'info' | 'good' | 'problem'
  readonly text: string
  readonly action: NoticeAction | null
  /** Other ways out. */
  readonly others: readonly NoticeAction[]
}
