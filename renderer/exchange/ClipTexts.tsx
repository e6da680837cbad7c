import type { ClipText } from '../../shared/clips/model.ts'
import { displayText } from '../../shared/shownText.ts'
import styles from './previewed.module.css'
import { TextsToKeep } from './TextsToKeep.tsx'

type Props = {
  /** The one clip, or those of a pack, beside which other texts go. */
  readonly of: 'clip' | 'clips'
  readonly texts: readonly ClipText[]
  readonly keep: readonly string[]
  /** Whether all annotations of the recording are known. */
  readonly complete: boolean
  readonly disabled: boolean
  readonly onChange: (keep: readonly string[]) => void
}

/** More texts than anybody looks at: the others stay behind. */
const MOST_ROWS = 200

const FIELDS: Readonly<Record<ClipText['field'], string>> = {
  ...{
    label: 'label',
    unit: 'unit',
    transducer: 'transducer',
    prefilter: 'filter',
    annotation: 'annotation',
  },
}

/** The texts that are no words of the field. */
export function ClipTexts({ of, texts, keep, complete, disabled, onChange }: Props) {
  const open = texts.filter(({ isKnown }) => !isKnown)
  const shown = open.slice(0, MOST_ROWS)
  return (
    <section className={styles.part}>
      <h3>{of === 'clip' ? 'Texts to look at' : 'Texts of the clips to look at'}</h3>
      {!complete && (
        <p className={styles.hint} role="status">
          The recording is still being read: annotations that are found later stay behind unless they are
          words of the field.
        </p>
      )}
      {open.length === 0 ? (
        <p className={styles.hint}>
          None: every text in {of === 'clip' ? 'it' : 'the clips'} is a word of the field.
        </p>
      ) : (
        <>
          <p className={styles.hint}>
            These could tell who or when. Each stays behind unless it is ticked: read it to its end first.
          </p>
          <TextsToKeep
            texts={shown.map(({ id, field, text, count, caution }) => ({
              ...{ id, text, caution },
              where: `${FIELDS[field]}${count > 1 ? ` ×${count}` : ''}`,
              label: `Keep the ${FIELDS[field]} ${displayText(text)}`,
              canBeKept: caution !== 'too long to be kept',
            }))}
            keep={keep}
            disabled={disabled}
            onChange={onChange}
          />
          {open.length > shown.length && (
            <p className={styles.hint}>{open.length - shown.length} more are not listed, and stay behind.</p>
          )}
        </>
      )}
    </section>
  )
}
