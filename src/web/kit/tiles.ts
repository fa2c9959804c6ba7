import tiles514 from '#registry/data/tiles514.json' with { type: 'json' }

export interface Tile {
  readonly code: string
  readonly x: number
  readonly y: number
}
/** One square per regency or city, grouped by province; the grid is 80 wide and 36 high. */
export const tiles: readonly Tile[] = (tiles514 as [string, number, number][]).map(([code, x, y]) => ({ code, x, y }))

/** Short names that fit above a block of tiles, by province code. */
const short: Readonly<Record<string, string>> = {
  11: 'Aceh', 12: 'Sumut', 13: 'Sumbar', 14: 'Riau', 15: 'Jambi', 16: 'Sumsel', 17: 'Bengkulu', 18: 'Lampung', 19: 'Babel', 21: 'Kepri',
  31: 'Jakarta', 32: 'Jabar', 33: 'Jateng', 34: 'DIY', 35: 'Jatim', 36: 'Banten', 51: 'Bali', 52: 'NTB', 53: 'NTT', 61: 'Kalbar',
  62: 'Kalteng', 63: 'Kalsel', 64: 'Kaltim', 65: 'Kaltara', 71: 'Sulut', 72: 'Sulteng', 73: 'Sulsel', 74: 'Sultra', 75: 'Gorontalo',
  76: 'Sulbar', 81: 'Maluku', 82: 'Malut', 91: 'Papua', 92: 'Papua Barat', 93: 'P. Sel.', 94: 'P. Tengah', 95: 'P. Pegun.', 96: 'PB Daya',
}
/** Each province's name at the upper left corner of its block. */
export const blocks = [...new Set(tiles.map((tile) => tile.code.slice(0, 2)))].map((code) => {
  const own = tiles.filter((tile) => tile.code.startsWith(code))
  return { code, name: short[code] ?? code, x: Math.min(...own.map((tile) => tile.x)), y: Math.min(...own.map((tile) => tile.y)) - 1 }
})

const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] } as const
/** The nearest tile in the direction of an arrow key: within 45° of it, the sideways distance counting double. Itself when there is none. */
export const neighbour = (from: Tile, key: string): Tile => {
  const step = steps[key as keyof typeof steps]
  if (!step) return from
  let best = from
  let least = Infinity
  for (const to of tiles) {
    const [dx, dy] = [to.x - from.x, to.y - from.y]
    const along = dx * step[0] + dy * step[1]
    const aside = Math.abs(dx * step[1]) + Math.abs(dy * step[0])
    if (along <= 0 || aside > along) continue
    if (along + 2 * aside < least) [best, least] = [to, along + 2 * aside]
  }
  return best
}
