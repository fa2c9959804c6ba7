import type { Zone } from '../../base/days.ts'

/**
 * The 38 provinces: Kemendagri code → [zone, region group, latitude, longitude of the seat of government].
 * Zones follow Keppres 41/1987 as applied to today's provinces. Seats are rounded to 0.1° (general geography): good for
 * ordering organisations by distance, not for measuring travel. Names come from `idn-area-data` at seed time.
 */
const provinces = {
  11: ['WIB', 'sumatera', 5.6, 95.3], 12: ['WIB', 'sumatera', 3.6, 98.7], 13: ['WIB', 'sumatera', -0.9, 100.4],
  14: ['WIB', 'sumatera', 0.5, 101.4], 15: ['WIB', 'sumatera', -1.6, 103.6], 16: ['WIB', 'sumatera', -3.0, 104.8],
  17: ['WIB', 'sumatera', -3.8, 102.3], 18: ['WIB', 'sumatera', -5.4, 105.3], 19: ['WIB', 'sumatera', -2.1, 106.1],
  21: ['WIB', 'sumatera', 0.9, 104.5],
  31: ['WIB', 'jawa', -6.2, 106.8], 32: ['WIB', 'jawa', -6.9, 107.6], 33: ['WIB', 'jawa', -7.0, 110.4],
  34: ['WIB', 'jawa', -7.8, 110.4], 35: ['WIB', 'jawa', -7.3, 112.7], 36: ['WIB', 'jawa', -6.1, 106.2],
  51: ['WITA', 'baliNusaTenggara', -8.7, 115.2], 52: ['WITA', 'baliNusaTenggara', -8.6, 116.1], 53: ['WITA', 'baliNusaTenggara', -10.2, 123.6],
  61: ['WIB', 'kalimantan', 0.0, 109.3], 62: ['WIB', 'kalimantan', -2.2, 113.9], 63: ['WITA', 'kalimantan', -3.4, 114.8],
  64: ['WITA', 'kalimantan', -0.5, 117.1], 65: ['WITA', 'kalimantan', 2.8, 117.4],
  71: ['WITA', 'sulawesi', 1.5, 124.8], 72: ['WITA', 'sulawesi', -0.9, 119.9], 73: ['WITA', 'sulawesi', -5.1, 119.4],
  74: ['WITA', 'sulawesi', -4.0, 122.5], 75: ['WITA', 'sulawesi', 0.5, 123.1], 76: ['WITA', 'sulawesi', -2.7, 118.9],
  81: ['WIT', 'malukuPapua', -3.7, 128.2], 82: ['WIT', 'malukuPapua', 0.7, 127.6],
  91: ['WIT', 'malukuPapua', -2.5, 140.7], 92: ['WIT', 'malukuPapua', -0.9, 134.1], 93: ['WIT', 'malukuPapua', -8.5, 140.4],
  94: ['WIT', 'malukuPapua', -3.4, 135.5], 95: ['WIT', 'malukuPapua', -4.1, 138.9], 96: ['WIT', 'malukuPapua', -0.9, 131.3],
} as const satisfies Readonly<Record<number, readonly [Zone, string, number, number]>>

export const regionGroups = ['sumatera', 'jawa', 'baliNusaTenggara', 'kalimantan', 'sulawesi', 'malukuPapua'] as const
export type RegionGroup = (typeof regionGroups)[number]

export const provinceCodes: readonly string[] = Object.keys(provinces)

const province = (code: string): readonly [Zone, RegionGroup, number, number] => {
  const found = (provinces as Readonly<Record<string, readonly [Zone, RegionGroup, number, number]>>)[code]
  if (!found) throw new RangeError(`no province ${code}`)
  return found
}

/** The zone of a province (`32` → WIB). Throws RangeError for a code that is not one of the 38. */
export const zoneOf = (provinceCode: string): Zone => province(provinceCode)[0]

/** The group of provinces used as a sampling stratum. Throws RangeError for an unknown code. */
export const regionGroupOf = (provinceCode: string): RegionGroup => province(provinceCode)[1]

/** `32.73` → `32`. */
export const provinceOf = (regencyCode: string): string => regencyCode.slice(0, 2)

/** The zone of a regency by its Kemendagri code (`32.73` → WIB). No regency differs from its province. */
export const zoneOfRegency = (regencyCode: string): Zone => zoneOf(provinceOf(regencyCode))

/** Degrees north and east of the seat of a province's government, to 0.1°. */
export const seatOf = (provinceCode: string): readonly [latitude: number, longitude: number] => {
  const [, , latitude, longitude] = province(provinceCode)
  return [latitude, longitude]
}

/** Kilometres between two places on a sphere of radius 6,371 km (haversine). Arguments in degrees. */
export const kilometres = (a: readonly [number, number], b: readonly [number, number]): number => {
  const rad = Math.PI / 180
  const h =
    Math.sin(((b[0] - a[0]) * rad) / 2) ** 2 + Math.cos(a[0] * rad) * Math.cos(b[0] * rad) * Math.sin(((b[1] - a[1]) * rad) / 2) ** 2
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Great-circle kilometres between the seats of two provinces: coarse (seats to 0.1°, no roads, no ferries); 0 within one province. */
export const provinceDistance = (a: string, b: string): number => kilometres(seatOf(a), seatOf(b))
