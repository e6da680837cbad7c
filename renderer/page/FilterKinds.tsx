import { Popover } from '@base-ui/react/popover'
import { SlidersHorizontal } from 'lucide-react'
import type { SignalKind } from '../../shared/edf/header/model.ts'
import {
  DIRECTIONS,
  FILTER_KINDS,
  FILTER_NAMES,
  FILTERS,
  type FilterKind,
  type FilterName,
  type FilterSettings,
  filtersOfKind,
  formatFilters,
} from '../../shared/signal/viewSettings.ts'
import type { Hertz } from '../../shared/units.ts'
import { resetKindFilters, setDirection, setKindFilters } from '../store/channels.ts'
import { headerOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { changeView } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Chip, ChipLabel, ChipValue } from '../ui/Chip.tsx'
import { Choose } from '../ui/Field.tsx'
import popup from '../ui/popup.module.css'
import { Toggles } from '../ui/Toggles.tsx'
import styles from './channels.module.css'
import { usePane } from './usePane.ts'

/** The filters of every kind of voltage that is recorded, one line each, and which way they run. */
export function FilterKinds() {
  const direction = usePane((pane) => pane.view.direction) ?? 'zero-phase'
  const header = useReview(headerOf)
  const { label, says } = DIRECTIONS.find(({ id }) => id === direction)!
  const kinds = useOwnKinds()
  const recorded = new Set<SignalKind>(header?.signals.map(({ kind }) => kind))
  return (
    <Popover.Root>
      <Popover.Trigger
        render={<Chip />}
        aria-label={`Filters by kind${says === null ? '' : `, ${says}`}: ${kinds.join(', ')}`}
        title={[...(says === null ? [] : [says]), ...kinds].join(', ')}
      >
        <SlidersHorizontal size={14} aria-hidden="true" />
        {says === null ? (
          <ChipLabel>By kind</ChipLabel>
        ) : (
          // In full on the page itself: there is no room for it beside the filters of the EEG.
          <ChipValue className={styles.warns}>{label}</ChipValue>
        )}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={popup.positioner} sideOffset={4} align="start" collisionPadding={8}>
          <Popover.Popup className={`${popup.popup} ${styles.filters}`}>
            <Popover.Title className={popup.title}>Filters by kind of signal</Popover.Title>
            <div className={styles.filterTable}>
              <span />
              {FILTER_NAMES.map((name) => (
                <span key={name} className={styles.head}>
                  {FILTERS[name].label}
                </span>
              ))}
              <span />
              <KindRow kind={null} label="EEG" />
              {FILTER_KINDS.filter(({ kind }) => recorded.has(kind)).map(({ kind, label }) => (
                <KindRow key={kind} kind={kind} label={label} />
              ))}
            </div>
            <div className={styles.feet}>
              <Toggles
                label="Direction"
                options={DIRECTIONS.map(({ id, label }) => ({ code: id, label }))}
                value={[direction]}
                onChange={([next]) => {
                  if (next !== undefined) setDirection(next)
                }}
              />
              <Button look="link" onClick={resetKindFilters}>
                As at first
              </Button>
            </div>
            <p className={`${styles.hint} ${styles.note}`}>
              {direction === 'causal'
                ? 'Causal: one pass forward, as an amplifier filters. Nothing before an event is touched by it, and every wave comes late. −3 dB at the frequency in that one pass, with half the slope.'
                : 'Zero-phase: forward and back, so that no wave is shifted in time. −3 dB at the frequency in both passes together.'}
            </p>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** `EMG 10–100 Hz`, of every kind that is recorded and has filters of its own. */
function useOwnKinds(): readonly string[] {
  const view = usePane((pane) => pane.view)
  const header = useReview(headerOf)
  const recorded = new Set<SignalKind>(header?.signals.map(({ kind }) => kind))
  return [
    `EEG ${formatFilters(view)}`,
    ...FILTER_KINDS.flatMap(({ kind, label }) => {
      const own = view.kinds?.[kind]
      return own !== undefined && recorded.has(kind) ? [`${label} ${formatFilters(own)}`] : []
    }),
  ]
}

/** `kind` null: the EEG's, which are the page's. */
function KindRow({ kind, label }: { readonly kind: FilterKind | null; readonly label: string }) {
  const view = usePane((pane) => pane.view)
  const own = kind === null ? view : filtersOfKind(view, kind)
  const follows = kind !== null && view.kinds?.[kind] === undefined
  function change(name: FilterName, value: Hertz | null): void {
    if (kind === null) return changeView({ [name]: value })
    const { lowFrequency, highFrequency, notch } = own
    const filters: FilterSettings = { lowFrequency, highFrequency, notch, [name]: value }
    setKindFilters(kind, filters)
  }
  return (
    <>
      <span className={styles.kind}>{label}</span>
      {FILTER_NAMES.map((name) => (
        <Choose
          key={name}
          aria-label={`${label} ${FILTERS[name].name}`}
          value={String(own[name])}
          onChange={(event) => change(name, readFrequency(event.target.value))}
        >
          {stepsWith(name, own[name]).map((step) => (
            <option key={String(step)} value={String(step)}>
              {step === null ? 'off' : `${step} Hz`}
            </option>
          ))}
        </Choose>
      ))}
      {kind === null ? (
        <span />
      ) : follows ? (
        <span className={styles.hint}>as the EEG</span>
      ) : (
        <Button look="link" onClick={() => setKindFilters(kind, null)}>
          as the EEG
        </Button>
      )}
    </>
  )
}

/** A frequency that came with a view need not be a step. */
function stepsWith(name: FilterName, value: Hertz | null): readonly (Hertz | null)[] {
  const steps: readonly (Hertz | null)[] = FILTERS[name].steps
  return steps.includes(value) ? steps : [value, ...steps]
}

function readFrequency(value: string): Hertz | null {
  return value === 'null' ? null : Number(value)
}
