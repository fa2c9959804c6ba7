import type { Kysely } from 'kysely'

/** Lists for the CSV readers and for screens; writes of the registry's own tables. */
export interface Tables {
  'registry.province': { code: string; name: string; regionGroup: string; zone: 'WIB' | 'WITA' | 'WIT' }
  'registry.regency': { code: string; provinceCode: string; name: string; tileX: number | null; tileY: number | null }
  'registry.affiliation': { id: string; organisationId: string; affiliateId: string; kind: string; source: string; since: string | null; until: string | null }
  'registry.training': { id: string; courseCode: string; title: string; providerId: string; mode: string; price: number | null; plannedMinutes: number | null; category: string | null; origin: string }
  'registry.classRun': {
    id: string; scheduleCode: string; trainingId: string; providerId: string; platformId: string | null; mode: 'webinar' | 'onsite' | 'selfPaced'; regencyCode: string; startsOn: string; endsOn: string
    plannedParticipants: number; quota: number | null; price: number | null; venue: string | null; address: string | null; latitude: number | null; longitude: number | null
    meetingUrl: string | null; contactName: string | null; contactPhone: string | null; trainerName: string | null; status: 'scheduled' | 'cancelled'; origin: string; rowDigest: string; updatedAt: string | Date
  }
  'registry.session': { id: string; classRunId: string; sequence: number; beginsAt: string | Date; endsAt: string | Date }
  'registry.homeRegion': { organisationId: string; regencyCode: string }
  'registry.provider': { organisationId: string; providerType: string; listedOn: string | null }
  'access.organisation': { id: string; kind: string; code: string; name: string; shortName: string }
}

export const store = (db: Kysely<Tables>) => ({
  regions: async () => ({
    provinces: await db.selectFrom('registry.province').select(['code', 'name', 'regionGroup', 'zone']).orderBy('code').execute(),
    regencies: await db.selectFrom('registry.regency').select(['code', 'provinceCode', 'name']).orderBy('code').execute(),
  }),
  classRuns: async (want: { mode?: string | undefined; province?: string | undefined; providerId?: string | undefined; provider?: string | undefined; search?: string | undefined; from?: string | undefined; to?: string | undefined; page: number; size: number }) => {
    const found = classRunsJoined(db)
      .$if(want.mode !== undefined, (q) => q.where('c.mode', '=', want.mode as 'webinar'))
      .$if(want.province !== undefined, (q) => q.where('r.provinceCode', '=', want.province!))
      .$if(want.providerId !== undefined, (q) => q.where('c.providerId', '=', want.providerId!))
      .$if(want.provider !== undefined, (q) => q.where('p.name', 'ilike', `%${want.provider}%`))
      .$if(want.from !== undefined, (q) => q.where('c.endsOn', '>=', want.from!))
      .$if(want.to !== undefined, (q) => q.where('c.startsOn', '<=', want.to!))
      .$if(want.search !== undefined, (q) => q.where((e) => e.or([e('t.title', 'ilike', `%${want.search}%`), e('p.name', 'ilike', `%${want.search}%`), e('c.scheduleCode', 'ilike', `%${want.search}%`)])))
    const { total } = await found.select((e) => e.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    const rows = await found.select(columns).orderBy('c.startsOn').orderBy('c.scheduleCode').limit(want.size).offset((want.page - 1) * want.size).execute()
    return { rows, total }
  },
  classRun: async (id: string) => {
    const row = await classRunsJoined(db)
      .select([...columns, 'c.quota', 'c.price', 'c.venue', 'c.address', 'c.latitude', 'c.longitude', 'c.meetingUrl', 'c.contactName', 'c.contactPhone', 'c.trainerName'])
      .where('c.id', '=', id).executeTakeFirst()
    return row && { ...row, sessions: await db.selectFrom('registry.session').select(['id', 'sequence', 'beginsAt', 'endsAt']).where('classRunId', '=', id).orderBy('sequence').execute() }
  },
  affiliations: () =>
    db.selectFrom('registry.affiliation as a').innerJoin('access.organisation as o', 'o.id', 'a.organisationId').innerJoin('access.organisation as f', 'f.id', 'a.affiliateId')
      .select(['a.id', 'a.organisationId', 'o.name as organisationName', 'a.affiliateId', 'f.name as affiliateName', 'a.kind', 'a.source', 'a.since', 'a.until']).orderBy('o.name').orderBy('f.name').execute(),
  addAffiliation: (row: Tables['registry.affiliation']) => db.insertInto('registry.affiliation').values(row).execute(),
  endAffiliation: (id: string, until: string) => db.updateTable('registry.affiliation').set({ until }).where('id', '=', id).executeTakeFirst(),

  /** What the reader of class runs must know. */
  classRunLookups: async () => ({
    providers: await db.selectFrom('access.organisation as o').leftJoin('registry.homeRegion as h', 'h.organisationId', 'o.id')
      .select(['o.code', 'h.regencyCode as homeRegency']).where('o.kind', '=', 'training_provider').execute(),
    platforms: await db.selectFrom('access.organisation').select(['code', 'name', 'shortName']).where('kind', '=', 'digital_platform').execute(),
    regencies: await db.selectFrom('registry.regency').select('code').execute(),
    trainings: await db.selectFrom('registry.training as t').innerJoin('access.organisation as o', 'o.id', 't.providerId').select(['t.courseCode', 'o.code as providerCode', 't.mode']).execute(),
  }),
  /** What the reader of sessions must know of every class run. */
  sessionLookups: () =>
    db.selectFrom('registry.classRun as c').innerJoin('registry.regency as r', 'r.code', 'c.regencyCode').innerJoin('registry.province as v', 'v.code', 'r.provinceCode')
      .select(['c.scheduleCode', 'c.startsOn', 'c.endsOn', 'c.mode', 'v.zone']).execute(),
})

const columns = [
  'c.id', 'c.scheduleCode', 't.courseCode', 't.title', 'c.mode', 'c.providerId', 'p.name as providerName', 'f.name as platformName', 'c.regencyCode', 'r.name as regencyName', 'v.name as provinceName', 'v.zone',
  'c.startsOn', 'c.endsOn', 'c.plannedParticipants', 'c.status', 'c.origin',
] as const
const classRunsJoined = (db: Kysely<Tables>) =>
  db.selectFrom('registry.classRun as c').innerJoin('registry.training as t', 't.id', 'c.trainingId').innerJoin('access.organisation as p', 'p.id', 'c.providerId')
    .leftJoin('access.organisation as f', 'f.id', 'c.platformId').innerJoin('registry.regency as r', 'r.code', 'c.regencyCode').innerJoin('registry.province as v', 'v.code', 'r.provinceCode')
