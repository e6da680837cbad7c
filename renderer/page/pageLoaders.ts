/** A loader for each page: made and closed with its pane. They share one painter, and the memory for what waits. */

import type { PaneId, PanesState } from '../store/panesState.ts'
import { useReview } from '../store/state.ts'
import { createPageLoader, type LoaderOptions, type PageLoader } from './pageLoader.ts'

export type PageLoaders = {
  /** null where there is no such pane any more. */
  readonly of: (id: PaneId) => PageLoader | null
  /** A held key waits for every page that goes with it. */
  readonly isPageOnItsWay: () => boolean
  readonly close: () => void
}

export function createPageLoaders(options: Omit<LoaderOptions, 'pane' | 'share'>): PageLoaders {
  const loaders = new Map<PaneId, PageLoader>()
  const share = () => 1 / Math.max(1, loaders.size)
  // One loader that goes leaves the painter to the others.
  const painter = { ...options.painter, close: () => {} }

  function follow({ byId }: PanesState): void {
    for (const [id, loader] of loaders) {
      if (byId[id] !== undefined) continue
      loaders.delete(id)
      loader.close()
    }
    for (const pane of Object.keys(byId)) {
      if (!loaders.has(pane)) loaders.set(pane, createPageLoader({ ...options, painter, pane, share }))
    }
  }

  follow(useReview.getState().panes)
  const unsubscribe = useReview.subscribe(({ panes }, before) => {
    if (panes !== before.panes) follow(panes)
  })
  return {
    of: (id) => loaders.get(id) ?? null,
    isPageOnItsWay: () => [...loaders.values()].some((loader) => loader.isPageOnItsWay()),
    close: () => {
      unsubscribe()
      for (const loader of loaders.values()) loader.close()
      loaders.clear()
      options.painter.close()
    },
  }
}
