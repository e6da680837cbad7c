// @vitest-environment jsdom
import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PrintSheet } from '../../../renderer/reference/PrintSheet.tsx'
import { resetPanel } from '../../../renderer/reference/panelState.ts'
import { ReferencePanel, type ReferencePanelProps } from '../../../renderer/reference/ReferencePanel.tsx'
import { REFERENCE } from '../../../shared/reference/reference.ts'
import { EVENTS, HEADS } from '../../../shared/reference/schema.ts'
import { TEACHING_STATEMENT, TEACHING_STATEMENT_SHORT } from '../../../shared/statement.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

let root: Root
let container: HTMLElement

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  resetPanel()
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

async function show(props: Partial<ReferencePanelProps> = {}) {
  const given = {
    onGoToExample: vi.fn(),
    onBack: vi.fn(),
    onPrint: vi.fn(),
    canGoBack: false,
    wide: false,
    ...props,
  }
  await act(async () => root.render(<ReferencePanel {...given} />))
  return given
}

function find(selector: string): HTMLElement {
  const element = container.querySelector<HTMLElement>(selector)
  if (element === null) throw new Error(`nothing like ${selector}`)
  return element
}

function button(name: string | RegExp): HTMLElement {
  const found = [...container.querySelectorAll<HTMLElement>('button')].find((one) =>
    (one.getAttribute('aria-label') ?? one.textContent ?? '').match(name),
  )
  if (found === undefined) throw new Error(`no button ${name}`)
  return found
}

const click = (element: HTMLElement) => act(async () => element.click())
const press = (key: string, element: Element = document.activeElement ?? document.body) =>
  act(async () => {
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
  })

describe('the comparison', () => {
  test('shows every statement, each with a button for its sources', async () => {
    await show()
    for (const { id, text } of REFERENCE.statements) {
      expect(find(`#reference-${id}`).textContent).toContain(text)
      expect(find(`[data-roving="${id}/sources"]`).textContent).toMatch(/\d/)
    }
  })

  test('shows a trace of each event, the same rows at scales that it names', async () => {
    for (const wide of [true, false]) {
      await show({ wide })
      const drawn = [...container.querySelectorAll('figure')]
      expect(drawn.map((figure) => figure.querySelector('svg')?.getAttribute('aria-label'))).toEqual(
        EVENTS.map((event) => expect.stringContaining(`${REFERENCE.eventLabels[event]}: F4-C4`)),
      )
      for (const figure of drawn) {
        expect(figure.textContent).toContain('1 s; EEG 100 µV, EMG 200 µV')
        expect(figure.textContent).toContain('negative up')
        const lines = [...figure.querySelectorAll('g path')].map((path) => path.getAttribute('d') ?? '')
        expect(lines.map((d) => d.match(/L/g)?.length ?? 0)).toEqual([639, 639, 639, 639, 0])
      }
    }
  })

  test('is a table with both events as columns where there is room, pairs under each head where not', async () => {
    await show({ wide: true })
    expect([...container.querySelectorAll('thead th')].map((th) => th.textContent?.trim())).toEqual(
      EVENTS.map((event) => REFERENCE.eventLabels[event]),
    )
    expect(container.querySelectorAll('tbody th')).toHaveLength(HEADS.length)
    await show({ wide: false })
    expect(container.querySelector('table')).toBeNull()
    expect(container.querySelectorAll('section h4')).toHaveLength(HEADS.length * EVENTS.length)
  })

  test('opens authors, journal, year and DOI in place, as text and not as a link', async () => {
    await show()
    const toggle = find('[data-roving="absence-trial/sources"]')
    expect(toggle.getAttribute('aria-expanded')).toBe('false')
    await click(toggle)
    expect(toggle.getAttribute('aria-expanded')).toBe('true')
    const opened = find('#reference-absence-trial').textContent
    for (const part of ['Glauser TA', 'N Engl J Med', '2010', '10.1056/NEJMoa0902014'])
      expect(opened).toContain(part)
    expect(container.querySelector('a')).toBeNull()
  })

  test('says of what was not checked that it was not, and of treatment how old it is', async () => {
    await show()
    expect(find('#reference-absence-field').textContent).toContain('Commonly taught, source not checked')
    expect(find('#reference-absence-slowing').textContent).not.toContain('not checked')
    expect(find('#reference-absence-trial').textContent).toContain('as of 2010')
    expect(container.textContent).toContain(TEACHING_STATEMENT_SHORT)
  })
})

