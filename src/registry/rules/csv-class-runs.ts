import { sha256 } from '../../base/sha256.ts'
import { Cells, csvLine, isDay, longestRecord, readHeader, type ImportError, type RawRecord } from './csv-fields.ts'

export const modes = ['webinar', 'onsite', 'selfPaced'] as const
export type Mode = (typeof modes)[number]

/** One class run as a file gives it, checked and normalised. Days are `2026-11-23`, price in whole rupiah, position in degrees. */
export interface ClassRunRow {
  readonly scheduleCode: string
  readonly courseCode: string
  /** Only read when the training is not registered yet. */
  readonly courseTitle: string | null
  readonly mode: Mode
  readonly providerCode: string
  readonly platformCode: string | null
  readonly regencyCode: string
  readonly startsOn: string
  readonly endsOn: string
  readonly plannedParticipants: number
  readonly quota: number | null
  readonly price: number | null
  readonly venue: string | null
  readonly address: string | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly meetingUrl: string | null
  readonly contactName: string | null
  readonly contactPhone: string | null
  readonly trainerName: string | null
}

/** What the registry knows already; the reader asks nothing else. */
export interface ClassRunLookups {
  /** Provider code → home regency, used for a webinar or self-paced run without `regency_code`. */
  readonly providers: ReadonlyMap<string, { readonly homeRegency: string | null }>
  /** Any written form of a platform (see `platformWord`) → its code. */
  readonly platforms: ReadonlyMap<string, string>
  readonly regencies: ReadonlySet<string>
  readonly trainings: ReadonlyMap<string, { readonly providerCode: string; readonly mode: Mode }>
}

/** How a platform's name is compared: `Karier.mu`, `KARIERMU` and `karier mu` are one. */
export const platformWord = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]/g, '')

/** The lookup of platforms from their codes and names. */
export const platformWords = (platforms: readonly { readonly code: string; readonly name: string; readonly shortName: string }[]): ReadonlyMap<string, string> =>
  new Map(platforms.flatMap(({ code, name, shortName }) => [code, name, shortName].map((text) => [platformWord(text), code] as const)))

/** Columns in the order in which they are written. The first seven names are the real integration's; docs/class-run-csv.md tells each. */
export const classRunColumns = [
  'schedule_code', 'course_code', 'course_title', 'course_type', 'course_learning_method', 'schedule_start_end', 'dp_platform',
  'provider_code', 'regency_code', 'starts_on', 'ends_on', 'planned_participants', 'quota', 'price', 'venue', 'address',
  'latitude', 'longitude', 'meeting_url', 'contact_name', 'contact_phone', 'trainer_name',
] as const
const required = ['schedule_code', 'course_code', 'provider_code', 'planned_participants']
export const classRunHeader = {
  required,
  optional: classRunColumns.filter((name) => !required.includes(name)),
  // Sent by the real integration beside the ones above; they say nothing that is kept here.
  ignored: ['course_type_label', 'is_online_attendance'],
}

const typeWords: Readonly<Record<string, Mode>> = {
  'WEBINAR': 'webinar', 'VIDEO CONFERENCE': 'webinar', 'OFFLINE': 'onsite', 'LURING': 'onsite', 'ONSITE': 'onsite',
  'SPL': 'selfPaced', 'SELF PACED LEARNING': 'selfPaced', 'SELF PACED': 'selfPaced', 'SELFPACED': 'selfPaced',
}
const methodWords: Readonly<Record<string, Mode>> = { ...typeWords, 'SYNCHRONOUS': 'webinar', 'ASYNCHRONOUS': 'selfPaced', 'TATAP MUKA': 'onsite' }
const modeWord = (text: string) => text.toUpperCase().replace(/[\s_-]+/g, ' ')
/** How a mode is written into `course_type`. */
export const courseTypeOf: Readonly<Record<Mode, string>> = { webinar: 'WEBINAR', onsite: 'OFFLINE', selfPaced: 'SPL' }

/** Longest class run in days; a longer one is a mistyped year. */
const longestRun = 184
const dayNumber = (day: string) => Date.parse(`${day}T00:00:00Z`) / 86_400_000

const readMode = (cells: Cells): Mode | null => {
  const word = (column: string, words: Readonly<Record<string, Mode>>) => {
    const text = cells.text(column, { max: 40 })
    if (text === null) return { text, mode: null }
    const mode = words[modeWord(text)] ?? cells.wrong(column, 'import.mode_unknown', { value: text, known: Object.keys(words).join(', ') })
    return { text, mode }
  }
  const type = word('course_type', typeWords)
  const method = word('course_learning_method', methodWords)
  if (type.text === null && method.text === null) return cells.errors.some((e) => e.column === 'course_type') ? null : cells.wrong('course_type', 'import.required')
  if (type.mode && method.mode && type.mode !== method.mode)
    return cells.wrong('course_learning_method', 'import.mode_conflict', { type: type.text ?? '', method: method.text ?? '' })
  return type.mode ?? method.mode
}

