import { TEACHING_STATEMENT } from '../../shared/statement.ts'
import { useReview } from '../store/state.ts'
import { Dialog } from '../ui/Dialog.tsx'
import styles from './app.module.css'

export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { version } = useReview((state) => state.shell.facts)
  return (
    <Dialog title="About Hypnospike" onClose={onClose}>
      <p>
        Hypnospike {version}. For reading EEG recordings and marking hypnic jerks, 3 Hz spike-and-wave and
        what is mistaken for either, and for keeping such marks as teaching sets.
      </p>
      <p className={styles.statement}>{TEACHING_STATEMENT}</p>
      <p>
        The recordings that come with it are synthetic. Nothing leaves this computer, and a recording is never
        written to.
      </p>
      <p>MIT licence. Inter typeface: SIL Open Font License 1.1.</p>
    </Dialog>
  )
}
