import type { Static } from 'typebox'
import type { OrganisationKind, Organisation, Role } from '../contract.ts'
import type { Tone } from '#web/kit/tone.ts'

export type Kind = Static<typeof OrganisationKind>
export type OrganisationRow = Static<typeof Organisation>
export type RoleRow = Static<typeof Role>
export const kinds: readonly Kind[] = ['programme_office', 'university', 'ngo', 'training_provider', 'digital_platform', 'payment_partner', 'job_portal']
export const scopes = ['office', 'coordinator', 'monitor', 'provider', 'platform', 'partner'] as const
export const originTone: Record<OrganisationRow['origin'], Tone> = { real: 'good', unknown: 'warning', sample: 'neutral', entered: 'info' }
