/** The two events under the same heads: a table where there is room, pairs one below the other where not. */
import { useId } from 'react'
import { REFERENCE, statementsOf } from '../../shared/reference/reference.ts'
import { EVENTS, type EventCode, type Example, HEADS, type Head } from '../../shared/reference/schema.ts'
import { Choose } from '../ui/Field.tsx'
import { useRovingFocus } from '../ui/rovingFocus.ts'
import { Backed } from './Backed.tsx'
import { EventGlyph } from './EventGlyph.tsx'
import { EventHeads } from './EventHeads.tsx'
import { EventTrace } from './EventTrace.tsx'
import styles from './statements.module.css'
import traces from './trace.module.css'

export type TabProps = {
  readonly wide: boolean
  /** Notes which sentence the reader leaves from, so that the way back ends there. */
  readonly onGoToExample: (from: string, example: Example) => void
}

export function CompareTab({ wide, onGoToExample }: TabProps) {
  const roving = useRovingFocus()
  return (
    <div {...roving} className={styles.compare}>
      <GoTo />
      <div className={traces.traces}>
        {EVENTS.map((event) => (
          <EventTrace key={event} event={event} />
        ))}
      </div>
      {wide ? <Table onGoToExample={onGoToExample} /> : <Pairs onGoToExample={onGoToExample} />}
    </div>
  )
}

function Table({ onGoToExample }: Pick<TabProps, 'onGoToExample'>) {
  return (
    <table className={styles.table}>
      <EventHeads />
      <tbody>
        {HEADS.map((head) => (
          <tr key={head}>
            <th scope="row" id={headId(head)} tabIndex={-1}>
              {REFERENCE.headLabels[head]}
            </th>
            {EVENTS.map((event) => (
              <td key={event}>
                <Cell {...{ head, event, onGoToExample }} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Pairs({ onGoToExample }: Pick<TabProps, 'onGoToExample'>) {
  return HEADS.map((head) => (
    <section key={head} aria-labelledby={headId(head)}>
      <h3 id={headId(head)} tabIndex={-1}>
        {REFERENCE.headLabels[head]}
      </h3>
      {EVENTS.map((event) => (
        <div key={event} className={`${styles.side} ${styles[event]}`}>
          <h4 className={styles.small}>
            <EventGlyph event={event} /> {REFERENCE.eventLabels[event]}
          </h4>
          <Cell {...{ head, event, onGoToExample }} />
        </div>
      ))}
    </section>
  ))
}

function Cell(props: { head: Head; event: EventCode; onGoToExample: TabProps['onGoToExample'] }) {
  return statementsOf(REFERENCE, props.head, props.event).map((statement) => (
    <Backed
      key={statement.id}
      id={statement.id}
      text={statement.text}
      backing={statement}
      asOf={statement.asOf}
      example={statement.example}
      onGoToExample={(example) => props.onGoToExample(statement.id, example)}
    />
  ))
}

/** Twelve heads are a long way to scroll. */
function GoTo() {
  const id = useId()
  return (
    <div className={styles.goTo}>
      <label htmlFor={id}>Go to</label>
      <Choose
        id={id}
        defaultValue={HEADS[0]}
        onChange={(event) => {
          const heading = document.getElementById(headId(event.currentTarget.value as Head))
          heading?.scrollIntoView({ block: 'start' })
        }}
      >
        {HEADS.map((head) => (
          <option key={head} value={head}>
            {REFERENCE.headLabels[head]}
          </option>
        ))}
      </Choose>
    </div>
  )
}

function headId(head: Head): string {
  return `reference-head-${head}`
}
