// @vitest-environment jsdom

import { afterEach, describe, expect, it } from 'vitest'
import { isAvailable, runCommand } from '../../../renderer/commands/runCommand.ts'
import { closed, newReview, newTools } from '../../../renderer/store/beginnings.ts'
import { getState, patchUi, setState } from '../../../renderer/store/state.ts'
import { noticesNow, paneNow } from '../../support/reviewWindow.ts'

afterEach(() => setState(newReview(newTools(null, null)), true))

describe('a command', () => {
  it('that needs a recording does nothing while none is open', () => {
    setState(closed(null))
    runCommand('notch')
    runCommand('comment')
    expect(paneNow().view.notch).toBe(null)
    expect(noticesNow()).toEqual([])
    expect(isAvailable('notch')).toBe(false)
  })

  it('that needs nothing is there always', () => {
    runCommand('keys')
    expect(getState().ui.dialog).toBe('keys')
  })

  it('leaves the question about unsaved marks standing', () => {
    patchUi({ dialog: 'unsaved' })
    runCommand('palette')
    expect(getState().ui.dialog).toBe('unsaved')
  })
})
