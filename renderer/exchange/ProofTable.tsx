import type { ProofLine } from '../../shared/clips/model.ts'
import { Table } from '../ui/Table.tsx'
import styles from './previewed.module.css'

/** What is removed from a recording and what is kept, field by field. */
export function ProofTable({ proof }: { readonly proof: readonly ProofLine[] }) {
  return (
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
  )
}

/** Labels are read as one: no line ends at their hyphens. */
function unbroken(text: string): string {
  return text.replace(/(?<=\w)-(?=\w)/g, '\u2011')
}
