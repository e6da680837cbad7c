import { ChevronDown, ChevronUp } from 'lucide-react'
import { scrollChannels } from '../store/viewing.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import styles from './page.module.css'

const STEP = 8

type Props = { readonly first: number; readonly shown: number; readonly all: number }

/** Which channels are in view where not all fit, and a way for the mouse to the others. */
export function ChannelScroller({ first, shown, all }: Props) {
  return (
    <fieldset className={styles.channels}>
      <legend className="visually-hidden">Channels in view</legend>
      <span>
        Channels {first + 1}–{first + shown} of {all}
      </span>
      <Key>Shift ↑ ↓</Key>
      <Button
        look="icon"
        aria-label="Channels above"
        title="Channels above"
        disabled={first === 0}
        onClick={() => scrollChannels(-STEP)}
      >
        <ChevronUp size={15} aria-hidden="true" />
      </Button>
      <Button
        look="icon"
        aria-label="Channels below"
        title="Channels below"
        disabled={first + shown >= all}
        onClick={() => scrollChannels(STEP)}
      >
        <ChevronDown size={15} aria-hidden="true" />
      </Button>
    </fieldset>
  )
}
