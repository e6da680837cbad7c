import type { MarkKind } from '../../shared/annotation/kinds.ts'
import { kindClass, kindColour } from './kindLook.ts'
import kinds from './kinds.module.css'

/** The kind's colour and pattern in small, so that kinds differ by more than colour. */
export function KindGlyph({ kind }: { readonly kind: MarkKind }) {
  return <span className={`${kinds.glyph} ${kindClass(kind)}`} style={kindColour(kind)} aria-hidden="true" />
}
