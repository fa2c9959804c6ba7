import type { ChoiceList } from './choices.ts'
import { hasReference } from './expression.ts'
import { withOutputs } from './output.ts'
import type { Names } from './references.ts'
import { descendants, guidance, hint, label, mediaOf, pathOf, type FormNode, type Text } from './tree.ts'
import { node, type XmlNode } from './xml.ts'

/** language → text id → form ('long', 'guidance', 'image' …) → text and the node it is seen from. */
type Translations = Map<string, Map<string, Map<string, { text: string; from: FormNode | undefined }>>>

const messages = ['jr:constraintMsg', 'jr:requiredMsg', 'jr:noAppErrorString'] as const

/** True when a label must stand in itext: translated, or with a picture or sound. */
export const labelInItext = (n: FormNode): boolean => label(n) instanceof Map || mediaOf(n.cells).size > 0
export const hintInItext = (n: FormNode): boolean => hint(n) instanceof Map || guidance(n) !== undefined
/** A message stands in itext when it is translated or shows an answer. */
export const messageInItext = (key: string, text: Text): boolean =>
  (messages as readonly string[]).includes(key) &&
  (text instanceof Map || (key !== 'jr:noAppErrorString' && hasReference(text as string)))

export const collect = (root: FormNode, lists: Iterable<ChoiceList>, defaultLanguage: string): Translations => {
  const all: Translations = new Map()
  const add = (id: string, form: string, text: Text | undefined, from: FormNode | undefined): void => {
    if (text === undefined) return
    for (const [language, value] of typeof text === 'string' ? [[defaultLanguage, text] as const] : text) {
      const texts = all.get(language) ?? new Map()
      all.set(language, texts)
      const forms = texts.get(id) ?? new Map()
      texts.set(id, forms)
      forms.set(form, { text: value, from })
    }
  }
  for (const list of lists) {
    if (!list.itext) continue
    list.choices.forEach((choice, i) => {
      add(`${list.name}-${i}`, 'long', choice.label, undefined)
      for (const [kind, text] of choice.media) add(`${list.name}-${i}`, kind, text, undefined)
    })
  }
  const nodes = descendants(root)
  for (const n of nodes) {
    const path = pathOf(n)
    for (const key of messages) {
      const text = n.bind.get(key)
      if (text !== undefined && messageInItext(key, text)) add(`${path}:${key}`, 'long', text, n)
    }
    if (labelInItext(n)) add(`${path}:label`, 'long', label(n), n)
    // A hint of a group or repeat has no place in the body, but a translated one is kept as pyxform keeps it.
    if (hintInItext(n)) add(`${path}:hint`, 'long', hint(n), n)
    add(`${path}:hint`, 'guidance', guidance(n), n)
  }
  for (const n of nodes) for (const [kind, text] of mediaOf(n.cells)) add(`${pathOf(n)}:label`, kind, text, n)
  fillGaps(all)
  return all
}

/** Every text exists in every language; a missing one shows as "-". */
const fillGaps = (all: Translations): void => {
  const forms = new Map<string, Set<string>>()
  for (const texts of all.values()) for (const [id, has] of texts) forms.set(id, new Set([...(forms.get(id) ?? []), ...has.keys()]))
  for (const texts of all.values()) {
    for (const [id, wanted] of forms) {
      const has = texts.get(id) ?? new Map()
      texts.set(id, has)
      for (const form of wanted) if (!has.has(form)) has.set(form, { text: '-', from: undefined })
    }
  }
}

const folder: Readonly<Record<string, string>> = { image: 'images', 'big-image': 'images' }

export const itextNode = (all: Translations, names: Names, defaultLanguage: string): XmlNode =>
  node(
    'itext',
    {},
    [...all].map(([language, texts]) =>
      node(
        'translation',
        { lang: language, ...(language === defaultLanguage ? { default: 'true()' } : {}) },
        [...texts].map(([id, forms]) =>
          node(
            'text',
            { id },
            [...forms].flatMap(([form, { text, from }]) => {
              if (form === 'long') return [node('value', {}, withOutputs(text, names, from))]
              if (form === 'guidance') return [node('value', { form }, withOutputs(text, names, from))]
              return text === '-' ? [] : [node('value', { form }, withOutputs(`jr://${folder[form] ?? form}/${text}`, names, from))]
            }),
          ),
        ),
      ),
    ),
  )
