/** Keys on the keyboards of the world. What each types: test/fixtures/keys/layouts.py, from xkeyboard-config. */
import { describe, expect, it } from 'vitest'
import { COMMANDS, type CommandId } from '../../../shared/contract/commands.ts'
import { commandForKey, type KeyStroke, parseKey, readKey } from '../../../shared/contract/keys.ts'
import layouts from '../../fixtures/keys/layouts.json' with { type: 'json' }

type Layout = keyof typeof layouts
type Held = { readonly mod?: boolean; readonly shift?: boolean; readonly altGraph?: boolean }

const OTHER_SCRIPTS: readonly Layout[] = [
  'Russian',
  'Ukrainian',
  'Bulgarian',
  'Serbian',
  'Greek',
  'Hebrew',
  'Arabic',
  'Arabic with Arabic digits',
  'Persian',
]
const LATIN: readonly Layout[] = ['US', 'Dvorak', 'German', 'French', 'Czech', 'Spanish', 'Turkish']

/** As a browser reports the key at this place; null where nothing is typed. */
function press(layout: Layout, code: string, held: Held = {}): KeyStroke | null {
  const keys = (layouts[layout] as unknown as Readonly<Record<string, readonly (string | null)[]>>)[code]!
  const key = keys[held.altGraph ? 2 : held.shift ? 1 : 0] ?? null
  if (key === null) return null
  return {
    key,
    code,
    ctrlKey: held.mod ?? false,
    metaKey: false,
    altKey: false,
    shiftKey: held.shift ?? false,
    getModifierState: (name) => name === 'AltGraph' && held.altGraph === true,
  }
}

function command(layout: Layout, code: string, held: Held = {}): CommandId | null {
  const stroke = press(layout, code, held)
  return stroke === null ? null : commandForKey(stroke, 'linux')
}

/** Every place and level of a keyboard at which the command is called. */
function placesOf(layout: Layout, id: CommandId, mod: boolean): readonly string[] {
  return Object.keys(layouts[layout]).flatMap((code) =>
    [{}, { shift: true }, { altGraph: true }]
      .filter((held) => command(layout, code, { ...held, mod }) === id)
      .map((held) => `${code} ${Object.keys(held).join()}`),
  )
}

describe.each(OTHER_SCRIPTS)('a %s keyboard', (layout) => {
  const letters = COMMANDS.flatMap(({ id, keys }) =>
    keys.map((text) => ({ id, text, ...parseKey(text) })).filter(({ key }) => /^[A-Z]$/.test(key)),
  )

  it('has every letter where an American one has it, with the same modifiers', () => {
    expect(letters.length).toBeGreaterThan(12)
    for (const { id, text, key, mod, shift } of letters) {
      expect(command(layout, `Key${key}`, { mod, shift }), text).toBe(id)
    }
  })

  it('has the digits of every kind of mark in their row', () => {
    for (const [code, id] of [
      ['Digit1', 'mark:hypnic_jerk'],
      ['Digit2', 'mark:spike_wave_3hz'],
      ['Digit3', 'mark:mimic'],
      ['Digit0', 'mark:uncertain'],
    ] as const) {
      expect(command(layout, code)).toBe(id)
    }
  })

  it.each([
    'edgeStart',
    'edgeEnd',
    'nextMark',
    'previousMark',
    'nextSameKind',
    'previousSameKind',
    'keys',
    'sensitivityUp',
    'sensitivityDown',
    'sideBySide',
  ] as const)('has a key for %s', (id) => {
    expect(placesOf(layout, id, false)).not.toEqual([])
  })

  it.each(['timebaseShorter', 'timebaseLonger'] as const)('has a key with Ctrl for %s', (id) => {
    expect(placesOf(layout, id, true)).not.toEqual([])
  })
})

