import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { OWN_COMMANDS } from '../../shared/contract/commands.ts'
import { formatKey } from '../../shared/contract/keys.ts'
import { ownFromLines } from '../../shared/montage/ownFromLines.ts'
import { MOST_OWN, type OwnMontage, ownIdOf } from '../../shared/montage/ownMontages.ts'
import { planMontage } from '../../shared/montage/planMontage.ts'
import { LARGEST_MONTAGE_FILE } from '../../shared/ownMontages/montageFile.ts'
import { freeName } from '../../shared/ownMontages/ownMontageSchema.ts'
import { displayName } from '../../shared/shownText.ts'
import { montageOfView } from '../../shared/signal/viewSettings.ts'
import {
  exportMontages,
  exportMtg,
  importFromDialog,
  importMontages,
  keepMontages,
  ownMontages,
} from '../store/montages.ts'
import { notify } from '../store/notices.ts'
import { headerOf, ownPane } from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import { changeView } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Key } from '../ui/Key.tsx'
import { moveBy } from './draft.ts'
import { MontageEditor } from './MontageEditor.tsx'
import styles from './montages.module.css'

type Editing = { readonly montage: OwnMontage; readonly index: number | null }

/** The montages that the reader has made: to show, edit, order, and hand on. */
export function MontagesDialog({ onClose }: { readonly onClose: () => void }) {
  const montages = useReview(ownMontages)
  const [editing, setEditing] = useState<Editing | null>(null)
  const [removed, setRemoved] = useState<readonly OwnMontage[] | null>(null)

  if (editing !== null) {
    const others = montages.filter((_, index) => index !== editing.index)
    return (
      <MontageEditor
        title={editing.index === null ? 'New montage' : `Montage ${editing.montage.name}`}
        montage={editing.montage}
        others={others}
        onClose={onClose}
        onCancel={() => setEditing(null)}
        onSave={(montage) => {
          save(montages, montage, editing)
          setEditing(null)
          setRemoved(null)
        }}
      />
    )
  }

  function remove(index: number): void {
    setRemoved(montages)
    keepMontages(montages.filter((_, at) => at !== index))
  }

  return (
    <Dialog
      title="Your own montages"
      onClose={onClose}
      wide
      actions={
        <>
          <ImportButton />
          <Button
            look="secondary"
            disabled={montages.length === 0}
            onClick={() => void exportMontages(montages)}
          >
            Export all…
          </Button>
          <Button
            look="primary"
            disabled={montages.length >= MOST_OWN}
            onClick={() => setEditing({ montage: startingPoint(montages), index: null })}
          >
            New montage
          </Button>
        </>
      }
    >
      <p>
        A new montage begins with the lines on the page. EDFbrowser’s <code>.mtg</code> files can be imported
        and exported too.
      </p>
      {removed !== null && (
        <p role="status">
          {removed.find((each) => !montages.includes(each))?.name ?? 'It'} is deleted.{' '}
          <Button
            look="link"
            onClick={() => {
              keepMontages(removed)
              setRemoved(null)
            }}
          >
            Undo
          </Button>
        </p>
      )}
      {montages.length === 0 ? (
        <p>You have made none yet.</p>
      ) : (
        <ol className={styles.list}>
          {montages.map((montage, index) => (
            <Row
              key={montage.name}
              montage={montage}
              index={index}
              count={montages.length}
              onShow={() => {
                changeView({ montage: ownIdOf(montage) })
                onClose()
              }}
              onEdit={() => setEditing({ montage, index })}
              onMove={(by) => keepMontages(moveBy(montages, index, by))}
              onRemove={() => remove(index)}
            />
          ))}
        </ol>
      )}
    </Dialog>
  )
}

type RowProps = {
  readonly montage: OwnMontage
  readonly index: number
  readonly count: number
  readonly onShow: () => void
  readonly onEdit: () => void
  readonly onMove: (by: 1 | -1) => void
  readonly onRemove: () => void
}

function Row({ montage, index, count, onShow, onEdit, onMove, onRemove }: RowProps) {
  const { name, lines } = montage
  const header = useReview(headerOf)
  const platform = useReview((state) => state.shell.facts.platform)
  const problem = header === null ? 'no recording is open' : planMontage(header, montage).problem
  const hasKey = index < OWN_COMMANDS.length
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        {name}
        <span className={styles.facts}>
          {lines.length} {lines.length === 1 ? 'line' : 'lines'}
          {problem === null || header === null ? '' : ` · ${problem}`}
        </span>
      </span>
      {hasKey && <Key>{formatKey(`Mod+${index + 1}`, platform)}</Key>}
      <Button look="secondary" disabled={problem !== null} onClick={onShow} aria-label={`Show ${name}`}>
        Show
      </Button>
      <Button look="icon" aria-label={`Edit ${name}`} title="Edit" onClick={onEdit}>
        <Pencil size={15} aria-hidden="true" />
      </Button>
      <Button
        look="icon"
        aria-label={`${name} up`}
        title="Up"
        disabled={index === 0}
        onClick={() => onMove(-1)}
      >
        <ArrowUp size={15} aria-hidden="true" />
      </Button>
      <Button
        look="icon"
        aria-label={`${name} down`}
        title="Down"
        disabled={index === count - 1}
        onClick={() => onMove(1)}
      >
        <ArrowDown size={15} aria-hidden="true" />
      </Button>
      <Button look="secondary" onClick={() => void exportMontages([montage])} aria-label={`Export ${name}`}>
        Export…
      </Button>
      <Button
        look="secondary"
        disabled={problem !== null}
        onClick={() => void exportMtg(montage, name)}
        aria-label={`Export ${name} for EDFbrowser: .mtg…`}
        title="For EDFbrowser, by the labels of the open recording"
      >
        .mtg…
      </Button>
      <Button look="icon" aria-label={`Delete ${name}`} title="Delete" onClick={onRemove}>
        <Trash2 size={15} aria-hidden="true" />
      </Button>
    </li>
  )
}

/** The desktop has the system's dialog, a browser its own. */
function ImportButton() {
  const isBrowser = useReview((state) => state.shell.facts.kind === 'browser')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,.mtg"
        hidden
        aria-label="File of montages"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file !== undefined) void importFile(file)
        }}
      />
      <Button look="secondary" onClick={() => (isBrowser ? input.current?.click() : void importFromDialog())}>
        Import…
      </Button>
    </>
  )
}

async function importFile(file: File): Promise<void> {
  if (file.size > LARGEST_MONTAGE_FILE) {
    notify(
      'problem',
      `${displayName(file.name)} was not imported: it is larger than ${LARGEST_MONTAGE_FILE / 1024 / 1024} MB.`,
    )
    return
  }
  importMontages({ name: displayName(file.name), text: await file.text() })
}

function save(
  montages: readonly OwnMontage[],
  montage: OwnMontage,
  { montage: before, index }: Editing,
): void {
  if (index === null) {
    keepMontages([...montages, montage])
    if (headerOf(getState()) !== null) changeView({ montage: ownIdOf(montage) })
    return
  }
  keepMontages(
    montages.map((each, at) => (at === index ? montage : each)),
    { from: ownIdOf(before), to: ownIdOf(montage) },
  )
}

/** The lines on the page; without a page one pair to show how they are written. */
function startingPoint(others: readonly OwnMontage[]): OwnMontage {
  const state = getState()
  const header = headerOf(state)
  const { view } = ownPane(state)
  const lines =
    header === null ? [] : ownFromLines(header, planMontage(header, montageOfView(view)).derivations)
  return { name: freeName('My montage', others), lines }
}
