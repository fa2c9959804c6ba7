import { room } from '#base/room.ts'
import { ledger } from './contract.ts'
import { store, type Tables } from './store.ts'

export const api = room<Tables, typeof ledger>(ledger, {
  // who monitored is asked for on record (`collection.identity`); the record of acts must not be the way around it
  acts: async (want, { db, who }) => (await store(db).acts(want)).map((a) => (who.scope === 'office' && a.scope === 'monitor' ? { ...a, personName: null } : a)) as never,
})
