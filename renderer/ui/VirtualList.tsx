import { useVirtualizer } from '@tanstack/react-virtual'
import { type DragEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useMainFocus } from './mainFocus.ts'
import styles from './VirtualList.module.css'

type Props<Item> = {
  readonly label: string
  readonly items: readonly Item[]
  readonly keyOf: (item: Item, index: number) => string
  /** Index of the chosen item, -1 for none; it is scrolled into view. */
  readonly chosen: number
  readonly onChoose: (item: Item, index: number) => void
  readonly onDelete?: (item: Item) => void
  /** To another place in the list, counted from 0 and perhaps beyond its ends: rows are dragged, Alt and ↑ ↓ move the chosen one. */
  readonly onMove?: (item: Item, to: number) => void
  readonly rowHeight: number
  readonly children: (item: Item) => ReactNode
  readonly empty: ReactNode
}

/** A list of any length, of which only what is in view exists. Arrows, Home, End and Page keys choose; others are not for it. */
export function VirtualList<Item>(props: Props<Item>) {
  const focusMain = useMainFocus()
  const { label, items, keyOf, chosen, onChoose, onDelete, onMove, rowHeight, children, empty } = props
  /** Where the row that is dragged was, and where it is now. */
  const [drag, setDrag] = useState<{ readonly from: number; readonly to: number } | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const height = virtual.scrollRect?.height ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was in view may not be when the list shrinks
  useEffect(() => {
    if (chosen >= 0) virtual.scrollToIndex(chosen, { align: 'auto' })
  }, [chosen, virtual, height])

  function dropDragged(): void {
    const item = drag === null ? undefined : items[drag.from]
    if (drag !== null && item !== undefined && drag.to !== drag.from) onMove?.(item, drag.to)
    setDrag(null)
  }

  function onKeyDown(event: KeyboardEvent): void {
    const moving = items[chosen]
    if (event.altKey && onMove !== undefined && /^Arrow(Up|Down)$/.test(event.key)) {
      if (moving !== undefined) onMove(moving, chosen + (event.key === 'ArrowUp' ? -1 : 1))
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const target = nextIndex(
      event.key,
      chosen,
      items.length,
      Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight),
    )
    const current = items[chosen]
    if (target !== null) {
      const item = items[target]
      if (item !== undefined) onChoose(item, target)
    } else if (event.key === 'Delete' && onDelete !== undefined && current !== undefined) onDelete(current)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  if (items.length === 0) return <div className={styles.empty}>{empty}</div>
  const rowId = (index: number) => `${label.replace(/\W+/g, '-')}-${index}`
  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      aria-label={label}
      data-own-keys=""
      tabIndex={0}
      aria-activedescendant={chosen >= 0 ? rowId(chosen) : undefined}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((row) => {
          const item = items[row.index]
          if (item === undefined) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox takes the keys for its options
            // biome-ignore lint/a11y/useFocusableInteractive: an option is reached through aria-activedescendant
            <div
              key={keyOf(item, row.index)}
              id={rowId(row.index)}
              role="option"
              aria-selected={row.index === chosen}
              aria-setsize={items.length}
              aria-posinset={row.index + 1}
              className={styles.row}
              style={{ height: rowHeight, top: row.start }}
              {...(onMove !== undefined && {
                draggable: true,
                'data-drop': dropSide(drag, row.index),
                onDragStart: (event: DragEvent) => {
                  event.dataTransfer.effectAllowed = 'move'
                  setDrag({ from: row.index, to: row.index })
                },
                onDragOver: (event: DragEvent) => {
                  if (drag === null) return
                  event.preventDefault()
                  if (drag.to !== row.index) setDrag({ ...drag, to: row.index })
                },
                onDrop: (event: DragEvent) => {
                  if (drag === null) return
                  event.preventDefault()
                  event.stopPropagation()
                  dropDragged()
                },
                onDragEnd: () => setDrag(null),
              })}
              onClick={(event) => {
                onChoose(item, row.index)
                // A click by an assistive device has no count and leaves the focus in the list, as keys do.
                if (event.detail > 0) focusMain()
              }}
            >
              {children(item)}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Where the line stands that says where a dragged row will come to lie. */
function dropSide(
  drag: { readonly from: number; readonly to: number } | null,
  index: number,
): 'above' | 'below' | undefined {
  if (drag === null || drag.to !== index || drag.from === index) return undefined
  return drag.from < index ? 'below' : 'above'
}

function nextIndex(key: string, chosen: number, count: number, page: number): number | null {
  const clamp = (index: number) => Math.min(Math.max(index, 0), count - 1)
  switch (key) {
    case 'ArrowDown':
      return clamp(chosen + 1)
    case 'ArrowUp':
      return clamp(chosen - 1)
    case 'PageDown':
      return clamp(chosen + Math.max(1, page))
    case 'PageUp':
      return clamp(chosen - Math.max(1, page))
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
