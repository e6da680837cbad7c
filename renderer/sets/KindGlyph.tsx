import type { MarkKind } from '../../shared/annotation/kinds.ts'
import kinds from '../page/kinds.module.css'
import styles from './sets.module.css'

/** The kind's colour and pattern in small, so that kinds differ by more than colour. */
export function KindGlyph({ kind }: { readonly kind: MarkKind }) {
  return <span className={`${styles.glyph} ${kinds[kind]}`} aria-hidden="true" />
}
