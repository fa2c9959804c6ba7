import type { Declaration } from './entities.ts'
import { formError } from './problems.ts'
import type { Reading } from './reading.ts'
import { lineage, type FormNode } from './tree.ts'

/** Where a question stands that an entity saves from or reads. */
export interface Referring {
  readonly container: FormNode
  readonly row: number
  /** The property it is saved to; undefined when the entity only reads the question. */
  readonly property: string | undefined
  readonly question: string | undefined
}

/** What an entity wants: a place in its scope, as near to its answers as possible. */
interface Request {
  readonly declaration: Declaration
  readonly scope: FormNode
  readonly wanted: FormNode
  /** The containers that hold its saved answers. */
  readonly saving: readonly FormNode[]
}

/** A scope is answered as one: the form as a whole or one instance of a repeat. */
const scopeOf = (n: FormNode): FormNode => (n.kind === 'repeat' || !n.parent ? n : scopeOf(n.parent))
const repeats = (n: FormNode): number => lineage(n).filter((x) => x.kind === 'repeat').length
const groupsBelowScope = (n: FormNode): number => lineage(n).length - lineage(scopeOf(n)).length
const holds = (outer: FormNode, inner: FormNode): boolean => lineage(inner).includes(outer)
const pathText = (n: FormNode): string =>
  `/${lineage(n)
    .map((x) => (x.parent ? x.name : 'survey'))
    .join('/')}`

/** The reference in the deepest scope, and there in the deepest group. */
const deepest = (references: readonly Referring[]): Referring | undefined =>
  references.reduce<Referring | undefined>((best, ref) => {
    if (!best) return ref
    const [a, b] = [scopeOf(ref.container), scopeOf(best.container)]
    if (a !== b) return repeats(a) > repeats(b) ? ref : best
    return groupsBelowScope(ref.container) > groupsBelowScope(best.container) ? ref : best
  }, undefined)

const common = (containers: readonly FormNode[]): FormNode => {
  const [first, ...others] = containers.map(lineage)
  let length = Math.min(...containers.map((c) => lineage(c).length))
  while (others.some((o) => o[length - 1] !== first![length - 1])) length--
  return first![length - 1]!
}

const requestOf = (declaration: Declaration, references: readonly Referring[], root: FormNode, r: Reading): Request | undefined => {
  const reading = deepest(references)
  if (!reading) return { declaration, scope: root, wanted: root, saving: [] }
  const scope = scopeOf(reading.container)
  const saved = references.filter((ref) => ref.property !== undefined)
  const saving = [...new Set(saved.map((ref) => ref.container))]
  const wanted = saving.length > 0 ? deepestOf([scopeOf(deepest(saved)!.container), common(saving)]) : reading.container
  const before = r.found.errors.length
  for (const ref of references) {
    const own = scopeOf(ref.container)
    const values = { name: declaration.list, question: ref.question, scope: pathText(own) }
    if (ref.property !== undefined && (!holds(own, scope) || own !== scopeOf(wanted))) {
      const other = pathText(holds(own, scope) ? wanted : scope)
      r.found.errors.push(formError('entity.save_scope', { sheet: r.sheet.name, row: ref.row, column: 'save_to' }, { ...values, other }))
    } else if (!holds(own, scope))
      r.found.errors.push(formError('entity.reads_scope', { sheet: 'entities', row: declaration.row, column: 'label' }, { ...values, other: pathText(scope) }))
  }
  return r.found.errors.length > before ? undefined : { declaration, scope, wanted, saving }
}
const deepestOf = ([a, b]: readonly [FormNode, FormNode]): FormNode => {
  if (repeats(a) !== repeats(b)) return repeats(a) > repeats(b) ? a : b
  return groupsBelowScope(b) > groupsBelowScope(a) ? b : a
}

/**
 * Finds each entity a container of its own: one container holds one entity, and an answer is saved to the nearest entity around it.
 * As low as possible, upwards to the scope when taken; entities are served in the order of their sheet.
 */
export const placeEntities = (
  root: FormNode,
  declarations: ReadonlyMap<string, Declaration>,
  referring: ReadonlyMap<string, readonly Referring[]>,
  r: Reading,
): Map<FormNode, string> => {
  const scopes = new Map<FormNode, Request[]>()
  for (const list of new Set([...referring.keys(), ...declarations.keys()])) {
    const request = requestOf(declarations.get(list)!, referring.get(list) ?? [], root, r)
    if (request) scopes.set(request.scope, [...(scopes.get(request.scope) ?? []), request])
  }
  const places = new Map<FormNode, string>()
  if (r.found.errors.length > 0) return places
  const only = scopes.get(root)
  if (scopes.size === 1 && only?.length === 1) return new Map([[root, only[0]!.declaration.list]])
  const reserved = new Map<FormNode, string>()
  for (const requests of scopes.values()) {
    for (const request of requests.sort((a, b) => a.declaration.row - b.declaration.row)) place(request, places, reserved, declarations, r)
  }
  return places
}

const place = (
  { declaration, scope, wanted, saving }: Request,
  places: Map<FormNode, string>,
  reserved: Map<FormNode, string>,
  declarations: ReadonlyMap<string, Declaration>,
  r: Reading,
): void => {
  let taken: string | undefined
  for (let here: FormNode = wanted; ; here = here.parent!) {
    taken = places.get(here) ?? reserved.get(here)
    if (taken === undefined) {
      places.set(here, declaration.list)
      reserved.set(here, declaration.list)
      for (const leaf of saving) for (let n = leaf; n !== here && n.parent; n = n.parent) reserved.set(n, declaration.list)
      return
    }
    // An answer's own container given to another entity cannot be got round by going up.
    const other = saving.length > 0 ? reserved.get(saving[0]!) : undefined
    if (other !== undefined) taken = other
    if (other !== undefined || here === scope) break
  }
  const values = { name: declaration.list, scope: pathText(scope), other: declarations.get(taken)!.row }
  r.found.errors.push(formError('entity.no_room', { sheet: 'entities', row: declaration.row, column: 'list_name' }, values))
}
