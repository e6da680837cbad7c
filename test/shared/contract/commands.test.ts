import { describe, expect, it } from 'vitest'
import { KINDS } from '../../../shared/annotation/kinds.ts'
import { COMMANDS, canRun, commandOf, isCommandId } from '../../../shared/contract/commands.ts'
import {
  acceleratorOf,
  commandForKey,
  formatKey,
  type KeyStroke,
  parseKey,
} from '../../../shared/contract/keys.ts'
import { THEMES } from '../../../shared/contract/settings.ts'
import { MONTAGES } from '../../../shared/montage/montages.ts'

function stroke(key: string, change: Partial<KeyStroke> = {}): KeyStroke {
  return { key, code: '', ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...change }
}

describe('the table of commands', () => {
  it('says each id once', () => {
    const ids = COMMANDS.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('gives no key to two commands', () => {
    const keys = COMMANDS.flatMap((command) => command.keys)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it.each(KINDS.map((kind) => [kind.code, kind] as const))(
    'has a row for the kind %s',
    (code, { label, key }) => {
      expect(commandOf(`mark:${code}`)).toMatchObject({ label, keys: [key], needs: 'set', group: 'mark' })
    },
  )

  it.each(MONTAGES.map((montage) => [montage.id, montage] as const))(
    'has a row for the montage %s, ticked while it holds',
    (id, { label, key }) => {
      expect(commandOf(`montage:${id}`)).toMatchObject({ label, keys: [key], chooses: { montage: id } })
    },
  )

  it.each(THEMES.map((theme) => [theme.id, theme.label] as const))(
    'has a row for the theme %s',
    (id, label) => {
      expect(commandOf(`theme:${id}`)).toMatchObject({ label, needs: 'nothing', chooses: { theme: id } })
    },
  )

  it('knows its own ids from other words', () => {
    expect(isCommandId('save')).toBe(true)
    expect(isCommandId('constructor')).toBe(false)
    expect(isCommandId(7)).toBe(false)
    expect(commandOf('save').label).toBe('Save set')
  })

  it('lets a command act only where what it needs is open', () => {
    const nothing = { recording: false, set: false }
    const recording = { recording: true, set: false }
    expect(COMMANDS.filter((command) => canRun(command, nothing)).map(({ needs }) => needs)).not.toContain(
      'recording',
    )
    expect(canRun(commandOf('notch'), nothing)).toBe(false)
    expect(canRun(commandOf('comment'), nothing)).toBe(false)
    expect(canRun(commandOf('notch'), recording)).toBe(true)
    expect(canRun(commandOf('comment'), recording)).toBe(false)
    expect(canRun(commandOf('comment'), { recording: true, set: true })).toBe(true)
    expect(canRun(commandOf('open'), nothing)).toBe(true)
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
    ['mark:hypnic_jerk', stroke('1')],
    ['reference', stroke('r')],
    ['ownMontage:1', stroke('1', { ctrlKey: true })],
    ['montage:bothEars', stroke('F6', { shiftKey: true })],
  ] as const)('calls %s', (id, given) => {
    expect(commandForKey(given, 'linux')).toBe(id)
  })

  it('with other modifiers calls nothing', () => {
    for (const given of [
      stroke('j', { altKey: true }),
      stroke('s', { ctrlKey: true, altKey: true }),
      stroke('n', { shiftKey: true }),
      stroke('r', { metaKey: true }),
      stroke('1', { altKey: true }),
      stroke('ArrowUp', { ctrlKey: true }),
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
    expect(commandForKey(stroke('&', { code: 'Digit1' }), 'linux')).toBe('mark:hypnic_jerk')
    expect(commandForKey(stroke('1', { code: 'Digit1', shiftKey: true }), 'linux')).toBe('mark:hypnic_jerk')
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
