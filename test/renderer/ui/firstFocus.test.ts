// @vitest-environment jsdom
/** A dialog is answered by the first key: its field has the focus, else the button to press, never the one that closes. */
import { expect, it } from 'vitest'
import { firstFocusIn } from '../../../renderer/ui/firstFocus.ts'

const HEAD = '<button aria-label="Close" data-look="icon"></button>'
const FOOT = `<div data-foot=""><button data-look="secondary">Cancel</button>
  <button id="main" data-look="primary">Begin</button></div>`

function focusedIn(body: string, foot = FOOT, isScrolled = false): string | undefined {
  document.body.innerHTML = `<div id="dialog">${HEAD}
    <div id="body"${isScrolled ? ' tabindex="0"' : ''}>${body}</div>${foot}</div>`
  return firstFocusIn(document.getElementById('dialog')!, document.getElementById('body')!)?.id
}

it.each([
  ['nothing but text', '<p>Only signing off ends it.</p>', 'main'],
  ['a field', '<input type="file"><label><input id="code"></label>', 'code'],
  ['a list to choose from', '<select id="format"></select><input>', 'format'],
  ['a box to tick alone', '<input type="checkbox">', 'main'],
  ['what a control keeps for itself', '<input aria-hidden="true" tabindex="-1"><input id="name">', 'name'],
  ['a field that cannot be used now', '<input disabled><textarea id="text"></textarea>', 'text'],
  [
    'choices side by side',
    '<div><button aria-pressed="false" tabindex="0"></button><button id="slide" aria-pressed="true" tabindex="-1"></button></div>',
    'slide',
  ],
  [
    'one choice of several',
    '<fieldset><input type="radio" name="a"><input type="radio" name="a" id="chosen" checked></fieldset>',
    'chosen',
  ],
])('goes, with %s, where it is asked for', (_, body, wanted) => {
  expect(focusedIn(body)).toBe(wanted)
})

it('goes to the foot where the button to press cannot be pressed, and to a long text to scroll it', () => {
  const foot =
    '<div data-foot=""><button id="close">Close</button><button data-look="primary" disabled></button></div>'
  expect(focusedIn('<p>Text</p>', foot)).toBe('close')
  expect(focusedIn('<p>Text</p>', '', true)).toBe('body')
  expect(focusedIn('<p>Text</p>', '')).toBeUndefined()
})
