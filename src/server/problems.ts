import { fill, type Language } from '#base/messages.ts'
import { Problem, problems as base, type Problems } from '#base/problem.ts'
import { problems as access } from '#access/contract.ts'
import { problems as collection } from '#collection/contract.ts'
import { problems as assignments } from '#assignments/contract.ts'
import { problems as findings } from '#findings/contract.ts'
import { problems as insight } from '#insight/contract.ts'
import { problems as ledger } from '#ledger/contract.ts'
import { problems as registry } from '#registry/contract.ts'
import { problems as sampling } from '#sampling/contract.ts'
import { problems as standards } from '#standards/contract.ts'
import { problems as verification } from '#verification/contract.ts'
import { schemaWords, type SchemaFault } from './schema-words.ts'

/** Every problem of the product; docs/problems.md is made from it. */
export const problems: Problems = { ...base, ...access, ...ledger, ...registry, ...standards, ...insight, ...sampling, ...assignments, ...collection, ...verification, ...findings }

/** What the database refuses (constraint name) and what that is called. */
const constraints: Readonly<Record<string, string>> = {
  organisation_code_unique: 'access.code_taken',
  membership_once: 'access.already_member',
  assignment_not_affiliated: 'assignment.affiliated',
  instrument_version_once: 'standards.version_exists',
  drawn_kept: 'sampling.kept',
  drawn_once: 'sampling.already_drawn',
  affiliation_once: 'registry.affiliation_exists',
  affiliation_two: 'registry.affiliation_self',
  ledger_append_only: 'ledger.append_only',
}

const isWords = (value: unknown): value is { id: string; en: string } => typeof value === 'object' && value !== null && typeof (value as { id?: unknown }).id === 'string' && typeof (value as { en?: unknown }).en === 'string'

/** Any error as a status and what the client is told, in its language. Unknown ones are 500 with a reference for the log.
 * @param limit bytes a body of this address may have */
export const told = (error: unknown, language: Language, reference: string, limit?: number): { status: number; body: { code: string; detail: Record<string, unknown>; message: string } } => {
  const problem = known(error, limit) ?? new Problem('internal', { reference })
  const [status, id, en] = problems[problem.code] ?? problems['internal']!
  const detail = Object.fromEntries(Object.entries(problem.detail).map(([name, value]) => [name, isWords(value) ? value[language] : value]))
  return { status, body: { code: problem.code, detail, message: fill(language === 'id' ? id : en, detail) } }
}

interface Foreign { code?: string; constraint?: string; detail?: string; validation?: SchemaFault[]; statusCode?: number; message?: string }

const known = (error: unknown, limit = 0): Problem | undefined => {
  if (error instanceof Problem) return error
  const e = error as Foreign
  if (e.validation) {
    const first = e.validation[0]
    const field = first?.instancePath.slice(1).replaceAll('/', '.') || String(first?.params?.['missingProperty'] ?? first?.params?.['additionalProperty'] ?? '')
    return new Problem('request.invalid', { field, reason: first ? schemaWords(first) : '', issues: e.validation.map((v) => ({ at: v.instancePath, message: v.message ?? '' })) })
  }
  if (e.constraint && constraints[e.constraint]) return new Problem(constraints[e.constraint]!, {})
  switch (e.code) {
    case '42501': return new Problem('access.refused_by_database') // row-level security
    case '23505': case '40001': case '40P01': return new Problem('request.conflict')
    case '23503': case '23514': case '22P02': case '22007': case '22008': case '22001': case '22003': case '22021':
      // the database's own words are English and tell of its insides
      return new Problem('request.invalid', { field: e.constraint ?? '', reason: { id: 'nilainya tidak dapat disimpan', en: 'its value cannot be stored' } })
    case 'FST_ERR_CTP_BODY_TOO_LARGE': case 'FST_REQ_FILE_TOO_LARGE': return new Problem('request.too_large', { limit })
  }
  if (typeof e.statusCode === 'number' && e.statusCode >= 400 && e.statusCode < 500) return e.statusCode === 413 ? new Problem('request.too_large', { limit }) : new Problem('request.malformed')
  return undefined
}
