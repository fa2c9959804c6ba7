/** Question types: how each stands in the model (bind) and in the body (control). Attribute order is pyxform's. */
export interface TypeRule {
  readonly control?: 'input' | 'select1' | 'select' | 'odk:rank' | 'upload' | 'trigger'
  readonly attributes?: Readonly<Record<string, string>>
  readonly bind: Readonly<Record<string, string>>
  readonly hint?: string
}

const input = (type: string): TypeRule => ({ control: 'input', bind: { type } })
const upload = (mediatype: string): TypeRule => ({ control: 'upload', attributes: { mediatype }, bind: { type: 'binary' } })
const preload = (kind: string, type: string, parameter: string): TypeRule => ({
  bind: { 'jr:preload': kind, type, 'jr:preloadParams': parameter },
})

export const types: Readonly<Record<string, TypeRule>> = {
  text: input('string'),
  string: input('string'),
  integer: input('int'),
  int: input('int'),
  decimal: input('decimal'),
  date: input('date'),
  time: input('time'),
  dateTime: input('dateTime'),
  datetime: input('dateTime'),
  geopoint: input('geopoint'),
  gps: input('geopoint'),
  geotrace: input('geotrace'),
  geoshape: input('geoshape'),
  barcode: input('barcode'),
  note: { control: 'input', bind: { readonly: 'true()', type: 'string' } },
  'phone number': { control: 'input', bind: { type: 'string', constraint: String.raw`regex(., '^\d*$')` }, hint: 'Enter numbers only.' },
  'select one': { control: 'select1', bind: { type: 'string' } },
  'select all that apply': { control: 'select', bind: { type: 'string' } },
  rank: { control: 'odk:rank', bind: { type: 'odk:rank' } },
  photo: upload('image/*'),
  audio: upload('audio/*'),
  video: upload('video/*'),
  file: upload('application/*'),
  acknowledge: { control: 'trigger', bind: { type: 'string' } },
  trigger: { control: 'trigger', bind: { type: 'string' } },
  calculate: { bind: { type: 'string' } },
  hidden: { bind: { type: 'string' } },
  start: preload('timestamp', 'dateTime', 'start'),
  end: preload('timestamp', 'dateTime', 'end'),
  today: preload('date', 'date', 'today'),
  deviceid: preload('property', 'string', 'deviceid'),
  username: preload('property', 'string', 'username'),
  phonenumber: preload('property', 'string', 'phonenumber'),
  email: preload('property', 'string', 'email'),
  subscriberid: preload('property', 'string', 'subscriberid'),
  simserial: preload('property', 'string', 'simserial'),
}

export const typeAliases: Readonly<Record<string, string>> = {
  image: 'photo',
  imei: 'deviceid',
  'add image prompt': 'photo',
  'add photo prompt': 'photo',
  'add audio prompt': 'audio',
  'add video prompt': 'video',
  'add file prompt': 'file',
}

/** Types the reference implementation knows and this converter refuses by name. */
export const unsupportedTypes: readonly string[] = [
  'range',
  'audit',
  'osm',
  'background-audio',
  'background-geopoint',
  'start-geopoint',
  'select_one_external',
  'loop',
]

const selectCommands: Readonly<Record<string, string>> = {
  'add select one prompt using': 'select one',
  'add select multiple prompt using': 'select all that apply',
  'select all that apply from': 'select all that apply',
  'select all that apply': 'select all that apply',
  'select one from': 'select one',
  'select one': 'select one',
  select1: 'select one',
  select_one: 'select one',
  select_multiple: 'select all that apply',
  select_one_from_file: 'select one',
  select_multiple_from_file: 'select all that apply',
  'select one from file': 'select one',
  'select multiple from file': 'select all that apply',
  select_one_external: 'select one external',
  rank: 'rank',
}
const commandsByLength = Object.keys(selectCommands).sort((a, b) => b.length - a.length)

export interface SelectType {
  readonly type: string
  readonly list: string
  readonly orOther: boolean
  readonly fromFile: boolean
}

/** `select_one kab or_other` → its type, list and whether "other" was asked for; undefined for anything else. */
export const selectType = (text: string): SelectType | undefined => {
  for (const command of commandsByLength) {
    if (!text.startsWith(`${command} `)) continue
    const match = /^(\S+)( (?:or specify other|or_other|or other))?$/.exec(text.slice(command.length + 1))
    if (!match) continue
    return { type: selectCommands[command]!, list: match[1]!, orOther: match[2] !== undefined, fromFile: /from[_ ]file$/.test(command) }
  }
  return undefined
}

/** `begin_repeat`, `end group`, `begin loop over x` → which and what; undefined for anything else. */
export const controlType = (text: string): { edge: 'begin' | 'end'; kind: string } | undefined => {
  const match = /^(begin|end)[\s_](lgroup|group|repeat|loop|looped group)(?: (?:over )?\S+)?$/.exec(text)
  if (!match) return undefined
  const kind = match[2] === 'lgroup' || match[2] === 'looped group' ? 'repeat' : match[2]!
  return { edge: match[1] as 'begin' | 'end', kind }
}
export const selectCommandNames: readonly string[] = Object.keys(selectCommands)
