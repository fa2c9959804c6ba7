import { collect, field, filled, png, xformOf } from './field.ts'
import type { TestProduct } from './product.ts'

interface Wanted {
  /** Answers by question name; the class took place unless `outcome` says otherwise. A name ending in `_photo` sends a picture of that name. */
  readonly answers?: Readonly<Record<string, string>>
  readonly provider?: string
  readonly regency?: string
  readonly purpose?: 'random' | 'targeted'
}
export interface Made { readonly roundId: string; readonly roundCode: string }

/** A round whose face-to-face visits were sent by a monitor and approved by both stages, for tests of what is computed from them. */
export const approvedVisits = async (p: TestProduct, wanted: readonly Wanted[]): Promise<Made> => {
  const f = await field(p)
  const { xform } = await xformOf(p, 'onsite')
  for (const { answers = {}, provider, regency, purpose = 'random' } of wanted) {
    const task = await f.task('monitorA', 'onsite', provider ? { provider, purpose } : { purpose })
    if (regency) await p.sql('system', (tx) => tx.updateTable('registry.classRun').set({ regencyCode: regency }).where('id', '=', task.classRunId).execute())
    const door = await collect(p, 'monitorA', f.roundId)
    const values = { outcome: 'took_place', ...(answers['outcome'] ? {} : { l01: 'ya', l08: 'ya', l27: '4' }), ...answers }
    const one = filled(xform, { kelas: task.assignmentId, ...values })
    const pictures = Object.entries(answers).filter(([name]) => name.endsWith('_photo')).map(([, name]) => ({ name, body: png }))
    const sent = await door.send(one.xml, pictures)
    if (sent.status !== 201) throw new Error(`visit: ${sent.status} ${sent.body}`)
    const { id } = (await p.sql('system', (tx) => tx.selectFrom('collection.visit').select('id').where('assignmentId', '=', task.assignmentId).executeTakeFirstOrThrow())) as { id: string }
    const judged = { instanceId: one.instanceId, decision: 'approved' }
    for (const [persona, path] of [['coordinatorA', 'coordination'], ['office', 'decision']] as const) {
      const answer = await (await p.as(persona)).post(`/visits/${id}/${path}`, judged)
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    }
  }
  return { roundId: f.roundId, roundCode: f.roundCode }
}
