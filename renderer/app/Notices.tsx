import { X } from 'lucide-react'
import { dismissNotice } from '../store/notices.ts'
import { useReview } from '../store/state.ts'

/** Short sentences at the foot of the page; a screen reader hears them. */
export function Notices() {
  const notices = useReview((state) => state.ui.notices)
  return (
    <div className="notices" aria-live="polite">
      {notices.map((notice) => (
        <div
          key={notice.id}
          className="notice"
          data-tone={notice.tone}
          role={notice.tone === 'problem' ? 'alert' : 'status'}
        >
          <p>{notice.text}</p>
          {notice.action !== undefined && (
            <button
              type="button"
              className="link-button"
              onClick={() => {
                notice.action?.run()
                dismissNotice(notice.id)
              }}
            >
              {notice.action.label}
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label="Dismiss"
            onClick={() => dismissNotice(notice.id)}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </div>
      ))}
    </div>
  )
}
