import { room } from '#base/room.ts'
import { ledger } from './contract.ts'
import { store, type Tables } from './store.ts'

export const api = room<Tables, typeof ledger>(ledger, {
  acts: async (want, { db }) => (await store(db).acts(want)) as never,
})
