/** What can be changed of one channel; the popover at its name has it, and the dialog of all channels. */
import { Minus, Plus } from 'lucide-react'
import { nameOfSignal, ownSignals } from '../../shared/montage/badElectrodes.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { CHANNEL_COLOURS, type ChannelColour, hasGain, lookOf } from '../../shared/signal/channelLook.ts'
import { formatGain, GAIN_STEPS, gainKindOf, labelOfGain } from '../../shared/signal/gains.ts'
import { filtersFor } from '../../shared/signal/lineFilters.ts'
import { badOf, formatFilters } from '../../shared/signal/viewSettings.ts'
import { changeChannel, gainBeside, markBad, setGain, setKindGain } from '../store/channels.ts'
import { headerOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { changeView } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Choose } from '../ui/Field.tsx'
import styles from './channels.module.css'
import { useChannelLooks } from './useChannelLooks.ts'
import { usePane } from './usePane.ts'

export function ChannelControls({ line }: { readonly line: Derivation }) {
  const view = usePane((pane) => pane.view)
  const { lookNow, kindGainNow } = useChannelLooks()
  const look = lookNow(line)
  const kind = gainKindOf(line)
  const kindGain = kindGainNow(kind)
  const filters = formatFilters(filtersFor(line, view))
  return (
    <div className={styles.controls}>
      {hasGain(line) ? (
        <>
          <GainRow
            label="This channel"
            value={look.sensitivity}
            onChange={(value) => setGain(line, value)}
            {...(look.hasOwnGain
              ? { reset: { label: 'As its kind', onReset: () => setGain(line, null) } }
              : {})}
          />
          <GainRow
            label={kind === null ? 'All EEG' : `All ${labelOfGain(kind)}`}
            value={kindGain}
            onChange={(value) =>
              kind === null ? changeView({ sensitivity: value }) : setKindGain(kind, value)
            }
          />
        </>
      ) : (
        <p className={styles.hint}>Fills its row: it is no voltage, so it has no sensitivity.</p>
      )}
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={look.inverted}
          onChange={(event) => changeChannel(line, { inverted: event.target.checked })}
        />
        Inverted{hasGain(line) ? ': positive up' : ''}
      </label>
      <ColourRow line={line} />
      <BadRow line={line} />
      <p className={styles.hint}>Filters: {filters}</p>
    </div>
  )
}

/** Lower, the value, taller. */
export function GainRow({
  label,
  value,
  onChange,
  reset,
}: {
  readonly label: string
  readonly value: number
  readonly onChange: (value: number) => void
  readonly reset?: { readonly label: string; readonly onReset: () => void }
}) {
  const steps = GAIN_STEPS.includes(value) ? GAIN_STEPS : [...GAIN_STEPS, value].sort((a, b) => a - b)
  return (
    <div className={styles.row}>
      <span className={styles.rowLabel}>{label}</span>
      <Button look="icon" aria-label={`${label}: lower waves`} onClick={() => onChange(gainBeside(value, 1))}>
        <Minus size={14} aria-hidden="true" />
      </Button>
      <Choose
        aria-label={`${label}: sensitivity`}
        className={styles.gainChoice}
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
      >
        {steps.map((step) => (
          <option key={step} value={step}>
            {formatGain(step)}
          </option>
        ))}
      </Choose>
      <Button
        look="icon"
        aria-label={`${label}: taller waves`}
        onClick={() => onChange(gainBeside(value, -1))}
      >
        <Plus size={14} aria-hidden="true" />
      </Button>
      {reset !== undefined && (
        <Button look="link" onClick={reset.onReset}>
          {reset.label}
        </Button>
      )}
    </div>
  )
}

const OF_KIND = 'kind'

function ColourRow({ line }: { readonly line: Derivation }) {
  const colour = usePane((pane) => lookOf(pane.looks, line).colour ?? OF_KIND)
  return (
    <div className={styles.row}>
      <span className={styles.rowLabel}>Colour</span>
      <Choose
        aria-label="Colour"
        value={colour}
        onChange={(event) => {
          const chosen = event.target.value
          changeChannel(line, { colour: chosen === OF_KIND ? undefined : (chosen as ChannelColour) })
        }}
      >
        <option value={OF_KIND}>of its kind and side</option>
        {CHANNEL_COLOURS.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Choose>
    </div>
  )
}

/** A box for each electrode that the line stands for. */
function BadRow({ line }: { readonly line: Derivation }) {
  const header = useReview(headerOf)
  const bad = usePane((pane) => pane.view.bad)
  if (header === null) return null
  const marked = badOf(bad === undefined ? {} : { bad })
  return (
    <div className={styles.bads}>
      {[...new Set(ownSignals(line))].map((signal) => (
        <label key={signal} className={styles.check}>
          <input
            type="checkbox"
            checked={marked.includes(signal)}
            onChange={(event) => markBad([signal], event.target.checked)}
          />
          {nameOfSignal(header, signal)} bad
        </label>
      ))}
    </div>
  )
}
