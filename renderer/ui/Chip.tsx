import type { ComponentProps, ReactNode } from 'react'
import styles from './Chip.module.css'
import { classes } from './classes.ts'

/** A control that shows its value. */
export function Chip({ className, ...rest }: ComponentProps<'button'>) {
  return <button type="button" className={classes(styles.chip, className)} {...rest} />
}

/** A value in the same shape that is only to be read. */
export function StillChip({ className, ...rest }: ComponentProps<'span'>) {
  return <span className={classes(styles.chip, styles.still, className)} {...rest} />
}

/** `short` stands for it where room is short, if the bar around it says so. */
export function ChipLabel({
  short,
  children,
}: {
  readonly short?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <span className={styles.label} data-short={short}>
      {children}
    </span>
  )
}

export function ChipValue({ className, ...rest }: ComponentProps<'span'>) {
  return <span className={classes(styles.value, className)} {...rest} />
}

/** Behind the value, and the first to go. */
export function ChipSuffix({ children }: { readonly children: ReactNode }) {
  return <span className={styles.suffix}>{children}</span>
}

/** A round one that is on or off; what each looks like is said where it is used. */
export function ToggleChip({ className, ...rest }: ComponentProps<'button'>) {
  return <button type="button" className={classes(styles.toggle, className)} {...rest} />
}
