/** Which packages of which drugs each code of the payment limit file stands for: CMS's ASP NDC-HCPCS crosswalk. */
import { hcpcs } from '../columns.ts'
import { packageAmount, text } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'
import { effectiveDays, postedDay } from './asp.ts'

export const ndcCrosswalkTable = defineTable({
  schema: 'asp',
  name: 'asp_ndc',
  summary:
    'Packages of drugs that each HCPCS code of the payment limit file stands for (ASP NDC-HCPCS crosswalk).',
  grain: 'HCPCS code, NDC',
  columns: {
    hcpcs,
    ndc: column(
      text,
      "National drug code as 5-4-2 digits, or the maker's own number of a product that has none, as CMS prints it.",
    ),
    short_description: column(text, 'Short description of CMS; of CPT codes licensed by the AMA.'),
    labeler_name: column(text, 'Company that sells the package.'),
    drug_name: column(text, 'Name of the drug.'),
    dosage: column(text, 'What one unit of the code is, such as 10 MG.'),
    package_size: column(packageAmount, 'Amount in one item, such as the milliliters of a vial.'),
    package_quantity: column(packageAmount, 'Items in the package.'),
    billing_units: column(packageAmount, 'Units of the code in one item, as CMS prints it.'),
    billing_units_per_package: column(
      packageAmount,
      'Units of the code in the whole package, as CMS prints it: in a few rows it is not items times units.',
    ),
  },
  key: ['hcpcs', 'ndc'],
})

export const ndcCrosswalk = defineFile({
  name: 'asp_ndc',
  title: 'ASP NDC-HCPCS crosswalk',
  table: ndcCrosswalkTable,
  codes: { column: 'hcpcs', descriptions: ['short_description'] },
  member: /(?<month>Jan|Apr|Jul|Oct)[a-z]* (?<year>20\d\d) ASP NDC-HCPCS Crosswalk/i,
  statedDays: effectiveDays,
  releasedOn: postedDay,
  mayChange: { rows: { withinYear: 15, acrossYears: 20 } },
  seen: { csv: ['NDC25Q1', 'NDC26Q1'] },
  csv: [
    {
      since: '2020-01-01',
      headerRows: 1,
      labels: {
        hcpcs: /^_\d\d\d\d_CODE$/,
        short_description: 'SHORT DESCRIPTION',
        labeler_name: 'LABELER NAME',
        ndc: 'NDC2',
        drug_name: 'DRUG NAME',
        dosage: 'HCPCS DOSAGE',
        package_size: 'PKG SIZE',
        package_quantity: 'PKG QTY',
        billing_units: 'BILLUNITS',
        billing_units_per_package: 'BILLUNITSPKG',
      },
    },
  ],
  txt: [],
})
