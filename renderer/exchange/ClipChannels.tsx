import type { ClipPreview } from '../../shared/contract/clipProcedures.ts'
import type { Header } from '../../shared/edf/header/model.ts'
import { Button } from '../ui/Button.tsx'
import clipStyles from './clip.module.css'
import styles from './previewed.module.css'

type Props = {
  readonly header: Header | null
  readonly unwritable: ClipPreview['unwritable']
  /** By header index; null: all that can be written. */
  readonly chosen: readonly number[] | null
  readonly disabled: boolean
  readonly onChange: (chosen: readonly number[] | null) => void
}

/** Which channels go along; what EDF+ has no way to write says why. */
export function ClipChannels({ header, unwritable, chosen, disabled, onChange }: Props) {
  const ordinary = (header?.signals ?? []).filter(({ kind }) => kind !== 'annotations')
  const why = new Map(unwritable.map((each) => [each.signal, each.why]))
  const writable = ordinary.filter(({ index }) => !why.has(index)).map(({ index }) => index)
  const isChosen = (index: number) => !why.has(index) && (chosen?.includes(index) ?? true)
  const eeg = ordinary
    .filter(({ kind, index }) => kind === 'eeg' && !why.has(index))
    .map(({ index }) => index)
  const count = writable.filter(isChosen).length

  function toggle(index: number): void {
    const next = writable.filter((each) => (each === index ? !isChosen(each) : isChosen(each)))
    onChange(next.length === writable.length ? null : next)
  }

  return (
    <fieldset className={clipStyles.channels} disabled={disabled}>
      <legend>
        Channels: {count} of {ordinary.length}
      </legend>
      <div className={clipStyles.quick}>
        <Button look="small" onClick={() => onChange(null)}>
          All
        </Button>
        <Button look="small" onClick={() => onChange([])}>
          None
        </Button>
        {eeg.length > 0 && eeg.length < writable.length && (
          <Button look="small" onClick={() => onChange(eeg)}>
            EEG alone
          </Button>
        )}
      </div>
      <ul className={clipStyles.list}>
        {ordinary.map(({ index, label }) => (
          <li key={index}>
            <label className={styles.check}>
              <input
                type="checkbox"
                checked={isChosen(index)}
                disabled={why.has(index)}
                onChange={() => toggle(index)}
              />
              {label === '' ? `Channel ${index}` : label}
            </label>
            {why.has(index) && <span className={styles.hint}>left out: {why.get(index)}</span>}
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
