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
  for (const reading of readKey(stroke)) {
    for (const command of COMMANDS) {
      if (command.keys.some((key) => strokeIsKey(stroke, reading, parseKey(key), platform))) return command.id
    }
  }
  return null
}

/**
 * What a stroke may mean, the likeliest first, in the words of `keys`: a Latin letter or a symbol is what was typed,
 * wherever it lies (Dvorak, AZERTY, QWERTZ). Where another script is typed, or a dead key, the place of the key on
 * an American keyboard tells, as it does on the keycaps of such keyboards. The digit row means its digits also where
 * they are typed with Shift, as on French and Czech keyboards.
 */
export function readKey(stroke: KeyStroke): readonly string[] {
  const { key, code } = stroke
  const typed = key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]
  // Arabic, Persian and other digits, wherever they are typed.
  if (digit !== undefined && /^\p{Nd}$/u.test(key)) return [digit]
  const isPlain = !stroke.shiftKey && !stroke.altKey && !isAltGraph(stroke)
  if (digit !== undefined && code.startsWith('Digit') && isPlain) {
    // Brackets lie nowhere else on a programmer's keyboard; + has its other keys.
    return key === '[' || key === ']' ? [typed, digit] : [digit, typed]
  }
  const symbol = SAME_SYMBOLS[key] ?? UNTYPED[`${code} ${key}`]
  if (symbol !== undefined) return [symbol]
  if ((key === 'Dead' || isOtherScript(key)) && !isAltGraph(stroke)) return [americanKey(stroke) ?? typed]
  return [typed]
}

/** Letters and vowel signs, one key's worth: Arabic has a key for two of them. Names of keys are Latin. */
function isOtherScript(key: string): boolean {
  return /^[\p{L}\p{M}]{1,3}$/u.test(key) && !/\p{Script=Latin}/u.test(key)
}

function isAltGraph(stroke: KeyStroke): boolean {
  return stroke.getModifierState?.('AltGraph') === true
}

/** Symbols of other scripts that are the same in meaning. */
const SAME_SYMBOLS: Readonly<Record<string, string>> = { '؟': '?', '\u037e': '?', '،': ',' }

/** By code and typed sign: where a keyboard of another script has a sign at the only place of the key meant. */
const UNTYPED: Readonly<Record<string, string>> = {
  // Arabic, with Shift; Hebrew; Bulgarian.
  'Backslash „': '\\',
  'KeyZ ~': 'Z',
  'KeyD ]': 'D',
  "KeyW '": 'W',
  'BracketRight ;': ']',
  // Arabic and Persian, with Shift.
  'KeyL /': 'L',
  'KeyL «': 'L',
  'KeyC }': 'C',
  "KeyM '": 'M',
  'KeyU `': 'U',
}

const AMERICAN_SYMBOLS: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  BracketLeft: ['[', '{'],
  BracketRight: [']', '}'],
  Backslash: ['\\', '|'],
  Comma: [',', '<'],
  Period: ['.', '>'],
  Slash: ['/', '?'],
  Minus: ['-', '_'],
  Equal: ['=', '+'],
}

function americanKey({ code, shiftKey }: KeyStroke): string | null {
  const letter = /^Key([A-Z])$/.exec(code)?.[1]
  return letter ?? AMERICAN_SYMBOLS[code]?.[shiftKey ? 1 : 0] ?? null
}

function strokeIsKey(stroke: KeyStroke, reading: string, key: ParsedKey, platform: Platform): boolean {
  // AltGr reaches a page as Ctrl and Alt together: on many layouts it is how [ and ] are typed at all.
  const altGraph = isAltGraph(stroke) && isSymbol(stroke.key)
  const mod = platform === 'mac' ? stroke.metaKey : stroke.ctrlKey && !altGraph
  const foreign = platform === 'mac' ? stroke.ctrlKey : stroke.metaKey
  const alt = stroke.altKey && !altGraph && !(platform === 'mac' && isSymbol(stroke.key))
  if (mod !== key.mod || alt !== key.alt || foreign) return false
  // Where a symbol or a digit lies under Shift is the keyboard layout's affair; American keyboards have + above =.
  if (isSymbol(key.key)) return reading === key.key || (key.key === '+' && reading === '=')
  return reading === key.key && stroke.shiftKey === key.shift
}

/** A digit, a bracket, a sign: no letter of any script and no blank. */
function isSymbol(key: string): boolean {
  return /^[^\p{L}\p{M}\s]$/u.test(key)
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
