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

export function Tab({
  value,
  children,
}: { readonly value: string } & Pick<ComponentProps<'div'>, 'children'>) {
  return (
    <Tabs.Tab value={value} className={styles.tab}>
      {children}
    </Tabs.Tab>
  )
}
