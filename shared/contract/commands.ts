/**
 * THE table of what a reader can command: a row a command, with all that is known of it. Keys, the native menu, the
 * window's menu, the key help and the palette are views of it, so that none of them can promise what another does
 * not do. What a command does stands in renderer/commands/actions.ts, where a row without an action does not compile.
 * Montages, kinds of mark and themes bring their rows with them from their own tables.
 */
import { KINDS } from '../annotation/kinds.ts'
import { MONTAGES, type MontageId } from '../montage/montages.ts'
import { THEMES, type Theme } from './settings.ts'

/** The menus in their order, and the headings of the key help. */
export const COMMAND_GROUPS = [
  { id: 'file', label: 'File' },
  { id: 'edit', label: 'Edit' },
  { id: 'recording', label: 'Recording' },
  { id: 'view', label: 'View' },
  { id: 'mark', label: 'Mark' },
  { id: 'learn', label: 'Learn' },
  { id: 'reference', label: 'Reference' },
  { id: 'help', label: 'Help' },
] as const

export type CommandGroup = (typeof COMMAND_GROUPS)[number]['id']

/** What a held key does: nothing more, the same again, or the same again once the page it asked for is shown. */
type Repeats = 'no' | 'yes' | 'page by page'

type Row<Id extends string = string> = {
  readonly id: Id
  /** As in a menu; a shell adds the step's name to undo and redo. */
  readonly label: string
  readonly group: CommandGroup
  /**
   * Keys that call it, the one to show first, as modifiers and a KeyboardEvent.key: `Mod+S`, `Shift+Space`,
   * `[`. Mod is Command on a Mac, Ctrl elsewhere. Read by keys.ts.
   */
  readonly keys: readonly string[]
  /** What must be open for it to mean anything: while it is not, key, menu and palette leave it alone. */
  readonly needs: 'nothing' | 'recording' | 'set'
  readonly repeats: Repeats
  /** Also while a text field or a dialog has the focus: only keys that no text has. */
  readonly inText: boolean
  /** false: a command of the keyboard and the palette alone, such as turning a page. */
  readonly inMenu: boolean
  /** A line above it in its menu. */
  readonly divider: boolean
  /** It chooses one of a few: the one that holds is ticked in a menu. */
  readonly chooses: { readonly montage: MontageId } | { readonly theme: Theme } | null
}

type Details = Partial<Omit<Row, 'id' | 'group' | 'label' | 'keys'>>

function row<const Id extends string>(
  id: Id,
  group: CommandGroup,
  label: string,
  keys: readonly string[],
  details: Details = {},
): Row<Id> {
  return {
    ...{ id, group, label, keys, needs: 'recording', repeats: 'no', inText: false },
    ...{ inMenu: true, divider: false, chooses: null },
    ...details,
  }
}

const always = { needs: 'nothing' } as const
const ofSet = { needs: 'set' } as const
/** Not in a menu. */
const byKey = { inMenu: false } as const
const stepping = { inMenu: false, repeats: 'yes' } as const
const moving = { inMenu: false, repeats: 'page by page' } as const

const montageRows = MONTAGES.map(({ id, label, key }) =>
  row(`montage:${id}` as const, 'view', label, [key], { chooses: { montage: id } }),
)

/** The first nine that the reader has made, in their order. */
const ownRows = ([1, 2, 3, 4, 5, 6, 7, 8, 9] as const).map((number) =>
  row(`ownMontage:${number}` as const, 'view', `Own montage ${number}`, [`Mod+${number}`], byKey),
)

const themeRows = THEMES.map(({ id, label }, index) =>
  row(`theme:${id}` as const, 'view', label, [], { ...always, divider: index === 0, chooses: { theme: id } }),
)

const kindRows = KINDS.map(({ code, label, key }) =>
  row(`mark:${code}` as const, 'mark', label, [key], ofSet),
)

