import type { PackText } from '../../shared/teaching/pack/packTexts.ts'
import styles from './previewed.module.css'
import { TextsToKeep } from './TextsToKeep.tsx'

type Props = {
  readonly texts: readonly PackText[]
  readonly keep: readonly string[]
  readonly disabled: boolean
  readonly onChange: (keep: readonly string[]) => void
}

/** Texts of the lesson that repeat what a recording’s header or name says. */
export function LessonTexts({ texts, keep, disabled, onChange }: Props) {
  if (texts.length === 0) return null
  return (
    <section className={styles.part}>
      <h3>Texts of the lesson that could tell who</h3>
      <p className={styles.hint}>
        Each repeats what the header or the name of a recording says, and stays behind unless it is ticked.
      </p>
      <TextsToKeep
        texts={texts.map(({ id, where, text, instead }) => ({
          ...{ id, where, text },
          caution: instead === null ? 'change it, or let it through' : null,
          label: `Keep: ${where}`,
          canBeKept: true,
        }))}
        keep={keep}
        disabled={disabled}
        onChange={onChange}
      />
    </section>
  )
}
