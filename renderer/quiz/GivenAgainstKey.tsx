import { useMemo, useState } from 'react'
import { KINDS } from '../../shared/annotation/kinds.ts'
import { type Called, calledName, kindOfCalled, NOTHING } from '../../shared/teaching/quiz/called.ts'
import type { ConfusionCell } from '../../shared/teaching/quiz/results.ts'
import { formatMoment } from '../../shared/text/moment.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { ConfusionGrid } from '../ui/ConfusionGrid.tsx'
import { Toggles } from '../ui/Toggles.tsx'
import styles from './dialogs.module.css'

const DETAILS = [
  { code: 'kinds', label: 'Kinds' },
  { code: 'mimics', label: 'With mimics' },
] as const

type Detail = (typeof DETAILS)[number]['code']

/** What the answer was (rows) against what was said (columns); a count leads to its cases. */
export function GivenAgainstKey({ table }: { readonly table: readonly ConfusionCell[] }) {
  const [detail, setDetail] = useState<Detail>('kinds')
  const [chosen, setChosen] = useState<string | null>(null)
  const { rows, columns, cells } = useMemo(() => arrange(table, detail), [table, detail])
  const cell = chosen === null ? undefined : cells.get(chosen)
  return (
    <section aria-label="Confusion table">
      <div className={styles.tableHead}>
        <h3>Answer against what you said</h3>
        <Toggles
          label="Detail of the table"
          options={DETAILS}
          value={[detail]}
          onChange={([next]) => {
            if (next === undefined) return
            setDetail(next)
            setChosen(null)
          }}
        />
      </div>
      <p className={styles.hint}>
        Rows are the key, columns what you said. A count leads to its cases.
        {detail === 'kinds' && ' A mimic that was called by another name, or by none, is not right.'}
      </p>
      <ConfusionGrid
        rows={rows.map(named)}
        columns={columns.map(named)}
        countOf={(key, given) => cells.get(placeOf(key, given))?.count ?? 0}
        describe={(key, given, count) => `${key}, called ${given}: ${count}`}
        isChosen={(key, given) => chosen === placeOf(key, given)}
        onChoose={(key, given) => {
          const at = placeOf(key, given)
          setChosen(chosen === at ? null : at)
        }}
      />
      {cell !== undefined && (
        <section aria-label="Cases" className={styles.cases}>
          <h4>
            {calledName(cell.key)}, called {calledName(cell.given)}
          </h4>
          <ul>
            {cell.answers.map(({ at, key, given, confidence, seconds }) => (
              <li key={at}>
                {formatMoment(at)}: {calledName(key)}, said {calledName(given)}, {confidence}, after{' '}
                {seconds.toFixed(0)} s
              </li>
            ))}
          </ul>
          {cell.answers.length < cell.count && (
            <p className={styles.hint}>
              The last {cell.answers.length} of {cell.count}.
            </p>
          )}
        </section>
      )}
    </section>
  )
}

function named(called: Called) {
  const name = calledName(called)
  const kind = kindOfCalled(called)
  const label = (
    <>
      {kind !== NOTHING && <KindGlyph kind={kind} />}
      <span>{name.replace(/^Mimic · /, '')}</span>
    </>
  )
  return { code: called, name, label }
}

function placeOf(key: Called, given: Called): string {
  return `${key} ${given}`
}

/** In the order of kinds, mimics by name; by kinds alone, mimics are one. */
function arrange(table: readonly ConfusionCell[], detail: Detail) {
  const named = (called: Called) => (detail === 'kinds' ? kindOfCalled(called) : called)
  const cells = new Map<string, ConfusionCell>()
  for (const each of table) {
    const [key, given] = [named(each.key), named(each.given)]
    const before = cells.get(placeOf(key, given))
    cells.set(placeOf(key, given), {
      ...{ key, given, count: (before?.count ?? 0) + each.count },
      answers: [...(before?.answers ?? []), ...each.answers],
    })
  }
  const inOrder = (names: readonly Called[]) => [...new Set(names)].sort((a, b) => compareCalled(a, b))
  return {
    cells,
    rows: inOrder([...cells.values()].map(({ key }) => key)),
    columns: inOrder([...cells.values()].map(({ given }) => given)),
  }
}

function compareCalled(a: Called, b: Called): number {
  const order = [...KINDS.map(({ code }) => code), NOTHING]
  const by = order.indexOf(kindOfCalled(a)) - order.indexOf(kindOfCalled(b))
  return by !== 0 ? by : calledName(a) < calledName(b) ? -1 : 1
}
