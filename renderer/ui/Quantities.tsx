import { Fragment } from 'react'
import styles from './Quantities.module.css'
import { splitQuantities } from './splitQuantities.ts'

/** Running text in which no line ends between a number and its unit. */
export function Quantities({ children }: { readonly children: string }) {
  let at = 0
  return splitQuantities(children).map(({ text, isQuantity }) => {
    const key = at
    at += text.length
    if (!isQuantity) return <Fragment key={key}>{text}</Fragment>
    return (
      <span key={key} className={styles.quantity}>
        {text}
      </span>
    )
  })
}