const readDays = (cells: Cells): readonly [string | null, string | null] => {
  const errorsBefore = cells.errors.length
  let start = cells.day('starts_on')
  let end = cells.day('ends_on')
  const range = cells.text('schedule_start_end')
  if (range !== null) {
    const days = /^(\d{4}-\d\d-\d\d)\s*(?:\/|-|s\.d\.|sd)\s*(\d{4}-\d\d-\d\d)$/.exec(range)
    if (!days || !isDay(days[1] ?? '') || !isDay(days[2] ?? '')) cells.wrong('schedule_start_end', 'import.day_range', { value: range })
    else if ((start !== null && start !== days[1]) || (end !== null && end !== days[2])) cells.wrong('schedule_start_end', 'import.day_conflict', { value: range })
    else {
      start ??= days[1] ?? null
      end ??= days[2] ?? null
    }
  }
  if (cells.errors.length > errorsBefore) return [null, null]
  if (start === null) cells.wrong('starts_on', 'import.required')
  if (end === null) cells.wrong('ends_on', 'import.required')
  if (start === null || end === null) return [null, null]
  const days = dayNumber(end) - dayNumber(start) + 1
  if (days < 1) cells.wrong('ends_on', 'import.day_order', { value: end, start })
  else if (days > longestRun) cells.wrong('ends_on', 'import.run_too_long', { days, max: longestRun })
  return [start, end]
}

const readPlace = (cells: Cells, mode: Mode | null, home: string | null, lookups: ClassRunLookups) => {
  const errorsBefore = cells.errors.length
  const written = cells.text('regency_code', { max: 8 })
  let regencyCode = written?.replace(/^(\d\d)(\d\d)$/, '$1.$2') ?? (mode === 'onsite' ? null : home)
  if (regencyCode === null && cells.errors.length === errorsBefore && mode !== null)
    cells.wrong('regency_code', mode === 'onsite' ? 'import.required_for' : 'import.required', { mode })
  else if (written !== null && regencyCode !== null && !lookups.regencies.has(regencyCode)) regencyCode = cells.wrong('regency_code', 'import.unknown_regency', { value: written })
  const address = cells.text('address', { max: 500 })
  if (mode === 'onsite' && address === null && !cells.errors.some((e) => e.column === 'address')) cells.wrong('address', 'import.required_for', { mode })
  // The bounding box of Indonesia: 6°08' N to 11°00' S, 95°00' E to 141°01' E, with half a degree of margin.
  const latitude = cells.decimal('latitude', -11.5, 6.7)
  const longitude = cells.decimal('longitude', 94.5, 141.5)
  if ((latitude === null) !== (longitude === null) && !cells.errors.some((e) => e.column === 'latitude' || e.column === 'longitude'))
    cells.wrong(latitude === null ? 'latitude' : 'longitude', 'import.position_half')
  return { regencyCode, address, latitude, longitude, venue: cells.text('venue') }
}

/** The outcome for one line: a row, or the reasons why there is none. */
export type ReadClassRun = { readonly row: ClassRunRow; readonly digest: string; readonly errors: readonly [] } | { readonly row: null; readonly errors: readonly ImportError[] }

/**
 * A reader of one file of class runs. Give it the header, then each record in file order (chunks are fine: it remembers the keys it has
 * seen, so that duplicates are found over the whole file). With header errors no record is worth reading.
 */
