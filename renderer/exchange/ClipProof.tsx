import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { Table } from '../ui/Table.tsx'
import styles from './clip.module.css'
import { typedForm } from './clipSpans.ts'
import { formatBytes } from './formatBytes.ts'

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
      <Table>
        <thead>
          <tr>
            <th>Field</th>
            <th>Is</th>
            <th>How</th>
          </tr>
        </thead>
        <tbody>
          {proof.map(({ field, what, says }) => (
            <tr key={`${field} ${what} ${says}`}>
              <td>{field}</td>
              <td className={what === 'kept' ? styles.what : `${styles.what} ${styles.removed}`}>{what}</td>
              <td>{unbroken(says)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

/** Labels are read as one: no line ends at their hyphens. */
function unbroken(text: string): string {
  return text.replace(/(?<=\w)-(?=\w)/g, '\u2011')
}
