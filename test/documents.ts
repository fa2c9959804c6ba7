import { verbs, initialRoles } from '#access/rules.ts'
import { problems } from '#server/problems.ts'
import { rooms } from '#server/rooms.ts'

/** Documents made from code. `npm run documents` writes them; the drift test compares. */
export const documents: Readonly<Record<string, () => string>> = {
  'docs/problems.md': () =>
    ['# Problems', 'Every code the API answers with, its HTTP status and sentence. Made from the rooms\' contracts (`npm run documents`).', '', '| Code | Status | Indonesian | English |', '|---|---|---|---|',
      ...Object.entries(problems).sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, [status, id, en]]) => `| \`${code}\` | ${status} | ${id.replaceAll('|', '\\|')} | ${en.replaceAll('|', '\\|')} |`), ''].join('\n'),
  'docs/api.md': () =>
    ['# API', 'Every operation under `/api`, its verb and the roles that hold it at the start. Made from the rooms\' contracts (`npm run documents`). Writing requests carry the header `x-requested-with: pantau`.', '',
      ...Object.entries(rooms).flatMap(([name, room]) => [`## ${name}`, '| Operation | Call | Verb | Roles |', '|---|---|---|---|',
        ...Object.entries(room.contract).map(([operation, e]) => `| ${operation} | \`${e.call}\` | ${e.verb} | ${e.verb in verbs ? initialRoles.filter((r) => (r.verbs as string[]).includes(e.verb)).map((r) => r.code).join(', ') : ''} |`), '']),
      ''].join('\n'),
}
