/**
 * THE list of what a reader can command by key or menu. The native menu, the key help and the
 * palette are made from it, so that none of them can promise what another does not do.
 * A shell sends `{ type: 'command', command: id }`; the renderer decides what it does to what has
 * the focus (undo in a text field belongs to the text).
 */
import { KINDS, type MarkKind } from '../annotation/kinds.ts'

export const COMMAND_IDS = [
  'open',
  'openSample',
  'save',
  'saveAs',
  'openSet',
  'closeRecording',
  'print',
  'printPdf',
  'undo',
  'redo',
  'checkFile',
  'reload',
  'details',
  'nextPage',
  'previousPage',
  'stepForward',
  'stepBack',
  'toStart',
  'toEnd',
  'channelsUp',
  'channelsDown',
  'montageRecorded',
  'montageLongitudinal',
  'montageAverage',
  'sensitivityUp',
  'sensitivityDown',
  'timebaseShorter',
  'timebaseLonger',
  'notch',
  'togglePanel',
  'themeSystem',
  'themeLight',
  'themeDark',
  'calibrate',
  'markJerk',
  'markSpikeWave',
  'markMimic',
  'markUncertain',
  'markReviewed',
  'edgeStart',
  'edgeEnd',
  'nudgeEarlier',
  'nudgeLater',
  'cursorEarlier',
  'cursorLater',
  'cyclePart',
  'comment',
  'nextMark',
  'previousMark',
  'nextSameKind',
  'previousSameKind',
  'deleteMark',
  'cancel',
  'reference',
  'reviewer',
  'keys',
  'about',
] as const

export type CommandId = (typeof COMMAND_IDS)[number]

/** The menus in their order, and the headings of the key help. */
export const COMMAND_GROUPS = [
  { id: 'file', label: 'File' },
  { id: 'edit', label: 'Edit' },
  { id: 'recording', label: 'Recording' },
  { id: 'view', label: 'View' },
  { id: 'mark', label: 'Mark' },
  { id: 'reference', label: 'Reference' },
  { id: 'help', label: 'Help' },
] as const

export type CommandGroup = (typeof COMMAND_GROUPS)[number]['id']

export type Command = {
  readonly id: CommandId
  /** As in a menu; a shell adds the step's name to undo and redo. */
  readonly label: string
  readonly group: CommandGroup
  /**
   * Keys that call it, the one to show first, as modifiers and a KeyboardEvent.key: `Mod+S`, `Shift+Space`,
   * `[`. Mod is Command on a Mac, Ctrl elsewhere. Read by keys.ts.
   */
  readonly keys: readonly string[]
  /** false: a command of the keyboard alone, such as turning a page. */
  readonly inMenu: boolean
  /** A line above it in its menu. */
  readonly divider: boolean
  /** Commands that act on a recording are off while none is open. */
  readonly needs: 'nothing' | 'recording'
}

type Extra = Partial<Pick<Command, 'inMenu' | 'divider' | 'needs'>>

function command(
  id: CommandId,
  group: CommandGroup,
  label: string,
  keys: readonly string[],
  extra: Extra = {},
): Command {
  return { id, group, label, keys, inMenu: true, divider: false, needs: 'recording', ...extra }
}

function markCommand(id: CommandId, kind: MarkKind): Command {
  const facts = KINDS.find((candidate) => candidate.code === kind)!
  return command(id, 'mark', facts.label, [facts.key])
}

const always = { needs: 'nothing' } as const
const keyOnly = { inMenu: false } as const

