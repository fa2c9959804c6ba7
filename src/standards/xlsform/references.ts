import { insideInstancePredicate, references, referencesIn } from './expression.ts'
import { didYouMean, formError, type FormError } from './problems.ts'
import { descendants, headerOf, lineage, pathOf, repeatsAbove, type FormNode, type Text } from './tree.ts'

/** Where each name stands; a name used more than once maps to every node that carries it. */
export type Names = ReadonlyMap<string, readonly FormNode[]>

export const namesOf = (root: FormNode): Names => {
  const names = new Map<string, FormNode[]>()
  for (const n of descendants(root)) if (n.kind !== 'external') names.set(n.name, [...(names.get(n.name) ?? []), n])
  return names
}

/** Every reference of a text that cannot be resolved, as errors at one place. */
export const checkText = (
  text: string,
  names: Names,
  at: { sheet: string; row: number | null; column: string },
  errors: FormError[],
): void => {
  for (const { name, lastSaved } of referencesIn(text)) {
    if (name === undefined) errors.push(formError('reference.malformed', at))
    else if (lastSaved) errors.push(formError('reference.last_saved', at))
    else {
      const found = names.get(name) ?? []
      if (found.length === 0) errors.push(formError('reference.unknown', at, { name }, didYouMean(name, names.keys())))
      if (found.length > 1) errors.push(formError('reference.ambiguous', at, { name }))
    }
  }
}

const each = (text: Text | undefined): readonly (readonly [string, string])[] =>
  text === undefined ? [] : typeof text === 'string' ? [['', text]] : [...text]

/** Checks every expression and text of the survey sheet. */
export const checkReferences = (root: FormNode, names: Names, sheet: string, errors: FormError[]): void => {
  for (const n of descendants(root)) {
    if (n.row === null) continue
    const check = (word: string, text: Text | undefined): void => {
      for (const [language, value] of each(text)) {
        const column = headerOf(n, word)
        checkText(value, names, { sheet, row: n.row, column: language ? `${column.split('::')[0]}::${language}` : column }, errors)
      }
    }
    for (const word of ['label', 'hint', 'guidance_hint'] as const) check(word, textAt(n, word))
    if (n.kind === 'question') {
      check('default', n.default)
      check('choice_filter', n.choiceFilter)
      if (n.itemset?.includes('${')) check('type', n.itemset)
      check('parameters', n.parameters.get('seed'))
    }
    for (const [key, value] of n.bind) check(`bind::${key}`, value)
    for (const [key, value] of n.control) check(`control::${key}`, value)
  }
}
const textAt = (n: FormNode, word: string): Text | undefined => {
  const value = n.cells.get(word)
  if (value === undefined || typeof value === 'string') return value
  return new Map([...value].filter((e): e is [string, string] => typeof e[1] === 'string'))
}

/** Positions inside `indexed-repeat(…)` where pyxform wants the whole path: the value and the repeats, not the indexes. */
const insideIndexedRepeat = (text: string, position: number): boolean => {
  const opening = /indexed-repeat\(/g
  for (let match = opening.exec(text); match; match = opening.exec(text)) {
    let depth = 1
    let argument = 0
    for (let i = opening.lastIndex; i < text.length && depth > 0; i++) {
      if (i === position) return [0, 1, 3, 5].includes(argument)
      if (text[i] === '(') depth++
      if (text[i] === ')') depth--
      if (text[i] === ',' && depth === 1) argument++
    }
  }
  return false
}

export interface ResolveOptions {
  /** `current()/` before a relative path: needed where the dot is a choice, not the question. */
  readonly current?: boolean
  /** Choices taken from a repeat's own answers: stay outside of that repeat. */
  readonly fromRepeat?: boolean
}

/**
 * The path to a named node, seen from another: relative when both stand in the same repeat instance, else absolute.
 * Names are known to resolve (checkReferences ran before).
 */
export const pathTo = (target: FormNode, from: FormNode | undefined, options: ResolveOptions = {}): string => {
  if (!from) return pathOf(target)
  const shared = repeatsAbove(target)
    .filter((x) => repeatsAbove(from).includes(x))
    .at(-1)
  if (!shared) return pathOf(target)
  const [to, own] = [lineage(target), lineage(from)]
  let common = 0
  while (common < Math.min(to.length, own.length) - 1 && to[common] === own[common]) common++
  if (options.fromRepeat) {
    // The nodeset must end at the repeat, so the way up has to pass it when the target's own repeat holds the question.
    const ownRepeat = repeatsAbove(target).at(-1)!
    if (repeatsAbove(from).at(-1) !== ownRepeat) common = Math.min(common, lineage(ownRepeat).length - 1)
  }
  const up = own.length - common
  const steps = [...Array.from({ length: up }, () => '..'), ...to.slice(common).map((x) => x.name)].join('/')
  return options.current ? `current()/${steps}` : steps
}

/** Replaces every `${name}` by its path, with a space on both sides as pyxform writes it. */
export const resolve = (text: string, names: Names, from: FormNode | undefined, options: ResolveOptions = {}): string =>
  text.replace(references, (_all, _lastSaved, name: string, position: number) => {
    const target = names.get(name)![0]!
    const context = insideIndexedRepeat(text, position) ? undefined : from
    const current = (options.current ?? false) || insideInstancePredicate(text, position)
    return ` ${pathTo(target, context, { ...options, current })} `
  })
