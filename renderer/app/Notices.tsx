import { X } from 'lucide-react'
import { ACTION_LABELS, takeAction } from '../store/noticeActions.ts'
import { dismissNotice } from '../store/notices.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import styles from './app.module.css'

/** Short sentences at the foot of the page; a screen reader hears them. */
export function Notices() {
  const notices = useReview((state) => state.ui.notices)
  return (
    <div className={styles.notices} aria-live="polite">
      {notices.map((notice) => (
        <div
          key={notice.id}
          className={`notice ${styles.notice}`}
          data-tone={notice.tone}
          role={notice.tone === 'problem' ? 'alert' : 'status'}
        >
          <p>{notice.text}</p>
          {notice.action !== null && (
            <Button
              look="link"
              onClick={() => {
                if (notice.action !== null) takeAction(notice.action)
                dismissNotice(notice.id)
              }}
            >
              {ACTION_LABELS[notice.action.do]}
            </Button>
          )}
          <Button look="icon" aria-label="Dismiss" onClick={() => dismissNotice(notice.id)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ))}
    </div>
  )
}
