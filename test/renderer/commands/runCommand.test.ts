// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest'
import { isAvailable, runCommand } from '../../../renderer/commands/runCommand.ts'
import { getState, setState } from '../../../renderer/store/state.ts'

afterEach(() => setState({ phase: 'empty', notices: [], dialog: null }))

describe('a command', () => {
  it('that needs a recording does nothing while none is open', () => {
    setState({ phase: 'empty' })
    runCommand('notch')
    runCommand('comment')
    expect(getState().view.notch).toBe(null)
    expect(getState().notices).toEqual([])
    expect(isAvailable('notch')).toBe(false)
  })

  it('that needs nothing is there always', () => {
    runCommand('keys')
    expect(getState().dialog).toBe('keys')
  })

  it('leaves the question about unsaved marks standing', () => {
    setState({ dialog: 'unsaved' })
    runCommand('palette')
    expect(getState().dialog).toBe('unsaved')
  })
})
