import type { AnnotationDocument, RecordingIdentity } from './document.ts'

/** A set without marks. `now` is ISO 8601 in UTC. */
export function emptyDocument(options: {
  readonly recording: RecordingIdentity
  readonly reviewer: string
  readonly now: string
}): AnnotationDocument {
  const { recording, reviewer, now } = options
  return { recording, reviewer, created: now, changed: now, marks: [], reviewed: [] }
}
