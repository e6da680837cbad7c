/** What stands around the page: which dialog and which side panel is open. */
import { changeSettings } from './opening.ts'
import { type DialogName, getState, type Panel, setState } from './state.ts'

export function openDialog(dialog: DialogName): void {
  // What waits for an answer about unsaved marks stays until it is answered.
  if (getState().dialog !== 'unsaved') setState({ dialog })
}

export function closeDialog(): void {
  setState({ dialog: null })
}

export function showPanel(panel: Panel): void {
  setState({ panel })
  if (!getState().settings.panelOpen) changeSettings({ panelOpen: true })
}

/** Shows a panel, or goes back to the marks where it is shown already. */
export function togglePanel(panel: Panel): void {
  const { settings, panel: current } = getState()
  showPanel(settings.panelOpen && current === panel ? 'marks' : panel)
}

export function toggleSidePanel(): void {
  changeSettings({ panelOpen: !getState().settings.panelOpen })
}

export function choosePanel(panel: Panel): void {
  setState({ panel })
}

export function toggleWidePanel(): void {
  setState({ panelWide: !getState().panelWide })
}
