/** Errors of the operating system. */
import { ReviewError } from '../../shared/failure.ts'

/** The system's code of an error, null where it is none of the system's. */
export function codeOf(error: unknown): string | null {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return typeof code === 'string' && !(error instanceof ReviewError) ? code : null
}