describe('by keyboard', () => {
  test('the statements are one tab stop, and the arrows move among them', async () => {
    await show()
    const buttons = [...container.querySelectorAll<HTMLElement>('[data-roving]')]
    expect(buttons.filter((one) => one.tabIndex === 0)).toEqual([buttons[0]])
    buttons[0]?.focus()
    await press('ArrowDown')
    expect(document.activeElement).toBe(buttons[1])
    expect(buttons.filter((one) => one.tabIndex === 0)).toEqual([buttons[1]])
    await press('End')
    expect(document.activeElement).toBe(buttons.at(-1))
    await press('ArrowDown')
    expect(document.activeElement).toBe(buttons.at(-1))
    await press('Home')
    expect(document.activeElement).toBe(buttons[0])
  })

  test('keys that it uses do not reach the program, others do', async () => {
    await show()
    const heard: string[] = []
    const listen = (event: KeyboardEvent) => heard.push(event.key)
    window.addEventListener('keydown', listen)
    find('[data-roving]').focus()
    await press('ArrowDown')
    await press('1')
    window.removeEventListener('keydown', listen)
    expect(heard).toEqual(['1'])
  })
})

describe('an example', () => {
  test('is handed over with its view, and the way back ends at its statement', async () => {
    const given = await show({ canGoBack: true })
    await click(find('[data-roving="absence-slowing/example"]'))
    const example = REFERENCE.statements.find(({ id }) => id === 'absence-slowing')?.example
    expect(given.onGoToExample).toHaveBeenCalledExactlyOnceWith(example)
    expect(find('#reference-absence-slowing').textContent).toContain(example?.look)
    await click(button(/Back to where you were/))
    expect(given.onBack).toHaveBeenCalledOnce()
    expect(document.activeElement).toBe(find('[data-roving="absence-slowing/example"]'))
  })

  test('that took the place of the panel is where the reader comes back to', async () => {
    await show({ wide: true })
    await click(find('[data-roving="jerk-burst/example"]'))
    await act(async () => root.render(null))
    await show({ wide: true })
    expect(document.activeElement).toBe(find('[data-roving="jerk-burst/example"]'))
  })

  test('offers no way back where there is none', async () => {
    await show()
    expect(() => button(/Back to where you were/)).toThrow()
  })
})

describe('the mimics', () => {
  const headings = () =>
    [...container.querySelectorAll('section section h3')].map((h) => h.textContent?.trim())

  test('each say how they look and how to tell them apart', async () => {
    await show()
    await click(find('[role="tab"]:nth-of-type(2)'))
    expect(headings()).toHaveLength(REFERENCE.mimics.length)
    expect(container.textContent).toContain('How to tell it apart')
  })

  test('can be narrowed to those of one event, and the panel remembers it', async () => {
    await show()
    await click(find('[role="tab"]:nth-of-type(2)'))
    await click(button('of a jerk'))
    expect(headings()).toContain('Leg movement, single or periodic')
    expect(headings()).not.toContain('Hypnagogic hypersynchrony')
    await act(async () => root.render(null))
    await show()
    expect(headings()).not.toContain('Hypnagogic hypersynchrony')
  })
})

