import { isName, isReference } from './expression.ts'
import { didYouMean, formError, type Findings } from './problems.ts'

export type Parameters = Map<string, string>
export interface Place {
  readonly sheet: string
  readonly row: number
  readonly column: string
}

const whole = (v: string): boolean => /^[+-]?\d+(_\d+)*$/.test(v)
const number = (v: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(v) || /^[+-]?(inf|infinity|nan)$/i.test(v)
const oneOf =
  (...allowed: string[]) =>
  (v: string): boolean =>
    allowed.includes(v)
const any = (): boolean => true
const truth = oneOf('true', 'false')

type Checks = Readonly<Record<string, (value: string) => boolean>>
const select: Checks = { randomize: truth, seed: (v) => number(v) || isReference(v) }
const geo: Checks = { 'allow-mock-accuracy': truth, 'reference-geometry': any }
const line: Checks = { ...geo, incremental: oneOf('yes', 'true', 'true()') }
/** What each type takes; a type that is not here takes anything, as pyxform does. */
const allowed: Readonly<Record<string, Checks>> = {
  'select one': select,
  'select all that apply': select,
  'select one external': select,
  rank: select,
  text: { rows: whole },
  photo: { 'max-pixels': whole, app: any },
  audio: { quality: oneOf('voice-only', 'low', 'normal', 'external') },
  'background-audio': { quality: oneOf('voice-only', 'low', 'normal') },
  geopoint: { ...geo, 'capture-accuracy': number, 'warning-accuracy': number },
  geotrace: line,
  geoshape: line,
  range: { start: any, end: any, step: any, tick_interval: any, placeholder: any, tick_labelset: any },
  audit: {
    'track-changes': truth,
    'track-changes-reasons': oneOf('on-form-edit'),
    'identify-user': truth,
    'location-priority': oneOf('no-power', 'low-power', 'balanced', 'high-accuracy'),
    'location-min-interval': (v) => whole(v) && Number(v) >= 0,
    'location-max-age': (v) => whole(v) && Number(v) >= 0,
  },
}

/** Names of columns and data keep their case. */
const asWritten = new Set(['reference-geometry', 'label', 'value'])

/** `max-pixels=1600, app=x` → pairs; undefined when the text is not made of pairs. */
const pairs = (raw: string): Parameters | undefined => {
  const found: Parameters = new Map()
  let rest = raw.replace(/^[\s,;]+/, '')
  while (rest !== '') {
    const match = /^([^\s=,;]+)[\s,;]*=[\s,;]*([^\s=,;]+)[\s,;]*/.exec(rest)
    if (!match) return undefined
    const key = match[1]!.toLowerCase()
    found.set(key, asWritten.has(key) || isReference(match[2]!) ? match[2]! : match[2]!.toLowerCase())
    rest = rest.slice(match[0].length)
  }
  return found
}

/** Reads the parameters of a row and checks keys and values against what the type takes. */
export const readParameters = (raw: string | undefined, type: string, fromFile: boolean, at: Place, found: Findings): Parameters => {
  if (raw === undefined) return new Map()
  const parameters = pairs(raw)
  if (parameters === undefined) {
    found.errors.push(formError('parameters.invalid', at))
    return new Map()
  }
  const checks = allowed[type]
  if (!checks) return parameters
  const here: Checks = fromFile ? { ...checks, value: isName, label: isName } : checks
  for (const [name, value] of parameters) {
    const check = Object.hasOwn(here, name) ? here[name] : undefined
    const keys = Object.keys(here)
    if (!check) found.errors.push(formError('parameters.unknown', at, { name, allowed: keys.join(', ') }, didYouMean(name, keys)))
    else if (!check(value)) found.errors.push(formError('parameters.value', at, { name, value }))
  }
  if (parameters.has('seed') && !parameters.has('randomize')) found.errors.push(formError('parameters.seed', at))
  if (type === 'audit') checkPlaceTracking(parameters, at, found)
  return parameters
}

/** A client that records places in its audit log must know how exactly, how often, and how old a place may be. */
const checkPlaceTracking = (parameters: Parameters, at: Place, found: Findings): void => {
  const [priority, often, age] = ['location-priority', 'location-min-interval', 'location-max-age'].map((key) => parameters.get(key))
  if (priority === undefined && often === undefined && age === undefined) return
  if (priority === undefined || often === undefined || age === undefined) found.errors.push(formError('audit.location', at))
  else if (Number(age) < Number(often)) found.errors.push(formError('audit.age', at))
}

/** An Android package name, as the `app` parameter of a photo needs one. */
export const isPackage = (name: string): boolean => /^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$/i.test(name)
