import { isName, isReference } from './expression.ts'
import { formError, type FormError } from './problems.ts'

const whole = (v: string): boolean => /^-?\d+$/.test(v)
const number = (v: string): boolean => v.trim() !== '' && Number.isFinite(Number(v))
const oneOf =
  (...allowed: string[]) =>
  (v: string): boolean =>
    allowed.includes(v)

type Checks = Readonly<Record<string, (value: string) => boolean>>
const select: Checks = { randomize: oneOf('true', 'false'), seed: (v) => number(v) || isReference(v) }
const allowed: Readonly<Record<string, Checks>> = {
  'select one': select,
  'select all that apply': select,
  rank: select,
  text: { rows: whole },
  photo: { 'max-pixels': whole },
  audio: { quality: oneOf('voice-only', 'low', 'normal', 'external') },
  geopoint: { 'allow-mock-accuracy': oneOf('true', 'false'), 'capture-accuracy': number, 'warning-accuracy': number },
  geotrace: { 'allow-mock-accuracy': oneOf('true', 'false') },
  geoshape: { 'allow-mock-accuracy': oneOf('true', 'false') },
}

/** Reads `max-pixels=1600 app=x` and checks keys and values against what the type takes. */
export const readParameters = (
  raw: string | undefined,
  type: string,
  fromFile: boolean,
  at: { sheet: string; row: number; column: string },
  errors: FormError[],
): Map<string, string> => {
  const found = new Map<string, string>()
  if (raw === undefined) return found
  const separator = raw.includes(',') ? ',' : raw.includes(';') ? ';' : ' '
  for (const part of raw
    .split(separator)
    .map((p) => p.trim())
    .filter((p) => p !== '')) {
    const [key = '', value = '', ...more] = part.split('=').map((p) => p.trim())
    if (!key || !value || more.length > 0) {
      errors.push(formError('parameters.invalid', at))
      return new Map()
    }
    // pyxform lower-cases keys, and values too except for `label` and `value` (column names)
    found.set(key.toLowerCase(), ['label', 'value'].includes(key.toLowerCase()) || isReference(value) ? value : value.toLowerCase())
  }
  const checks: Checks | undefined = allowed[type]
  if (!checks) return found
  const here: Checks = fromFile ? { ...checks, value: isName, label: isName } : checks
  for (const [key, value] of found) {
    const check = here[key]
    if (!check) errors.push(formError('parameters.unknown', at, { name: key, allowed: Object.keys(here).join(', ') }))
    else if (!check(value)) errors.push(formError('parameters.value', at, { name: key, value }))
  }
  if (found.has('seed') && !found.has('randomize'))
    errors.push(formError('parameters.value', at, { name: 'seed', value: found.get('seed') }))
  return found
}
