/** Short sentences at the foot of the page: never a dialog where a line will do. */
import { ReviewError } from '../../shared/failure.ts'
import type { Notice } from './noticesState.ts'
import { getState, patchUi } from './state.ts'

const KEEP_MS = { info: 5000, good: 3000, problem: 15_000 } as const
/** Of a character: as slow as one reads what one had not looked for. */
const READ_MS = 60

export function notify(
  tone: Notice['tone'],
  text: string,
  action: Notice['action'] = null,
  ...others: Notice['others']
): void {
  const id = getState().ui.noticesGiven + 1
  // The same sentence twice is one sentence.
  const before = getState().ui.notices.filter((notice) => notice.text !== text)
  const given: Notice = { id, tone, text, action, others }
  patchUi({ notices: [...before, given].slice(-3), noticesGiven: id })
  // By itself and not by its number: the numbers of a window that began since are the same ones.
  setTimeout(() => dismiss((notice) => notice === given), Math.max(KEEP_MS[tone], text.length * READ_MS))
}

export function dismissNotice(id: number): void {
  dismiss((notice) => notice.id === id)
}

function dismiss(isMeant: (notice: Notice) => boolean): void {
  patchUi({ notices: getState().ui.notices.filter((notice) => !isMeant(notice)) })
}

export function messageOf(thrown: unknown): string {
  return thrown instanceof ReviewError
    ? thrown.message
    : 'Something went wrong in this window; nothing on disk was changed.'
}

/** For actions that end in a sentence when they fail. */
export function reportFailure(thrown: unknown): void {
  if (thrown instanceof ReviewError && thrown.code === 'cancelled') return
  // Whose set it is, the reader says: a question and no failure.
  if (thrown instanceof ReviewError && thrown.code === 'reader-unknown')
    return patchUi({ dialog: 'whoReads' })
  if (!(thrown instanceof ReviewError)) console.error(thrown)
  notify('problem', messageOf(thrown))
}
