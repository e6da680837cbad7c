import { displayText } from './shownText.ts'

/**
 * Failures that a user can act on. Across a process only the code and the sentence travel;
 * the sentence names field, value and way out, and never a patient field or a full path.
 */
export const FAILURE_CODES = [
  'bad-input', // the caller's argument is not of the agreed form
  'not-edf', // the file is something else
  'damaged', // EDF or BDF, but what is needed to read it is missing or contradicts itself
  'unsupported', // a legal file that this version does not read
  'unreadable', // the system refused: permission, I/O
  'not-found', // no such file, recording, set or mark
  'changed-on-disk', // the file under an open recording or set is no longer the one opened
  'wrong-recording', // an annotation set made for another recording
  'sealed', // a set that this reader may see once their own is signed off
  'reader-unknown', // a blind set under the code of this reader, who has not said that the code is theirs
  'bad-set', // a file that is no annotation set, or one of a later version
  'bad-lesson', // a file that is no lesson, or one of a later version
  'bad-progress', // what a learner has done of a lesson cannot be read, or is of a later version
  'bad-pack', // a file that is no teaching pack, one of a later version, or one that is not as its maker made it
  'read-only', // may not be written there
  'disk-full',
  'conflict', // a set on disk is newer than the one being saved
  'host-gone', // the program behind the window does not answer, or no longer knows the window
  'cancelled',
  'internal',
] as const

export type FailureCode = (typeof FAILURE_CODES)[number]

export type Failure = { readonly code: FailureCode; readonly message: string }

/** The error that survives a process boundary with its code. */
export class ReviewError extends Error {
  readonly code: FailureCode

  constructor(code: FailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'ReviewError'
    this.code = code
  }
}

/**
 * Turns anything thrown into a failure; what is not a ReviewError is told without its inner text. Sentences name files,
 * and a name may hold what turns a sentence round or commands a terminal: that is replaced here, once for all.
 */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof ReviewError) return { code: thrown.code, message: displayText(thrown.message) }
  return {
    code: 'internal',
    message: 'Something went wrong inside Hypnospike; the recording was not touched.',
  }
}
