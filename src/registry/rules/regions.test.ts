import assert from 'node:assert/strict'
import test from 'node:test'
import { getProvinces, getRegencies } from 'idn-area-data'
import { affiliations, organisationKinds, partners, serviceAreas } from './partners.ts'
import { kilometres, provinceCodes, provinceDistance, provinceOf, regionGroupOf, regionGroups, zoneOf, zoneOfRegency } from './regions.ts'
import { tiles } from './tiles.ts'

const provinces = await getProvinces()
const regencies = new Set((await getRegencies()).map((r) => r.code))

test('the 38 provinces of the package are exactly the ones with a zone and a group', () => {
  assert.deepEqual([...provinceCodes].sort(), provinces.map((p) => p.code).sort())
  for (const code of provinceCodes) assert.ok(regionGroups.includes(regionGroupOf(code)))
  assert.throws(() => zoneOf('99'), RangeError)
})

test('zones at the borders: West and Central Kalimantan are WIB, South is WITA; Bali WITA; Maluku WIT', () => {
  const expected = { 11: 'WIB', 36: 'WIB', 61: 'WIB', 62: 'WIB', 63: 'WITA', 65: 'WITA', 51: 'WITA', 53: 'WITA', 76: 'WITA', 81: 'WIT', 96: 'WIT' }
  for (const [code, zone] of Object.entries(expected)) assert.equal(zoneOf(code), zone, code)
  assert.equal(zoneOfRegency('62.71'), 'WIB')
  assert.deepEqual(['WIB', 'WITA', 'WIT'].map((zone) => provinceCodes.filter((code) => zoneOf(code) === zone).length), [18, 12, 8])
})

test('each of the 514 regencies has one tile of its own', () => {
  assert.equal(regencies.size, 514)
  assert.deepEqual(new Set(tiles.map((t) => t.regency)), regencies)
  assert.equal(new Set(tiles.map((t) => `${t.column}/${t.row}`)).size, 514)
})

test('distances: a metric, and about right for a pair whose distance is known', () => {
  for (const a of provinceCodes) for (const b of provinceCodes) {
    assert.equal(provinceDistance(a, b), provinceDistance(b, a))
    assert.equal(provinceDistance(a, b) === 0, a === b)
  }
  assert.ok(Math.abs(kilometres([-6.2, 106.8], [-7.3, 112.7]) - 664) < 10) // Jakarta-Surabaya, about 660 km in a straight line
})

test('partners: numbers of the press release, codes unique, home regencies exist', () => {
  const count = Object.fromEntries(organisationKinds.map((kind) => [kind, partners.filter((p) => p.kind === kind).length]))
  assert.deepEqual(count, { programme_office: 1, university: 11, ngo: 1, training_provider: 1, digital_platform: 6, payment_partner: 6, job_portal: 3 })
  assert.equal(new Set(partners.map((p) => p.code)).size, partners.length)
  for (const p of partners) {
    assert.ok(p.homeRegency === null || regencies.has(p.homeRegency), p.code)
    assert.ok(p.source.length > 10, p.code)
    assert.equal(p.origin === 'unknown', /belum diketahui/.test(p.name), p.code)
  }
})

test('every province is served by at least two expert organisations, the nearest among them', () => {
  const experts = partners.filter((p) => p.kind === 'university' || p.kind === 'ngo')
  assert.deepEqual(new Set(serviceAreas.map((a) => a.organisation)), new Set(experts.map((p) => p.code)))
  const home = (code: string) => provinceOf(partners.find((p) => p.code === code)?.homeRegency ?? '')
  for (const province of provinceCodes) {
    const serving = serviceAreas.filter((a) => a.provinces.includes(province)).map((a) => a.organisation)
    assert.ok(serving.length >= 2, province)
    const nearest = Math.min(...experts.map((p) => provinceDistance(home(p.code), province)))
    assert.equal(Math.min(...serving.map((code) => provinceDistance(home(code), province))), nearest, province)
  }
  for (const area of serviceAreas) assert.ok(area.provinces.includes(home(area.organisation)), area.organisation)
})

test('an affiliation joins an expert organisation and a provider that exist', () => {
  for (const { organisation, provider } of affiliations) {
    assert.ok(['university', 'ngo'].includes(partners.find((p) => p.code === organisation)?.kind ?? ''))
    assert.equal(partners.find((p) => p.code === provider)?.kind, 'training_provider')
  }
})
