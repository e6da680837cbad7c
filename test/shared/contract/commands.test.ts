import { describe, expect, it } from 'vitest'
import { KINDS } from '../../../shared/annotation/kinds.ts'
import { COMMAND_IDS, COMMANDS, commandOf, isCommandId } from '../../../shared/contract/commands.ts'
import {
  acceleratorOf,
  commandForKey,
  formatKey,
  type KeyStroke,
  parseKey,
} from '../../../shared/contract/keys.ts'

function stroke(key: string, change: Partial<KeyStroke> = {}): KeyStroke {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...change }
}

describe('the list of commands', () => {
  it('says each id once', () => {
    expect(COMMANDS.map(({ id }) => id).sort()).toEqual([...COMMAND_IDS].sort())
  })

  it('gives no key to two commands', () => {
    const keys = COMMANDS.flatMap((command) => command.keys)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('has a command with the label and key of each kind of mark', () => {
    for (const kind of KINDS) {
      const found = COMMANDS.filter((command) => command.keys.includes(kind.key))
      expect(found.map(({ label }) => label)).toEqual([kind.label])
    }
  })

  it('knows its own ids from other words', () => {
    expect(isCommandId('save')).toBe(true)
    expect(isCommandId('constructor')).toBe(false)
    expect(isCommandId(7)).toBe(false)
    expect(commandOf('save').label).toBe('Save set')
  })
})

describe('a key stroke', () => {
  it.each([
    ['save', stroke('s', { ctrlKey: true })],
    ['saveAs', stroke('S', { ctrlKey: true, shiftKey: true })],
    ['undo', stroke('z', { ctrlKey: true })],
    ['redo', stroke('Z', { ctrlKey: true, shiftKey: true })],
    ['redo', stroke('y', { ctrlKey: true })],
    ['nextPage', stroke(' ')],
    ['previousPage', stroke(' ', { shiftKey: true })],
    ['stepBack', stroke('ArrowLeft')],
    ['nudgeEarlier', stroke('ArrowLeft', { altKey: true })],
    ['timebaseShorter', stroke('+', { ctrlKey: true, shiftKey: true })],
    ['timebaseShorter', stroke('=', { ctrlKey: true })],
    ['timebaseLonger', stroke('-', { ctrlKey: true })],
    ['sensitivityUp', stroke('+', { shiftKey: true })],
    ['keys', stroke('?', { shiftKey: true })],
    ['markJerk', stroke('1')],
    ['reference', stroke('r')],
  ] as const)('calls %s', (id, given) => {
    expect(commandForKey(given, 'linux')).toBe(id)
  })

  it('with other modifiers calls nothing', () => {
    for (const given of [
      stroke('s'),
      stroke('s', { ctrlKey: true, altKey: true }),
      stroke('r', { shiftKey: true }),
      stroke('r', { metaKey: true }),
      stroke('1', { ctrlKey: true }),
      stroke('ArrowLeft', { ctrlKey: true }),
      stroke('q'),
    ]) {
      expect(commandForKey(given, 'linux'), JSON.stringify(given)).toBe(null)
    }
  })

  it('uses Command on a Mac, and there only', () => {
    expect(commandForKey(stroke('s', { metaKey: true }), 'mac')).toBe('save')
    expect(commandForKey(stroke('s', { ctrlKey: true }), 'mac')).toBe(null)
    expect(commandForKey(stroke('s', { metaKey: true }), 'windows')).toBe(null)
  })

  it('means the digit on a French keyboard, where 1 is typed with Shift', () => {
    expect(commandForKey(stroke('&', { code: 'Digit1' }), 'linux')).toBe('markJerk')
    expect(commandForKey(stroke('1', { code: 'Digit1', shiftKey: true }), 'linux')).toBe('markJerk')
  })

  it('means the bracket on a German keyboard, where [ is typed with AltGr', () => {
    const given = stroke('[', {
      ctrlKey: true,
      altKey: true,
      getModifierState: (name) => name === 'AltGraph',
    })
    expect(commandForKey(given, 'windows')).toBe('edgeStart')
    // A Mac types it with Option.
    expect(commandForKey(stroke('[', { altKey: true }), 'mac')).toBe('edgeStart')
  })
})

describe('a key written', () => {
  it.each([
    ['Shift+Mod+S', 'Ctrl+Shift+S', '⇧⌘S', 'Shift+CmdOrCtrl+S'],
    ['Mod++', 'Ctrl++', '⌘+', 'CmdOrCtrl+Plus'],
    ['Mod+-', 'Ctrl+−', '⌘−', 'CmdOrCtrl+-'],
    ['Alt+ArrowLeft', 'Alt+←', '⌥←', 'Alt+Left'],
    ['PageDown', 'Page Down', 'Page Down', 'PageDown'],
    ['[', '[', '[', '['],
  ])('%s', (key, elsewhere, mac, accelerator) => {
    expect(formatKey(key, 'windows')).toBe(elsewhere)
    expect(formatKey(key, 'mac')).toBe(mac)
    expect(acceleratorOf(key)).toBe(accelerator)
  })

  it('with an unknown modifier is refused', () => {
    expect(() => parseKey('Hyper+S')).toThrow(RangeError)
  })
})
