import type { Block } from '../../shared/teaching/quiz/results.ts'
import { formatPercent } from '../../shared/text/percent.ts'
import styles from './dialogs.module.css'

const WIDTH = 420
const HEIGHT = 132
const LEFT = 42
const RIGHT = 10
const TOP = 10
const BOTTOM = 24

/** Share right of each block of cases, first answers alone, in the order in which they were seen. */
export function LearningCurve({ blocks }: { readonly blocks: readonly Block[] }) {
  const shares = blocks.map(({ from, to, right }) => right / (to - from + 1))
  const step = (WIDTH - LEFT - RIGHT) / Math.max(1, blocks.length)
  const points = shares.map((share, index) => ({
    x: LEFT + (index + 0.5) * step,
    y: TOP + (1 - share) * (HEIGHT - TOP - BOTTOM),
  }))
  const said = blocks.map(
    ({ from, to }, index) => `cases ${from} to ${to}: ${formatPercent(shares[index] ?? 0)}`,
  )
  return (
    <svg
      className={styles.curve}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`Share right, ${said.join('; ')}`}
    >
      {[0, 0.5, 1].map((share) => {
        const y = TOP + (1 - share) * (HEIGHT - TOP - BOTTOM)
        return (
          <g key={share}>
            <line x1={LEFT} x2={WIDTH - RIGHT} y1={y} y2={y} className={styles.grid} />
            <text x={LEFT - 6} y={y + 4} textAnchor="end">
              {formatPercent(share)}
            </text>
          </g>
        )
      })}
      <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} className={styles.line} />
      {blocks.map(({ from, to }, index) => (
        <g key={from}>
          <circle cx={points[index]?.x} cy={points[index]?.y} r={3.5} className={styles.point} />
          {/* As many as stand apart from one another. */}
          {index % Math.ceil(blocks.length / 8) === 0 && (
            <text x={points[index]?.x} y={HEIGHT - 8} textAnchor="middle">
              {from}–{to}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}