describe('the brackets and signs', () => {
  it.each<[Layout, string, Held, CommandId | null]>([
    ['Russian', 'BracketLeft', {}, 'edgeStart'],
    ['Russian', 'BracketRight', {}, 'edgeEnd'],
    ['Russian', 'BracketLeft', { shift: true }, null],
    ['Russian', 'Period', {}, 'nextMark'],
    ['Russian', 'Comma', {}, 'previousMark'],
    ['Russian', 'Period', { shift: true }, 'nextSameKind'],
    ['Russian', 'Slash', {}, 'nextMark'],
    ['Russian', 'Slash', { shift: true }, 'previousMark'],
    ['Russian', 'Digit7', { shift: true }, 'keys'],
    ['Ukrainian', 'BracketRight', {}, 'edgeEnd'],
    ['Bulgarian', 'BracketRight', {}, 'edgeEnd'],
    ['Greek', 'BracketLeft', {}, 'edgeStart'],
    ['Greek', 'Slash', { shift: true }, 'keys'],
    // What is on the keycap: Hebrew has them mirrored.
    ['Hebrew', 'BracketLeft', {}, 'edgeEnd'],
    ['Hebrew', 'BracketRight', {}, 'edgeStart'],
    ['Hebrew', 'Slash', {}, 'nextMark'],
    ['Hebrew', 'Slash', { shift: true }, 'keys'],
    ['Hebrew', 'Comma', {}, 'previousMark'],
    ['Arabic', 'BracketLeft', {}, 'edgeStart'],
    ['Arabic', 'Slash', { shift: true }, 'keys'],
    // The other set of digits is typed with AltGr.
    ['Arabic', 'Digit1', { altGraph: true }, 'mark:hypnic_jerk'],
    ['Arabic with Arabic digits', 'Digit1', { altGraph: true }, 'mark:hypnic_jerk'],
    ['Persian', 'Slash', { shift: true }, 'keys'],
    // A dead key types nothing of its own.
    ['Spanish', 'BracketLeft', {}, 'edgeStart'],
    ['Spanish', 'BracketLeft', { altGraph: true }, 'edgeStart'],
    ['German', 'Digit8', { altGraph: true }, 'edgeStart'],
    ['French', 'Digit5', { altGraph: true }, 'edgeStart'],
    ['Czech', 'BracketLeft', { altGraph: true }, 'edgeStart'],
  ])('of a %s keyboard: %s %o is %s', (layout, code, held, id) => {
    expect(command(layout, code, held)).toBe(id)
  })
})

describe.each(LATIN)('a %s keyboard', (layout) => {
  it('has every letter where it is typed, and nowhere else', () => {
    for (const { id, keys } of COMMANDS) {
      for (const text of keys) {
        const { key, mod, shift } = parseKey(text)
        if (!/^[A-Z]$/.test(key)) continue
        for (const code of Object.keys(layouts[layout])) {
          const stroke = press(layout, code, { mod, shift })
          const isTyped = stroke?.key.toUpperCase() === key
          expect(command(layout, code, { mod, shift }) === id, `${text} at ${code}`).toBe(isTyped)
        }
      }
    }
  })

  it('has a key for pages side by side, with AltGr where the sign is typed so', () => {
    expect(placesOf(layout, 'sideBySide', false)).not.toEqual([])
  })

  it('has the digits in their row, typed with Shift or without', () => {
    for (const digit of ['1', '2', '3', '0']) {
      const id = COMMANDS.find(({ keys }) => keys.some((key) => key === digit))!.id
      expect(command(layout, `Digit${digit}`)).toBe(id)
      const shifted = press(layout, `Digit${digit}`, { shift: true })!
      expect(commandForKey(shifted, 'linux') === id).toBe(shifted.key === digit)
    }
  })

  it('has no digit with AltGr, which types something else', () => {
    for (const digit of ['1', '2', '3', '0']) {
      const found = command(layout, `Digit${digit}`, { altGraph: true })
      expect(String(found).startsWith('mark:'), `${digit} ${found}`).toBe(false)
    }
  })
})

describe('a stroke', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false }

  it('of Option and a digit on a Mac is no digit', () => {
    const given = { ...plain, key: '¡', code: 'Digit1', altKey: true }
    expect(commandForKey(given, 'mac')).toBe(null)
  })

  it('of Option and a letter of another script on a Mac is no letter', () => {
    const given = { ...plain, key: 'к', code: 'KeyR', altKey: true }
    expect(commandForKey(given, 'mac')).toBe(null)
    expect(commandForKey({ ...given, key: 'ר', altKey: true }, 'mac')).toBe(null)
  })

  it('with Command on a Mac is told by its place too', () => {
    expect(commandForKey({ ...plain, key: 'ы', code: 'KeyS', metaKey: true }, 'mac')).toBe('save')
  })

  it.each(['Enter', 'Tab', 'Process', 'Unidentified', 'F5', 'Control'])('of %s is read as it is', (key) => {
    expect(readKey({ ...plain, key, code: 'KeyS' })).toEqual([key])
  })

  it('that types two letters at once is told by its place', () => {
    expect(readKey({ ...plain, key: 'لا', code: 'KeyB' })).toEqual(['B'])
  })

  it('at a place that no American key has is what was typed', () => {
    expect(readKey({ ...plain, key: 'ё', code: 'Backquote' })).toEqual(['Ё'])
  })

  it('of the numeric keypad types digits of another script', () => {
    expect(commandForKey({ ...plain, key: '٢', code: 'Numpad2' }, 'windows')).toBe('mark:spike_wave_3hz')
    expect(readKey({ ...plain, key: 'End', code: 'Numpad1' })).toEqual(['End'])
  })
})
