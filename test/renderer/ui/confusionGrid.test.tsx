// @vitest-environment jsdom
/** The table of counts: the cell that was chosen stays in sight, whatever its choice opens around the table. */
import { act, useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ConfusionGrid } from '../../../renderer/ui/ConfusionGrid.tsx'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

const NAMED = ['a', 'b'].map((code) => ({ code, name: code, label: code }))

function Grid() {
  const [chosen, setChosen] = useState('')
  return (
    <ConfusionGrid
      rows={NAMED}
      columns={NAMED}
      countOf={() => 1}
      describe={(row, column) => `${row} ${column}`}
      isChosen={(row, column) => chosen === `${row} ${column}`}
      onChoose={(row, column) => setChosen(`${row} ${column}`)}
    />
  )
}

let root: Root
let container: HTMLElement
let inSight: readonly Element[]

beforeEach(async () => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  inSight = []
  Element.prototype.scrollIntoView = vi.fn(function (this: Element) {
    inSight = [...inSight, this]
  })
  container = document.body.appendChild(document.createElement('div'))
  root = createRoot(container)
  await act(async () => root.render(<Grid />))
})

afterEach(async () => {
  await act(async () => root.unmount())
  container.remove()
})

it('keeps in sight the cell that a key has chosen, and moves nothing before', async () => {
  expect(inSight).toEqual([])
  const cell = container.querySelector<HTMLElement>('[aria-label="b a"]')!
  cell.focus()
  await act(async () => cell.click())
  expect(inSight).toEqual([cell])
})
