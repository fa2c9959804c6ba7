import { bodyNodes } from './body.ts'
import type { ChoiceList } from './choices.ts'
import { secondaryInstances } from './instances.ts'
import { collect, itextNode } from './itext.ts'
import { bindings, recordNode, submissionNodes } from './model.ts'
import type { Names } from './references.ts'
import type { Settings } from './settings.ts'
import type { FormNode } from './tree.ts'
import { document, node } from './xml.ts'

export interface Form {
  readonly root: FormNode
  readonly names: Names
  readonly lists: ReadonlyMap<string, ChoiceList>
  readonly settings: Settings
  /** Version of the entities standard the form uses, if it does. */
  readonly entities: string | undefined
}

const namespaces = {
  xmlns: 'http://www.w3.org/2002/xforms',
  'xmlns:h': 'http://www.w3.org/1999/xhtml',
  'xmlns:ev': 'http://www.w3.org/2001/xml-events',
  'xmlns:xsd': 'http://www.w3.org/2001/XMLSchema',
  'xmlns:jr': 'http://openrosa.org/javarosa',
  'xmlns:orx': 'http://openrosa.org/xforms',
  'xmlns:odk': 'http://www.opendatakit.org/xforms',
} as const

const namespacesOf = ({ settings, entities }: Form): Record<string, string> => {
  const own = new Map(settings.namespaces)
  if (entities !== undefined) own.set('entities', 'http://www.opendatakit.org/xforms/entities')
  const all: Record<string, string> = { ...namespaces }
  for (const [prefix, address] of own) all[`xmlns:${prefix}`] ??= address
  return all
}

/** The whole XForm document. */
export const writeXform = (form: Form): string => {
  const { settings, root, names, lists } = form
  const translations = collect(root, lists.values(), settings.defaultLanguage)
  const version = form.entities === undefined ? {} : { 'entities:entities-version': form.entities }
  const model = node('model', { 'odk:xforms-version': '1.0.0', ...version }, [
    ...submissionNodes(form),
    ...(translations.size > 0 ? [itextNode(translations, names, settings.defaultLanguage)] : []),
    node('instance', {}, [recordNode(form)]),
    ...secondaryInstances(root, lists),
    ...bindings(form),
  ])
  const head = node('h:head', {}, [node('h:title', {}, [settings.title]), model])
  return document(node('h:html', namespacesOf(form), [head, node('h:body', settings.style ? { class: settings.style } : {}, bodyNodes(form))]))
}
