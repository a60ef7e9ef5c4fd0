/** Which columns of a file of claim lines are what api.price_claims reads (api.claim_column). */
import { CmsFeesError } from '../errors.ts'

/** Names that people give the columns, without case, spaces and punctuation; a number at the end of modifiers counts them. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  claim_id: [
    'claimid',
    'claim',
    'claimnumber',
    'claimno',
    'claimnum',
    'clmid',
    'icn',
    'encounterid',
  ],
  line: ['line', 'linenumber', 'lineno', 'linenum', 'claimline', 'lineid', 'sequence'],
  hcpcs: [
    'hcpcs',
    'hcpcscode',
    'cpt',
    'cptcode',
    'cpthcpcs',
    'hcpcscpt',
    'procedurecode',
    'proccode',
    'procedure',
    'code',
  ],
  modifiers: [
    'modifiers',
    'modifier',
    'mods',
    'mod',
    'hcpcsmod',
    'hcpcsmodifier',
    'mdfr',
    'mdfrcd',
  ],
  units: [
    'units',
    'unit',
    'qty',
    'quantity',
    'serviceunits',
    'daysorunits',
    'unitsofservice',
    'srvccnt',
  ],
  service_date: [
    'servicedate',
    'dateofservice',
    'dos',
    'servicefrom',
    'fromdate',
    'servicedatefrom',
    'dosfrom',
    'date',
  ],
  place_of_service: ['placeofservice', 'pos', 'poscode', 'placeofservicecode', 'plcsrvc'],
  zip: ['zip', 'zipcode', 'servicezip', 'providerzip', 'facilityzip', 'zip5', 'postalcode'],
  mac: ['mac', 'contractor', 'carrier', 'carriernumber'],
  locality: ['locality', 'localitynumber', 'loc'],
  charge: [
    'charge',
    'charges',
    'billed',
    'billedamount',
    'chargeamount',
    'linecharge',
    'submittedcharge',
  ],
  qualifying_apm: ['qualifyingapm', 'qp', 'qpp', 'isqp'],
  rendering_npi: ['renderingnpi', 'rendering', 'renderingprovidernpi', 'npi', 'providernpi'],
  billing_npi: ['billingnpi', 'billingprovidernpi', 'groupnpi'],
  patient_id: ['patientid', 'patient', 'mrn', 'memberid', 'beneficiaryid', 'mbi', 'benid'],
  practitioner: ['practitioner', 'practitionertype', 'credential', 'providertype'],
  participating: ['participating', 'par', 'isparticipating'],
  assigned: ['assigned', 'assignment', 'acceptsassignment'],
  minutes: ['minutes', 'anesthesiaminutes', 'anesthesiatime'],
  base_units: ['baseunits', 'anesthesiabaseunits'],
  documented: ['documented', 'documentation'],
  postoperative_days: ['postoperativedays', 'postopdays', 'caredays'],
  report_percent: ['reportpercent', 'percent'],
}

export const CLAIM_COLUMNS = Object.keys(NAMES)

/** For each column of claims the places of its cells in a row of the file: several for modifiers. */
export type ClaimColumns = Readonly<Record<string, readonly number[]>>

/** Throws E_CLAIM_COLUMNS where a column that pricing needs is missing, or two could be the same one. */
export function findColumns(header: readonly string[]): ClaimColumns {
  const found: Record<string, number[]> = {}
  for (const [place, cell] of header.entries()) {
    const name = cell.toLowerCase().replace(/[^a-z0-9]/g, '')
    const known = (text: string) => CLAIM_COLUMNS.find((column) => NAMES[column]?.includes(text))
    const counted = known(name.replace(/\d$/, ''))
    const column = known(name) ?? (counted === 'modifiers' ? counted : undefined)
    if (column) found[column] = [...(found[column] ?? []), place]
  }
  const doubled = Object.entries(found).filter(
    ([column, places]) => column !== 'modifiers' && places.length > 1,
  )
  const missing = ['hcpcs', 'units', 'service_date', 'place_of_service'].filter(
    (column) => !found[column],
  )
  if (!found.zip && !(found.mac && found.locality)) missing.push('zip (or mac and locality)')
  if (missing.length === 0 && doubled.length === 0) return found
  const names = (places: readonly number[]) => places.map((place) => header[place]).join(', ')
  const faults = [
    ...(missing.length > 0 ? [`no column is ${missing.join(', ')}`] : []),
    ...doubled.map(([column, places]) => `several columns could be ${column}: ${names(places)}`),
  ]
  throw new CmsFeesError(
    'E_CLAIM_COLUMNS',
    `${faults.join('; ')}. The header is: ${header.join(', ')}`,
  )
}

/** What was taken for what, and what was not read. */
export function tellColumns(header: readonly string[], columns: ClaimColumns): string {
  const taken = Object.entries(columns).map(
    ([column, places]) => `${column} from ${places.map((place) => header[place]).join(' + ')}`,
  )
  const read = new Set(Object.values(columns).flat())
  const ignored = header.filter((_, place) => !read.has(place))
  return `Read ${taken.join(', ')}.${ignored.length > 0 ? ` Ignored: ${ignored.join(', ')}.` : ''}`
}
