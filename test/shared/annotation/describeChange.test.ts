import { expect, it } from 'vitest'
import { describeChange } from '../../../shared/annotation/describeChange.ts'
import type { SetChange } from '../../../shared/annotation/document.ts'
import { seconds } from '../../support/annotations.ts'

const change = (fields: Partial<SetChange>): SetChange => ({
  at: '2026-01-31T08:00:00.000Z',
  by: 'JS',
  what: 'mark',
  id: 'a',
  before: null,
  after: null,
  ...fields,
})

it.each<[Partial<SetChange>, string]>([
  [
    { after: { kind: 'hypnic_jerk', subtype: null, onset: seconds(62.3), duration: seconds(0.2) } },
    'Hypnic jerk added at 0:01:02.30',
  ],
  [
    { before: { kind: 'mimic', subtype: 'oirda', onset: seconds(1), duration: seconds(1) } },
    'Mimic · OIRDA deleted at 0:00:01.00',
  ],
  [
    { before: { kind: 'uncertain', subtype: null }, after: { kind: 'mimic', subtype: 'oirda' } },
    'Mark changed: Uncertain → Mimic · OIRDA',
  ],
  [
    { before: { subtype: 'oirda' }, after: { subtype: 'firda' } },
    'Mark changed: Mimic · OIRDA → Mimic · FIRDA',
  ],
  [
    {
      before: { onset: seconds(1), duration: seconds(0.5) },
      after: { onset: seconds(1.25), duration: seconds(0.25) },
    },
    'Mark changed: start 0:00:01.00 → 0:00:01.25, length 0.50 s → 0.25 s',
  ],
  [
    { before: { comment: '', confidence: null }, after: { comment: 'seen', confidence: 'sure' } },
    'Mark changed: comment none → “seen”, confidence not said → sure',
  ],
  [
    { before: { channels: [], evidence: [] }, after: { channels: ['P3', 'O1'], evidence: ['eeg'] } },
    'Mark changed: channels all → P3, O1, seen in not said → EEG',
  ],
  [{ before: { view: null }, after: {} }, 'Mark changed: view'],
  [
    { what: 'reviewed', after: { onset: seconds(0), duration: seconds(10) } },
    'Reviewed range added at 0:00:00.00',
  ],
  [
    { what: 'reviewed', before: { duration: seconds(10) }, after: { duration: seconds(20) } },
    'Reviewed range changed: length 10.00 s → 20.00 s',
  ],
])('says %j as “%s”', (fields, text) => {
  expect(describeChange(change(fields))).toBe(text)
})
