import { zones, type Zone } from '../../base/days.ts'
import { classColumns, escapeXml, type ClassLine } from '../../collection/rules/openrosa.ts'
import type { Raw } from './answers.ts'
import { simulatedItems, type SimulatedItem } from './items.ts'
import type { Mode } from '../../registry/rules/csv-class-runs.ts'
import type { ItemAnswer, SimulatedVisit } from './visit.ts'

/** Words a simulated monitor writes; marked, because people read them on screens. */
const remark = { fail: 'Tidak sesuai saat dipantau (data contoh).', notObserved: 'Tidak diperlihatkan saat dipantau (data contoh).', notApplicable: 'Tidak ada pada kelas ini (data contoh).' } as const
const outcomes = { tookPlace: 'took_place', classAbsent: 'class_absent', accessRefused: 'access_refused', wrongAddress: 'wrong_address' } as const
const outcomeReasons = {
  classAbsent: 'Tiba sebelum jam mulai, menunggu 45 menit; tidak ada kelas dan kontak tidak menjawab (data contoh).',
  accessRefused: 'Petugas menolak pemantau masuk; surat tugas sudah diperlihatkan (data contoh).',
  wrongAddress: 'Alamat atau tautan terdaftar tidak sampai ke kelas; kontak tidak menjawab (data contoh).',
} as const

interface Filled {
  readonly values: Record<string, string>
  /** Entries of repeats by the name of their first question. */
  readonly repeats: Record<string, Record<string, string>[]>
}
const yesNo = (v: Raw[string] | undefined): string => ({ yes: 'ya', no: 'tidak', partial: 'sebagian', na: 'na' })[String(v)] ?? String(v)
const choices = (v: Raw[string] | undefined, rename: Readonly<Record<string, string>> = {}): string => (v as readonly string[]).map((x) => rename[x] ?? x).join(' ') || 'tidak_ada'
const renamed = { air_minum: 'air', tempat_ibadah: 'ibadah', papan_ketik: 'keyboard' }

/** The entries of one item under the names of the instrument's questions; `has` tells which names the form knows. */
const entries = (item: SimulatedItem, { raw, verdict }: ItemAnswer, has: (name: string) => boolean, time: (clock: string) => string): Filled => {
  const c = item.code.toLowerCase()
  const first = has(c) ? c : `${c}_a`
  const note = verdict !== 'pass' && has(`${c}_note`) ? { [`${c}_note`]: remark[verdict] } : {}
  const plain = (values: Record<string, string | number | undefined>): Filled =>
    ({ values: { ...Object.fromEntries(Object.entries(values).flatMap(([k, v]) => (v === undefined ? [] : [[`${c}${k}`, String(v)]]))), ...note }, repeats: {} })
  const thrice = (make: (i: number) => Record<string, string>): Filled => ({ values: { [`${c}_list_count`]: '3' }, repeats: { [`${c}_list`]: [0, 1, 2].map(make) } })
  if (verdict === 'notObserved' || verdict === 'notApplicable') {
    const why = verdict === 'notObserved' ? 'ts' : 'na'
    if (has(`${c}_list`)) return thrice(() => (has(`${c}_b`) && item.kind === 'no' ? { [`${c}_a`]: '-', [`${c}_b`]: why } : { [`${c}_a`]: why }))
    return has(`${c}_na`) ? plain({ _na: why }) : { values: { [first]: why, ...(has(`${c}_b`) && item.kind !== 'yes' ? { [`${c}_b`]: why } : {}), ...note }, repeats: {} }
  }
  const { value } = raw
  switch (item.kind) {
    case 'times': return plain({ _a: time(String(raw['start'])), _b: time(String(raw['end'])) })
    case 'totalMinutes': case 'video': return plain({ '': raw['minutes'] as number })
    case 'headcount': return plain({ _a: raw['a'] as number, _b: raw['b'] as number, _log: raw['log'] as number })
    case 'camera': return plain({ _a: raw['a'] as number, _b: raw['b'] as number, _c: raw['c'] as number })
    case 'attendance': return plain({ _a: raw['enrolled'] as number, _b: raw['signed'] as number, _c: raw['present'] as number })
    case 'ratio': return plain({ '': raw['trainers'] as number })
    case 'mismatch': return plain({ '': raw['mismatches'] as number })
    case 'practice': return plain({ _a: raw['theory'] as number, _b: raw['practice'] as number })
    case 'percent': return has(c) ? plain({ '': Number(raw['percent']) / 20 }) : plain({ _a: 5, _b: Number(raw['percent']) / 20 })
    case 'aids': return plain({ '': raw['working'] as number })
    case 'computers': return plain({ '': raw['computers'] as number })
    case 'level': return plain({ '': raw['level'] as number })
    case 'score': return { values: { [first]: String(raw['score']), ...note }, repeats: {} }
    case 'count': case 'fast': return plain({ '': raw['count'] as number })
    case 'free': return plain({ _a: raw['count'] as number, ...(Number(raw['count']) > 0 ? { _b: 'https://contoh.example/video-gratis' } : {}) })
    case 'benefits': return thrice((i) => (i < Number(raw['count']) ? { [`${c}_a`]: 'ya' } : { [`${c}_a`]: 'tidak', [`${c}_b`]: remark.fail }))
    case 'safety': return plain({ _a: choices(raw['present']), _b: yesNo(raw['hazardous']) })
    case 'access': return plain({ _a: choices(raw['present']), _b: yesNo(raw['requested']) })
    case 'amenities': return plain({ '': choices(raw['present'], renamed) })
    case 'tests': return plain({ _a: yesNo(raw['pre']), _b: yesNo(raw['post']) })
    case 'safe': return plain({ _a: yesNo(raw['incident']), _b: yesNo(raw['notice']) })
    case 'signed': return plain({ '': raw['agrees'] === 'yes' ? 'setuju' : 'keberatan', _note: String(raw['text']) || undefined })
    case 'portfolio': return plain({ _a: raw['sync'] as number, _b: raw['async'] as number, ...(Number(raw['async']) > 1 ? { _c: 'ya' } : {}) })
    case 'hours': return has(c) ? plain({ '': raw['hours'] as number }) : plain({ _a: 'ya', _b: raw['hours'] as number })
    case 'no':
      if (has(`${c}_list`)) return thrice((i) => ({ [`${c}_a`]: `kunci jawaban ${i + 1}`, [`${c}_b`]: i === 0 ? yesNo(value) : 'tidak', ...(i === 0 && value === 'yes' ? { [`${c}_c`]: 'https://contoh.example/kunci' } : {}) }))
      return { values: { [first]: yesNo(value), ...note }, repeats: {} }
    case 'partial': return { values: { [first]: yesNo(value), ...(has(`${c}_b`) ? { [`${c}_b`]: 'tidak' } : {}), ...note }, repeats: {} }
    case 'interactive': return plain({ _a: yesNo(value), _b: raw['times'] as number })
    case 'price': return plain({ _a: yesNo(value), _b: raw['amount'] as number | undefined })
    case 'dayMinutes': return { values: {}, repeats: {} } // calculated in the form
    default: return { values: { [first]: yesNo(value), ...(raw['name'] !== undefined && has(`${c}_b`) ? { [`${c}_b`]: String(raw['name']) } : {}), ...note }, repeats: {} }
  }
}

