/** Every source, numbered as in the text, and what the evidence marks mean. */
import { REFERENCE } from '../../shared/reference/reference.ts'
import { EVIDENCE } from '../../shared/reference/schema.ts'
import { SourceDetails } from './SourceDetails.tsx'
import styles from './statements.module.css'

export function SourcesTab() {
  const further = new Set(REFERENCE.furtherReading)
  const numbered = REFERENCE.numbered.map((source, index) => ({ source, number: index + 1 }))
  return (
    <div className={styles.sources}>
      <h3>How far a statement was checked</h3>
      <ul>
        {EVIDENCE.map((level) => (
          <li key={level}>{REFERENCE.evidenceLabels[level]}</li>
        ))}
      </ul>
      <p className={styles.quiet}>
        Last read against its sources {REFERENCE.checked}. The AASM manual and ICSD are cited and paraphrased
        only.
      </p>
      <h3>Sources</h3>
      {numbered
        .filter(({ source }) => !further.has(source.id))
        .map((one) => (
          <SourceDetails key={one.source.id} {...one} />
        ))}
      <h3>Further reading</h3>
      {numbered
        .filter(({ source }) => further.has(source.id))
        .map((one) => (
          <SourceDetails key={one.source.id} {...one} />
        ))}
    </div>
  )
}
