/** What must be done to an XForm's XML before the engine reads it, and what is read from a filled instance's XML. */

type ByLanguage = Readonly<Record<string, string>>

interface Prepared {
  readonly xml: string
  /** Question path → form language → longer explanation (XLSForm `guidance_hint`). */
  readonly guidance: Readonly<Record<string, ByLanguage>>
}

const parse = (xml: string): Document => {
  const document = new DOMParser().parseFromString(xml, 'text/xml')
  const failure = document.querySelector('parsererror')
  if (failure) throw new Error(failure.textContent ?? 'malformed XML')
  return document
}

const named = (parent: Document | Element, name: string): Element[] => [...parent.getElementsByTagNameNS('*', name)]

const takeGuidance = (document: Document): Record<string, ByLanguage> => {
  const texts: Record<string, Record<string, string>> = {}
  for (const value of named(document, 'value')) {
    if (value.getAttribute('form') !== 'guidance') continue
    const id = value.closest('text')?.getAttribute('id')
    const language = value.closest('translation')?.getAttribute('lang')
    if (id && language !== null && language !== undefined) (texts[id] ??= {})[language] = value.textContent?.trim() ?? ''
    value.remove()
  }
  const guidance: Record<string, ByLanguage> = {}
  for (const hint of named(document, 'hint')) {
    const id = /^\s*jr:itext\(\s*['"](.+)['"]\s*\)\s*$/.exec(hint.getAttribute('ref') ?? '')?.[1]
    const path = hint.parentElement?.getAttribute('ref')
    if (id && path && texts[id]) guidance[path] = texts[id]
  }
  return guidance
}

const putValues = (document: Document, values: Readonly<Record<string, string>>): void => {
  const root = named(document, 'instance')[0]?.firstElementChild
  for (const [path, value] of Object.entries(values)) {
    const [first, ...names] = path.split('/').filter(Boolean)
    let at: Element | undefined = root && root.localName === first ? root : undefined
    for (const name of names) at = at && [...at.children].find((child) => child.localName === name)
    if (!at) throw new Error(`the form has no ${path}`)
    at.textContent = value
  }
}

/** The engine adds `deprecatedID` when it begins a correction, but drops it from a restored one unless the form has it. */
const keepDeprecatedId = (document: Document, instance: string): void => {
  if (!identityOf(instance).deprecatedId) return
  const first = named(document, 'instance')[0]
  const meta = first && named(first, 'meta')[0]
  if (meta && !named(meta, 'deprecatedID')[0]) meta.append(document.createElementNS(meta.namespaceURI, meta.prefix ? `${meta.prefix}:deprecatedID` : 'deprecatedID'))
}

/**
 * Takes the guidance texts out (engine 0.22.0 would run them into the hint) and writes first values into the form's
 * own instance, so that they are there before any calculation runs and reach fields without a control, too.
 * @param values instance path (`/data/kelas`) → value, for a new instance only
 * @param draft the XML of the draft that is to be restored
 */
export const prepare = (xml: string, values: Readonly<Record<string, string>> = {}, draft?: string): Prepared => {
  const document = parse(xml)
  const guidance = takeGuidance(document)
  putValues(document, values)
  if (draft) keepDeprecatedId(document, draft)
  return { xml: new XMLSerializer().serializeToString(document), guidance }
}

export interface Identity {
  /** With its `uuid:` prefix, as OpenRosa has it. */
  readonly instanceId: string
  /** The submission that this one corrects. */
  readonly deprecatedId: string | null
}

/** The identity that an instance's XML carries in its `meta` block. */
export const identityOf = (xml: string): Identity => {
  const meta = named(parse(xml), 'meta')[0]
  const text = (name: string) => (meta && named(meta, name)[0]?.textContent?.trim()) || null
  const instanceId = text('instanceID')
  if (!instanceId) throw new Error('the instance has no instanceID')
  return { instanceId, deprecatedId: text('deprecatedID') }
}
