import { Component, type ReactNode } from 'react'

/** A fault in the window must not look like lost work: the journal has it, and a reload brings it back. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className="empty-state" role="alert">
        <h1>This window has failed</h1>
        <p>Your marks are in the journal. Load the window again and they are offered to you.</p>
        <button type="button" className="primary" onClick={() => window.location.reload()}>
          Load again
        </button>
      </div>
    )
  }
}
