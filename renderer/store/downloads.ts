/** What a browser's reader gets as a file of their own. */

/** Long enough for a download to begin: from then on it has its own hold on the data. */
const HELD_MS = 10_000

export function downloadFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), HELD_MS)
}
