import { displayText } from '../../shared/shownText.ts'
import type { PackText } from '../../shared/teaching/pack/packTexts.ts'
import { Table } from '../ui/Table.tsx'
import styles from './pack.module.css'

type Props = {
  readonly texts: readonly PackText[]
  readonly keep: readonly string[]
  readonly disabled: boolean
  readonly onChange: (keep: readonly string[]) => void
}

/** Texts of the lesson that repeat what a recording’s header or name says, one by one. */
export function LessonTexts({ texts, keep, disabled, onChange }: Props) {
  if (texts.length === 0) return null
  return (
    <section className={styles.part}>
      <h3>Texts of the lesson that could tell who</h3>
      <p className={styles.hint}>
        Each repeats what the header or the name of a recording says, and stays behind unless it is ticked.
      </p>
      <div className={styles.texts}>
        <Table>
          <thead>
            <tr>
              <th>Keep</th>
              <th>Text</th>
              <th>Where</th>
            </tr>
          </thead>
          <tbody>
            {texts.map(({ id, where, text, instead }) => (
              <tr key={id}>
                <td>
                  <input
                    type="checkbox"
                    aria-label={`Keep: ${where}`}
                    checked={keep.includes(id)}
                    disabled={disabled}
                    onChange={() =>
                      onChange(keep.includes(id) ? keep.filter((each) => each !== id) : [...keep, id])
                    }
                  />
                </td>
                <td>
                  {displayText(text)}
                  {instead === null && <span className={styles.caution}> change it, or let it through</span>}
                </td>
                <td>{where}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </section>
  )
}
