import { useState } from 'react'
import { itemOf, type Keep, type VersionDifference } from '../../shared/agreement/mergeVersions.ts'
import { describeForms, nameOfItem } from '../../shared/annotation/describeChange.ts'
import { formatMoment } from '../../shared/text/moment.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { RowTime } from '../page/RowTime.tsx'
import { Key } from '../ui/Key.tsx'
import { MainElement } from '../ui/mainFocus.ts'
import { Table } from '../ui/Table.tsx'
import { Toggles } from '../ui/Toggles.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import styles from './versions.module.css'

/** A click leaves the focus in the list: the page is behind the dialog. */
const NO_MAIN = { current: null }

type Props = {
  readonly differences: readonly VersionDifference[]
  /** By key; where nothing was chosen, what is proposed holds. */
  readonly chosen: ReadonlyMap<string, Keep>
  /** Where the other version is, as a sentence says it: `on disk`. */
  readonly other: string
  readonly onChoose: (key: string, keep: Keep) => void
}

/** The differences in a list, the picked one with both its forms, and what is kept of it. */
export function VersionDifferences({ differences, chosen, other, onChoose }: Props) {
  const [picked, setPicked] = useState(0)
  const index = Math.min(picked, differences.length - 1)
  const difference = differences[index]
  const keptOf = ({ key, proposed }: VersionDifference) => chosen.get(key) ?? proposed

  function step(by: 1 | -1): void {
    if (difference === undefined) return
    const { choices } = difference
    const next = choices[choices.indexOf(keptOf(difference)) + by]
    if (next !== undefined) onChoose(difference.key, next)
  }

  return (
    <div className={styles.versions}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the list within, which has the focus */}
      <div
        className={styles.list}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return
          event.preventDefault()
          step(event.key === 'ArrowRight' ? 1 : -1)
        }}
      >
        <MainElement value={NO_MAIN}>
          <VirtualList
            label="Differences"
            items={differences}
            keyOf={({ key }) => key}
            chosen={index}
            rowHeight={36}
            onChoose={(_each, at) => setPicked(at)}
            empty={null}
          >
            {(each) => (
              <>
                <Glyph each={each} />
                <span className={styles.name}>
                  {nameOfItem(itemOf(each))} <span className={styles.where}>· {whereText(each, other)}</span>
                </span>
                <RowTime time={secondsFromTicks(itemOf(each).onset)} />
                <span className={styles.kept}>{wordFor(each, keptOf(each))}</span>
              </>
            )}
          </VirtualList>
        </MainElement>
      </div>
      {difference !== undefined && (
        <section className={styles.detail} aria-label="The difference that is picked">
          <Forms difference={difference} other={other} />
          {difference.overlaps !== null && (
            <p className={styles.overlap}>
              Overlaps with yours at <RowTime time={secondsFromTicks(difference.overlaps.onset)} />: to take
              it would mark the event twice.
            </p>
          )}
          <Toggles
            label="What to keep"
            options={difference.choices.map((keep) => ({ code: keep, label: wordFor(difference, keep) }))}
            value={[keptOf(difference)]}
            onChange={([keep]) => {
              if (keep !== undefined) onChoose(difference.key, keep)
            }}
          />
          <p className={styles.hint}>
            In the list <Key>↑</Key> <Key>↓</Key> pick, <Key>←</Key> <Key>→</Key> choose what to keep.
          </p>
        </section>
      )}
    </div>
  )
}

function Glyph({ each }: { readonly each: VersionDifference }) {
  const item = itemOf(each)
  return <span className={styles.glyph}>{item.type === 'mark' && <KindGlyph kind={item.kind} />}</span>
}

function Forms({ difference, other }: { readonly difference: VersionDifference; readonly other: string }) {
  const { mine, theirs } = difference
  return (
    <Table>
      <thead>
        <tr>
          <th scope="col">{nameOfItem(itemOf(difference))}</th>
          <th scope="col">Here</th>
          <th scope="col">{other.charAt(0).toUpperCase() + other.slice(1)}</th>
        </tr>
      </thead>
      <tbody>
        {describeForms(mine, theirs).map((field) => (
          <tr key={field.label} data-differs={field.differs}>
            <th scope="row">
              {field.label}
              {field.differs && <span className={styles.differs}> differs</span>}
            </th>
            <td>{field.one ?? '–'}</td>
            <td>{field.other ?? '–'}</td>
          </tr>
        ))}
        {itemOf(difference).type !== 'reviewed' && (
          <tr>
            <th scope="row">changed</th>
            <td>{changedText(mine)}</td>
            <td>{changedText(theirs)}</td>
          </tr>
        )}
      </tbody>
    </Table>
  )
}

function changedText(item: VersionDifference['mine']): string {
  if (item === null || item.type === 'reviewed') return '–'
  return formatMoment(item.type === 'mark' ? item.changed : item.decided)
}

function whereText({ mine, theirs, overlaps }: VersionDifference, other: string): string {
  if (theirs === null) return 'only here'
  if (mine === null) return overlaps === null ? `only ${other}` : `${other}, overlaps with yours`
  const differing = describeForms(mine, theirs).filter(({ differs }) => differs)
  return `differs in ${differing.map(({ label }) => label).join(', ')}`
}

function wordFor({ mine, theirs }: VersionDifference, keep: Keep): string {
  if (keep === 'both') return 'Both'
  if (theirs === null) return keep === 'mine' ? 'Keep' : 'Leave out'
  if (mine === null) return keep === 'theirs' ? 'Take' : 'Leave out'
  return keep === 'mine' ? 'Mine' : 'The other'
}
