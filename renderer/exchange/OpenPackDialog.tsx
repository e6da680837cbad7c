import { Fragment, useEffect, useRef, useState } from 'react'
import type { InspectedPack } from '../../shared/contract/packProcedures.ts'
import { PACK_KEYS } from '../../shared/teaching/pack/pack.ts'
import { requestQuiz } from '../store/leaving.ts'
import { messageOf } from '../store/notices.ts'
import { addPack, inspectPack, takePack } from '../store/packs.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { formatBytes } from './formatBytes.ts'
import packStyles from './pack.module.css'
import styles from './previewed.module.css'

type Seen =
  | { readonly state: 'looking' }
  | { readonly state: 'seen'; readonly pack: InspectedPack; readonly isTaking: boolean }
  | { readonly state: 'refused'; readonly message: string }

/** What a pack holds, after all of it was looked at, and taking its lesson in. */
export function OpenPackDialog({ onClose }: { readonly onClose: () => void }) {
  const choice = useReview((state) => state.ui.pack)
  const [seen, setSeen] = useState<Seen>({ state: 'looking' })
  useEffect(() => {
    let current = true
    setSeen({ state: 'looking' })
    if (choice === null) return
    inspectPack(choice).then(
      (pack) => current && setSeen({ state: 'seen', pack, isTaking: false }),
      (thrown: unknown) => current && setSeen({ state: 'refused', message: messageOf(thrown) }),
    )
    return () => {
      current = false
    }
  }, [choice])

  async function take(pack: InspectedPack, next: 'lesson' | 'quiz'): Promise<void> {
    setSeen({ state: 'seen', pack, isTaking: true })
    try {
      if (next === 'quiz') {
        const { ref } = await addPack(pack)
        return requestQuiz({ lesson: { ref, name: pack.title }, mode: 'locate' })
      }
      await takePack(pack)
    } catch (thrown) {
      setSeen({ state: 'refused', message: messageOf(thrown) })
    }
  }

  const pack = seen.state === 'seen' ? seen.pack : null
  const primary = useRef<HTMLButtonElement>(null)
  // It comes once all was looked at, and is what the reader came for.
  useEffect(() => {
    if (pack !== null) primary.current?.focus()
  }, [pack])
  const isTaking = seen.state === 'seen' && seen.isTaking
  return (
    <Dialog
      title={pack?.title ?? 'Open a teaching pack'}
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Close
          </Button>
          {pack !== null && (
            <>
              <Button look="secondary" disabled={isTaking} onClick={() => void take(pack, 'quiz')}>
                Begin the quiz
              </Button>
              <Button
                ref={primary}
                look="primary"
                disabled={isTaking}
                onClick={() => void take(pack, 'lesson')}
              >
                {pack.lesson === null ? 'Add to my lessons' : 'Open the lesson'}
              </Button>
            </>
          )}
        </>
      }
    >
      {seen.state === 'looking' && <p role="status">Looking at all of {choice?.name}…</p>}
      {seen.state === 'refused' && <Problem>{seen.message}</Problem>}
      {pack !== null && (
        <div className={packStyles.told}>
          <dl className={packStyles.facts}>
            {factsOf(pack).map(([name, value]) => (
              <Fragment key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </Fragment>
            ))}
          </dl>
          <p className={styles.hint}>
            Every file in it is the one that its maker listed. What is said of licence and consent is the
            maker’s word.
          </p>
        </div>
      )}
    </Dialog>
  )
}

function factsOf({
  name,
  cases,
  clips,
  bytes,
  licence,
  consent,
  keys,
  made,
  sha256,
  lesson,
}: InspectedPack): readonly (readonly [string, string])[] {
  const says = PACK_KEYS.find(({ code }) => code === keys)
  return [
    ['Cases', `${cases}, on ${clips === 1 ? '1 recording' : `${clips} recordings`}`],
    ['File', `${name}, ${formatBytes(bytes)}`],
    ['Licence', licence],
    ['Consent', consent],
    ['Answers', `${says?.label ?? keys}: ${says?.says ?? ''}`],
    ['Made', made.slice(0, 10)],
    ['SHA-256', sha256],
    ...(lesson === null ? [] : [['In your lessons', 'already'] as const]),
  ]
}
