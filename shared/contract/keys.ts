/** Keys of commands: told from keyboard events, and written for people and for Electron's menu. */
import { COMMANDS, type CommandId } from './commands.ts'
import type { ShellFacts } from './model.ts'

type Platform = ShellFacts['platform']

export type KeyStroke = {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly getModifierState?: (modifier: string) => boolean
}

type ParsedKey = {
  readonly mod: boolean
  readonly shift: boolean
  readonly alt: boolean
  /** A KeyboardEvent.key, with `Space` for the blank and letters in upper case. */
  readonly key: string
}

/** `Shift+Mod+Z` in parts. The key itself may be `+`. Throws a RangeError on an unknown modifier. */
export function parseKey(text: string): ParsedKey {
  const match = /^((?:Mod\+|Shift\+|Alt\+)*)([^+]+|\+)$/.exec(text)
  if (match === null) throw new RangeError(`${text} is no key`)
  const modifiers = match[1]!
  return {
    mod: modifiers.includes('Mod'),
    shift: modifiers.includes('Shift'),
    alt: modifiers.includes('Alt'),
    key: match[2]!,
  }
}

/** The command a key stroke calls, or null. Says nothing about whether a text field should have it instead. */
export function commandForKey(stroke: KeyStroke, platform: Platform): CommandId | null {
  for (const command of COMMANDS) {
    if (command.keys.some((key) => strokeIsKey(stroke, parseKey(key), platform))) return command.id
  }
  return null
}

function strokeIsKey(stroke: KeyStroke, key: ParsedKey, platform: Platform): boolean {
  // AltGr reaches a page as Ctrl and Alt together: on many layouts it is how [ and ] are typed at all.
  const altGraph = stroke.getModifierState?.('AltGraph') === true && isSymbol(stroke.key)
  const mod = platform === 'mac' ? stroke.metaKey : stroke.ctrlKey && !altGraph
  const foreign = platform === 'mac' ? stroke.ctrlKey : stroke.metaKey
  const alt = stroke.altKey && !altGraph && !(platform === 'mac' && isSymbol(stroke.key))
  if (mod !== key.mod || alt !== key.alt || foreign) return false
  const pressed =
    stroke.key === ' ' ? 'Space' : stroke.key.length === 1 ? stroke.key.toUpperCase() : stroke.key
  // Where a symbol or a digit lies under Shift is the keyboard layout's affair.
  if (isSymbol(key.key)) return pressed === key.key || isSameKeyElsewhere(stroke, key.key)
  return pressed === key.key && stroke.shiftKey === key.shift
}

/** American keyboards have + above =, French ones the digits above `&é"'`: the key still means what is meant. */
function isSameKeyElsewhere(stroke: KeyStroke, symbol: string): boolean {
  if (symbol === '+') return stroke.key === '='
  return stroke.code === `Digit${symbol}` && !stroke.shiftKey
}

function isSymbol(key: string): boolean {
  return key.length === 1 && key.toUpperCase() === key.toLowerCase() && key !== ' '
}

const SHOWN_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Escape: 'Esc',
}

/** For people: `Ctrl+Shift+S`, on a Mac `⇧⌘S`. */
export function formatKey(text: string, platform: Platform): string {
  const { mod, shift, alt, key } = parseKey(text)
  const name = SHOWN_NAMES[key] ?? (key === '-' ? '−' : key)
  if (platform === 'mac') return `${alt ? '⌥' : ''}${shift ? '⇧' : ''}${mod ? '⌘' : ''}${name}`
  return `${mod ? 'Ctrl+' : ''}${alt ? 'Alt+' : ''}${shift ? 'Shift+' : ''}${name}`
}

const ACCELERATOR_NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
}

/** For Electron's menu: `Shift+CmdOrCtrl+S`. */
export function acceleratorOf(text: string): string {
  const { mod, shift, alt, key } = parseKey(text)
  const name = ACCELERATOR_NAMES[key] ?? key
  return `${shift ? 'Shift+' : ''}${alt ? 'Alt+' : ''}${mod ? 'CmdOrCtrl+' : ''}${name}`
}
