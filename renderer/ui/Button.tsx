import type { ComponentProps } from 'react'
import styles from './Button.module.css'
import { classes } from './classes.ts'

type Props = ComponentProps<'button'> & {
  /** `primary`: the one to press. `quiet`: no frame until it is pointed at. `icon`: a picture alone. `small`: within a line of text. */
  readonly look: 'primary' | 'secondary' | 'quiet' | 'icon' | 'link' | 'small'
}

/** Every button but those that are a control of their own kind: a chip, a tab, a row. */
export function Button({ look, className, ...rest }: Props) {
  return (
    <button
      type="button"
      className={classes(styles.button, styles[look], className)}
      data-look={look}
      {...rest}
    />
  )
}
