/** The native menu as a value made from the list of commands and what the window reports. */
import type { MenuItemConstructorOptions } from 'electron'
import {
  COMMAND_GROUPS,
  COMMANDS,
  type Command,
  type CommandGroup,
  type CommandId,
  canRun,
} from '../../shared/contract/commands.ts'
import { acceleratorOf, formatKey, parseKey } from '../../shared/contract/keys.ts'
import type { OpenRef, RecordingChoice, ShellFacts } from '../../shared/contract/model.ts'
import type { WindowState } from '../host/shell.ts'

export type MenuModel = {
  readonly platform: ShellFacts['platform']
  readonly state: WindowState
  /** Recent recordings and samples, as the host lists them. */
  readonly choices: readonly RecordingChoice[]
  /** Developer tools are offered to developers only. */
  readonly development: boolean
}

export type MenuActions = {
  readonly command: (id: CommandId) => void
  readonly open: (choice: OpenRef) => void
}

type Item = MenuItemConstructorOptions

/** One template, top to bottom; Electron builds it. */
export function menuTemplate(model: MenuModel, actions: MenuActions): Item[] {
  const menus = COMMAND_GROUPS.map((group) => ({
    id: `menu-${group.id}`,
    label: group.label,
    submenu: groupItems(group.id, model, actions),
  }))
  if (model.platform !== 'mac') return menus
  const help = menus.pop()!
  return [{ role: 'appMenu' }, ...menus, { role: 'windowMenu' }, { ...help, role: 'help' }]
}

function groupItems(group: CommandGroup, model: MenuModel, actions: MenuActions): Item[] {
  const items = COMMANDS.filter((command) => command.group === group && command.inMenu).flatMap((command) =>
    commandItems(command, model, actions),
  )
  return [...items, ...shellItems(group, model)]
}

/** What belongs to the system rather than to the reader's work. */
function shellItems(group: CommandGroup, model: MenuModel): Item[] {
  switch (group) {
    case 'file':
      return model.platform === 'mac' ? [] : [SEPARATOR, { role: 'quit' }]
    case 'edit':
      return [SEPARATOR, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }]
    case 'view': {
      const tools: Item[] = model.development ? [{ role: 'reload' }, { role: 'toggleDevTools' }] : []
      return [SEPARATOR, { role: 'togglefullscreen' }, ...tools]
    }
    default:
      return []
  }
}

const SEPARATOR: Item = { type: 'separator' }

function commandItems(command: Command, model: MenuModel, actions: MenuActions): Item[] {
  const lines: Item[] = command.divider ? [SEPARATOR] : []
  const item = commandItem(command, model, actions)
  switch (command.id) {
    case 'open':
      return [...lines, item, choicesItem('Open recent', 'recent', model, actions)]
    case 'openSample':
      return [...lines, choicesItem(command.label, 'sample', model, actions)]
    default:
      return [...lines, item]
  }
}

function commandItem(command: Command, model: MenuModel, actions: MenuActions): Item {
  return {
    id: command.id,
    label: command.label,
    // A recording brings its set with it.
    enabled: canRun(command, {
      recording: model.state.recording !== null,
      set: model.state.recording !== null,
    }),
    ...keyOf(command, model.platform),
    ...stepOf(command, model.state),
    click: () => actions.command(command.id),
  }
}

/** Undo and redo name the step and are off where there is none. */
function stepOf(command: Command, state: WindowState): Item {
  if (command.id !== 'undo' && command.id !== 'redo') return {}
  const step = state[command.id]
  // Always on: in a text field both belong to the text, which the menu knows nothing of.
  return { enabled: true, label: step === null ? command.label : `${command.label} ${escapeLabel(step)}` }
}

/**
 * Only keys with Ctrl or Command are taken by the menu. The others are shown there and handled by the page:
 * a menu would take a `1` out of the text being typed. macOS shows no key that it does not take, so there
 * it stands in the label.
 */
function keyOf(command: Command, platform: MenuModel['platform']): Item {
  const key = command.keys[0]
  if (key === undefined) return {}
  if (parseKey(key).mod) return { accelerator: acceleratorOf(key) }
  if (platform === 'mac') return { label: `${command.label} (${formatKey(key, platform)})` }
  return { accelerator: acceleratorOf(key), registerAccelerator: false }
}

function choicesItem(
  label: string,
  origin: RecordingChoice['origin'],
  model: MenuModel,
  actions: MenuActions,
): Item {
  const choices = model.choices.filter((choice) => choice.origin === origin)
  return {
    id: `open-${origin}`,
    label,
    enabled: choices.length > 0,
    submenu: choices.map((choice) => ({
      label: escapeLabel(nameOf(choice, choices)),
      enabled: choice.available,
      click: () => actions.open({ ref: choice.ref, name: choice.name }),
    })),
  }
}

/** Two files of one name are told apart by their folders. */
function nameOf(choice: RecordingChoice, among: readonly RecordingChoice[]): string {
  const twins = among.filter((other) => other.name === choice.name).length > 1
  return twins ? `${choice.name} (${choice.folder})` : choice.name
}

/** In a menu label `&` marks a letter, and a line has an end. */
function escapeLabel(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 59)}…` : text
  return shown.replaceAll('&', '&&')
}
