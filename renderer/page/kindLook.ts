/** How a kind looks, from the table of kinds: its pattern as a class, its colour as a property that style sheets read. */
import type { CSSProperties } from 'react'
import { kindOf, type MarkKind } from '../../shared/annotation/kinds.ts'
import kinds from './kinds.module.css'

export function kindClass(kind: MarkKind): string {
  return kinds[kindOf(kind).pattern] ?? ''
}

export function kindColour(kind: MarkKind): CSSProperties {
  return { '--kind': `var(--${kindOf(kind).colour})` } as CSSProperties
}
