/** Why something could not be written into the app's own folder, for a sentence on what is not remembered. */
import { type Failure, ReviewError } from '../../shared/failure.ts'

const WHY: { readonly [Code in Failure['code']]?: string } = {
  'disk-full': 'the disk of the app’s own folder is full',
  'read-only': 'the app’s own folder is read-only',
  conflict: 'another window is writing there',
}

export function whyUnwritten(failure: Failure): string {
  return WHY[failure.code] ?? 'the system refused'
}

/** To whoever has asked for it: `what` holds now, and will not be known at the next start. */
export function notKept(what: string, failure: Failure): ReviewError {
  const why = whyUnwritten(failure)
  return new ReviewError(
    failure.code,
    `${what} could not be kept beyond this session (${why}): mend that, then change it once more.`,
  )
}
