import data from '../data/tiles514.json' with { type: 'json' }

/** Where a regency's square stands on the tile map, in whole tiles from the top left. */
export interface Tile {
  readonly regency: string
  readonly column: number
  readonly row: number
}

export const tiles: readonly Tile[] = (data as unknown as readonly (readonly [string, number, number])[]).map(([regency, column, row]) => ({ regency, column, row }))
