import type { MarkKind } from '../../shared/annotation/kinds.ts'
import { kindClass, kindColour } from '../page/kindLook.ts'
import styles from './sets.module.css'

/** The kind's colour and pattern in small, so that kinds differ by more than colour. */
export function KindGlyph({ kind }: { readonly kind: MarkKind }) {
  return <span className={`${styles.glyph} ${kindClass(kind)}`} style={kindColour(kind)} aria-hidden="true" />
}
