import { Menu } from '@base-ui/react/menu'
import { Check, ChevronDown, FolderOpen } from 'lucide-react'
import { useMemo } from 'react'
import { shareReviewed } from '../../shared/annotation/queries.ts'
import { COMMAND_GROUPS, COMMANDS, type CommandId } from '../../shared/contract/commands.ts'
import { formatKey } from '../../shared/contract/keys.ts'
import type { Theme } from '../../shared/contract/model.ts'
import type { MontageId } from '../../shared/signal/model.ts'
import type { Hertz } from '../../shared/units.ts'
import { runCommand } from '../app/runCommand.ts'
import { shownKeys } from '../app/shownKeys.ts'
import { formatElapsed } from '../plot/clock.ts'
import { chooseRecording } from '../store/opening.ts'
import { save } from '../store/saving.ts'
import { isUnsaved, type ReviewState, setState, useReview } from '../store/state.ts'

export function TopBar() {
  const recording = useReview((state) => state.recording)
  const reviewer = useReview((state) => state.settings.reviewer)
  const set = useReview((state) => state.set)
  const unsaved = useReview((state) => isUnsaved(state.set))
  const platform = useReview((state) => state.shell.platform)
  return (
    <header className="top-bar">
      <AppMenu />
      <span className="bar-divider" />
      {recording === null ? (
        <span className="top-file-empty">No recording open</span>
      ) : (
        <span className="top-file" title={recording.name}>
          <strong>{recording.name}</strong>
          <span className="top-facts">{describeRecording(recording)}</span>
        </span>
      )}
      <span className="bar-space" />
      {recording !== null && set !== null && (
        <>
          <button type="button" className="chip" onClick={() => setState({ dialog: 'reviewer' })}>
            <span className="chip-label">Reviewer</span>
            <span className="chip-value">{set.readOnly ? set.document.reviewer : reviewer}</span>
            {set.readOnly && <span className="chip-suffix">read only</span>}
          </button>
          <ReviewedShare />
          <span className="chip chip-still" role="status">
            <span className="saved-dot" data-unsaved={unsaved} />
            <span className="chip-value">
              {set.saving
                ? 'Saving…'
                : unsaved
                  ? 'Unsaved'
                  : set.document.marks.length + set.document.reviewed.length === 0
                    ? 'Nothing marked'
                    : 'Saved'}
            </span>
          </span>
        </>
      )}
      {recording === null ? (
        <button type="button" className="primary" onClick={() => void chooseRecording()}>
          <FolderOpen size={15} aria-hidden="true" /> Open…
        </button>
      ) : (
        <button
          type="button"
          className="primary"
          disabled={set === null || set.readOnly || !unsaved}
          onClick={() => void save()}
        >
          Save set <span className="primary-key">{formatKey('Mod+S', platform)}</span>
        </button>
      )}
    </header>
  )
}

function describeRecording(recording: NonNullable<ReviewState['recording']>): string {
  const { header, timeline } = recording.recording
  const signals = header.signals.filter((signal) => signal.kind !== 'annotations')
  const rates = [...new Set(signals.map((signal) => signal.sampleRate).filter((rate) => rate !== null))]
  const rate =
    rates.length === 0
      ? 'no signals in time'
      : rates.length === 1
        ? `${rateText(rates[0] ?? 0)} Hz`
        : `${rateText(Math.min(...rates))}–${rateText(Math.max(...rates))} Hz`
  return ` · ${header.format} · ${signals.length} ch · ${rate} · ${formatElapsed(timeline.span.end - timeline.span.start)}`
}

function rateText(rate: Hertz): string {
  return String(Number(rate.toPrecision(5)))
}

function ReviewedShare() {
  const document = useReview((state) => state.set?.document ?? null)
  const timeline = useReview((state) => state.recording?.recording.timeline ?? null)
  const share = useMemo(
    () => (document === null || timeline === null ? 0 : shareReviewed(document, timeline)),
    [document, timeline],
  )
  // Never 100 % before all of it has been read, never 0 % when some has.
  const percent = share >= 1 ? 100 : share > 0 ? Math.min(99, Math.max(1, Math.round(share * 100))) : 0
  return (
    <span className="chip chip-still reviewed-chip" title="Share of the recording marked as reviewed (V)">
      <span className="reviewed-bar" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      <span className="chip-label">Reviewed</span>
      <span className="chip-value">{percent} %</span>
    </span>
  )
}

/** Commands that choose one of a few, and what they choose: the one that holds is ticked. */
const CHOICES: Partial<Record<CommandId, MontageId | Theme>> = {
  montageRecorded: 'recorded',
  montageLongitudinal: 'longitudinal',
  montageAverage: 'average',
  themeSystem: 'system',
  themeLight: 'light',
  themeDark: 'dark',
}

/** Every command, also where no native menu exists. */
function AppMenu() {
  const shell = useReview((state) => state.shell)
  const montage = useReview((state) => state.view.montage)
  const theme = useReview((state) => state.settings.theme)
  const open = useReview((state) => state.recording !== null)
  const undo = useReview((state) => state.set?.history.done.at(-1)?.label ?? null)
  const redo = useReview((state) => state.set?.history.undone.at(-1)?.label ?? null)
  const extra: Readonly<Record<string, string | null>> = { undo, redo }
  return (
    <Menu.Root>
      <Menu.Trigger className="app-menu">
        Hypnospike <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="popup-positioner" sideOffset={4} align="start">
          <Menu.Popup className="popup">
            {COMMAND_GROUPS.map((group) => (
              <Menu.SubmenuRoot key={group.id}>
                <Menu.SubmenuTrigger className="popup-item popup-submenu">{group.label}</Menu.SubmenuTrigger>
                <Menu.Portal>
                  <Menu.Positioner className="popup-positioner" sideOffset={2}>
                    <Menu.Popup className="popup">
                      {COMMANDS.filter((command) => command.group === group.id && command.inMenu).map(
                        (command) => {
                          const step = extra[command.id]
                          const off =
                            (command.needs === 'recording' && !open) ||
                            ((command.id === 'undo' || command.id === 'redo') && step === null)
                          const [key] = shownKeys(command, shell)
                          const choice = CHOICES[command.id]
                          const item = {
                            className: 'popup-item',
                            disabled: off,
                            onClick: () => runCommand(command.id),
                          }
                          const text = (
                            <>
                              <span className="popup-text">
                                {command.label}
                                {typeof step === 'string' ? ` ${step}` : ''}
                              </span>
                              {key !== undefined && <span className="popup-key">{key}</span>}
                            </>
                          )
                          if (choice === undefined) {
                            return (
                              <Menu.Item key={command.id} {...item}>
                                {text}
                              </Menu.Item>
                            )
                          }
                          return (
                            <Menu.CheckboxItem
                              key={command.id}
                              {...item}
                              checked={choice === theme || (open && choice === montage)}
                              closeOnClick
                            >
                              <Menu.CheckboxItemIndicator className="popup-check">
                                <Check size={14} aria-hidden="true" />
                              </Menu.CheckboxItemIndicator>
                              {text}
                            </Menu.CheckboxItem>
                          )
                        },
                      )}
                    </Menu.Popup>
                  </Menu.Positioner>
                </Menu.Portal>
              </Menu.SubmenuRoot>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
