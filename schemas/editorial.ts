/** Original content: what an editor may write about a code, a range of codes, and a coded value. */
import { z } from 'zod'
import { hcpcs } from './fields.ts'

/** Braces stand for a placeholder, which only a rule may have; PostgreSQL stores no NUL character. */
const prose = z
  .string()
  .trim()
  .min(1, 'expected text')
  .regex(/^[^{}\0]*$/, 'braces are for the placeholders of rules')
  .refine((text) => !/\$[a-z]/i.test(text), 'a word with a dollar sign is left of a template')
const section = (text: string) => prose.nullable().default(null).describe(text)

const review = {
  sources: z
    .array(prose)
    .default([])
    .describe('What you read, a line each: author, document, part.'),
  status: z
    .enum(['draft', 'reviewed'])
    .default('draft')
    .describe('reviewed: a second person compared every statement with the sources.'),
  reviewed_on: z.iso.date().nullable().default(null).describe('Day of the review: 2026-04-30.'),
  reviewed_against: z
    .string()
    .regex(/^[A-Z]{3}\d{2}[A-Z\d]{1,3}$/, 'expected a release, such as RVU26B')
    .nullable()
    .default(null)
    .describe('CMS release that the text was compared with: RVU26B.'),
}

interface Review {
  readonly status: 'draft' | 'reviewed'
  readonly reviewed_on: string | null
  readonly reviewed_against: string | null
}

const saysWhen = ({ status, reviewed_on, reviewed_against }: Review) =>
  status === 'draft' || (reviewed_on !== null && reviewed_against !== null)
const SAYS_WHEN = {
  error: 'a reviewed text names reviewed_on and reviewed_against',
  path: ['status'],
}

export const entrySchema = z
  .strictObject({
    hcpcs: hcpcs.schema.describe('The code, which is also the name of the file.'),
    title: prose.describe('What it is, in a few words of your own.'),
    synonyms: z
      .array(prose)
      .default([])
      .describe('What else people call it. A name leads to one code only.'),
    description: section('What it is, exactly, for a professional. Says the unit.'),
    plain_language: section('What it is, for a patient.'),
    clinical_context: section('When and for whom it is used.'),
    billing_and_documentation: section(
      'How to report it, and what the record must show. Null takes the text of the category.',
    ),
    specialties: z.array(prose).default([]).describe('Who uses it, orders it or reports it.'),
    notes: z.array(prose).default([]).describe('Short remarks: what changed, what misleads.'),
    faq: z
      .array(z.strictObject({ question: prose, answer: prose }))
      .default([])
      .describe('Questions that people really ask. RVUs and amounts come from the data.'),
    ...review,
  })
  .refine(saysWhen, SAYS_WHEN)
export type Entry = z.infer<typeof entrySchema>

export const CODE_SYSTEMS = [
  'HCPCS Level II',
  'CPT Category I',
  'CPT Category II',
  'CPT Category III',
  'CPT MAAA',
  'CPT PLA',
  'CPT administrative',
  'CDT',
  'CMS placeholder',
] as const

export const categorySchema = z
  .strictObject({
    category: z
      .string()
      .regex(/^[a-z\d-]+$/, 'expected small letters, digits and hyphens')
      .describe('Its short name, which is also the name of the file.'),
    code_system: z.enum(CODE_SYSTEMS),
    first_code: hcpcs.schema,
    last_code: hcpcs.schema,
    label: prose.describe('Its name on a page.'),
    scope: prose.describe('What its codes are for.'),
    billing_and_documentation: prose.describe('How its codes are reported and documented.'),
    payment: prose.describe('How its codes are paid.'),
    ...review,
  })
  .refine(saysWhen, SAYS_WHEN)
export type Category = z.infer<typeof categorySchema>

const CODE = String.raw`(?:\d{4}[\dA-Z]|[A-Z]\d{4}|[A-Z]X{3}\d)`
const RANGE = `${CODE}(?:-${CODE})?`

