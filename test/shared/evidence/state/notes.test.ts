/** What notes of nine languages say of the state, and what holds at a mark. */
import { describe, expect, it } from 'vitest'
import { ENTRIES } from '../../../../shared/evidence/entries.ts'
import { findNotesBefore } from '../../../../shared/evidence/state/notesBefore.ts'
import { topicOf } from '../../../../shared/evidence/state/noteTopics.ts'

const note = (onset: number, text: string, duration: number | null = null) => ({
  onset,
  duration,
  text,
  channel: null,
})

describe('what a note is about', () => {
  it.each([
    [
      'hyperventilationBegins',
      [
        'Hyperventilation',
        'HV start',
        'Hyperventilation 3 min',
        'HPN',
        'Iperventilazione',
        'Hiperventilación',
        'hiperventilação',
        'Hyperventilatie',
        'Hiperwentylacja',
        'Hyperventilering',
        'Overbreathing',
      ],
    ],
    [
      'hyperventilationEnds',
      [
        'HV end',
        'Ende Hyperventilation',
        'fin HPN',
        'Post HV 1 min',
        'koniec hiperwentylacji',
        'Fin de hiperventilación',
        'Fine iperventilazione',
        'stop HV',
      ],
    ],
    [
      'eyesOpen',
      [
        'Eyes open',
        'EO',
        'Augen auf',
        'yeux ouverts',
        'Ojos abiertos',
        'olhos abertos',
        'Occhi aperti',
        'Ogen open',
        'oczy otwarte',
        'ögon öppna',
      ],
    ],
    [
      'eyesClosed',
      [
        'Eyes closed',
        'EC',
        'Augen zu',
        'Yeux fermés',
        'Ojos cerrados',
        'olhos fechados',
        'occhi chiusi',
        'ogen dicht',
        'oczy zamknięte',
        'ögon slutna',
      ],
    ],
    [
      'photic',
      ['Photic 10 Hz', 'Fotostimulation', 'SLI', 'IPS 6Hz', 'stimulation lumineuse', 'estimulación luminosa'],
    ],
    ['lightsOff', ['Lights off', 'Licht aus', 'Lights out', 'luci spente', 'luces apagadas', 'licht uit']],
    [
      'wake',
      ['Sleep stage W', 'W', 'Patient awake', 'wach', 'éveillé', 'despierto', 'sveglio', 'wakker', 'vaken'],
    ],
    [
      'drowsy',
      [
        'Drowsy',
        'drowsiness',
        'schläfrig',
        'Somnolence',
        'somnoliento',
        'sonolento',
        'sonnolento',
        'slaperig',
        'senny',
        'dåsig',
      ],
    ],
    ['sleep', ['asleep', 'schläft', 'Schlaf', 'sommeil', 'dormido', 'dorme', 'slaapt', 'śpi', 'sover']],
    ['N1', ['Sleep stage N1', 'Sleep stage 1', 'Stadium N1', 'N1', 'stade 1']],
    ['N2', ['Sleep stage N2', 'Sleep stage 2', 'Stadium 2', 'n2', 'fase N2']],
    ['N3', ['Sleep stage N3', 'Sleep stage 4', 'Stadium N3']],
    ['REM', ['Sleep stage R', 'REM', 'Stadium REM', 'sommeil paradoxal']],
    [
      'movement',
      ['Patient moves', 'Bewegung', 'bouge', 'movimiento', 'movimento', 'beweegt', 'ruch', 'Jerk'],
    ],
    ['video', ['Video on', 'video start']],
    [
      null,
      ['Recording starts', 'Impedance check', 'Sleep stage ?', 'Synthetic child, 7 years', 'Montage 2', ''],
    ],
  ] as const)('%s', (topic, texts) => {
    for (const text of texts) expect(topicOf(text), text).toBe(topic)
  })
})

describe('notes before a mark', () => {
  const span = { start: 300, end: 301 }

  it('are the last word on each question, the nearest first', () => {
    const notes = [
      note(10, 'Eyes open'),
      note(40, 'HV start'),
      note(100, 'Eyes closed'),
      note(220, 'HV end'),
      note(280, 'Drowsy'),
      note(305, 'Awake'),
    ]
    expect(findNotesBefore(notes, span).map(({ topic, before }) => [topic, before])).toEqual([
      ['drowsy', 20],
      ['hyperventilationEnds', 80],
      ['eyesClosed', 200],
    ])
  })

  it('that last until the mark hold at it, and what ended long ago is left out', () => {
    const notes = [note(270, 'Sleep stage N2', 30), note(301, 'Sleep stage N3', 30)]
    expect(findNotesBefore(notes, span)).toMatchObject([{ topic: 'N2', before: 0 }])
    expect(findNotesBefore([note(-400, 'Hyperventilation', 60)], span)).toEqual([])
  })

  it('are told without their words, which may hold a name', () => {
    const entry = ENTRIES.find(({ id }) => id === 'notes-before')!
    const input = {
      span,
      lines: {},
      channels: [],
      notes: [note(290, 'Mr Secretname is drowsy')],
      areNotesComplete: true,
      start: null,
      giveWay: async () => {},
      timeline: { span: { start: 0, end: 400 }, gaps: [] },
    }
    const answer = JSON.stringify(entry.measure(input))
    expect(answer).toContain('Drowsy, 10 s before')
    expect(answer).not.toMatch(/secretname/i)
  })
})
