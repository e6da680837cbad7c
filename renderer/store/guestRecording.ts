/** A recording that is only read, beside the window's own. */
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { Activity, OpenedRecording, OpenRef } from '../../shared/contract/model.ts'
import type { FileAnnotation } from '../../shared/edf/header/model.ts'

/** A recording beside the window's own: open as long as the pane that shows it. */
export type GuestRecording = {
  readonly opened: OpenedRecording
  readonly source: OpenRef
  readonly activity: Activity | null
  readonly notes: readonly FileAnnotation[]
  /** The reader's own set of it as it was saved, else its key; null where neither can be read. */
  readonly document: AnnotationDocument | null
}
