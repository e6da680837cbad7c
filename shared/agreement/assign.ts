/**
 * The best one-to-one assignment: as many pairs as there can be, and of all such the one of the least cost.
 * Shortest augmenting paths with potentials (Jonker and Volgenant 1987, Computing 38:325-340), on the pairs that are
 * possible at all: each of the left is given a place of its own that stands for "none" and is dearer than any pair, so
 * that every one of them finds a place. Costs are compared in two steps, how many have none and then the sum, so that
 * no large number stands for infinity and sums of whole numbers stay exact.
 */
import { ReviewError } from '../failure.ts'

export type Edge = { readonly left: number; readonly right: number; readonly cost: number }

/** Steps of the search; what people mark takes a few for each mark. */
const MOST_STEPS = 50_000_000

/** How many steps are left; several assignments that belong together use up one budget. */
export type StepBudget = { left: number }

/**
 * For each of the left the index of its partner on the right, or null. Costs are 0 or more. Throws ReviewError
 * `bad-set` where so many are possible that it would take minutes, or more than `budget` has left.
 */
export function assignOneToOne(
  counts: { readonly left: number; readonly right: number },
  edges: readonly Edge[],
  budget: StepBudget = { left: MOST_STEPS },
): readonly (number | null)[] {
  const search = createSearch(counts, edges, budget)
  for (let left = 0; left < counts.left; left += 1) search.place(left)
  return search.partners()
}

type Node = { readonly right: number; readonly none: number; readonly cost: number; readonly via: number }

function createSearch(
  { left: leftCount, right: rightCount }: { readonly left: number; readonly right: number },
  edges: readonly Edge[],
  budget: StepBudget,
) {
  const from: Edge[][] = Array.from({ length: leftCount }, () => [])
  for (const edge of edges) from[edge.left]!.push(edge)
  /** Rights, then for each left its own "none". */
  const places = rightCount + leftCount
  const takenBy = new Int32Array(places).fill(-1)
  const placeOf = new Int32Array(leftCount).fill(-1)
  const leftNone = new Float64Array(leftCount)
  const leftCost = new Float64Array(leftCount)
  const rightNone = new Float64Array(places)
  const rightCost = new Float64Array(places)

  function place(start: number): void {
    const heap = createHeap()
    const best = new Map<number, Node>()
    const done = new Map<number, Node>()
    const relax = (left: number, none: number, cost: number) => {
      budget.left -= from[left]!.length + 1
      if (budget.left < 0) {
        throw new ReviewError(
          'bad-set',
          'Too many marks lie over one another to be matched one to one: delete what was marked twice.',
        )
      }
      const offer = (right: number, edgeNone: number, edgeCost: number) => {
        if (done.has(right)) return
        const node = {
          right,
          none: none + edgeNone - leftNone[left]! - rightNone[right]!,
          cost: cost + edgeCost - leftCost[left]! - rightCost[right]!,
          via: left,
        }
        const known = best.get(right)
        if (known !== undefined && !isLess(node, known)) return
        best.set(right, node)
        heap.push(node)
      }
      for (const edge of from[left]!) offer(edge.right, 0, edge.cost)
      offer(rightCount + left, 1, 0)
    }
    relax(start, 0, 0)
    for (let node = heap.pop(); node !== null; node = heap.pop()) {
      if (done.has(node.right)) continue
      done.set(node.right, node)
      const holder = takenBy[node.right]!
      if (holder === -1) return finish(start, node, done)
      relax(holder, node.none, node.cost)
    }
  }

  /** Potentials of what was passed, then each on the path takes the place of the next. */
  function finish(start: number, end: Node, done: ReadonlyMap<number, Node>): void {
    for (const { right, none, cost } of done.values()) {
      const holder = takenBy[right]!
      rightNone[right]! += none - end.none
      rightCost[right]! += cost - end.cost
      if (holder === -1) continue
      leftNone[holder]! += end.none - none
      leftCost[holder]! += end.cost - cost
    }
    leftNone[start]! += end.none
    leftCost[start]! += end.cost
    let right = end.right
    for (;;) {
      const left = done.get(right)!.via
      const before = placeOf[left]!
      takenBy[right] = left
      placeOf[left] = right
      if (left === start) return
      right = before
    }
  }

  return {
    place,
    partners: () => Array.from(placeOf, (right) => (right >= 0 && right < rightCount ? right : null)),
  }
}

function isLess(a: Node, b: Node): boolean {
  return a.none < b.none || (a.none === b.none && a.cost < b.cost)
}

/** A binary heap, the least first. */
function createHeap() {
  const items: Node[] = []
  return {
    push: (item: Node) => {
      let at = items.length
      items.push(item)
      while (at > 0) {
        const parent = (at - 1) >> 1
        if (!isLess(item, items[parent]!)) break
        items[at] = items[parent]!
        at = parent
      }
      items[at] = item
    },
    pop: (): Node | null => {
      const first = items[0]
      const item = items.pop()
      if (first === undefined || item === undefined) return null
      if (items.length === 0) return first
      let at = 0
      for (;;) {
        let child = 2 * at + 1
        if (child >= items.length) break
        if (child + 1 < items.length && isLess(items[child + 1]!, items[child]!)) child += 1
        if (!isLess(items[child]!, item)) break
        items[at] = items[child]!
        at = child
      }
      items[at] = item
      return first
    },
  }
}
