import type { Endpoint } from '#base/endpoint.ts'

/** What goes over the wire for one call. `url` starts at the API's root and has its query. */
export interface WireRequest {
  readonly method: string
  readonly url: string
  readonly body: Record<string, unknown> | undefined
}

/** Puts an input where its endpoint wants it: path places, then the query (GET, DELETE) or the body. Absent and undefined values are left out. */
export const wire = (endpoint: Pick<Endpoint, 'call'>, input: Readonly<Record<string, unknown>> = {}): WireRequest => {
  const [method = 'GET', path = '/'] = endpoint.call.split(' ')
  const rest: Record<string, unknown> = { ...input }
  const placed = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    if (value === undefined || value === null || value === '') throw new TypeError(`${endpoint.call} needs ${name}`)
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  if (method !== 'GET' && method !== 'DELETE') return { method, url: placed, body: rest }
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(rest))
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined && one !== null) query.append(name, String(one))
  return { method, url: query.size ? `${placed}?${query}` : placed, body: undefined }
}
