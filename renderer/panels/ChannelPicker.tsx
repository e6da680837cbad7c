import { Popover } from '@base-ui/react/popover'
import type { Mark } from '../../shared/annotation/document.ts'
import { useReview } from '../store/state.ts'

/** Ties a mark to channels of the montage on the page; none chosen means all. */
export function ChannelPicker({
  mark,
  onChange,
}: {
  readonly mark: Mark
  readonly onChange: (channels: readonly string[]) => void
}) {
  const derivations = useReview((state) => state.shown?.derivations ?? null)
  const labels = [
    ...new Set([...mark.channels, ...(derivations ?? []).map((derivation) => derivation.label)]),
  ]
  const chosen = new Set(mark.channels)

  function toggle(label: string): void {
    const next = chosen.has(label)
      ? mark.channels.filter((channel) => channel !== label)
      : labels.filter((each) => chosen.has(each) || each === label)
    onChange(next)
  }

  return (
    <Popover.Root>
      <Popover.Trigger className="field channel-trigger" aria-label={`Channels: ${describe(mark.channels)}`}>
        {describe(mark.channels)}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="popup-positioner" side="left" sideOffset={6} align="end">
          <Popover.Popup className="popup channel-popup">
            <Popover.Title className="popup-title">Channels of this mark</Popover.Title>
            <button
              type="button"
              className="quiet-button"
              disabled={chosen.size === 0}
              onClick={() => onChange([])}
            >
              All channels
            </button>
            <div className="channel-list">
              {labels.map((label) => (
                <label key={label} className="channel-option">
                  <input type="checkbox" checked={chosen.has(label)} onChange={() => toggle(label)} /> {label}
                </label>
              ))}
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

function describe(channels: readonly string[]): string {
  if (channels.length === 0) return 'All channels'
  if (channels.length <= 2) return channels.join(', ')
  return `${channels.length} channels`
}
