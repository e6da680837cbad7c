/** What amplifiers and programs write into the prefiltering field. */
import { expect, it } from 'vitest'
import { readPrefilter } from '../../../../shared/edf/header/prefilter.ts'

it.each([
  ['HP:0.1Hz LP:75Hz N:50Hz', 0.1, 75, 50],
  ['HP:0.16Hz LP:100Hz N:None', 0.16, 100, null],
  ['HP: DC; LP: 410 Hz', 0, 410, null],
  ['HP:0,5Hz LP:35Hz', 0.5, 35, null],
  ['0.1-70 Hz', 0.1, 70, null],
  ['BP 10-100Hz', 10, 100, null],
  ['LFF 1 Hz HFF 70 Hz', 1, 70, null],
  ['HP:0.5Hz LP:100Hz [enhanced cassette BW]', 0.5, 100, null],
  ['TC:0.3s LP:30Hz', 0.5305, 30, null],
  ['LP:0.2kHz', null, 200, null],
  ['', null, null, null],
  ['None', null, null, null],
])('%s', (text, highPass, lowPass, notch) => {
  const read = readPrefilter(text)
  if (highPass === null) expect(read.highPass).toBeNull()
  else expect(read.highPass).toBeCloseTo(highPass, 3)
  expect([read.lowPass, read.notch, read.isRectified]).toEqual([lowPass, notch, false])
})

it('knows an envelope', () => {
  expect(readPrefilter('HP:16Hz Rectification LP:0.7Hz')).toEqual({
    highPass: 16,
    lowPass: 0.7,
    notch: null,
    isRectified: true,
  })
})