export const classRunReader = (header: readonly string[], lookups: ClassRunLookups) => {
  const { places, errors } = readHeader(header, classRunHeader)
  const seen = new Map<string, number>()
  const fresh = new Map<string, { line: number; providerCode: string; mode: Mode; title: string }>()
  const knownPlatforms = [...new Set(lookups.platforms.values())].join(', ')

  const checkTraining = (cells: Cells, line: number, courseCode: string, title: string | null, providerCode: string | null, mode: Mode | null) => {
    const known = lookups.trainings.get(courseCode)
    if (known) {
      if (providerCode !== null && known.providerCode !== providerCode)
        cells.wrong('provider_code', 'import.provider_not_of_training', { course: courseCode, registered: known.providerCode, value: providerCode })
      if (mode !== null && known.mode !== mode) cells.wrong('course_type', 'import.mode_not_of_training', { course: courseCode, registered: known.mode, value: mode })
      return
    }
    const earlier = fresh.get(courseCode)
    if (earlier) {
      if ((providerCode !== null && earlier.providerCode !== providerCode) || (mode !== null && earlier.mode !== mode) || (title !== null && earlier.title !== title))
        cells.wrong('course_code', 'import.training_conflict', { course: courseCode, first: earlier.line })
      return
    }
    if (title === null) {
      if (!cells.errors.some((e) => e.column === 'course_title')) cells.wrong('course_code', 'import.unknown_training', { value: courseCode })
    } else if (providerCode !== null && mode !== null) fresh.set(courseCode, { line, providerCode, mode, title })
  }

  const read = (record: RawRecord): ReadClassRun => {
    const cells = new Cells(record, places)
    if (!fits(cells, record, header.length)) return { row: null, errors: cells.errors }
    const scheduleCode = cells.code('schedule_code', { required: true })
    if (scheduleCode !== null) {
      const first = seen.get(scheduleCode)
      if (first === undefined) seen.set(scheduleCode, record.line)
      else cells.wrong('schedule_code', 'import.duplicate', { value: scheduleCode, first })
    }
    const mode = readMode(cells)
    const written = cells.code('provider_code', { required: true })
    const provider = written === null ? undefined : lookups.providers.get(written)
    if (written !== null && !provider) cells.wrong('provider_code', 'import.unknown_provider', { value: written })
    const providerCode = provider ? written : null
    const courseCode = cells.code('course_code', { required: true })
    const courseTitle = cells.text('course_title')
    if (courseCode !== null) checkTraining(cells, record.line, courseCode, courseTitle, providerCode, mode)
    const platform = cells.text('dp_platform', { max: 60 })
    const platformCode = platform === null ? null : (lookups.platforms.get(platformWord(platform)) ?? cells.wrong('dp_platform', 'import.unknown_platform', { value: platform, known: knownPlatforms }))
    const [startsOn, endsOn] = readDays(cells)
    const place = readPlace(cells, provider || mode === 'onsite' ? mode : null, provider?.homeRegency ?? null, lookups)
    const plannedParticipants = cells.whole('planned_participants', 1, 100_000, { required: true })
    const quota = cells.whole('quota', 1, 100_000)
    if (plannedParticipants !== null && quota !== null && plannedParticipants > quota) cells.wrong('planned_participants', 'import.planned_above_quota', { value: plannedParticipants, quota })
    const price = cells.whole('price', 0, 100_000_000)
    const meetingUrl = cells.text('meeting_url', { max: 500 })
    if (meetingUrl !== null && !/^https:\/\/[^\s/$.?#"<>]+\.[^\s"<>]+$/i.test(meetingUrl)) cells.wrong('meeting_url', 'import.url', { value: meetingUrl })
    const contactPhone = cells.text('contact_phone', { max: 30 })
    if (contactPhone !== null && !/^\+?[0-9(][0-9() .-]{5,24}$/.test(contactPhone)) cells.wrong('contact_phone', 'import.phone', { value: contactPhone })
    const contactName = cells.text('contact_name', { max: 120 })
    const trainerName = cells.text('trainer_name', { max: 200 })
    if (cells.errors.length > 0 || !scheduleCode || !courseCode || !providerCode || !mode || !startsOn || !endsOn || plannedParticipants === null || place.regencyCode === null)
      return { row: null, errors: cells.errors }
    const row: ClassRunRow = {
      scheduleCode, courseCode, courseTitle, mode, providerCode, platformCode, regencyCode: place.regencyCode, startsOn, endsOn, plannedParticipants, quota, price,
      venue: place.venue, address: place.address, latitude: place.latitude, longitude: place.longitude, meetingUrl, contactName, contactPhone, trainerName,
    }
    return { row, digest: classRunDigest(row), errors: [] }
  }
  return { errors, read }
}

/** True when the record has the header's number of cells (empty ones at the end apart) and is not too long. */
export const fits = (cells: Cells, record: RawRecord, expected: number): boolean => {
  const length = record.cells.reduce((n, cell) => n + cell.length, 0)
  const found = record.cells.findLastIndex((cell, i) => i < expected || cell.trim() !== '') + 1
  if (length > longestRecord) cells.wrong(null, 'import.record_too_long', { length, max: longestRecord })
  else if (found !== expected) cells.wrong(null, 'import.cell_count', { found, expected })
  return cells.errors.length === 0
}

const values = (row: ClassRunRow): readonly (string | number | null)[] => [
  row.scheduleCode, row.courseCode, row.courseTitle, courseTypeOf[row.mode], null, null, row.platformCode, row.providerCode, row.regencyCode, row.startsOn, row.endsOn,
  row.plannedParticipants, row.quota, row.price, row.venue, row.address, row.latitude, row.longitude, row.meetingUrl, row.contactName, row.contactPhone, row.trainerName,
]

/** SHA-256 (hex) of a row's normalised content: two files that say the same of a class run give the same digest, however they are written. */
export const classRunDigest = (row: ClassRunRow): string => sha256(JSON.stringify(values(row)))

/** The row as a line of CSV in the order of `classRunColumns`, without the line end. Reading it again gives the same row. */
export const classRunLine = (row: ClassRunRow): string => csvLine(values(row).map((v) => (v === null ? '' : String(v))))
