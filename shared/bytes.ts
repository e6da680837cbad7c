/**
 * Where bytes come from. Nothing below the host knows of files: a source is a file, a range
 * of memory or a test's counter of reads.
 */
export type ByteSource = {
  readonly byteLength: number
  /**
   * Bytes [start, end), exactly end - start of them, in memory the caller may keep but not write.
   * Rejects with ReviewError `changed-on-disk` where the source has become shorter, `unreadable`
   * where the system refuses.
   */
  readonly slice: (start: number, end: number) => Promise<Uint8Array>
  /**
   * Fills `target` with the bytes from `start` on, where a source can: who walks over a whole recording
   * brings its own memory, and half of the time is saved. Rejects as `slice` does.
   */
  readonly readInto?: (start: number, target: Uint8Array) => Promise<void>
}

/** A source over bytes in memory. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    byteLength: bytes.byteLength,
    slice: async (start, end) => bytes.subarray(start, end),
  }
}