export const COMMANDS = [
  row('open', 'file', 'Open…', ['Mod+O'], { ...always, inText: true }),
  row('openSample', 'file', 'Open sample', [], always),
  row('openSet', 'file', 'Open set…', [], { divider: true }),
  row('save', 'file', 'Save set', ['Mod+S'], { ...ofSet, inText: true }),
  row('saveAs', 'file', 'Save set as…', ['Shift+Mod+S'], { ...ofSet, inText: true }),
  row('exportSet', 'file', 'Export set…', [], { ...ofSet, divider: true }),
  row('importMarks', 'file', 'Import marks…', [], ofSet),
  row('takeOver', 'file', 'Take over the file’s annotations…', [], ofSet),
  row('exportClip', 'file', 'Export clip…', [], { divider: true }),
  row('exportCopy', 'file', 'Export a de-identified copy…', []),
  row('figure', 'file', 'Figure…', ['F']),
  row('closeRecording', 'file', 'Close recording', ['Mod+W'], { divider: true, inText: true }),

  // In a text field both belong to the text, whatever is open.
  row('undo', 'edit', 'Undo', ['Mod+Z'], { ...always, repeats: 'yes' }),
  row('redo', 'edit', 'Redo', ['Shift+Mod+Z', 'Mod+Y'], { ...always, repeats: 'yes' }),

  row('checkFile', 'recording', 'Check file', []),
  row('reload', 'recording', 'Reload from disk', []),
  row('details', 'recording', 'Details', [], { divider: true }),

  row('nextPage', 'view', 'Next page', ['PageDown', 'Space'], moving),
  row('previousPage', 'view', 'Previous page', ['PageUp', 'Shift+Space'], moving),
  row('stepForward', 'view', '1 second later', ['ArrowRight'], moving),
  row('stepBack', 'view', '1 second earlier', ['ArrowLeft'], moving),
  row('goTo', 'view', 'Go to…', ['G']),
  row('toStart', 'view', 'Start of the recording', ['Home'], byKey),
  row('toEnd', 'view', 'End of the recording', ['End'], byKey),
  row('goBack', 'view', 'Back to where you were', ['J']),
  row('goForward', 'view', 'Forward again', ['Shift+J'], byKey),
  row('fillPage', 'view', 'Selection over the whole page', ['Z']),
  row('overviewCloser', 'view', 'Overview: closer', ['U'], { ...byKey, repeats: 'yes' }),
  row('overviewWider', 'view', 'Overview: wider', ['Shift+U'], { ...byKey, repeats: 'yes' }),
  row('overviewWhole', 'view', 'Overview: whole recording', [], byKey),
  row('sensitivityUp', 'view', 'Taller waves', ['ArrowUp', '+'], stepping),
  row('sensitivityDown', 'view', 'Lower waves', ['ArrowDown', '-'], stepping),
  row('timebaseShorter', 'view', 'Fewer seconds a page', ['Mod++'], byKey),
  row('timebaseLonger', 'view', 'More seconds a page', ['Mod+-'], byKey),
  row('channelsUp', 'view', 'Channels above, where not all fit', ['Shift+ArrowUp'], stepping),
  row('channelsDown', 'view', 'Channels below', ['Shift+ArrowDown'], stepping),
  row('lowFrequency', 'view', 'Low-frequency filter: next', ['L'], byKey),
  row('lowFrequencyBack', 'view', 'Low-frequency filter: previous', ['Shift+L'], byKey),
  row('highFrequency', 'view', 'High-frequency filter: next', ['H'], byKey),
  row('highFrequencyBack', 'view', 'High-frequency filter: previous', ['Shift+H'], byKey),
  row('notch', 'view', 'Notch filter: off, 50 Hz, 60 Hz', ['N'], byKey),
  row('direction', 'view', 'Filters: zero-phase or causal', [], byKey),
  row('channels', 'view', 'Channels…', ['Shift+C']),
  row('keepDefaultView', 'view', 'Open recordings like this one', [], byKey),
  row('forgetDefaultView', 'view', 'Open recordings as at first', [], byKey),
  ...montageRows,
  ...ownRows,
  row('montages', 'view', 'Your own montages…', ['Shift+F1'], always),
  row('evidence', 'view', 'Evidence: measured, spectrum, scalp maps', ['I'], { divider: true }),
  row('spectrum', 'view', 'Spectrum', [], byKey),
  row('spectrogram', 'view', 'Spectrogram of the whole recording', ['W']),
  row('bandMaps', 'view', 'Scalp maps of the power in each band', [], byKey),
  row('cursorMap', 'view', 'Scalp map at the cursor', [], byKey),
  row('sideBySide', 'view', 'Side by side', ['\\'], { divider: true }),
  row('besideRecording', 'view', 'Another recording beside this one…', []),
  row('otherPage', 'view', 'Keys act on the other page', ['T'], byKey),
  row('alignPage', 'view', 'Align the page at the mark’s onset, else at the cursor', ['A'], byKey),
  row('turnTogether', 'view', 'Turn both pages together', [], byKey),
  row('values', 'view', 'Every channel’s value at the cursor', ['X'], { divider: true }),
  row('findNotes', 'view', 'Find in the notes…', ['Mod+F']),
  row('calipers', 'view', 'Calipers', ['K']),
  row('caliperPeaks', 'view', 'Calipers to the nearest peaks', ['S'], byKey),
  row('caliperUp', 'view', 'Calipers one channel up', ['Alt+ArrowUp'], stepping),
  row('caliperDown', 'view', 'Calipers one channel down', ['Alt+ArrowDown'], stepping),
  row('caliperComment', 'view', 'What the calipers read into the comment', ['Enter'], byKey),
  row('togglePanel', 'view', 'Side panel', ['P'], always),
  ...themeRows,
  row('calibrate', 'view', 'Calibrate the screen…', [], { ...always, divider: true }),

  ...kindRows,
  row('markReviewed', 'mark', 'Reviewed', ['V'], { ...ofSet, divider: true }),
  row('nextMark', 'mark', 'Next mark', ['.'], { ...ofSet, repeats: 'yes', divider: true }),
  row('previousMark', 'mark', 'Previous mark', [','], { ...ofSet, repeats: 'yes' }),
  row('edgeStart', 'mark', 'Start at the cursor', ['['], byKey),
  row('edgeEnd', 'mark', 'End at the cursor', [']'], byKey),
  row('cursorEarlier', 'mark', 'Cursor 0.1 s earlier', ['Shift+ArrowLeft'], moving),
  row('cursorLater', 'mark', 'Cursor 0.1 s later', ['Shift+ArrowRight'], moving),
  row('cursorSecondEarlier', 'mark', 'Cursor 1 s earlier', ['Shift+Mod+ArrowLeft'], moving),
  row('cursorSecondLater', 'mark', 'Cursor 1 s later', ['Shift+Mod+ArrowRight'], moving),
  row('cursorFineEarlier', 'mark', 'Cursor 10 ms earlier', ['Shift+Alt+ArrowLeft'], moving),
  row('cursorFineLater', 'mark', 'Cursor 10 ms later', ['Shift+Alt+ArrowRight'], moving),
  row('cursorSampleBefore', 'mark', 'Cursor to the sample before', ['Mod+ArrowLeft'], moving),
  row('cursorSampleAfter', 'mark', 'Cursor to the sample after', ['Mod+ArrowRight'], moving),
  row('nudgeEarlier', 'mark', 'Mark, or the edge chosen, 10 ms earlier', ['Alt+ArrowLeft'], stepping),
  row('nudgeLater', 'mark', 'Mark, or the edge chosen, 10 ms later', ['Alt+ArrowRight'], stepping),
  row('nextSameKind', 'mark', 'Next mark of the same kind', ['Shift+.', 'Shift+>'], { ...ofSet, ...byKey }),
  row('previousSameKind', 'mark', 'Previous mark of the same kind', ['Shift+,', 'Shift+<'], {
    ...ofSet,
    ...byKey,
  }),
  row(
    'cyclePart',
    'mark',
    'Choose what moves: the whole mark, its start or its end; of calipers the second point, the first or both',
    ['E'],
    byKey,
  ),
  row('comment', 'mark', 'Comment…', ['C'], ofSet),
  row('reviewer', 'mark', 'Reviewer…', []),
  row('changes', 'mark', 'Show changes…', [], ofSet),
  row('signOff', 'mark', 'Sign off…', [], ofSet),
  row('blindReview', 'mark', 'Begin a blind review…', [], ofSet),
  row('ownSet', 'mark', 'Back to your own set', ['M'], ofSet),
  row('lanes', 'mark', 'Sets of others as lanes', ['O'], ofSet),
  row('compare', 'mark', 'Compare sets', ['Shift+R'], { ...ofSet, divider: true }),
  row('scoreAgainstKey', 'mark', 'Score me against the key', [], ofSet),
  row('nextDisagreement', 'mark', 'Next disagreement', ['D'], { ...ofSet, repeats: 'yes' }),
  row('previousDisagreement', 'mark', 'Previous disagreement', ['Shift+D'], { ...ofSet, repeats: 'yes' }),
  row('consensus', 'mark', 'Decide in a consensus set…', [], ofSet),
  row('findCandidates', 'mark', 'Find candidates', [], { divider: true }),
  row('restoreView', 'mark', 'Restore the view of this mark', ['B'], ofSet),
  row('deleteMark', 'mark', 'Delete mark', ['Delete', 'Backspace'], { ...ofSet, divider: true }),
  row('cancel', 'mark', 'Let go of the selection', ['Escape'], byKey),

  row('addToLesson', 'learn', 'Add to lesson', ['Shift+A'], ofSet),
  row('lessons', 'learn', 'Lessons', ['Shift+T']),
  row('exportPack', 'learn', 'Export the lesson as a pack…', []),
  row('takeQuiz', 'learn', 'Take a quiz…', ['Shift+E'], { ...always, divider: true }),
  row('quizResults', 'learn', 'Results…', [], always),

  row('reference', 'reference', 'Reference', ['R'], always),
  row('print', 'reference', 'Print reference…', ['Mod+P'], { ...always, inText: true }),
  row('printPdf', 'reference', 'Keep reference as PDF…', [], always),

  row('palette', 'help', 'Find a command…', ['Mod+K'], { ...always, inText: true }),
  row('keys', 'help', 'Keys', ['?'], always),
  row('about', 'help', 'About Hypnospike', [], always),
]

export const OWN_COMMANDS: readonly { readonly id: CommandId }[] = ownRows

export type CommandId = (typeof COMMANDS)[number]['id']
export type Command = Row<CommandId>

const byId = new Map<string, Command>(COMMANDS.map((command) => [command.id, command]))

export function isCommandId(value: unknown): value is CommandId {
  return typeof value === 'string' && byId.has(value)
}

export function commandOf(id: CommandId): Command {
  return byId.get(id)!
}

/** Whether it means anything while this is open; one rule for keys, menus and the palette. */
export function canRun(
  command: Pick<Command, 'needs'>,
  open: { readonly recording: boolean; readonly set: boolean },
): boolean {
  return command.needs === 'nothing' || open[command.needs]
}
