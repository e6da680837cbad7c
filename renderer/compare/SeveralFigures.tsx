import { formatElapsed } from '../../shared/text/clock.ts'
import type { Comparison } from '../store/comparison.ts'
import { Problem } from '../ui/Field.tsx'
import styles from './compare.module.css'
import { figureText } from './figureText.ts'

type Pair = Comparison['pairs'][number]
type Props = {
  readonly comparison: Comparison
  readonly chosen: Pair | undefined
  readonly onChoose: (index: number) => void
}

/** All readers together, and every two of them: the two that are chosen stand below in full. */
export function SeveralFigures({ comparison, chosen, onChoose }: Props) {
  const { several, pairs, names } = comparison
  const { kappa, votes } = several
  return (
    <>
      <p className={styles.range}>All have reviewed {formatElapsed(several.commonLength)}.</p>
      {several.problem !== null && <Problem>{several.problem}</Problem>}
      <table className={styles.table}>
        <caption>
          All {names.length} <span>an event marked by</span>
        </caption>
        <tbody>
          {votes.map((count, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the index is the number of readers
            <tr key={index}>
              <th scope="row">{index + 1 === names.length ? 'all' : `${index + 1} of ${names.length}`}</th>
              <td className={styles.value}>{count}</td>
              <td className={styles.counts}>{index === 0 ? `of ${several.cases.length}` : ''}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">Fleiss’ kappa</th>
            <td className={styles.value}>{figureText(kappa)}</td>
            <td className={styles.counts}>on the {kappa.count} that all have</td>
          </tr>
        </tbody>
      </table>
      {kappa.note !== null && <p className={styles.hint}>{kappa.note}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Two of them</th>
            <th scope="col">F1</th>
            <th scope="col">Kappa</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair, index) => (
            <tr key={`${pair.a} ${pair.b}`} data-chosen={pair === chosen}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.pair}
                  aria-pressed={pair === chosen}
                  onClick={() => onChoose(index)}
                >
                  {names[pair.a]}, {names[pair.b]}
                </button>
              </th>
              <td>{figureText(pair.agreement.where.f1)}</td>
              <td>{figureText(pair.agreement.what.kappa)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
