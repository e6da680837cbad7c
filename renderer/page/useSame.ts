import { useMemo } from 'react'

/** The same object as long as it says the same: what is made of it is not made anew. Its values go through JSON. */
export function useSame<Value extends string | number>(
  record: Readonly<Record<string, Value>>,
): Readonly<Record<string, Value>> {
  const key = JSON.stringify(record)
  return useMemo(() => JSON.parse(key) as Record<string, Value>, [key])
}
