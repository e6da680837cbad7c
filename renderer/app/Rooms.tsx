/** The room of what stands around the page, as long as that has not come: of its size and ground. */
import { OverviewRoom } from '../recording/OverviewRoom.tsx'
import { hasPage } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import styles from './app.module.css'

export function BarsRoom() {
  const isComing = useReview(hasPage)
  return (
    <>
      <div className={styles.topBar} />
      {isComing && <div className={styles.viewBar} />}
    </>
  )
}

export function PanelRoom() {
  return <div className={styles.panel} />
}

export function FootRoom() {
  const isComing = useReview(hasPage)
  return (
    <>
      {isComing && <OverviewRoom />}
      <div className={styles.statusLine} />
    </>
  )
}
