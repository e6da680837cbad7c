import { assertNever } from '../../shared/units.ts'
import { goOn } from '../store/hostLink.ts'
import type { HostLink } from '../store/reviewState.ts'
import { downloadCopy } from '../store/saving.ts'
import { ownSet, unkeptOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Banner } from '../ui/Banner.tsx'
import { Button } from '../ui/Button.tsx'

/** While the window is without its host: what of the marks is kept, what is not, and what to do. */
export function HostBanner() {
  const link = useReview((state) => state.shell.hostLink)
  const unkept = useReview(unkeptOf)
  const hasSet = useReview((state) => ownSet(state)?.readOnly === false)
  const text = describeLink(link)
  if (text === null) return null
  const canGoOn = link.state === 'back' || link.state === 'elsewhere' || link.state === 'refused'
  return (
    <Banner
      warns
      actions={
        <>
          {canGoOn && (
            <Button look="primary" onClick={() => void goOn()}>
              {link.state === 'refused' ? 'Try again' : 'Go on here'}
            </Button>
          )}
          {hasSet && unkept > 0 && (
            <Button look="secondary" onClick={downloadCopy}>
              Keep a copy
            </Button>
          )}
        </>
      }
    >
      <strong>{text}</strong> {hasSet && describeKept(unkept)}
    </Banner>
  )
}

/** null: nothing to say, or not yet: most calls that go unanswered are answered the next time. */
function describeLink(link: HostLink): string | null {
  switch (link.state) {
    case 'there':
    case 'asking':
    case 'returning':
      return null
    case 'gone':
      return 'Hypnospike’s own program does not answer. Start it again: this window finds it by itself.'
    case 'back':
      return 'Hypnospike’s own program was started again. Go on here, or in the window that it opened.'
    case 'elsewhere':
      return 'Another window is at work now. Going on here brings over what is in this one, and closes that one.'
    case 'shut-out':
      return (
        'This window is shut out: its address was used a second time, or the program has started anew without it. ' +
        'Open the address that Hypnospike printed when it was started.'
      )
    case 'refused':
      return link.message
    default:
      return assertNever(link)
  }
}

function describeKept(unkept: number): string {
  if (unkept === 0) return 'Everything marked so far is kept in its journal.'
  const what = unkept === 1 ? 'The last change is' : `The last ${unkept} changes are`
  return `${what} in this window only, everything before is kept in the journal: leave the window open, or keep a copy.`
}
