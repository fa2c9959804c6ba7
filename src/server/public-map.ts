import { provinceOf, regionGroupOf, regionGroups, type RegionGroup } from '#registry/rules/regions.ts'
import { tiles } from '#registry/rules/tiles.ts'

/** Five colours of the design language, light to dark, and where they part (shares of 1). */
const colours = ['#F4EFDC', '#B5D8CD', '#6FB0A8', '#2C7F7E', '#0A3F43'] as const
const breaks = [0.6, 0.7, 0.8, 0.9] as const
const unit = 10

/** One path for a whole group: 514 squares cost 9 kB instead of 40. */
const path = (group: RegionGroup): string => tiles.filter((t) => regionGroupOf(provinceOf(t.regency)) === group).map((t) => `M${t.column * unit} ${t.row * unit}h9v9h-9z`).join('')
const paths = new Map(regionGroups.map((group) => [group, path(group)]))
/** Where the name of each group stands, in tiles: free places of the map, looked for by eye. */
const names: Readonly<Record<RegionGroup, readonly [number, number]>> = { sumatera: [18, 2], jawa: [19, 33.6], baliNusaTenggara: [46, 34.8], kalimantan: [30, 2], sulawesi: [46, 3.6], malukuPapua: [66, 3.6] }

const classOf = (value: number): number => breaks.filter((b) => value >= b).length

/** The map of the six region groups: `value` null = hatched. Text arrives safe for HTML. */
export const publicMap = (shown: Readonly<Partial<Record<RegionGroup, { readonly value: number | null; readonly words: string; readonly name: string }>>>, label: string, words: { title: string; notEnough: string; percent: (x: number) => string }): string => {
  const group = (key: RegionGroup): string => {
    const { value = null, words: said = words.notEnough, name = key } = shown[key] ?? {}
    const [x, y] = names[key]
    return `<g><title>${name}: ${said}</title><path d="${paths.get(key)}" fill="${value === null ? 'url(#h)' : colours[classOf(value)]}" stroke="#4D6063" stroke-width=".6"/><text x="${x * unit}" y="${y * unit}"><tspan font-weight="700">${name}</tspan><tspan x="${x * unit}" dy="13">${said}</tspan></text></g>`
  }
  const p = words.percent
  const legend = [`&lt; ${p(breaks[0])}`, ...[0, 1, 2].map((i) => `${p(breaks[i]!)}–${p(breaks[i + 1]!)}`), `≥ ${p(breaks[3])}`]
  return `<ul class="legend">${legend.map((text, i) => `<li><i style="background:${colours[i]}"></i>${text}</li>`).join('')}<li><i class="hatch"></i>${words.notEnough}</li></ul>
<div class="scroll" tabindex="0" role="region" aria-label="${words.title}"><svg viewBox="0 0 806 372" role="img" aria-label="${label}" font-size="11.5" fill="#132A2D"><defs><pattern id="h" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="4" height="4" fill="#f2f2f0"/><rect width="1.2" height="4" fill="#aaa"/></pattern></defs>${regionGroups.map(group).join('')}</svg></div>`
}
