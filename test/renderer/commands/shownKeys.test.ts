import { describe, expect, it } from 'vitest'
import { shownKeys } from '../../../renderer/commands/shownKeys.ts'
import { commandOf } from '../../../shared/contract/commands.ts'

const browser = { kind: 'browser', platform: 'linux' } as const
const desktop = { kind: 'desktop', platform: 'linux' } as const

describe('the keys told of', () => {
  it('leave out what a browser keeps to itself', () => {
    expect(shownKeys(commandOf('closeRecording'), desktop)).toEqual(['Ctrl+W'])
    expect(shownKeys(commandOf('closeRecording'), browser)).toEqual([])
  })

  it('are all others in either', () => {
    expect(shownKeys(commandOf('redo'), browser)).toEqual(shownKeys(commandOf('redo'), desktop))
    expect(shownKeys(commandOf('save'), browser)).toEqual(['Ctrl+S'])
  })
})
