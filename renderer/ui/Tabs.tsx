import { Tabs } from '@base-ui/react/tabs'
import type { ComponentProps } from 'react'
import styles from './Tabs.module.css'

export function TabList({
  label,
  children,
}: { readonly label?: string } & Pick<ComponentProps<'div'>, 'children'>) {
  return (
    <Tabs.List className={styles.list} aria-label={label}>
      {children}
    </Tabs.List>
  )
}

type TabProps = {
  readonly value: string
  /** What it is called, where a picture stands for that. */
  readonly label?: string
} & Pick<ComponentProps<'div'>, 'children' | 'title'>

export function Tab({ value, label, title, children }: TabProps) {
  return (
    <Tabs.Tab value={value} className={styles.tab} aria-label={label} title={title}>
      {children}
    </Tabs.Tab>
  )
}
