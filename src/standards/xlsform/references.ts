import { inPredicate, placesOf, references, referencesIn, wantsWholePath } from './expression.ts'
import type { GroupedRow } from './headers.ts'
import { didYouMean, formError, isEnough, type FormError } from './problems.ts'
import { ancestors, descendants, eachText, headerOf, lineage, pathOf, repeatsAbove, steps, type FormNode, type Text } from './tree.ts'

/** Where each name stands; a name used more than once maps to every node that carries it. */
export type Names = ReadonlyMap<string, readonly FormNode[]>

const named = new Set<FormNode['kind']>(['survey', 'group', 'repeat', 'question', 'entity'])
export const namesOf = (root: FormNode): Names => {
  const names = new Map<string, FormNode[]>()
  for (const n of [root, ...descendants(root)]) {
    if (!named.has(n.kind)) continue
    const known = names.get(n.name)
    if (known) known.push(n)
    else names.set(n.name, [n])
  }
  return names
}

type Place = { readonly sheet: string; readonly row: number | null; readonly column: string }

/** Every reference of a cell that is malformed or names no question of the survey sheet. */
export const checkText = (text: string, known: ReadonlySet<string>, at: Place, errors: FormError[]): void => {
  for (const { name } of referencesIn(text)) {
    if (name === undefined) errors.push(formError('reference.malformed', at))
    else if (!known.has(name)) errors.push(formError('reference.unknown', at, { name }, didYouMean(name, known)))
  }
}

/** Checks the cells of a sheet; `ignore` holds first words of columns that are read otherwise. */
export const checkCells = (
  sheet: string,
  rows: readonly GroupedRow[],
  considers: (word: string) => boolean,
  known: ReadonlySet<string>,
  errors: FormError[],
): void => {
  for (const { row, raw, words } of rows) {
    if (isEnough(errors)) return
    for (const [header, text] of raw) {
      if (text.includes('${') && considers(words.get(header)?.[0] ?? header)) checkText(text, known, { sheet, row, column: header }, errors)
    }
  }
}

/** Every expression and text of a node in which a reference becomes a path, with the word of its column. */
const textsOf = (n: FormNode): (readonly [string, Text | undefined])[] => [
  ...['label', 'hint', 'guidance_hint'].map((word) => [word, ownText(n, word)] as const),
  ['default', n.default],
  ['choice_filter', n.choiceFilter],
  ['type', n.itemset?.includes('${') ? n.itemset : undefined],
  ['parameters', n.parameters.get('seed')],
  ...[...n.bind].map(([key, value]) => [`bind::${key}`, value] as const),
  ...[...n.control].map(([key, value]) => [`control::${key}`, value] as const),
]
const ownText = (n: FormNode, word: string): Text | undefined => {
  const value = n.cells.get(word)
  if (value === undefined || typeof value === 'string') return value
  return new Map([...value].filter((e): e is [string, string] => typeof e[1] === 'string'))
}

/** A name may stand twice in a form, but then nothing can refer to it. */
export const checkAmbiguous = (root: FormNode, names: Names, sheets: { survey: string; entities: string }, errors: FormError[]): void => {
  const files = new Set(descendants(root).flatMap((n) => (n.kind === 'external' ? n.name : [])))
  for (const n of descendants(root)) {
    if (isEnough(errors)) return
    const sheet = n.kind === 'attribute' || n.kind === 'value' ? sheets.entities : sheets.survey
    for (const [word, text] of textsOf(n)) {
      for (const [language, value] of eachText(text)) {
        const column = headerOf(n, word)
        const at = { sheet, row: n.row, column: language ? `${column.split('::')[0]}::${language}` : column }
        for (const { name } of referencesIn(value)) if (name !== undefined) checkOne(name, names, files, at, errors)
      }
    }
  }
}
/** A name that is nowhere was reported where it was written. */
export const checkOne = (name: string, names: Names, files: ReadonlySet<string>, at: Place, errors: FormError[]): void => {
  const found = names.get(name)?.length ?? 0
  if (found > 1) errors.push(formError('reference.ambiguous', at, { name }))
  else if (found === 0 && files.has(name)) errors.push(formError('reference.not_a_question', at, { name }))
}

export interface ResolveOptions {
  /** `current()/` before a relative path: needed where the dot is a choice, not the question. */
  readonly current?: boolean
  /** Choices taken from a repeat's own answers: stay outside of that repeat. */
  readonly fromRepeat?: boolean
}

/** The path to a named node, seen from another: relative when both stand in the same repeat instance, else absolute. */
const pathTo = (target: FormNode, from: FormNode | undefined, options: ResolveOptions): string => {
  if (!from) return pathOf(target)
  const [near, far] = [repeatsAbove(from), repeatsAbove(target)]
  const shared = far.filter((x) => near.includes(x)).at(-1)
  if (!shared) return pathOf(target)
  const above = ancestors(from)
  const way = lineage(target)
  let base: FormNode | undefined
  if (options.fromRepeat && shared === far.at(-1) && (near.indexOf(shared) === 0 || near.at(-1) !== shared)) {
    // The nodeset must end at the repeat, so the way up has to pass it when the target's own repeat holds the question.
    base = shared.parent!
  } else {
    const others = new Set(ancestors(target))
    base = above.find((x) => others.has(x) && (x.kind === 'group' || x.kind === 'repeat'))!
  }
  const up = above.indexOf(base) + 1
  const path = [...Array.from({ length: up }, () => '..'), ...steps(way.slice(way.indexOf(base) + 1))].join('/')
  return options.current ? `current()/${path}` : path
}

/**
 * Replaces every `${name}` by its path, with a space on both sides as pyxform writes it.
 * Names are known to resolve: they were checked before.
 */
export const resolve = (text: string, names: Names, from: FormNode | undefined, options: ResolveOptions = {}): string => {
  if (!text.includes('${')) return text
  const places = placesOf(text)
  return text.replace(references, (all, lastSaved: string | undefined, name: string, start: number) => {
    const target = names.get(name)?.[0]
    if (!target) return all
    if (lastSaved) return ` instance('__last-saved')${pathOf(target)} `
    const span = { start, end: start + all.length }
    const context = wantsWholePath(text, places, name, span) ? undefined : from
    return ` ${pathTo(target, context, { ...options, current: (options.current ?? false) || inPredicate(places, span) })} `
  })
}
