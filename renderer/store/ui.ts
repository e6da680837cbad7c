/** What stands around the page: which dialog and which side panel is open. */

import type { Panel } from './panels.ts'
import type { DialogName, EvidenceView, ReviewState } from './reviewState.ts'
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
  patchUi({ panel, panelFolded: false })
  if (!getState().shell.settings.panelOpen) changeSettings({ panelOpen: true })
}

/** Shows a panel, or goes back to the marks where it is shown already. */
export function togglePanel(panel: Panel): void {
  const state = getState()
  showPanel(isPanelShown(state) && state.ui.panel === panel ? 'marks' : panel)
}

export function isPanelShown({ shell, ui }: ReviewState): boolean {
  return shell.settings.panelOpen && !ui.panelFolded
}

export function toggleSidePanel(): void {
  const isShown = isPanelShown(getState())
  patchUi({ panelFolded: false })
  changeSettings({ panelOpen: !isShown })
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

/** Opens the reference at one of its sources. */
export function showSource(id: string): void {
  patchUi({ soughtSource: id })
  showPanel('reference')
}

export function foundSource(): void {
  patchUi({ soughtSource: null })
}
