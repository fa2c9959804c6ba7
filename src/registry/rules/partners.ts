import partnersData from '../data/partners.json' with { type: 'json' }
import serviceAreasData from '../data/service-areas.json' with { type: 'json' }
import affiliationsData from '../data/affiliations.json' with { type: 'json' }

/** Kinds of organisation of the ecosystem (domain: press release of the programme). */
export const organisationKinds = ['programme_office', 'university', 'ngo', 'training_provider', 'digital_platform', 'payment_partner', 'job_portal'] as const
export type OrganisationKind = (typeof organisationKinds)[number]

/** One organisation of the real ecosystem. `unknown` = it exists, its name was not found: a placeholder to be replaced, never an invention. */
export interface Partner {
  readonly code: string
  readonly kind: OrganisationKind
  readonly name: string
  readonly shortName: string
  /** Kemendagri code of the regency whose zone rules the organisation's clocks; null = not known. */
  readonly homeRegency: string | null
  readonly origin: 'real' | 'unknown'
  readonly source: string
}

/** Which provinces an expert organisation is asked to watch. Not public, therefore `configured`. */
export interface ServiceArea {
  readonly organisation: string
  readonly provinces: readonly string[]
  readonly origin: 'configured'
  readonly source: string
}

/** A tie that bars an expert organisation from monitoring a provider. */
export interface Affiliation {
  readonly organisation: string
  readonly provider: string
  readonly relation: 'ownTrainingInstitute' | 'sharedOwner' | 'sharedStaff'
  readonly origin: 'real' | 'sample'
  readonly source: string
}

export const partners = partnersData as readonly Partner[]
export const serviceAreas = serviceAreasData as readonly ServiceArea[]
export const affiliations = affiliationsData as readonly Affiliation[]
