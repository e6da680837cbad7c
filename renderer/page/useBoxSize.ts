import { useLayoutEffect, useState } from 'react'

/** In CSS pixels; `ratio` of device pixels to one of them. */
export type BoxSize = { readonly width: number; readonly height: number; readonly ratio: number }

/** How large an element is drawn, followed for as long as it stands. */
export function useBoxSize(box: React.RefObject<HTMLElement | null>): BoxSize {
  const [size, setSize] = useState<BoxSize>({ width: 0, height: 0, ratio: 1 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      const ratio = window.devicePixelRatio
      setSize((old) =>
        old.width === width && old.height === height && old.ratio === ratio ? old : { width, height, ratio },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    // Moving the window to a display of another density changes the ratio without changing the box.
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [box])
  return size
}
