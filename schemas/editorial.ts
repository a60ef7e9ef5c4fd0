/** Original content: what an editor may write about a code, a range of codes, and a coded value. */
import { z } from 'zod'
import { hcpcs } from './fields.ts'

const prose = z.string().trim().min(1)
const day = z.iso.date()

export const entrySchema = z.strictObject({
  hcpcs: hcpcs.schema,
  title: prose,
  synonyms: z.array(prose).default([]),
  description: prose.nullable().default(null),
  plain_language: prose.nullable().default(null),
  clinical_context: prose.nullable().default(null),
  billing_and_documentation: prose.nullable().default(null),
  specialties: z.array(prose).default([]),
  faq: z.array(z.strictObject({ question: prose, answer: prose })).default([]),
  sources: z.array(prose).default([]),
  status: z.enum(['draft', 'reviewed']),
  reviewed_on: day.nullable().default(null),
  reviewed_against: z.string().nullable().default(null),
})
export type Entry = z.infer<typeof entrySchema>

export const CODE_SYSTEMS = [
  'HCPCS Level II',
  'CPT Category I',
  'CPT Category II',
  'CPT Category III',
  'CPT MAAA',
  'CPT PLA',
  'CDT',
] as const

export const categorySchema = z.strictObject({
  category: z.string().regex(/^[a-z\d-]+$/),
  code_system: z.enum(CODE_SYSTEMS),
  first_code: hcpcs.schema,
  last_code: hcpcs.schema,
  label: prose,
  scope: prose,
  billing_and_documentation: prose,
  payment: prose,
})
export type Category = z.infer<typeof categorySchema>

/** `rule` is the column of `pfs.rvu` whose values the sentences explain. */
export const ruleSchema = z.strictObject({
  rule: z.string().regex(/^[a-z_]+$/),
  source: prose,
  sentences: z.record(z.string(), prose),
})
export type Rule = z.infer<typeof ruleSchema>
