/** What is mistaken for either event, and how to tell it apart. */
import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import { useId } from 'react'
import { findMimics, type MimicFilter, REFERENCE } from '../../shared/reference/reference.ts'
import type { Mimic } from '../../shared/reference/schema.ts'
import { ToggleChip } from '../ui/Chip.tsx'
import { Input } from '../ui/Field.tsx'
import { useRovingFocus } from '../ui/rovingFocus.ts'
import { Backed } from './Backed.tsx'
import type { TabProps } from './CompareTab.tsx'
import { EventGlyph } from './EventGlyph.tsx'
import { changePanel, usePanelState } from './panelState.ts'
import styles from './statements.module.css'

const FILTERS: readonly { value: MimicFilter; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'hypnic_jerk', label: 'of a jerk' },
  { value: 'spike_wave_3hz', label: 'of spike-and-wave' },
]

const IMITATES: Readonly<Record<Mimic['of'], string>> = {
  hypnic_jerk: 'imitates a hypnic jerk',
  spike_wave_3hz: 'imitates 3 Hz spike-and-wave',
  both: 'imitates both',
}

export function MimicsTab({ onGoToExample }: TabProps) {
  const { filter, query } = usePanelState()
  const roving = useRovingFocus()
  const searchId = useId()
  const found = findMimics(REFERENCE, filter, query)
  return (
    <>
      <div className={styles.filter}>
        <ToggleGroup
          aria-label="Mimics"
          value={[filter]}
          onValueChange={(value) => changePanel({ filter: (value[0] as MimicFilter | undefined) ?? 'all' })}
        >
          {FILTERS.map(({ value, label }) => (
            <Toggle key={value} value={value} render={<ToggleChip className={styles.toggle} />}>
              {label}
            </Toggle>
          ))}
        </ToggleGroup>
        <label htmlFor={searchId} className="visually-hidden">
          Search mimics
        </label>
        <Input
          id={searchId}
          type="search"
          placeholder="Search mimics"
          value={query}
          onChange={(event) => changePanel({ query: event.currentTarget.value })}
        />
        <p role="status" className={styles.quiet}>
          {found.length} of {REFERENCE.mimics.length}
        </p>
      </div>
      <div {...roving} className={styles.entries}>
        {found.map((mimic) => (
          <section key={mimic.id} className={styles.entry} aria-labelledby={`reference-mimic-${mimic.id}`}>
            <h3 id={`reference-mimic-${mimic.id}`}>
              <EventGlyph event="mimic" /> {mimic.label}
            </h3>
            <p className={styles.quiet}>{IMITATES[mimic.of]}</p>
            <h4 className={styles.small}>How it looks</h4>
            <Backed
              id={`${mimic.id}-looks`}
              text={mimic.looks.text}
              backing={mimic.looks}
              example={mimic.example}
              onGoToExample={(example) => onGoToExample(`${mimic.id}-looks`, example)}
            />
            <h4 className={styles.small}>How to tell it apart</h4>
            <Backed id={`${mimic.id}-tell`} text={mimic.tell.text} backing={mimic.tell} />
          </section>
        ))}
        {found.length === 0 && <p>No mimic has all these words.</p>}
      </div>
    </>
  )
}
