import styles from './Sentence.module.css'

/** Longer ones have to break somewhere. */
const LONGEST_WHOLE = 60
const FILE_NAME = /^\S*-\S*\.\w+[.,:;)”"]*$/

/** A sentence in which no file name is broken at a hyphen within it: a name is read as one, and copied as one. */
export function Sentence({ text }: { readonly text: string }) {
  return text.split(/(\s+)/).map((part, index) =>
    part.length <= LONGEST_WHOLE && FILE_NAME.test(part) ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place in the sentence
      <span key={index} className={styles.name}>
        {part}
      </span>
    ) : (
      part
    ),
  )
}
