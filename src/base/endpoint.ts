import type { Static, TObject, TSchema } from 'typebox'

/** One wire operation, described once; the server, the web app and the API document all read it. */
export interface Endpoint<I extends TObject = TObject, R extends TSchema = TSchema> {
  readonly call: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`
  /** The verb a role must hold. `public` = no sign-in; `signed_in` = any signed-in person (their own account only). */
  readonly verb: string
  readonly input: I
  readonly reply: R
  /** Larger bodies than the default 1 MB, in bytes. */
  readonly bodyLimit?: number
}
export type Contract = Readonly<Record<string, Endpoint>>
export type Input<E extends Endpoint> = Static<E['input']>
export type Reply<E extends Endpoint> = Static<E['reply']>
export const endpoint = <I extends TObject, R extends TSchema>(e: Endpoint<I, R>): Endpoint<I, R> => e
