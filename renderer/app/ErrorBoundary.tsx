import { Component, type ReactNode } from 'react'
import { downloadCopy } from '../store/saving.ts'
import { ownSet, unkeptOf } from '../store/selectors.ts'
import type { OpenSetState } from '../store/setsState.ts'
import { getState } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { WholeMessage } from '../ui/WholeMessage.tsx'

/** A fault in the window must not look like lost work: what is kept is said, and what is not can be kept as a file. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    const set = ownSet(getState())
    const unkept = unkeptOf(getState())
    return (
      <WholeMessage role="alert">
        <h1>This window has failed</h1>
        <p>{describeKept(set, unkept)}</p>
        {unkept > 0 && (
          <Button look="secondary" onClick={downloadCopy}>
            Keep a copy of the set
          </Button>
        )}
        <Button look="primary" onClick={() => window.location.reload()}>
          Load again
        </Button>
      </WholeMessage>
    )
  }
}

function describeKept(set: OpenSetState | null, unkept: number): string {
  if (set === null || set.readOnly) return 'No marks were open in it. Load the window again.'
  if (unkept === 0) return 'Your marks are in the journal. Load the window again and they are offered to you.'
  const last = unkept === 1 ? 'the last change, which is' : `the last ${unkept} changes, which are`
  return `Your marks are in the journal but for ${last} in this window only: keep a copy before you load it again.`
}
