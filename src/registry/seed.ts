import type { Kysely } from 'kysely'
import { affiliations, partners, serviceAreas } from './rules/partners.ts'
import { regionGroupOf, zoneOf } from './rules/regions.ts'
import { tiles } from './rules/tiles.ts'

interface Area { readonly code: string; readonly name: string }

/** How many rows go into one statement: PostgreSQL takes 65,535 parameters. */
const chunk = 1000

/**
 * Provinces and regencies (names as published, ODbL: DATA-LICENSES.md), the programme's real partners, where they are at home,
 * whom the expert organisations serve, and who is affiliated with whom. What exists already stays as it is.
 */
export const seedRegistry = async (tx: Kysely<any>, areas: { provinces: readonly Area[]; regencies: readonly (Area & { readonly provinceCode: string })[] }, id: () => string): Promise<void> => {
  const put = async (table: string, rows: readonly object[]) => {
    for (let i = 0; i < rows.length; i += chunk)
      await tx.insertInto(table as never).values(rows.slice(i, i + chunk) as never).onConflict((c) => c.doNothing()).execute()
  }
  const place = new Map(tiles.map((t) => [t.regency, t]))
  await put('registry.province', areas.provinces.map((p) => ({ code: p.code, name: p.name, regionGroup: regionGroupOf(p.code), zone: zoneOf(p.code) })))
  await put('registry.regency', areas.regencies.map((r) => ({ code: r.code, name: r.name, provinceCode: r.provinceCode, tileX: place.get(r.code)?.column ?? null, tileY: place.get(r.code)?.row ?? null })))
  await put('access.organisation', partners.map((p) => ({ id: id(), kind: p.kind, code: p.code, name: p.name, shortName: p.shortName, origin: p.origin, source: p.source, status: 'active' })))
  const rows = await tx.selectFrom('access.organisation' as never).select(['id', 'code'] as never).execute() as { id: string; code: string }[]
  const known = new Map(rows.map((o) => [o.code, o.id]))
  const of = (code: string): string => {
    const found = known.get(code)
    if (!found) throw new Error(`the partners' data name ${code}, which is not among the organisations`)
    return found
  }
  await put('registry.provider', partners.filter((p) => p.kind === 'training_provider').map((p) => ({ organisationId: of(p.code), providerType: 'university' })))
  await put('registry.homeRegion', partners.flatMap((p) => (p.homeRegency ? [{ organisationId: of(p.code), regencyCode: p.homeRegency }] : [])))
  await put('registry.serviceArea', serviceAreas.flatMap((s) => s.provinces.map((provinceCode) => ({ organisationId: of(s.organisation), provinceCode, origin: s.origin }))))
  await put('registry.affiliation', affiliations.map((a) => ({ id: id(), organisationId: of(a.organisation), affiliateId: of(a.provider), kind: a.relation, source: a.source })))
}
