import type { Entities } from './entities.ts'
import { isReference, referencesIn } from './expression.ts'
import { didYouMean, formError, isEnough } from './problems.ts'
import { at, type Reading } from './reading.ts'
import { attach, descendants, formNode, hint, label, type FormNode, type Text } from './tree.ts'
import { types } from './types.ts'

/** A question that only computes: it has nothing to say to a person. */
const computes = (n: FormNode): boolean =>
  n.type === 'calculate' ||
  ((n.bind.has('calculate') || n.trigger.length > 0) && label(n) === undefined && hint(n) === undefined && types[n.type]?.hint === undefined)
/** True when a question never shows: it only computes, or carries device data. */
export const isHidden = (n: FormNode): boolean => types[n.type]?.control === undefined || computes(n)

/** What can only be said when every row is read. */
export const checkLater = (r: Reading, { declarations }: Entities): void => {
  const errors = r.found.errors
  for (const { row, kind, name } of r.later) {
    if (isEnough(errors)) return
    if (kind === 'trigger') {
      if (!r.questions.has(name)) errors.push(formError('reference.unknown', at(r, row, 'trigger'), { name }, didYouMean(name, r.questions)))
      continue
    }
    const repeat = isReference(name) && r.repeatNames.has(referencesIn(name)[0]!.name!)
    if (r.files.has(name) || r.choices.lists.has(name) || declarations.has(name) || repeat) continue
    const known = [...r.files, ...r.choices.lists.keys(), ...declarations.keys()]
    errors.push(formError('parameters.geometry', at(r, row, 'parameters'), { value: name }, didYouMean(name, known)))
  }
  const triggers = triggersOf(r.root)
  for (const n of descendants(r.root)) {
    const set = triggers.get(n.name)
    if (set && n.kind === 'question' && computes(n))
      for (const target of set)
        errors.push(formError('trigger.hidden', { sheet: r.sheet.name, row: target.row, column: target.headers.get('trigger') ?? 'trigger' }, { name: n.name }))
  }
}

/** Question → the questions it sets when it changes. */
export const triggersOf = (root: FormNode): ReadonlyMap<string, readonly FormNode[]> => {
  const triggers = new Map<string, FormNode[]>()
  for (const n of descendants(root)) {
    for (const name of n.trigger) {
      const known = triggers.get(name)
      if (known) known.push(n)
      else triggers.set(name, [n])
    }
  }
  return triggers
}

/** Adds the record's own data at the end of the form. */
export const addMeta = (r: Reading): void => {
  const { settings, meta } = r
  const add = (name: string, bind: readonly [string, Text][]): void =>
    void attach(formNode({ kind: 'question', name, type: 'calculate', parent: meta, bind: new Map([['type', 'string'], ...bind]) }))
  if (!settings.omitInstanceId)
    add('instanceID', [
      ['readonly', 'true()'],
      ['jr:preload', settings.instanceId],
    ])
  if (settings.instanceName !== undefined) add('instanceName', [['calculate', settings.instanceName]])
  if (meta.children.length > 0) attach(meta)
}

/** With the old `flat` setting groups leave no element, so what is inside carries their relevance. */
export const spreadRelevance = (n: FormNode, above = ''): void => {
  for (const c of n.children) {
    const own = c.bind.get('relevant')
    const text = typeof own === 'string' ? own : ''
    const all = above === '' ? text : text === '' ? above : `${above} and (${text})`
    if (c.children.length > 0) spreadRelevance(c, all)
    else if (all !== '') c.bind.set('relevant', all)
  }
}
