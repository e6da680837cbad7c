import { Popover } from '@base-ui/react/popover'
import { useMemo } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import type { Header } from '../../shared/edf/header/model.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { isWhollyOn, placesIn, toggleLine } from '../../shared/montage/places.ts'
import { activePane, headerOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { FieldButton } from '../ui/Field.tsx'
import popup from '../ui/popup.module.css'
import styles from './sets.module.css'

type Option = { readonly label: string; readonly places: readonly string[] }

/** Ties a mark to the electrodes of the lines that are ticked on the page; none ticked means all. */
export function ChannelPicker({
  mark,
  onChange,
}: {
  readonly mark: Mark
  readonly onChange: (channels: readonly string[]) => void
}) {
  const header = useReview(headerOf)
  const derivations = useReview((state) => activePane(state).shown?.derivations ?? null)
  const options = useMemo(() => planOptions(mark, header, derivations ?? []), [mark, header, derivations])

  function toggle({ places }: Option): void {
    const others = options.map((option) => option.places)
    onChange(toggleLine(mark.channels, places, others))
  }

  return (
    <Popover.Root>
      <Popover.Trigger
        render={<FieldButton className={styles.channels} />}
        aria-label={`Channels: ${describe(mark.channels)}`}
      >
        {describe(mark.channels)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className={popup.positioner} side="left" sideOffset={6} align="end">
          <Popover.Popup className={`${popup.popup} ${styles.channelPopup}`}>
            <Popover.Title className={popup.title}>Channels of this mark</Popover.Title>
            <Button look="quiet" disabled={mark.channels.length === 0} onClick={() => onChange([])}>
              All channels
            </Button>
            <div className={styles.channelList}>
              {options.map((option) => (
                <label key={`${option.label} ${option.places.join(' ')}`} className={styles.channel}>
                  <input
                    type="checkbox"
                    checked={isWhollyOn(mark.channels, option.places)}
                    onChange={() => toggle(option)}
                  />{' '}
                  {option.label}
                </label>
              ))}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** The lines on the page, after what the mark is tied to and no line on the page can tell. */
function planOptions(
  mark: Mark,
  header: Header | null,
  derivations: readonly Derivation[],
): readonly Option[] {
  const placesOf = header === null ? () => [] : placesIn(header)
  const lines = new Map<string, Option>()
  for (const line of derivations) {
    const places = placesOf(line)
    // An empty row is at no place that a mark could be tied to.
    if (places.length > 0 && !lines.has(line.label)) lines.set(line.label, { label: line.label, places })
  }
  const told = [...lines.values()].filter(({ places }) => isWhollyOn(mark.channels, places))
  const others = mark.channels.filter((channel) => !told.some(({ places }) => places.includes(channel)))
  return [...others.map((channel) => ({ label: channel, places: [channel] })), ...lines.values()]
}

function describe(channels: readonly string[]): string {
  if (channels.length === 0) return 'All channels'
  if (channels.length <= 2) return channels.join(', ')
  return `${channels.length} channels`
}
