import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { Header } from '../../shared/edf/header/model.ts'
import { labelOf, MOST_LINES, type OwnMontage, parseFormula } from '../../shared/montage/ownMontages.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import { shortLabel } from '../../shared/montage/recordedLines.ts'
import { findElectrodes } from '../../shared/montage/sources.ts'
import { headerOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Input, Labelled, Problem } from '../ui/Field.tsx'
import {
  addLine,
  changeLine,
  type Draft,
  type DraftLine,
  draftOf,
  finishDraft,
  isChanged,
  moveLine,
  removeLine,
} from './draft.ts'
import styles from './montages.module.css'

type Props = {
  readonly title: string
  readonly montage: OwnMontage
  readonly others: readonly OwnMontage[]
  readonly onClose: () => void
  readonly onCancel: () => void
  readonly onSave: (montage: OwnMontage) => void
}

/** A montage as lines of text: what each shows, what it is called, and where a block begins. */
export function MontageEditor({ title, montage, others, onClose, onCancel, onSave }: Props) {
  const [draft, setDraft] = useState(() => draftOf(montage))
  const [problem, setProblem] = useState<string | null>(null)
  const header = useReview(headerOf)
  const channels = useMemo(() => (header === null ? [] : channelsOf(header)), [header])
  const listId = useId()
  const formId = useId()
  const table = useRef<HTMLTableSectionElement>(null)
  const { asked, keep, leave } = useLeaving(isChanged(draft, montage))

  function submit(event: FormEvent): void {
    event.preventDefault()
    const finished = finishDraft(draft, others)
    if (finished.montage === null) setProblem(finished.problem)
    else onSave(finished.montage)
  }

  /** The focus goes with the line, or to the new one. */
  function change(next: Draft, key: number): void {
    setDraft(next)
    setProblem(null)
    requestAnimationFrame(() => {
      table.current?.querySelector<HTMLElement>(`[data-line="${key}"] input`)?.focus()
    })
  }

  return (
    <Dialog
      title={title}
      onClose={() => leave(onClose)}
      wide
      actions={
        <>
          <div className={styles.problem} role="alert">
            {asked !== null ? (
              <strong>What you changed is not saved.</strong>
            ) : (
              problem !== null && <Problem>{problem}</Problem>
            )}
          </div>
          {asked !== null ? (
            <Asked onKeep={keep} onDiscard={asked} />
          ) : (
            <Button look="secondary" onClick={() => leave(onCancel)}>
              Cancel
            </Button>
          )}
          <Button type="submit" form={formId} look="primary">
            Save
          </Button>
        </>
      }
    >
      <form id={formId} className={styles.editor} onSubmit={submit}>
        <Labelled label="Name">
          <Input
            value={draft.name}
            maxLength={80}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Labelled>
        <p className={styles.hint}>
          A line is a sum: <code>Fp1-F7</code>, <code>C3-0.5*A1-0.5*A2</code>, <code>Cz-Avg</code>, or a
          signal by its label: <code>Chin EMG</code>. A label that has <code>+</code>, <code>-</code>,{' '}
          <code>*</code> or <code>"</code> in it stands in quotes: <code>"EMG L-R"</code>. Enter adds a line,
          Alt+↑ and Alt+↓ move it.
        </p>
        <datalist id={listId}>
          {channels.map((channel) => (
            <option key={channel} value={channel} />
          ))}
        </datalist>
        <table className={styles.lines}>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Shows</th>
              <th scope="col">Called (else as it is written)</th>
              <th scope="col">Gap above</th>
              <th scope="col">
                <span className="visually-hidden">Move and delete</span>
              </th>
            </tr>
          </thead>
          <tbody ref={table}>
            {draft.lines.map((line, index) => (
              <Line
                key={line.key}
                line={line}
                number={index + 1}
                isLast={index === draft.lines.length - 1}
                listId={listId}
                header={header}
                onChange={(next) => setDraft(changeLine(draft, line.key, next))}
                onAdd={() => change(addLine(draft, line.key), draft.nextKey)}
                onMove={(by) => change(moveLine(draft, line.key, by), line.key)}
                onRemove={() => {
                  const neighbour = draft.lines[index + 1] ?? draft.lines[index - 1]
                  change(removeLine(draft, line.key), neighbour?.key ?? -1)
                }}
              />
            ))}
          </tbody>
        </table>
        <Button
          look="quiet"
          disabled={draft.lines.length >= MOST_LINES}
          onClick={() => change(addLine(draft, null), draft.nextKey)}
        >
          <Plus size={15} aria-hidden="true" /> Add a line
        </Button>
      </form>
    </Dialog>
  )
}

