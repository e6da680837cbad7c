import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { typedForm } from './clipSpans.ts'
import { formatBytes } from './formatBytes.ts'
import { ProofTable } from './ProofTable.tsx'
import styles from './previewed.module.css'

/** The proof sheet before there is a clip: what it is, what is removed and what is kept. */
export function ClipProof({ preview }: { readonly preview: ClipPreview }) {
  const { format, span, length, bytes, proof } = preview
  return (
    <section className={styles.part}>
      <h3>Proof sheet</h3>
      <p className={styles.hint}>
        {format}, {formatDuration(length)}, {formatBytes(bytes)}: from {typedForm(span.start)} to{' '}
        {typedForm(span.end)}, where all channels have a sample. Before it gets its name it is opened again
        and compared with the recording.
      </p>
      <ProofTable proof={proof} />
    </section>
  )
}
