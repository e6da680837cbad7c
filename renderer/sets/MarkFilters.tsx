import { CONFIDENCES, type Confidence, KINDS, type MarkKind } from '../../shared/annotation/kinds.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { readerOf } from '../store/selectors.ts'
import { ToggleChip } from '../ui/Chip.tsx'
import { Choose, Input } from '../ui/Field.tsx'
import type { ListedSet, MarkFilter } from './listMarks.ts'
import styles from './sets.module.css'

type Props = {
  readonly filter: MarkFilter
  readonly onChange: (filter: MarkFilter) => void
  readonly counts: Readonly<Record<MarkKind, number>>
  /** Whose marks are in the list. */
  readonly sets: readonly ListedSet[]
}

const CONFIDENCE_CHOICES = [
  { code: '', label: 'Confidence' },
  ...CONFIDENCES,
  { code: 'unsaid', label: 'not said' },
]

/** What of the marks is listed: by kind, comment, confidence, and by reader where more than one is shown. */
export function MarkFilters({ filter, onChange, counts, sets }: Props) {
  function toggle(kind: MarkKind): void {
    const hidden = new Set(filter.hidden)
    if (!hidden.delete(kind)) hidden.add(kind)
    onChange({ ...filter, hidden })
  }

  return (
    <div className={styles.filters}>
      <fieldset className={styles.kindFilters} aria-label="Kinds in the list">
        {KINDS.map((kind) => (
          <ToggleChip
            key={kind.code}
            className={styles.kindFilter}
            aria-pressed={!filter.hidden.has(kind.code)}
            onClick={() => toggle(kind.code)}
          >
            <KindGlyph kind={kind.code} />
            {kind.label} <span className={styles.count}>{counts[kind.code]}</span>
          </ToggleChip>
        ))}
      </fieldset>
      <div className={styles.filterRow}>
        <Input
          type="search"
          aria-label="Words in the comment"
          placeholder="Comment…"
          value={filter.comment}
          onChange={(event) => onChange({ ...filter, comment: event.target.value })}
        />
        <Choose
          aria-label="Confidence"
          value={filter.confidence ?? ''}
          onChange={(event) => onChange({ ...filter, confidence: confidenceOf(event.target.value) })}
        >
          {CONFIDENCE_CHOICES.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </Choose>
        {sets.length > 1 && (
          <Choose
            aria-label="Reviewer"
            value={filter.reader ?? ''}
            onChange={(event) =>
              onChange({ ...filter, reader: event.target.value === '' ? null : event.target.value })
            }
          >
            <option value="">Reader</option>
            {sets.map((set) => (
              <option key={set.setId} value={set.setId}>
                {readerOf(set)}
              </option>
            ))}
          </Choose>
        )}
      </div>
    </div>
  )
}

function confidenceOf(code: string): Confidence | 'unsaid' | null {
  if (code === 'unsaid') return code
  return CONFIDENCES.find((each) => each.code === code)?.code ?? null
}
