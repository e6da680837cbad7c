import type { PackPreview, PlannedClip } from '../../shared/teaching/pack/packPreview.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { formatBytes } from './formatBytes.ts'
import { ProofTable } from './ProofTable.tsx'
import packStyles from './pack.module.css'
import styles from './previewed.module.css'

/** The clips of a pack, and what is removed from each recording. */
export function PackClips({ preview }: { readonly preview: PackPreview }) {
  const { cases, clips, bytes } = preview
  return (
    <section className={styles.part}>
      <h3>What goes</h3>
      <p className={styles.hint}>
        {cases === 1 ? '1 case' : `${cases} cases`} on{' '}
        {clips.length === 1 ? '1 clip' : `${clips.length} clips`}, {formatBytes(bytes)} before they are
        compressed. Samples are those of the recordings, with half a minute on either side of a case.
        Annotations of the recordings stay behind: they may tell the answer.
      </p>
      <ul className={packStyles.clips}>
        {clips.map((clip) => (
          <li key={clip.cases.join()}>
            <details>
              <summary>{describe(clip)}</summary>
              <ProofTable proof={clip.proof} />
            </details>
          </li>
        ))}
      </ul>
    </section>
  )
}

function describe({ recording, cases, seconds, channels }: PlannedClip): string {
  const which = `${cases.length === 1 ? 'Case' : 'Cases'} ${cases.join(', ')}`
  const many = channels === 1 ? '1 channel' : `${channels} channels`
  return `${which}: ${formatDuration(seconds)}, ${many} of ${recording}`
}