const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** Puts values into a form's primary instance; what has no value stays blank, as a device sends it. */
const fillInstance = (xform: string, { values, repeats }: Filled, instanceId: string, deprecatedId: string | undefined): string => {
  const node = (name: string, text: string) => `<${name}>${escapeXml(text)}</${name}>`
  let body = /<instance>\s*([\s\S]*?)\s*<\/instance>/.exec(xform)![1]!.replace(/<(\w+) jr:template="">[\s\S]*?<\/\1>/g, '').replace(/>\s+</g, '><')
  for (const [name, rows] of Object.entries(repeats))
    body = body.replace(new RegExp(`<${name}>(.*?)</${name}>`), (_, inner: string) =>
      rows.map((row) => `<${name}>${inner.replace(/<(\w+)\/>/g, (blank: string, n: string) => (row[n] === undefined ? blank : node(n, row[n])))}</${name}>`).join(''))
  body = body.replace(/<(\w+)\/>/g, (blank: string, name: string) => (values[name] === undefined || values[name] === '' ? blank : node(name, values[name])))
  return `<?xml version='1.0' ?>${body.replace(/<meta>.*<\/meta>/, `<meta>${node('instanceID', instanceId)}${deprecatedId ? node('deprecatedID', deprecatedId) : ''}</meta>`)}`
}

/**
 * A simulated report written into an instrument, as a monitor's device would send it.
 * @param xform the instrument's form; @param line the task as the form's `kelas.csv` holds it
 * @param photo names of pictures by item code, for items that were found broken
 */
export const submissionOf = (given: {
  readonly xform: string
  readonly mode: Mode
  readonly visit: SimulatedVisit
  readonly line: ClassLine
  readonly zone: Zone
  readonly position: readonly [latitude: number, longitude: number] | null
  readonly began: Date
  readonly ended: Date
  readonly instanceId: string
  readonly deprecatedId?: string
  readonly photo?: (code: string) => string
}): string => {
  const { xform, visit, line, zone } = given
  const names = new Set([...xform.matchAll(/<(\w+)(?: jr:template="")?\/?>/g)].map((m) => m[1]!))
  const has = (name: string) => names.has(name)
  const offset = `+${String(zones[zone]).padStart(2, '0')}:00`
  const local = (at: Date) => `${new Date(at.getTime() + zones[zone] * 3_600_000).toISOString().slice(0, -1)}${offset}`
  const items = new Map(simulatedItems[given.mode].map((i) => [i.code, i]))
  const { name, label: _label, ...columns } = line
  const values: Record<string, string> = {
    start: local(given.began), end: local(given.ended), today: local(given.began).slice(0, 10), deviceid: 'contoh', kelas: name,
    ...Object.fromEntries(classColumns.flatMap((c) => (c in columns ? [[c, columns[c as keyof typeof columns]]] : []))), outcome: outcomes[visit.outcome],
  }
  const repeats: Filled['repeats'] = {}
  if (visit.outcome === 'tookPlace') {
    for (const answer of visit.answers) {
      const item = items.get(answer.code)!
      const one = entries(item, answer, has, (clock) => `${clock}:00.000${offset}`)
      Object.assign(values, one.values)
      Object.assign(repeats, one.repeats)
      const picture = `${answer.code.toLowerCase()}_photo`
      if (given.photo && answer.verdict === 'fail' && has(picture)) values[picture] = given.photo(answer.code)
      if (item.kind === 'place' && answer.raw['latitude'] !== undefined) values['place'] = `${answer.raw['latitude']} ${answer.raw['longitude']} 0 ${answer.raw['accuracy']}`
    }
    for (const c of ['w02', 'l02'])
      if (values[`${c}_a`] && values[`${c}_b`]) values[`${c}_lama`] = String(minutes(values[`${c}_b`]!) - minutes(values[`${c}_a`]!))
    if (has('w04') && values['w02_lama']) values['w04'] = values['w02_lama']
  } else values['outcome_reason'] = outcomeReasons[visit.outcome]
  return fillInstance(xform, { values: Object.fromEntries(Object.entries(values).filter(([n]) => has(n))), repeats }, given.instanceId, given.deprecatedId)
}
