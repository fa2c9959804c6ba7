import { regionGroupOf, regionGroups as registered } from '#registry/rules/regions.ts'

/** The region groups a frame may use as strata: those of the registry. */
export const regionGroups: readonly string[] = registered

/** Region group of a province. `merged` joins groups of the registry for one round (`{ sulawesi: 'timur', malukuPapua: 'timur' }`) when they would be too thin alone. */
export const regionGroup = (provinceCode: string, merged: Readonly<Record<string, string>> = {}): string => {
  const group = regionGroupOf(provinceCode)
  return merged[group] ?? group
}
