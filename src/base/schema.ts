import { Type } from 'typebox'

/** Pieces that contracts share. */
export const Id = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' })
/** An instant, ISO 8601 in UTC. */
export const Instant = Type.String({ format: 'date-time' })
/** A calendar day, `2026-11-23`. */
export const Day = Type.String({ format: 'date' })
export const Nullable = <T extends import('typebox').TSchema>(schema: T) => Type.Union([schema, Type.Null()])
export const OneOf = <const T extends readonly string[]>(...values: T) => Type.Unsafe<T[number]>(Type.Enum([...values]))
export const Done = Type.Object({ ok: Type.Literal(true) })
/** Five kinds of observer (more can be configured as data); the columns of a claim. */
export const Layer = OneOf('expert', 'internal', 'participant', 'provider', 'platform')
export const Mode = OneOf('webinar', 'onsite', 'selfPaced')
export const Severity = OneOf('critical', 'major', 'minor', 'observation')
