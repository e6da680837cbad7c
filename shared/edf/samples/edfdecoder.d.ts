/** What of edfdecoder 0.1.2 is used; the package brings no types. */
declare module 'edfdecoder' {
  export class EdfDecoder {
    setInput(buffer: ArrayBuffer): void
    /** Swallows its errors into console.warn; the output is then null. */
    decode(): void
    getOutput(): Edf | null
  }

  export interface Edf {
    getRawSignal(index: number, record: number): Int16Array | null | undefined
  }

  const library: { readonly EdfDecoder: typeof EdfDecoder }
  export default library
}
