import { MAX_LINE, MAX_TEXT } from '../../shared/teaching/lesson.ts'
import { changeLessonFacts } from '../store/lessonEditing.ts'
import { copyLesson, exportLesson, removeLesson } from '../store/lessons.ts'
import { askForPack } from '../store/packs.ts'
import type { OpenLesson } from '../store/reviewState.ts'
import { isFixed } from '../store/selectors.ts'
import { Button } from '../ui/Button.tsx'
import { Choose, Labelled, TextArea } from '../ui/Field.tsx'
import { LineInput } from './LineInput.tsx'
import styles from './lessons.module.css'
import { useGesture } from './useGesture.ts'

/** Of the languages that texts are written in; any other stays as the file has it. */
const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'cs',
  'sv',
  'tr',
  'ja',
  'zh',
  'ko',
  'ar',
] as const

/** What is said of the lesson as a whole, and what is done with it as a whole. */
export function AboutLesson({ open }: { readonly open: OpenLesson }) {
  const { lesson, isShipped, pack } = open
  const gesture = useGesture()
  const languages: readonly string[] = LANGUAGES
  const codes = languages.includes(lesson.language) ? languages : [lesson.language, ...languages]
  return (
    <details className={styles.about}>
      <summary>About this lesson</summary>
      {pack !== null && (
        <p className={styles.hint}>
          From a pack that was made on {pack.made.slice(0, 10)}, answers {pack.keys}. Consent: {pack.consent}
        </p>
      )}
      <div className={styles.line}>
        <Button look="secondary" onClick={() => void exportLesson()}>
          Export…
        </Button>
        <Button look="secondary" onClick={askForPack}>
          Export pack…
        </Button>
        <Button look="secondary" onClick={() => void copyLesson()}>
          Make a copy
        </Button>
        {!isShipped && (
          <Button look="quiet" onClick={() => void removeLesson()}>
            Remove lesson
          </Button>
        )}
      </div>
      <fieldset className={styles.fields} disabled={isFixed(open)}>
        <Labelled label="Description">
          <TextArea
            rows={3}
            value={lesson.description}
            maxLength={MAX_TEXT}
            onFocus={gesture.begin}
            onChange={(event) => changeLessonFacts({ description: event.target.value }, gesture.name())}
          />
        </Labelled>
        <Labelled label="Language of its texts">
          <Choose
            value={lesson.language}
            onFocus={gesture.begin}
            onChange={(event) => changeLessonFacts({ language: event.target.value }, gesture.name())}
          >
            {codes.map((code) => (
              <option key={code} value={code}>
                {languageName(code)}
              </option>
            ))}
          </Choose>
        </Labelled>
        <Labelled label="Licence: whose it is, and what may be done with it">
          <LineInput
            value={lesson.licence}
            maxLength={MAX_LINE}
            placeholder="CC BY 4.0, your department"
            onFocus={gesture.begin}
            onText={(text) => changeLessonFacts({ licence: text }, gesture.name())}
          />
        </Labelled>
      </fieldset>
      <p className={styles.hint}>
        A lesson’s file holds no recordings; a pack holds clips of them that name nobody.
      </p>
    </details>
  )
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
