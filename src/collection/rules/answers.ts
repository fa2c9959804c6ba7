/** From a submission's XML to typed answers. Pure: the XML comes as a tree (xml.ts), the form as its fields (form.ts). */

export interface Element {
  readonly local: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

/** What a submission says about itself. */
export interface Identity {
  readonly formId: string
  readonly version: string
  readonly instanceId: string
  readonly deprecatedId: string | null
}

/** A text of the form by language code as far as the form has it. */
export interface Words {
  readonly id: string
  readonly en: string
}

/** One question, group or repeat of a form, in document order of the instance. */
export interface Field {
  readonly path: string
  readonly name: string
  readonly kind: 'group' | 'repeat' | 'question'
  /** Bind type: `string int decimal date time dateTime geopoint binary …`. */
  readonly dataType: string
  readonly control: 'input' | 'select1' | 'select' | 'upload' | 'trigger' | 'rank' | 'range' | 'none'
  /** `image/*` of an upload. */
  readonly mediatype: string | null
  readonly label: Words | null
  readonly choices: readonly { readonly name: string; readonly label: Words }[] | null
}

export interface Leaf {
  /** Path with `[n]` at every repeat: `/data/c/l24_list[2]/l24_a`. */
  readonly path: string
  /** The same without positions, as the form has it. */
  readonly plain: string
  readonly name: string
  /** Place in the document among the answers, from 0. */
  readonly ordinal: number
  readonly value: string
}

export interface Answer extends Leaf {
  /** Bind type of the question; `unknown` for an element the form does not have. */
  readonly kind: string
  readonly number: number | null
  readonly latitude: number | null
  readonly longitude: number | null
  readonly accuracy: number | null
}

/** The identity in root and `meta`, or the name of what is missing. */
export const identityOf = (root: Element): Identity | { readonly missing: 'id' | 'instanceID' } => {
  const meta = root.children.find((c) => c.local === 'meta')
  const text = (name: string): string | null => meta?.children.find((c) => c.local === name)?.text.trim() || null
  // an XForm may carry its id as the namespace of the primary instance (xforms-spec, "primary instance")
  const formId = (root.attributes['id'] ?? root.attributes['xmlns'] ?? '').trim()
  if (formId === '') return { missing: 'id' }
  const instanceId = text('instanceID')
  // the id becomes part of addresses, so only visible ASCII; every client makes `uuid:` + UUID
  if (!instanceId || !/^[!-~]{8,255}$/.test(instanceId)) return { missing: 'instanceID' }
  return { formId, version: (root.attributes['version'] ?? '').trim(), instanceId, deprecatedId: text('deprecatedID') }
}

/** Every element with a value, in document order. Elements that stand several times are numbered, known repeats always. */
export const flatten = (root: Element, repeats: ReadonlySet<string>): Leaf[] => {
  const leaves: Leaf[] = []
  const walk = (element: Element, path: string, plain: string): void => {
    if (element.children.length === 0) {
      const value = element.text.trim()
      if (value !== '') leaves.push({ path, plain, name: element.local, ordinal: leaves.length, value })
      return
    }
    const total = new Map<string, number>()
    for (const child of element.children) total.set(child.local, (total.get(child.local) ?? 0) + 1)
    const seen = new Map<string, number>()
    for (const child of element.children) {
      // `meta` is the envelope, not an answer; a repeat's template is never submitted
      if (element === root && child.local === 'meta') continue
      const n = (seen.get(child.local) ?? 0) + 1
      seen.set(child.local, n)
      const next = `${plain}/${child.local}`
      const numbered = repeats.has(next) || total.get(child.local)! > 1
      walk(child, `${path}/${child.local}${numbered ? `[${n}]` : ''}`, next)
    }
  }
  walk(root, `/${root.local}`, `/${root.local}`)
  return leaves
}

const numeric = (value: string): number | null => (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) && Number.isFinite(Number(value)) ? Number(value) : null)

/** `lat lon altitude accuracy`, the last two optional; null when it is no place on Earth. */
export const placeOf = (value: string): { latitude: number; longitude: number; accuracy: number | null } | null => {
  const [latitude, longitude, , accuracy] = value.split(/\s+/).map(numeric)
  if (latitude === null || latitude === undefined || longitude === null || longitude === undefined) return null
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return null
  return { latitude, longitude, accuracy: accuracy ?? null }
}

/** Leaves with the types of the form. A value that does not fit its type keeps its text and has no number. */
export const typed = (leaves: readonly Leaf[], fields: readonly Field[]): Answer[] => {
  const known = new Map(fields.filter((f) => f.kind === 'question').map((f) => [f.path, f]))
  return leaves.map((leaf) => {
    const kind = known.get(leaf.plain)?.dataType ?? 'unknown'
    const place = kind === 'geopoint' ? placeOf(leaf.value) : null
    return {
      ...leaf, kind, number: kind === 'int' || kind === 'decimal' ? numeric(leaf.value) : null,
      latitude: place?.latitude ?? null, longitude: place?.longitude ?? null, accuracy: place?.accuracy ?? null,
    }
  })
}

/** Answers by question name, as severity rules read them: one text, or a list with one entry per repetition (null where left blank). */
export const byName = (root: Element, leaves: readonly Leaf[], fields: readonly Field[]): Record<string, string | (string | null)[]> => {
  const out: Record<string, string | (string | null)[]> = Object.create(null)
  const inRepeat = new Set(fields.filter((f) => f.kind === 'repeat').map((f) => f.path))
  const insideRepeat = (plain: string): boolean => [...inRepeat].some((r) => plain.startsWith(`${r}/`))
  for (const field of fields) if (field.kind === 'question' && insideRepeat(field.path)) out[field.name] = repeatedValues(root, field.path.split('/').slice(2))
  for (const leaf of leaves) if (!insideRepeat(leaf.plain)) out[leaf.name] = leaf.value
  return out
}

const repeatedValues = (root: Element, names: readonly string[]): (string | null)[] => {
  let at: readonly Element[] = [root]
  for (const name of names) at = at.flatMap((e) => e.children.filter((c) => c.local === name))
  return at.map((e) => e.text.trim() || null)
}
