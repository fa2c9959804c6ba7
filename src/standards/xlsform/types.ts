/** Question types: how each stands in the model (bind) and in the body (control). Attribute order is pyxform's. */
export interface TypeRule {
  readonly control?: 'input' | 'select1' | 'select' | 'odk:rank' | 'upload' | 'trigger' | 'range'
  readonly attributes?: Readonly<Record<string, string>>
  readonly bind: Readonly<Record<string, string>>
  readonly hint?: string
}

const input = (type: string, more: Readonly<Record<string, string>> = {}): TypeRule => ({ control: 'input', bind: { type, ...more } })
const upload = (mediatype: string): TypeRule => ({ control: 'upload', attributes: { mediatype }, bind: { type: 'binary' } })
const preload = (kind: string, type: string, parameter: string): TypeRule => ({
  bind: { 'jr:preload': kind, type, 'jr:preloadParams': parameter },
})
const property = (name: string): TypeRule => preload('property', 'string', name)
const days = (most: number): TypeRule => ({ ...input('int', { constraint: `0 <= . and . <= ${most}` }), hint: `Enter a number 0-${most}.` })

/** Each rule with every name it goes by: today's word first, then those of the first XLSForms, which still occur. */
const rules: readonly (readonly [TypeRule, ...string[]])[] = [
  [input('string'), 'text', 'string', 'q string', 'add text prompt'],
  [input('int'), 'integer', 'int', 'q int', 'add integer prompt'],
  [input('decimal'), 'decimal', 'q decimal', 'add decimal prompt'],
  [input('date'), 'date', 'q date', 'add date prompt'],
  [input('time'), 'time'],
  [
    input('dateTime'),
    'dateTime',
    'datetime',
    'date time',
    'q date time',
    'q dateTime',
    'add date time prompt',
    'add dateTime prompt',
  ],
  [input('geopoint'), 'geopoint', 'gps', 'location', 'q geopoint', 'q location', 'add location prompt'],
  [input('geotrace'), 'geotrace', 'q geotrace'],
  [input('geoshape'), 'geoshape', 'q geoshape'],
  [input('barcode'), 'barcode', 'q barcode', 'add barcode prompt'],
  [{ control: 'input', bind: { readonly: 'true()', type: 'string' } }, 'note', 'q note', 'add note prompt'],
  [{ ...input('string', { constraint: String.raw`regex(., '^\d*$')` }), hint: 'Enter numbers only.' }, 'phone number'],
  [input('int', { constraint: '0 <= . and . <= 100' }), 'percentage'],
  [days(31), 'number of days in last month'],
  [days(183), 'number of days in last six months'],
  [days(365), 'number of days in last year'],
  [{ control: 'select1', bind: { type: 'string' } }, 'select one'],
  [{ control: 'select', bind: { type: 'string' } }, 'select all that apply'],
  [{ control: 'odk:rank', bind: { type: 'odk:rank' } }, 'rank'],
  [input('string'), 'select one external'],
  [{ control: 'range', bind: { type: 'int' } }, 'range'],
  [upload('image/*'), 'photo', 'q picture', 'q image'],
  [upload('audio/*'), 'audio', 'q audio'],
  [upload('video/*'), 'video', 'q video'],
  [upload('application/*'), 'file'],
  [{ control: 'trigger', bind: { type: 'string' } }, 'acknowledge', 'q acknowledge', 'add acknowledge prompt'],
  [{ control: 'trigger', bind: {} }, 'trigger'],
  [{ bind: { type: 'string' } }, 'calculate', 'q calculate', 'add calculate prompt', 'hidden'],
  [{ bind: { type: 'geopoint' } }, 'start-geopoint', 'background-geopoint'],
  [{ bind: { type: 'binary' } }, 'audit', 'background-audio'],
  [preload('timestamp', 'dateTime', 'start'), 'start', 'start time', 'get start time'],
  [preload('timestamp', 'dateTime', 'end'), 'end', 'end time', 'get end time'],
  [preload('date', 'date', 'today'), 'today', 'get today'],
  [property('deviceid'), 'deviceid', 'device id', 'get device id'],
  [property('subscriberid'), 'subscriberid', 'subscriber id', 'get subscriber id'],
  [property('simserial'), 'simserial', 'sim id', 'get sim id'],
  [property('phonenumber'), 'phonenumber', 'get phone number'],
  ...['username', 'email', 'uri:username', 'uri:email', 'uri:deviceid', 'uri:subscriberid', 'uri:simserial', 'uri:phonenumber'].map(
    (name): [TypeRule, string] => [property(name), name],
  ),
]
export const types: Readonly<Record<string, TypeRule>> = Object.fromEntries(
  rules.flatMap(([rule, ...names]) => names.map((name) => [name, rule] as const)),
)

export const typeAliases: Readonly<Record<string, string>> = {
  image: 'photo',
  imei: 'deviceid',
  'add image prompt': 'photo',
  'add photo prompt': 'photo',
  'add audio prompt': 'audio',
  'add video prompt': 'video',
  'add file prompt': 'file',
}

/** Rows of the survey sheet that state a setting of the form. */
export const settingTypes: Readonly<Record<string, 'title' | 'id_string' | 'prefix'>> = {
  form_title: 'title',
  set_form_title: 'title',
  form_id: 'id_string',
  set_form_id: 'id_string',
  prefix: 'prefix',
}

/** `csv-external` and `xml-external` attach a file under the row's name. */
export const externalTypes: Readonly<Record<string, string>> = { 'csv-external': 'csv', 'xml-external': 'xml' }

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

const edges = /^(?:(begin)[\s_](lgroup|group|repeat|loop|looped group)(?: (?:over )?\S+)?|(end)[\s_](lgroup|group|repeat|loop|looped group))$/
/** `begin_repeat`, `end group`, `begin loop over x` → which and what; undefined for anything else. */
export const controlType = (text: string): { edge: 'begin' | 'end'; kind: 'group' | 'repeat' | 'loop' } | undefined => {
  const match = edges.exec(text)
  if (!match) return undefined
  const word = match[2] ?? match[4]!
  return { edge: match[1] ? 'begin' : 'end', kind: word === 'group' || word === 'loop' ? word : 'repeat' }
}

/** Every word a type may begin with, for suggestions. */
export const typeWords: readonly string[] = [
  ...Object.keys(types),
  ...Object.keys(typeAliases),
  ...Object.keys(externalTypes),
  ...Object.keys(selectCommands),
  'begin_group',
  'end_group',
  'begin_repeat',
  'end_repeat',
]
