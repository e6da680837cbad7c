/** What stands around the page: which dialog and which side panel is open. */

import type { DialogName, EvidenceView, Panel } from './reviewState.ts'
import { changeSettings } from './settings.ts'
import { getState, patchUi } from './state.ts'

export function openDialog(dialog: DialogName): void {
  // What waits for an answer about unsaved marks stays until it is answered.
  if (getState().ui.dialog !== 'unsaved') patchUi({ dialog })
}

export function closeDialog(): void {
  patchUi({ dialog: null })
}

export function showPanel(panel: Panel): void {
  patchUi({ panel })
  if (!getState().shell.settings.panelOpen) changeSettings({ panelOpen: true })
}

/** Shows a panel, or goes back to the marks where it is shown already. */
export function togglePanel(panel: Panel): void {
  const { shell, ui } = getState()
  showPanel(shell.settings.panelOpen && ui.panel === panel ? 'marks' : panel)
}

export function toggleSidePanel(): void {
  changeSettings({ panelOpen: !getState().shell.settings.panelOpen })
}

export function choosePanel(panel: Panel): void {
  patchUi({ panel })
}

export function toggleWidePanel(): void {
  patchUi({ panelWide: !getState().ui.panelWide })
}

export function chooseEvidence(evidence: EvidenceView): void {
  patchUi({ evidence })
}

export function showEvidence(evidence: EvidenceView): void {
  chooseEvidence(evidence)
  showPanel('evidence')
}
