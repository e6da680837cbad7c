/**
 * How large a call may be. Asked before its input is looked at any closer: checking a value takes many times the
 * memory of the value, and none of ours is large but the marks.
 */
const ORDINARY = 64 * 1024
/** Bytes of one call on the wire, by procedure. */
const LARGE: ReadonlyMap<string, number> = new Map([
  // A montage of the reader's own may have a few thousand terms.
  ['page', 512 * 1024],
  ['measure', 512 * 1024],
  ['spectra', 512 * 1024],
  // Texts of a recording that a reader lets through.
  ['previewClip', 512 * 1024],
  ['startJob', 512 * 1024],
  ['saveMontages', 4 * 1024 * 1024],
  ['saveMontageFile', 4 * 1024 * 1024],
  // 5000 steps of a reviewer take some 8 MB.
  ['journal', 16 * 1024 * 1024],
  // A thousand channels with a look each, and their order.
  ['rememberView', 512 * 1024],
  ['keepDefaultView', 512 * 1024],
  // A set and its undo.
  ['restartSet', 64 * 1024 * 1024],
  // A lesson's 8 MB, and what its letters take on the wire.
  ['saveLesson', 24 * 1024 * 1024],
  ['createLesson', 24 * 1024 * 1024],
  // 64 channels of 512 Hz over a minute, point by point, are some 30 MB of SVG.
  ['keepPicture', 64 * 1024 * 1024],
])

/** Largest call in bytes; null: its procedure is not known. */
export function maxCallBytes(procedure: string | null): number {
  return LARGE.get(procedure ?? '') ?? ORDINARY
}

/** Deeper than anything of ours; a check of what is deeper runs out of stack. */
const MAX_DEPTH = 200

/**
 * Whether a value is larger than a call of `bytes` may carry, or nested absurdly. Every value counts as 1 and
 * every text by its length, which is less than they take on the wire; it looks no further than it has to.
 */
export function isTooLarge(value: unknown, bytes: number): boolean {
  let left = bytes
  const look = (inner: unknown, depth: number): boolean => {
    left -= typeof inner === 'string' ? inner.length : 1
    if (left < 0 || depth > MAX_DEPTH) return true
    if (typeof inner !== 'object' || inner === null) return false
    if (ArrayBuffer.isView(inner)) {
      left -= inner.byteLength
      return left < 0
    }
    if (Array.isArray(inner)) {
      if (inner.length > left) return true
      return inner.some((item) => look(item, depth + 1))
    }
    for (const key in inner) {
      left -= key.length
      if (look((inner as Record<string, unknown>)[key], depth + 1)) return true
    }
    return false
  }
  return look(value, 0)
}
