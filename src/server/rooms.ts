import type { Context, Event, Room } from '#base/room.ts'
import { api as access } from '#access/api.ts'
import { api as assignments, reactions as onAssignments } from '#assignments/api.ts'
import { api as collection } from '#collection/api.ts'
import { api as findings, reactions as onFindings } from '#findings/api.ts'
import { api as insight, reactions as onInsight } from '#insight/api.ts'
import { api as ledger } from '#ledger/api.ts'
import { api as notices } from '#notices/api.ts'
import { api as registry } from '#registry/api.ts'
import { api as sampling } from '#sampling/api.ts'
import { api as standards } from '#standards/api.ts'
import { api as verification } from '#verification/api.ts'

/** All rooms, in the order of the house. */
export const rooms: Readonly<Record<string, Room>> = { access, ledger, notices, registry, standards, sampling, assignments, collection, verification, findings, insight }

export type Reaction = (event: Event, context: Context) => Promise<void>

/** What a room does when something happened in a room above, in the same transaction. */
export const reactions: readonly Readonly<Record<string, Reaction>>[] = [onAssignments, onFindings, onInsight]
