import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { nameOfSignal, ownSignals } from '../../shared/montage/badElectrodes.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { hasGain, lookOf, OVERLAPS, type Overlap, orderLines } from '../../shared/signal/channelLook.ts'
import { formatGain, gainKindOf, labelOfGain } from '../../shared/signal/gains.ts'
import type { Suspicion } from '../../shared/signal/suspectElectrodes.ts'
import { badOf } from '../../shared/signal/viewSettings.ts'
import { suspectsOn } from '../store/asking.ts'
import { hideChannels, markBad, moveChannel, resetLooks, setKindGain, setOverlap } from '../store/channels.ts'
import { keepDefaultView } from '../store/remembering.ts'
import { headerOf, recordingIdOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { changeView } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Choose, Input } from '../ui/Field.tsx'
import { ChannelControls, GainRow } from './ChannelControls.tsx'
import styles from './channels.module.css'
import { useChannelLooks } from './useChannelLooks.ts'
import { usePane } from './usePane.ts'

const NO_LINES: readonly Derivation[] = []

/** Every channel of the montage: shown or not, by kind, with a search; what can be done with each opens below it. */
export function ChannelsDialog({ onClose }: { readonly onClose: () => void }) {
  const lines = usePane((pane) => pane.shown?.derivations ?? NO_LINES)
  const looks = usePane((pane) => pane.looks)
  const montage = usePane((pane) => pane.view.montage)
  const [search, setSearch] = useState('')
  const [open, setOpen] = useState<string | null>(null)
  const ordered = useMemo(() => orderLines(lines, looks, montage), [lines, looks, montage])
  const wanted = search.trim().toLowerCase()
  const found = ordered.filter(({ label }) => label.toLowerCase().includes(wanted))
  const shown = ordered.filter((line) => lookOf(looks, line).hidden !== true).length
  return (
    <Dialog
      title="Channels"
      onClose={onClose}
      wide
      actions={
        <>
          <Button look="quiet" onClick={resetLooks}>
            As at first
          </Button>
          <Button
            look="quiet"
            title="Montage, filters, scales and channels by their names, for recordings that are new to you"
            onClick={() => void keepDefaultView()}
          >
            Open recordings like this one
          </Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className={styles.dialogHead}>
        <Input
          type="search"
          aria-label="Search channels"
          placeholder="Search"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <div className={styles.check}>
          May leave their rows
          <Choose
            aria-label="Channels that may leave their rows"
            value={looks.overlap}
            onChange={(event) => setOverlap(event.target.value as Overlap)}
          >
            {OVERLAPS.map(({ id, label }) => (
              <option key={id} value={id}>
                {label}
              </option>
            ))}
          </Choose>
        </div>
        <span className={styles.hint} role="status">
          {shown} of {ordered.length} shown
        </span>
      </div>
      <Bads />
      <Suspects />
      {found.length === 0 && <p className={styles.hint}>No channel of this montage is called so.</p>}
      {groupsOf(found).map((group) => (
        <section key={group.name} className={styles.group} aria-label={group.name}>
          <div className={styles.groupHead}>
            <h3>{group.name}</h3>
            <Button
              look="small"
              onClick={() => hideChannels(group.lines, false)}
              aria-label={`Show all ${group.name}`}
            >
              All
            </Button>
            <Button
              look="small"
              onClick={() => hideChannels(group.lines, true)}
              aria-label={`Show none of ${group.name}`}
            >
              None
            </Button>
            <span className={styles.grow} />
            <GroupGain line={group.lines[0]!} />
          </div>
          <ul className={styles.list}>
            {group.lines.map((line) => (
              <Row
                key={line.id}
                line={line}
                isOpen={open === line.id}
                onOpen={() => setOpen(open === line.id ? null : line.id)}
              />
            ))}
          </ul>
        </section>
      ))}
    </Dialog>
  )
}

function Row({
  line,
  isOpen,
  onOpen,
}: {
  readonly line: Derivation
  readonly isOpen: boolean
  readonly onOpen: () => void
}) {
  const hidden = usePane((pane) => lookOf(pane.looks, line).hidden === true)
  const { lookNow } = useChannelLooks()
  const look = lookNow(line)
  const says = [
    line.problem,
    look.hasOwnGain && hasGain(line) ? formatGain(look.sensitivity) : null,
    look.inverted ? 'inverted' : null,
  ].filter((text) => text !== null)
  return (
    <li className={styles.channel}>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={!hidden}
          onChange={(event) => hideChannels([line], !event.target.checked)}
        />
        {line.label}
      </label>
      <span className={`${styles.hint} ${styles.grow}`}>{says.join(' · ')}</span>
      <Button look="icon" aria-label={`Move ${line.label} up`} onClick={() => moveChannel(line, -1)}>
        <ArrowUp size={14} aria-hidden="true" />
      </Button>
      <Button look="icon" aria-label={`Move ${line.label} down`} onClick={() => moveChannel(line, 1)}>
        <ArrowDown size={14} aria-hidden="true" />
      </Button>
      <Button look="small" aria-expanded={isOpen} aria-label={`Change ${line.label}`} onClick={onOpen}>
        Change
      </Button>
      {isOpen && <ChannelControls line={line} />}
    </li>
  )
}

/** The gain of all of a kind. */
function GroupGain({ line }: { readonly line: Derivation }) {
  const { kindGainNow } = useChannelLooks()
  const own = usePane((pane) => pane.looks.gains)
  const kind = gainKindOf(line)
  if (!hasGain(line)) return null
  return (
    <GainRow
      label={`All ${groupName(line)}`}
      value={kindGainNow(kind)}
      onChange={(value) => (kind === null ? changeView({ sensitivity: value }) : setKindGain(kind, value))}
      {...(kind !== null && own[kind] !== undefined
        ? {
            reset: {
              label: kind === 'ecg' ? 'By R wave' : 'As at first',
              onReset: () => setKindGain(kind, null),
            },
          }
        : {})}
    />
  )
}

/** What the reader has marked bad, with the way back. */
function Bads() {
  const header = useReview(headerOf)
  const view = usePane((pane) => pane.view)
  const bad = badOf(view)
  if (header === null || bad.length === 0) return null
  return (
    <ul className={styles.found} aria-label="Marked bad">
      {bad.map((signal) => (
        <li key={signal}>
          <span className={styles.grow}>{nameOfSignal(header, signal)} is marked bad.</span>
          <Button look="small" onClick={() => markBad([signal], false)}>
            Make {nameOfSignal(header, signal)} good again
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** What looks as if it had come off on the page in view: offered, and left to the reader. */
function Suspects() {
  const header = useReview(headerOf)
  const recordingId = useReview(recordingIdOf)
  const span = usePane((pane) => pane.shown?.span ?? null)
  const lines = usePane((pane) => pane.shown?.derivations ?? NO_LINES)
  const bad = badOf(usePane((pane) => pane.view))
  const [suspects, setSuspects] = useState<readonly Suspicion[]>([])
  useEffect(() => {
    let current = true
    if (recordingId === null || span === null || span.end - span.start > LONGEST) return
    suspectsOn(recordingId, span)
      .then((next) => {
        if (current) setSuspects(next)
      })
      // A recording that went away says so itself; a hint that is not there is no failure.
      .catch(() => {})
    return () => {
      current = false
    }
  }, [recordingId, span])
  const left = suspects.filter(({ signal }) => !bad.includes(signal))
  if (header === null || left.length === 0) return null
  const used = new Set(lines.flatMap(ownSignals))
  return (
    <ul className={styles.found} aria-label="May have come off">
      {left.map(({ signal, says }) => (
        <li key={signal}>
          <span className={styles.grow}>
            On this page {nameOfSignal(header, signal)} {says}
            {used.has(signal) ? '' : ', in no line of this montage'}.
          </span>
          <Button look="small" onClick={() => markBad([signal], true)}>
            Mark {nameOfSignal(header, signal)} bad
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** The host reads no longer span for it. */
const LONGEST = 300

type Group = { readonly name: string; readonly lines: readonly Derivation[] }

const NAMES: Readonly<Record<string, string>> = { eeg: 'EEG', respiration: 'Breath', status: 'Status' }

function groupName(line: Derivation): string {
  const gain = gainKindOf(line)
  return gain === null ? (NAMES[line.kind] ?? 'Other') : labelOfGain(gain)
}

/** By kind, in the order in which the first of each stands on the page. */
function groupsOf(lines: readonly Derivation[]): readonly Group[] {
  const groups = new Map<string, Derivation[]>()
  for (const line of lines) {
    const name = groupName(line)
    groups.set(name, [...(groups.get(name) ?? []), line])
  }
  return [...groups].map(([name, all]) => ({ name, lines: all }))
}