export const COMMANDS: readonly Command[] = [
  command('open', 'file', 'Open…', ['Mod+O'], always),
  command('openSample', 'file', 'Open sample', [], always),
  command('openSet', 'file', 'Open set…', [], { divider: true }),
  command('save', 'file', 'Save set', ['Mod+S']),
  command('saveAs', 'file', 'Save set as…', ['Shift+Mod+S']),
  command('closeRecording', 'file', 'Close recording', ['Mod+W'], { divider: true }),

  command('undo', 'edit', 'Undo', ['Mod+Z']),
  command('redo', 'edit', 'Redo', ['Shift+Mod+Z', 'Mod+Y']),

  command('checkFile', 'recording', 'Check file', []),
  command('reload', 'recording', 'Reload from disk', []),
  command('details', 'recording', 'Details', [], { divider: true }),

  command('nextPage', 'view', 'Next page', ['PageDown', 'Space'], keyOnly),
  command('previousPage', 'view', 'Previous page', ['PageUp', 'Shift+Space'], keyOnly),
  command('stepForward', 'view', '1 second later', ['ArrowRight'], keyOnly),
  command('stepBack', 'view', '1 second earlier', ['ArrowLeft'], keyOnly),
  command('toStart', 'view', 'Start of the recording', ['Home'], keyOnly),
  command('toEnd', 'view', 'End of the recording', ['End'], keyOnly),
  command('sensitivityUp', 'view', 'Taller waves', ['ArrowUp', '+'], keyOnly),
  command('sensitivityDown', 'view', 'Lower waves', ['ArrowDown', '-'], keyOnly),
  command('timebaseShorter', 'view', 'Fewer seconds a page', ['Mod++'], keyOnly),
  command('timebaseLonger', 'view', 'More seconds a page', ['Mod+-'], keyOnly),
  command('channelsUp', 'view', 'Channels above, where not all fit', ['Shift+ArrowUp'], keyOnly),
  command('channelsDown', 'view', 'Channels below', ['Shift+ArrowDown'], keyOnly),
  command('notch', 'view', 'Notch filter: off, 50 Hz, 60 Hz', ['N'], keyOnly),
  command('montageRecorded', 'view', 'As recorded', ['F1']),
  command('montageLongitudinal', 'view', 'Longitudinal bipolar', ['F2']),
  command('montageAverage', 'view', 'Average reference', ['F3']),
  command('togglePanel', 'view', 'Side panel', ['P'], { ...always, divider: true }),
  command('themeSystem', 'view', 'Theme of the system', [], { ...always, divider: true }),
  command('themeLight', 'view', 'Light theme', [], always),
  command('themeDark', 'view', 'Dark theme', [], always),
  command('calibrate', 'view', 'Calibrate the screen…', [], { ...always, divider: true }),

  markCommand('markJerk', 'hypnic_jerk'),
  markCommand('markSpikeWave', 'spike_wave_3hz'),
  markCommand('markMimic', 'mimic'),
  markCommand('markUncertain', 'uncertain'),
  command('markReviewed', 'mark', 'Reviewed', ['V'], { divider: true }),
  command('nextMark', 'mark', 'Next mark', ['.'], { divider: true }),
  command('previousMark', 'mark', 'Previous mark', [',']),
  command('edgeStart', 'mark', 'Start at the cursor', ['['], keyOnly),
  command('edgeEnd', 'mark', 'End at the cursor', [']'], keyOnly),
  command('cursorEarlier', 'mark', 'Cursor 0.1 s earlier', ['Shift+ArrowLeft'], keyOnly),
  command('cursorLater', 'mark', 'Cursor 0.1 s later', ['Shift+ArrowRight'], keyOnly),
  command('nudgeEarlier', 'mark', '10 ms earlier', ['Alt+ArrowLeft'], keyOnly),
  command('nudgeLater', 'mark', '10 ms later', ['Alt+ArrowRight'], keyOnly),
  command('nextSameKind', 'mark', 'Next mark of the same kind', ['Shift+.', 'Shift+>'], keyOnly),
  command('previousSameKind', 'mark', 'Previous mark of the same kind', ['Shift+,', 'Shift+<'], keyOnly),
  command('cyclePart', 'mark', 'Alt with arrows moves: mark, start, end', ['E'], keyOnly),
  command('comment', 'mark', 'Comment…', ['C']),
  command('reviewer', 'mark', 'Reviewer…', []),
  command('deleteMark', 'mark', 'Delete mark', ['Delete', 'Backspace'], { divider: true }),
  command('cancel', 'mark', 'Let go of the selection', ['Escape'], keyOnly),

  command('reference', 'reference', 'Reference', ['R'], always),
  command('print', 'reference', 'Print reference…', ['Mod+P'], always),
  command('printPdf', 'reference', 'Keep reference as PDF…', [], always),

  command('keys', 'help', 'Keys', ['?'], always),
  command('about', 'help', 'About Hypnospike', [], always),
]

export function isCommandId(value: unknown): value is CommandId {
  return typeof value === 'string' && (COMMAND_IDS as readonly string[]).includes(value)
}

export function commandOf(id: CommandId): Command {
  return COMMANDS.find((candidate) => candidate.id === id)!
}
