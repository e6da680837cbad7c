/** One source in full, as text to read and copy; nothing here leads out of the program. */
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import type { Source } from '../../shared/reference/schema.ts'
import { Button } from '../ui/Button.tsx'
import styles from './statements.module.css'

const READINGS: Readonly<Record<Source['read'], string>> = {
  primary: 'Read in the source',
  abstract: 'Abstract read',
  secondary: 'Quotes the original, which was not read',
  unread: 'Not read',
}

type Copied = 'no' | 'yes' | 'by-hand'

export function SourceDetails({ source, number }: { source: Source; number: number }) {
  const address = source.doi ?? source.url
  return (
    <div className={styles.source} data-source={number} tabIndex={-1}>
      <span className={styles.number}>{number}</span>
      <div>
        <p>
          {withStop(source.authors)} {source.title !== undefined && <cite>{withStop(source.title)} </cite>}
          {source.where}
          {source.year === null ? ' (undated page).' : `, ${source.year}.`}
        </p>
        {address !== undefined && <Address doi={source.doi !== undefined} address={address} />}
        <p className={styles.quiet}>
          {READINGS[source.read]}.{source.note === undefined ? '' : ` ${source.note}`}
        </p>
      </div>
    </div>
  )
}

function Address({ doi, address }: { doi: boolean; address: string }) {
  const [copied, setCopied] = useState<Copied>('no')
  const name = doi ? 'DOI' : 'address'

  async function copy(button: HTMLElement) {
    try {
      await navigator.clipboard.writeText(address)
      setCopied('yes')
    } catch {
      // Without leave to write to the clipboard, the text is selected for the reader's own Ctrl+C.
      const text = button.parentElement?.querySelector('[data-address]')
      if (text) window.getSelection()?.selectAllChildren(text)
      setCopied('by-hand')
    }
  }

  return (
    <p className={styles.addressRow}>
      {doi && <span className={styles.quiet}>DOI </span>}
      <span className={styles.address} data-address>
        {address}
      </span>
      <Button
        look="icon"
        aria-label={`Copy ${name} ${address}`}
        onClick={(event) => void copy(event.currentTarget)}
      >
        {copied === 'yes' ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      </Button>
      <span role="status" className={styles.quiet}>
        {copied === 'yes' && 'copied'}
        {copied === 'by-hand' && 'selected: press Ctrl+C'}
      </span>
    </p>
  )
}

/** "et al." and "attention?" have theirs already. */
function withStop(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`
}
