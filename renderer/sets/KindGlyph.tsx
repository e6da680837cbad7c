import type { MarkKind } from '../../shared/annotation/kinds.ts'

/** The kind's colour and pattern in small, so that kinds differ by more than colour. */
export function KindGlyph({ kind }: { readonly kind: MarkKind }) {
  return <span className={`kind-glyph kind-${kind}`} aria-hidden="true" />
}
