import type { ComponentProps, ReactNode } from 'react'
import { classes } from './classes.ts'
import styles from './Field.module.css'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classes(styles.field, className)} {...rest} />
}

/** The system's own list of choices, for a form. */
export function Choose({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={classes(styles.field, className)} {...rest} />
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classes(styles.field, styles.area, className)} {...rest} />
}

/** Looks like a field and opens a list. */
export function FieldButton({ className, ...rest }: ComponentProps<'button'>) {
  return <button type="button" className={classes(styles.field, className)} {...rest} />
}

/** A field under what it asks for. */
export function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is the child
    <label className={styles.labelled}>
      {label}
      {children}
    </label>
  )
}

/** Why what was typed cannot be taken, or what was asked for cannot be had. */
export function Problem({ children }: { readonly children: ReactNode }) {
  return <p className={styles.problem}>{children}</p>
}