/** In place of Cancel, with the focus on what loses nothing: Escape is pressed in passing. */
function Asked({ onKeep, onDiscard }: { readonly onKeep: () => void; readonly onDiscard: () => void }) {
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => first.current?.focus(), [])
  return (
    <>
      <Button look="secondary" onClick={onDiscard}>
        Don’t save
      </Button>
      <Button ref={first} look="secondary" onClick={onKeep}>
        Keep editing
      </Button>
    </>
  )
}

/**
 * What was typed does not go with one key: the first wish to leave is asked back, whichever way it came. Escape says
 * *keep* then, as it does to any question.
 */
function useLeaving(hasChanges: boolean) {
  const [wish, setWish] = useState<{ readonly go: () => void } | null>(null)
  const before = useRef<Element | null>(null)
  const asked = hasChanges && wish !== null ? wish.go : null
  const keep = () => {
    setWish(null)
    if (before.current instanceof HTMLElement) before.current.focus()
  }
  const leave = (go: () => void) => {
    if (!hasChanges) return go()
    if (asked !== null) return keep()
    before.current = document.activeElement
    setWish({ go })
  }
  return { asked, keep, leave }
}

type LineProps = {
  readonly line: DraftLine
  readonly number: number
  readonly isLast: boolean
  readonly listId: string
  readonly header: Header | null
  readonly onChange: (change: Partial<DraftLine>) => void
  readonly onAdd: () => void
  readonly onMove: (by: 1 | -1) => void
  readonly onRemove: () => void
}

function Line({ line, number, isLast, listId, header, onChange, onAdd, onMove, onRemove }: LineProps) {
  const { formula, label, gap, key } = line
  const problem = useMemo(() => problemOf(formula, header), [formula, header])

  function press(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      event.preventDefault()
      onAdd()
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      onMove(event.key === 'ArrowUp' ? -1 : 1)
    }
  }

  return (
    <tr data-line={key}>
      <td className={styles.number}>{number}</td>
      <td>
        <Input
          aria-label={`Line ${number}`}
          list={listId}
          value={formula}
          spellCheck={false}
          onChange={(event) => onChange({ formula: event.target.value })}
          onKeyDown={press}
        />
        {problem !== null && <p className={styles.warning}>{problem}</p>}
      </td>
      <td>
        <Input
          aria-label={`Name of line ${number}`}
          value={label}
          maxLength={80}
          placeholder={placeholderOf(formula)}
          onChange={(event) => onChange({ label: event.target.value })}
          onKeyDown={press}
        />
      </td>
      <td className={styles.gap}>
        <input
          type="checkbox"
          aria-label={`Gap above line ${number}`}
          checked={gap}
          onChange={(event) => onChange({ gap: event.target.checked })}
        />
      </td>
      <td className={styles.buttons}>
        <Button
          look="icon"
          aria-label={`Line ${number} up`}
          disabled={number === 1}
          onClick={() => onMove(-1)}
        >
          <ArrowUp size={15} aria-hidden="true" />
        </Button>
        <Button look="icon" aria-label={`Line ${number} down`} disabled={isLast} onClick={() => onMove(1)}>
          <ArrowDown size={15} aria-hidden="true" />
        </Button>
        <Button look="icon" aria-label={`Delete line ${number}`} onClick={onRemove}>
          <Trash2 size={15} aria-hidden="true" />
        </Button>
      </td>
    </tr>
  )
}

/** Why the line cannot be read, or would be empty in the open recording. */
function problemOf(formula: string, header: Header | null): string | null {
  if (formula.trim() === '') return null
  const parsed = parseFormula(formula)
  if (parsed.terms === null) return parsed.problem
  if (header === null) return null
  const { problem, derivations } = planMontage(header, {
    name: 'line',
    lines: [{ label: 'x', terms: parsed.terms, gap: false }],
  })
  const reason = derivations[0]?.problem ?? (problem === null ? null : /\(x: (.*)\)\.$/.exec(problem)?.[1])
  return reason == null ? null : `Empty in this recording: ${reason}.`
}

function placeholderOf(formula: string): string {
  const { terms } = parseFormula(formula)
  return terms === null ? '' : labelOf({ label: '', terms })
}

/** What can stand in a sum here: the electrodes, their average, and the other signals by their labels. */
function channelsOf(header: Header): readonly string[] {
  const electrodes = findElectrodes(header).sources.map(({ site }) => site.name)
  const others = header.signals
    .filter(({ kind }) => kind !== 'annotations' && kind !== 'eeg')
    .map((signal) => shortLabel(signal))
    .map((label) => (/[-+*"]/.test(label) ? `"${label}"` : label))
  return [...new Set([...electrodes, 'Avg', ...others])]
}
