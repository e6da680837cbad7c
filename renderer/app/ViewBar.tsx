import { Keyboard, Redo2, Ruler, Undo2 } from 'lucide-react'
import { useMemo } from 'react'
import { redoLabel, undoLabel } from '../../shared/annotation/history.ts'
import { type CommandId, commandOf, OWN_COMMANDS } from '../../shared/contract/commands.ts'
import { formatKey } from '../../shared/contract/keys.ts'
import type { ShellFacts } from '../../shared/contract/model.ts'
import type { Header } from '../../shared/edf/header/model.ts'
import { type MontageId, montageOf } from '../../shared/montage/montages.ts'
import { isOwnId, type OwnMontage, type OwnMontageId, ownIdOf } from '../../shared/montage/ownMontages.ts'
import { availableMontages, planMontage } from '../../shared/montage/planMontage.ts'
import { unitOfEeg } from '../../shared/signal/sensitivity.ts'
import {
  FILTER_NAMES,
  FILTERS,
  formatTimebase,
  PAPER_SPEEDS,
  type PaperSpeed,
  SCALES,
  type View,
} from '../../shared/signal/viewSettings.ts'
import type { Hertz, Seconds } from '../../shared/units.ts'
import { runCommand } from '../commands/runCommand.ts'
import { FilterKinds } from '../page/FilterKinds.tsx'
import { redoStep, undoStep } from '../store/marking.ts'
import { ownMontages } from '../store/montages.ts'
import { activePane, activeSet, headerOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { changeView } from '../store/viewing.ts'
import { Chip, ChipLabel, ChipValue } from '../ui/Chip.tsx'
import { Key } from '../ui/Key.tsx'
import { type ValueOption, ValueSelect } from '../ui/ValueSelect.tsx'
import styles from './app.module.css'

/** How the page is shown: each control with its value and its key. */
export function ViewBar() {
  const view = useReview((state) => activePane(state).view)
  const millimetres = useReview((state) => activePane(state).millimetres)
  const isMeasuring = useReview((state) => activePane(state).caliper !== null)
  const header = useReview(headerOf)
  const unit = useReview((state) => unitOfEeg(activePane(state).shown?.derivations ?? []))
  const history = useReview((state) => activeSet(state)?.history ?? null)
  const platform = useReview((state) => state.shell.facts.platform)
  const own = useReview(ownMontages)
  const montages = useMemo(() => (header === null ? [] : optionsOf(header, own)), [header, own])
  if (header === null) return null
  const undo = history === null ? null : undoLabel(history)
  const redo = history === null ? null : redoLabel(history)
  return (
    <div className={styles.viewBar} role="toolbar" aria-label="View">
      <ValueSelect
        label="Montage"
        value={view.montage}
        {...keyOfMontage(view.montage, own, platform)}
        options={montages}
        onChange={(montage) =>
          montage === EDIT_OWN
            ? runCommand('montages')
            : changeView({ montage: montage as MontageId | OwnMontageId })
        }
        {...noteOf(isOwnId(view.montage) ? null : montageOf(view.montage).caution)}
      />
      {FILTER_NAMES.map((name) => (
        <ValueSelect
          key={name}
          label={FILTERS[name].label}
          shortLabel={FILTERS[name].shortLabel}
          value={String(view[name])}
          keys={keysOf(name)}
          options={FILTERS[name].steps.map(frequencyOption)}
          onChange={(value) => changeView({ [name]: readFrequency(value) })}
        />
      ))}
      <FilterKinds />
      <span className={styles.divider} />
      <ValueSelect
        label={SCALES.sensitivity.label}
        shortLabel={SCALES.sensitivity.shortLabel}
        value={String(view.sensitivity)}
        keys="↑ ↓"
        options={SCALES.sensitivity.steps.map((value) => ({
          value: String(value),
          text: `${value} ${unit === 'uV' ? 'µV' : ''}/mm`,
        }))}
        onChange={(value) => changeView({ sensitivity: Number(value) })}
        note="Of the EEG. Eyes, muscles and heart have their own, at their names."
      />
      <ValueSelect
        label={SCALES.timebase.label}
        value={view.paperSpeed === undefined ? String(view.timebase) : speedValue(view.paperSpeed)}
        keys={platform === 'mac' ? '⌘ ±' : 'Ctrl ±'}
        options={[
          ...timesWith(view).map((value) => ({ value: String(value), text: formatTimebase(value) })),
          ...PAPER_SPEEDS.map((speed) => ({ value: speedValue(speed), text: `${speed} mm/s` })),
        ]}
        onChange={(value) => changeView(readTime(value))}
        suffix={describeSpeed(view, millimetres)}
        note={`${PAPER_SPEEDS.join(' and ')} mm/s: the page is as long as the window is wide.`}
      />
      <Chip
        className={styles.tool}
        aria-pressed={isMeasuring}
        title="Calipers: drag over a channel, or Shift with ← → (K)"
        onClick={() => runCommand('calipers')}
      >
        <Ruler size={14} aria-hidden="true" />
        <ChipLabel>Calipers</ChipLabel>
        <Key>{keysOf('calipers')}</Key>
      </Chip>
      <span className={styles.space} />
      <Chip
        className={styles.undo}
        disabled={undo === null}
        onClick={undoStep}
        aria-label={undo === null ? 'Nothing to undo' : `Undo ${undo}`}
        title={undo === null ? 'Nothing to undo' : `Undo ${undo}`}
      >
        <Undo2 size={14} aria-hidden="true" />
        <ChipLabel>Undo</ChipLabel> <ChipValue className={styles.step}>{undo ?? ''}</ChipValue>
      </Chip>
      <Chip
        disabled={redo === null}
        onClick={redoStep}
        aria-label={redo === null ? 'Nothing to redo' : `Redo ${redo}`}
        title={redo === null ? 'Nothing to redo' : `Redo ${redo}`}
      >
        <Redo2 size={14} aria-hidden="true" />
      </Chip>
      <Chip onClick={() => runCommand('keys')} aria-label="Keys">
        <Keyboard size={14} aria-hidden="true" />
        <ChipLabel>Keys</ChipLabel>
        <Key>?</Key>
      </Chip>
    </div>
  )
}

/** In the list of montages: not one of them, but the way to make one. */
const EDIT_OWN = 'edit'

function optionsOf(header: Header, own: readonly OwnMontage[]): readonly ValueOption[] {
  return [
    ...availableMontages(header).map(({ id, label, problem }) => ({ value: id, text: label, problem })),
    ...own.map((montage) => ({
      value: ownIdOf(montage),
      text: montage.name,
      problem: planMontage(header, montage).problem,
    })),
    { value: EDIT_OWN, text: own.length === 0 ? 'Make your own…' : 'Edit your own…' },
  ]
}

function keyOfMontage(
  id: MontageId | OwnMontageId,
  own: readonly OwnMontage[],
  platform: ShellFacts['platform'],
): { readonly keys?: string } {
  if (!isOwnId(id)) return { keys: keysOf(`montage:${id}`) }
  const command = OWN_COMMANDS[own.findIndex((montage) => ownIdOf(montage) === id)]
  return command === undefined ? {} : { keys: formatKey(keysOf(command.id), platform) }
}

function noteOf(note: string | null): { readonly note?: string } {
  return note === null ? {} : { note }
}

/** The steps, and among them the page as it is: a selection over the whole page has a length of its own. */
function timesWith({ timebase, paperSpeed }: View): readonly Seconds[] {
  const steps: readonly Seconds[] = SCALES.timebase.steps
  if (paperSpeed !== undefined || steps.includes(timebase)) return steps
  return [...steps, timebase].sort((a, b) => a - b)
}

/** Apart from every number of seconds. */
function speedValue(speed: PaperSpeed): string {
  return `${speed} mm/s`
}

function readTime(value: string): Partial<View> {
  const speed = PAPER_SPEEDS.find((each) => speedValue(each) === value)
  return speed === undefined ? { timebase: Number(value) } : { paperSpeed: speed }
}

/** What follows from the value: of seconds the paper speed, of a paper speed the seconds. */
function describeSpeed({ timebase, paperSpeed }: View, millimetres: number | null): string {
  if (paperSpeed !== undefined) return `· ${formatTimebase(timebase)}`
  if (millimetres === null) return ''
  const speed = millimetres / timebase
  return `· ${speed.toFixed(speed < 10 ? 1 : 0)} mm/s`
}

/** The key of a command, as it stands beside its control. */
function keysOf(id: CommandId): string {
  return commandOf(id).keys[0] ?? ''
}

function frequencyOption(value: Hertz | null) {
  return { value: String(value), text: value === null ? 'off' : `${value} Hz` }
}

function readFrequency(value: string): Hertz | null {
  return value === 'null' ? null : Number(value)
}
