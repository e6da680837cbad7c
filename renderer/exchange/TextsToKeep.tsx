import { displayText } from '../../shared/shownText.ts'
import { Table } from '../ui/Table.tsx'
import styles from './previewed.module.css'

export type TextToKeep = {
  readonly id: string
  readonly text: string
  /** What is to be watched in it; null: nothing. */
  readonly caution: string | null
  readonly where: string
  /** Spoken in place of the box: what is kept. */
  readonly label: string
  readonly canBeKept: boolean
}

type Props = {
  readonly texts: readonly TextToKeep[]
  /** Ids of those that are let through. */
  readonly keep: readonly string[]
  readonly disabled: boolean
  readonly onChange: (keep: readonly string[]) => void
}

/** Texts that could tell who or when, one by one: each stays behind unless it is ticked. */
export function TextsToKeep({ texts, keep, disabled, onChange }: Props) {
  return (
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
          {texts.map(({ id, text, caution, where, label, canBeKept }) => (
            <tr key={id}>
              <td>
                <input
                  type="checkbox"
                  aria-label={label}
                  checked={keep.includes(id)}
                  disabled={disabled || !canBeKept}
                  onChange={() =>
                    onChange(keep.includes(id) ? keep.filter((each) => each !== id) : [...keep, id])
                  }
                />
              </td>
              <td>
                {displayText(text)}
                {caution !== null && <span className={styles.caution}> {caution}</span>}
              </td>
              <td>{where}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
