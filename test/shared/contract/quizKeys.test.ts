/** Keys of the quiz on the keyboards of the world, and which commands mean anything while it asks. */
import { describe, expect, it } from 'vitest'
import { COMMANDS, type CommandId, commandOf } from '../../../shared/contract/commands.ts'
import type { KeyStroke } from '../../../shared/contract/keys.ts'
import { canRunInQuiz, criterionAnswerOf, QUIZ_KEYS, quizVerbOf } from '../../../shared/contract/quizKeys.ts'
import layouts from '../../fixtures/keys/layouts.json' with { type: 'json' }

type Layout = keyof typeof layouts
type Held = { readonly ctrlKey?: boolean; readonly shiftKey?: boolean; readonly altGraph?: boolean }

function stroke(key: string, code = '', held: Held = {}): KeyStroke {
  const { ctrlKey = false, shiftKey = false, altGraph = false } = held
  const getModifierState = (name: string) => altGraph && name === 'AltGraph'
  return { key, code, ctrlKey, metaKey: false, altKey: false, shiftKey, getModifierState }
}

/** As a browser reports the key at this place. */
function press(layout: Layout, code: string, level: 0 | 1 | 2 = 0): KeyStroke | null {
  const keys = (layouts[layout] as unknown as Readonly<Record<string, readonly (string | null)[]>>)[code]!
  const key = keys[level] ?? null
  return key === null ? null : stroke(key, code, { shiftKey: level === 1, altGraph: level === 2 })
}

const LAYOUTS = Object.keys(layouts) as Layout[]
const OTHER_SCRIPTS: readonly Layout[] = ['Russian', 'Greek', 'Hebrew', 'Arabic', 'Persian', 'Bulgarian']

describe('a key of the quiz', () => {
  it.each([
    ['4', 'asked', 'nothing'],
    ['c', 'asked', 'confidence'],
    ['f', 'asked', 'criteria'],
    ['Enter', 'asked', 'go'],
    ['Enter', 'answered', 'go'],
    ['\\', 'answered', 'pair'],
    ['t', 'answered', 'reference'],
    ['b', 'answered', 'expert'],
    ['Escape', 'asked', 'leave'],
    ['Escape', 'answered', 'leave'],
    // What shows the answer shows nothing before it, and what says it nothing after.
    ['\\', 'asked', null],
    ['b', 'asked', null],
    ['t', 'asked', null],
    ['4', 'answered', null],
    ['c', 'answered', null],
  ] as const)('%s, %s: %s', (key, phase, verb) => {
    expect(quizVerbOf(stroke(key), phase)).toBe(verb)
  })

  it('with Ctrl, or a letter with Shift, is another key', () => {
    expect(quizVerbOf(stroke('c', 'KeyC', { ctrlKey: true }), 'asked')).toBe(null)
    expect(quizVerbOf(stroke('C', 'KeyC', { shiftKey: true }), 'asked')).toBe(null)
    expect(criterionAnswerOf(stroke('Y', 'KeyY', { shiftKey: true }))).toBe(null)
    expect(criterionAnswerOf(stroke('y', 'KeyY'))).toBe('yes')
  })

  it.each(LAYOUTS)('is there on a %s keyboard: 4 in its row, and \\', (layout) => {
    expect(quizVerbOf(press(layout, 'Digit4')!, 'asked')).toBe('nothing')
    const codes = Object.keys(layouts[layout])
    const levels = [0, 1, 2] as const
    const found = codes.flatMap((code) => levels.flatMap((level) => press(layout, code, level) ?? []))
    expect(found.some((each) => quizVerbOf(each, 'answered') === 'pair')).toBe(true)
  })

  it.each(OTHER_SCRIPTS)('lies on a %s keyboard where an American one has it', (layout) => {
    for (const { does, key, in: phases } of QUIZ_KEYS.filter(({ key: each }) => /^[A-Z]$/.test(each))) {
      expect(quizVerbOf(press(layout, `Key${key}`)!, phases[0]), key).toBe(does)
    }
    expect(['N', 'U', 'L', 'Y'].map((key) => criterionAnswerOf(press(layout, `Key${key}`)!))).toEqual([
      'no',
      'unlikely',
      'likely',
      'yes',
    ])
  })
})

describe('a command in a quiz', () => {
  const runs = (id: CommandId, mode: 'locate' | 'label', phase: 'coming' | 'asked' | 'answered') =>
    canRunInQuiz(commandOf(id), { mode, phase })

  it('that looks at the page means what it means anywhere', () => {
    const looking: readonly CommandId[] = [
      'montage:average',
      'sensitivityUp',
      'lowFrequency',
      'calipers',
      'keys',
    ]
    for (const id of looking) {
      expect(runs(id, 'label', 'asked'), id).toBe(true)
      expect(runs(id, 'locate', 'answered'), id).toBe(true)
    }
  })

  it('marks before the answer alone, and only where a place is asked for', () => {
    const marking: readonly CommandId[] = [
      'mark:hypnic_jerk',
      'mark:mimic',
      'edgeStart',
      'undo',
      'deleteMark',
    ]
    for (const id of marking) {
      expect(runs(id, 'locate', 'asked'), id).toBe(true)
      expect(runs(id, 'label', 'asked'), id).toBe(false)
      expect(runs(id, 'locate', 'answered'), id).toBe(false)
    }
  })

  it('that measures or tells what is published waits for the answer', () => {
    const reading: readonly CommandId[] = ['evidence', 'spectrum', 'bandMaps', 'cursorMap', 'reference']
    for (const id of reading) {
      expect(runs(id, 'locate', 'asked'), id).toBe(false)
      expect(runs(id, 'locate', 'answered'), id).toBe(true)
    }
  })

  it('that tells of the file, of sets, of a place or of lessons, or leads elsewhere, means nothing', () => {
    const barred: readonly CommandId[] = [
      ...([
        'open',
        'save',
        'saveAs',
        'exportSet',
        'exportClip',
        'figure',
        'closeRecording',
        'details',
      ] as const),
      ...(['goTo', 'findNotes', 'spectrogram', 'sideBySide', 'besideRecording', 'overviewCloser'] as const),
      ...([
        'lanes',
        'compare',
        'scoreAgainstKey',
        'findCandidates',
        'addToLesson',
        'lessons',
        'takeQuiz',
      ] as const),
      ...(['reviewer', 'togglePanel', 'changes', 'comment', 'restoreView', 'markReviewed'] as const),
    ]
    for (const id of barred) {
      for (const phase of ['coming', 'asked', 'answered'] as const) {
        expect(runs(id, 'locate', phase), `${id} ${phase}`).toBe(false)
      }
    }
    expect(COMMANDS.filter(({ id }) => runs(id, 'locate', 'asked')).length).toBeGreaterThan(40)
  })
})
