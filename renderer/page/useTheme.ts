/** The colours of the tokens as a canvas and Plotly need them, read again when the theme turns. */
import { useEffect, useState } from 'react'
import { KINDS } from '../../shared/annotation/kinds.ts'
import type { Theme } from '../../shared/contract/settings.ts'
import type { FigureColours } from './figure.ts'
import type { MarkColours } from './paintMarks.ts'

export function resolveTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Puts the theme on the root and follows the system's. Whoever renders with it finds its tokens in force. */
export function useTheme(theme: Theme): 'light' | 'dark' {
  const [resolved, setResolved] = useState(() => applyTheme(theme))
  useEffect(() => {
    const query = window.matchMedia('(prefers-color-scheme: dark)')
    const follow = () => setResolved(applyTheme(theme))
    follow()
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [theme])
  return resolved
}

/** The root turns first: the canvas and Plotly read their colours from it while they render. */
function applyTheme(theme: Theme): 'light' | 'dark' {
  const resolved = resolveTheme(theme)
  document.documentElement.dataset.theme = resolved
  return resolved
}

/** Colours of the tokens by their names. */
export function readTokens(from: Element = document.documentElement): (name: string) => string {
  const style = getComputedStyle(from)
  return (name) => style.getPropertyValue(`--${name}`).trim()
}

export function readColours(from?: Element): FigureColours {
  const read = readTokens(from)
  return {
    left: read('left'),
    right: read('right'),
    midline: read('midline'),
    eog: read('eog'),
    emg: read('emg'),
    ecg: read('ecg'),
    other: read('ink-2'),
    danger: read('danger'),
    ink2: read('ink-2'),
    gridSecond: read('grid-1s'),
    gridFifth: read('grid-02s'),
  }
}

export function readMarkColours(): MarkColours {
  const read = readTokens()
  return Object.fromEntries(KINDS.map(({ code, colour }) => [code, read(colour)])) as MarkColours
}
