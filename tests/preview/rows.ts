/** Made-up codes for tests of rendering. */
import type { CodeData } from '../../src/preview/code/data.ts'
import type { CodePage, Component } from '../../src/queries/code-page.ts'
import type { LocalPayment } from '../../src/queries/local-payment.ts'
import type { PricePoint } from '../../src/queries/price-history.ts'

/** Text that would break out of an element, an attribute, a script or a comment. */
export const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>--><!--&amp;`

export const component = (more: Partial<Component> = {}): Component => ({
  modifier: '',
  status_indicator: 'A',
  work_rvu: '0.50',
  non_facility_pe_rvu: '1.20',
  facility_pe_rvu: '0.30',
  mp_rvu: '0.05',
  non_facility_total_rvu: '1.75',
  facility_total_rvu: '0.85',
  non_facility_na_indicator: null,
  facility_na_indicator: null,
  basis: 'fee schedule',
  conversion_factor: '32.3465',
  non_facility_amount: '56.61',
  facility_amount: '27.49',
  qualifying_apm_conversion_factor: '32.3465',
  qualifying_apm_non_facility_amount: '56.61',
  qualifying_apm_facility_amount: '27.49',
  global_days: '010',
  ...more,
})

const CMS = {
  source: 'CMS',
  release: 'RVU25D',
  file: 'PPRRVU2025_Oct.csv',
  effective_from: '2025-10-01',
} as const

/** A code that Medicare pays by RVUs, and of which nobody has written. */
export const codePage = (more: Partial<CodePage> = {}): CodePage => ({
  hcpcs: 'G0001',
  code_system: 'HCPCS Level II',
  name: 'Made up',
  short_description: 'Made up',
  long_description: null,
  schedule_prices: null,
  unpriced_because: null,
  category: null,
  category_payment: null,
  family: null,
  synonyms: null,
  description: null,
  plain_language: null,
  clinical_context: null,
  rvu_information: {
    has_rvus: true,
    status_indicator: 'A',
    explanation: 'Active. It is paid.',
    sentences: [
      {
        rule: 'global_days',
        sentence: 'Ten days belong to it.',
        modifiers: [''],
        file: 'editorial/rules/global-days.yaml',
      },
      {
        rule: 'payment',
        sentence: 'The national amount is in the figures.',
        modifiers: [''],
        file: 'editorial/rules/payment.yaml',
      },
    ],
    components: [component()],
    conversion_factors: [{ qualifying_apm: false, conversion_factor: '32.3465' }],
  },
  billing_and_documentation: null,
  specialties: null,
  notes: null,
  faq: null,
  notices: null,
  release: 'RVU25D',
  provenance: { rvu_information: CMS },
  ...more,
})

/** A code that the schedule lists and does not pay. */
export const unpaidPage = (more: Partial<CodePage> = {}): CodePage => {
  const none = { non_facility_amount: null, facility_amount: null, conversion_factor: null }
  const zero = { non_facility_total_rvu: '0.00', facility_total_rvu: '0.00', work_rvu: '0.00' }
  return codePage({
    rvu_information: {
      has_rvus: false,
      status_indicator: 'P',
      explanation: 'Bundled or excluded. It has no RVUs.',
      sentences: [],
      components: [component({ ...none, ...zero, status_indicator: 'P' })],
      conversion_factors: null,
    },
    ...more,
  })
}

/** `amount` is of both settings; null where the release does not list the code. */
export const point = (
  release: string,
  effective_from: string,
  amount: string | null,
  more: Partial<PricePoint> = {},
): PricePoint => ({
  release,
  effective_from,
  gap: null,
  hcpcs: amount === null ? null : 'G0001',
  modifier: amount === null ? null : '',
  status_indicator: amount === null ? null : 'A',
  work_rvu: amount === null ? null : '0.50',
  non_facility_pe_rvu: amount === null ? null : '1.00',
  facility_pe_rvu: amount === null ? null : '1.00',
  mp_rvu: amount === null ? null : '0.05',
  conversion_factor: amount === null ? null : '32.3465',
  non_facility_amount: amount,
  facility_amount: amount,
  ...more,
})

/** A locality of a made-up state; its name is the same. */
export const place = (
  state: string,
  outside: string,
  inside: string,
  more: Partial<LocalPayment> = {},
): LocalPayment => ({
  mac: '10112',
  locality: state,
  state_code: state,
  locality_name: `NAME OF ${state}`,
  non_facility_amount: outside,
  facility_amount: inside,
  non_facility_limiting_charge: outside,
  facility_limiting_charge: inside,
  work_gpci: '1.000',
  pe_gpci: '0.900',
  mp_gpci: '0.500',
  ...more,
})

export const codeData = (more: Partial<CodeData> = {}): CodeData => ({
  page: codePage(),
  history: [],
  related: { variants: [], mentioned: [], prices: new Map() },
  asked: null,
  local: [],
  anesthesia: null,
  use: [],
  waived: false,
  ...more,
})
