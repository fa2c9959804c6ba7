/**
 * Joins every stratum with fewer than two observations to a neighbour, for the variance only (collapsed strata, Cochran 1977, §5A.12; it overstates rather than understates).
 * Neighbours are adjacent in the order of the keys; of the two, the one that shares the longer beginning of the key is taken
 * (keys read `mode|region|risk`, so the same mode and region come first), then the earlier one.
 * @param counts observations by stratum, all ≥ 1 @returns groups of stratum keys; a single group may still hold one observation when there are no others
 */
export const collapseStrata = (counts: ReadonlyMap<string, number>): readonly (readonly string[])[] => {
  const groups = [...counts.keys()].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)).map((key) => [key])
  const size = (group: readonly string[]) => group.reduce((s, key) => s + counts.get(key)!, 0)
  for (;;) {
    const at = groups.findIndex((group) => size(group) < 2)
    if (at < 0 || groups.length < 2) return groups
    const shared = (to: number) => (to < 0 || to >= groups.length ? -1 : Math.max(...groups[to]!.map((key) => commonStart(key, groups[at]![0]!))))
    const left = shared(at + 1) > shared(at - 1) ? at : at - 1
    groups.splice(left, 2, [...groups[left]!, ...groups[left + 1]!])
  }
}

const commonStart = (a: string, b: string): number => {
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  return i
}
