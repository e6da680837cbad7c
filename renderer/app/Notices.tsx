import { X } from 'lucide-react'
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
          {notice.action !== undefined && (
            <Button
              look="link"
              onClick={() => {
                notice.action?.run()
                dismissNotice(notice.id)
              }}
            >
              {notice.action.label}
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