export const familySchema = z.strictObject({
  family: z
    .string()
    .regex(/^[a-z\d-]+$/, 'expected small letters, digits and hyphens')
    .describe('Its short name, which no other family has.'),
  codes: z
    .string({ error: 'expected codes as text: a single code goes in quotes' })
    .trim()
    .regex(new RegExp(`^${RANGE}(?:, ${RANGE})*$`), 'expected codes such as 99202-99215, 99421')
    .describe('Its codes: ranges with both ends included, and single codes, between commas.'),
  name: prose.describe('What it is called on a page, in words that people use.'),
  synonyms: z.array(prose).default([]).describe('What else people type to find it.'),
  plain_language: prose.describe('What such services or items are, for a patient.'),
  performed_by: z.array(prose).min(1).describe('Who does, supplies or reports them.'),
  payment: prose.describe('How they are paid.'),
})
export type Family = z.infer<typeof familySchema>

export const familiesSchema = z
  .strictObject({
    category: z
      .string()
      .describe('The category that they belong to, which is also the name of the file.'),
    families: z.array(familySchema).min(1).describe('In the order of their codes.'),
    ...review,
  })
  .refine(saysWhen, SAYS_WHEN)
export type Families = z.infer<typeof familiesSchema>

/**
 * What decides which sentence of a rule a code gets, in the order of the page: columns of the relative
 * value file, and what api.code_fact derives from the data.
 */
export const RULES = [
  'schedule',
  'status_indicator',
  'rvus',
  'payment',
  'qualifying_apm_payment',
  'opps_cap',
  'non_facility_na_indicator',
  'facility_na_indicator',
  'pctc_indicator',
  'global_days',
  'multiple_procedure_indicator',
  'bilateral_surgery_indicator',
  'assistant_at_surgery_indicator',
  'co_surgeons_indicator',
  'team_surgery_indicator',
  'physician_supervision',
  'imaging_family',
  'editorial_status',
  'code_system',
] as const

/** What a sentence of a rule may name in braces; api.code_fact gives the values. */
export const PLACEHOLDERS = [
  'hcpcs',
  'release',
  'work_rvu',
  'non_facility_pe_rvu',
  'facility_pe_rvu',
  'mp_rvu',
  'non_facility_total_rvu',
  'facility_total_rvu',
  'endoscopic_base',
  'conversion_factor',
  'non_facility_amount',
  'facility_amount',
  'qualifying_apm_conversion_factor',
  'qualifying_apm_non_facility_amount',
  'qualifying_apm_facility_amount',
] as const

const PLACEHOLDER = new RegExp(`\\{(?:${PLACEHOLDERS.join('|')})\\}`, 'g')

/** Text in which every brace belongs to a placeholder that the data can fill. */
const template = z
  .string()
  .trim()
  .min(1, 'expected text')
  .refine((text) => !/[{}\0]/.test(text.replace(PLACEHOLDER, '')), {
    error: ({ input }) => {
      const dead = String(input)
        .replace(PLACEHOLDER, '')
        .match(/\{[^}]*\}?|\}/)?.[0]
      return `no placeholder ${dead}; there are ${PLACEHOLDERS.map((name) => `{${name}}`).join(' ')}`
    },
  })

export const ruleSchema = z
  .strictObject({
    rule: z.enum(RULES).describe('What decides which sentence a code gets.'),
    source: prose.describe('The document that says so.'),
    section: z
      .enum(['rvu_information', 'notices'])
      .default('rvu_information')
      .describe('The section of the page that the sentences belong to.'),
    question: template
      .nullable()
      .default(null)
      .describe(
        'The question that the sentences answer: the pair is then shown among the questions.',
      ),
    sentences: z
      .record(z.string(), template)
      .describe('A sentence for each value. A value without one adds nothing to a page.'),
    ...review,
  })
  .refine(saysWhen, SAYS_WHEN)
export type Rule = z.infer<typeof ruleSchema>
