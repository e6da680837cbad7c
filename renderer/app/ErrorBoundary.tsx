import { Component, type ReactNode } from 'react'
import { downloadCopy } from '../store/saving.ts'
import { activeSet, unkeptOf } from '../store/selectors.ts'
import { getState, type OpenSetState } from '../store/state.ts'

/** A fault in the window must not look like lost work: what is kept is said, and what is not can be kept as a file. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    const set = activeSet(getState())
    const unkept = unkeptOf(getState())
    return (
      <div className="empty-state" role="alert">
        <h1>This window has failed</h1>
        <p>{describeKept(set, unkept)}</p>
        {unkept > 0 && (
          <button type="button" className="secondary" onClick={downloadCopy}>
            Keep a copy of the set
          </button>
        )}
        <button type="button" className="primary" onClick={() => window.location.reload()}>
          Load again
        </button>
      </div>
    )
  }
}

function describeKept(set: OpenSetState | null, unkept: number): string {
  if (set === null || set.readOnly) return 'No marks were open in it. Load the window again.'
  if (unkept === 0) return 'Your marks are in the journal. Load the window again and they are offered to you.'
  const last = unkept === 1 ? 'the last change, which is' : `the last ${unkept} changes, which are`
  return `Your marks are in the journal but for ${last} in this window only: keep a copy before you load it again.`
}