describe('finding the errors', () => {
  async function start() {
    await show()
    await click(find('[role="tab"]:nth-of-type(3)'))
    find('fieldset button').focus()
  }

  test('is done with R, W, H and Enter alone, to the count', async () => {
    await start()
    for (const { verdict } of REFERENCE.claims) {
      await press({ right: 'r', wrong: 'W', 'half-right': 'h' }[verdict])
      expect(container.textContent).toContain('Yes: the claim is')
      // Enter on the focused button is a click in every browser.
      expect(document.activeElement?.textContent).toMatch(/Next claim|See the count/)
      await click(document.activeElement as HTMLElement)
    }
    expect(container.textContent).toContain(
      `${REFERENCE.claims.length} of ${REFERENCE.claims.length} judged as the sources do`,
    )
  })

  test('shows the correction and its source only after an answer', async () => {
    await start()
    const [first] = REFERENCE.claims
    expect(container.textContent).not.toContain(first?.correction)
    await click(button(/^Half right/))
    expect(container.textContent).toContain('You said half right. The claim is wrong.')
    expect(container.textContent).toContain(first?.correction)
    expect(find(`[data-roving="${first?.id}/sources"]`)).toBeDefined()
  })

  test('keeps R from the program, and leaves combinations with Ctrl to it', async () => {
    await start()
    const heard: string[] = []
    const listen = (event: KeyboardEvent) => heard.push(event.key)
    window.addEventListener('keydown', listen)
    await press('r')
    await act(async () => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'h', ctrlKey: true, bubbles: true }),
      )
    })
    window.removeEventListener('keydown', listen)
    expect(heard).toEqual(['h'])
  })

  test('does not judge a claim when Enter is pressed twice', async () => {
    await start()
    await press('w')
    await click(document.activeElement as HTMLElement)
    expect(document.activeElement?.textContent).toBe(REFERENCE.claims[1]?.claim)
    expect(document.activeElement?.tagName).toBe('P')
  })

  test('names what was missed at the end and starts again', async () => {
    await start()
    for (const _ of REFERENCE.claims) {
      await press('r')
      await click(document.activeElement as HTMLElement)
    }
    expect(container.textContent).toContain('To look at again')
    await click(button('Start again'))
    expect(container.textContent).toContain(`1 of ${REFERENCE.claims.length}`)
  })
})

describe('the sources', () => {
  test('are all listed, with their numbers', async () => {
    await show()
    await click(find('[role="tab"]:nth-of-type(4)'))
    const numbers = [...container.querySelectorAll('[data-source]')].map((one) =>
      Number(one.getAttribute('data-source')),
    )
    expect(numbers.toSorted((a, b) => a - b)).toEqual(REFERENCE.numbered.map((_, index) => index + 1))
  })

  test('are copied, or selected where the clipboard refuses', async () => {
    await show()
    await click(find('[role="tab"]:nth-of-type(4)'))
    const writeText = vi.fn(async () => {})
    vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } })
    await click(button(/^Copy DOI 10\.1016\/j\.sleep\.2016/))
    expect(writeText).toHaveBeenCalledWith('10.1016/j.sleep.2016.07.011')
    writeText.mockRejectedValueOnce(new Error('denied'))
    await click(button(/^Copy DOI 10\.1007/))
    expect(container.textContent).toContain('press Ctrl+C')
    vi.unstubAllGlobals()
  })
})

describe('the printed sheet', () => {
  test('has every head, both events, the sources that it cites and the statement', async () => {
    await act(async () => root.render(<PrintSheet />))
    const sheet = document.body.querySelector(':scope > article')
    expect(sheet?.querySelectorAll('tbody tr')).toHaveLength(HEADS.length)
    for (const { sheet: text } of REFERENCE.statements)
      if (text !== undefined) expect(sheet?.textContent).toContain(text)
    const cited = new Set(
      [...(sheet?.querySelectorAll('sup') ?? [])].flatMap((sup) => (sup.textContent ?? '').split(',')),
    )
    const listed = [...(sheet?.querySelectorAll('ol li') ?? [])].map((li) => li.getAttribute('value'))
    expect(new Set(listed)).toEqual(cited)
    expect(sheet?.textContent).toContain(TEACHING_STATEMENT)
  })

  test('dates what it says about treatment', async () => {
    await act(async () => root.render(<PrintSheet />))
    const row = [...document.querySelectorAll('article tbody tr')].find((tr) =>
      tr.textContent?.startsWith('Treatment'),
    )
    expect(row?.textContent).toContain('(2010)')
  })
})
