import type { Answer, Field, Words } from './answers.ts'

/** Answers as a reader sees them: by section, with labels in both languages, beside what the version before said. */

export interface Shown {
  readonly path: string
  readonly name: string
  readonly item: string | null
  readonly kind: string
  readonly label: Words
  readonly value: string
  readonly shown: Words | null
  readonly place: { readonly latitude: number; readonly longitude: number; readonly accuracy: number | null } | null
  readonly before: { readonly value: string; readonly shown: Words | null } | null
}
export interface Section {
  readonly path: string
  readonly label: Words
  readonly answers: readonly Shown[]
}
type Stored = Pick<Answer, 'path' | 'name' | 'kind' | 'value' | 'latitude' | 'longitude' | 'accuracy'> & { readonly item: string | null }

const plainOf = (path: string): string => path.replace(/\[\d+\]/g, '')

/** Labels of the chosen, times and decimals as they are written; null for what reads as it was sent. A choice the list does not have shows as it was sent. */
const shownAs = (field: Field | undefined, value: string): Words | null => {
  const time = field?.dataType === 'time' ? /^(\d\d):(\d\d)/.exec(value) : null
  if (time) return { id: `${time[1]}.${time[2]}`, en: `${time[1]}:${time[2]}` }
  if (field?.dataType === 'decimal' && /^-?\d+\.\d+$/.test(value)) return { id: value.replace('.', ','), en: value }
  if (!field?.choices) return null
  const chosen = (field.control === 'select' || field.control === 'rank' ? value.split(/\s+/) : [value]).map((v) => field.choices!.find((c) => c.name === v)?.label ?? { id: v, en: v })
  return { id: chosen.map((c) => c.id).join(', '), en: chosen.map((c) => c.en).join(', ') }
}

/**
 * @param earlier the answers of the version before, for a corrected visit
 * Only what the form asks is shown: device data and calculations stay in the original XML.
 */
export const sectionsOf = (fields: readonly Field[], answers: readonly Stored[], earlier: readonly Stored[] | null): Section[] => {
  const byPath = new Map(fields.map((f) => [f.path, f]))
  const titleOf = (path: string): Field | undefined => {
    for (let at = path.slice(0, path.lastIndexOf('/')); at.includes('/', 1); at = at.slice(0, at.lastIndexOf('/'))) {
      const field = byPath.get(at)
      if (field && field.kind === 'group' && field.label) return field
    }
    return undefined
  }
  const old = new Map(earlier?.map((a) => [a.path, a]))
  const sections = new Map<string, { path: string; label: Words; answers: Shown[] }>()
  const order = new Map(fields.map((f, i) => [f.path, i]))
  // the class stands in the head of the visit; here it would only be an id
  const asked = (a: Stored): boolean => a.name !== 'kelas' && (byPath.get(plainOf(a.path))?.control ?? 'none') !== 'none'
  // what was answered before and is blank now is a change a reviewer must see
  const gone = (earlier ?? []).filter((a) => asked(a) && !answers.some((b) => b.path === a.path)).map((a) => ({ ...a, value: '', latitude: null, longitude: null, accuracy: null }))
  // within a repeat the answers of one repetition stay together, as in the document
  const all = [...answers.filter(asked), ...gone].map((a, i) => ({ a, i, first: order.get(repeatHead(a.path, byPath)) ?? 0 })).sort((x, y) => x.first - y.first || x.i - y.i)
  for (const { a } of all) {
    const plain = plainOf(a.path)
    const field = byPath.get(plain)!
    const title = titleOf(plain)
    const key = title?.path ?? '/'
    const section = sections.get(key) ?? { path: key, label: title?.label ?? { id: '', en: '' }, answers: [] }
    sections.set(key, section)
    const n = /\[(\d+)\]/.exec(a.path)?.[1]
    const suffix = n ? ` (${n})` : ''
    const label = field.label ?? { id: a.name, en: a.name }
    const was = earlier ? (old.get(a.path) ?? { value: '' }) : null
    section.answers.push({
      path: a.path, name: a.name, item: a.item, kind: a.kind, label: { id: label.id + suffix, en: label.en + suffix }, value: a.value, shown: a.value === '' ? null : shownAs(field, a.value),
      place: a.latitude !== null && a.longitude !== null ? { latitude: a.latitude, longitude: a.longitude, accuracy: a.accuracy } : null,
      before: was && was.value !== a.value ? { value: was.value, shown: was.value === '' ? null : shownAs(field, was.value) } : null,
    })
  }
  return [...sections.values()]
}

const repeatHead = (path: string, byPath: ReadonlyMap<string, Field>): string => {
  const at = path.indexOf('[')
  const plain = plainOf(path)
  return at >= 0 && byPath.get(path.slice(0, at))?.kind === 'repeat' ? path.slice(0, at) : plain
}

/** Metres between two places on a sphere of the Earth's mean radius; enough to tell a street from another. */
export const metres = (a: { latitude: number; longitude: number }, b: { latitude: number; longitude: number }): number => {
  const rad = Math.PI / 180
  const h = Math.sin(((b.latitude - a.latitude) * rad) / 2) ** 2 + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(((b.longitude - a.longitude) * rad) / 2) ** 2
  return 2 * 6_371_009 * Math.asin(Math.min(1, Math.sqrt(h)))
}
