import { X } from 'lucide-react'
import { ACTION_LABELS, takeAction } from '../store/noticeActions.ts'
import { dismissNotice } from '../store/notices.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Sentence } from '../ui/Sentence.tsx'
import styles from './notices.module.css'

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
          <p>
            <Sentence text={notice.text} />
          </p>
          {[notice.action, ...notice.others]
            .filter((action) => action !== null)
            .map((action) => (
              <Button
                key={action.do}
                look="link"
                onClick={() => {
                  takeAction(action)
                  dismissNotice(notice.id)
                }}
              >
                {ACTION_LABELS[action.do]}
              </Button>
            ))}
          <Button look="icon" aria-label="Dismiss" onClick={() => dismissNotice(notice.id)}>
            <X size={14} aria-hidden="true" />
          </Button>
        </div>
      ))}
    </div>
  )
}
