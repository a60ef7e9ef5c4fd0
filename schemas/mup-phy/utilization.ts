/**
 * MUP_PHY_…_Geo, 'Medicare Physician & Other Practitioners by Geography and Service': what Original Medicare was billed
 * and paid in a year for each code, in the nation and in each state. Follows CMS's data dictionary of that file. CMS
 * leaves out what fewer than eleven patients had.
 */
import { hcpcs } from '../columns.ts'
import { bigCount, named, quantity, stateOrNation, text } from '../fields.ts'
import { defineFile } from '../file.ts'
import { column, defineTable } from '../table.ts'

const average = (of: string) =>
  column(quantity, `${of}, in dollars: the average of the line items of the year, as printed.`)

export const utilizationTable = defineTable({
  schema: 'mup_phy',
  name: 'utilization',
  summary:
    'Part B services of a year in Original Medicare, by code, place and setting (MUP_PHY, by geography and service). A row holds for the year of its release: look at a day of that year.',
  grain: 'HCPCS code, state or the nation, setting',
  columns: {
    hcpcs,
    state_code: column(
      stateOrNation,
      "FIPS code of the state or territory, or CMS's two characters for what is none; empty text: the nation.",
    ),
    setting: column(
      named({ F: 'facility', O: 'non_facility' }),
      'facility or non_facility: where the service took place, as the claim says.',
    ),
    level: column(named({ National: 'nation', State: 'state' }), 'nation or state.'),
    state: column(text, 'Name of the state; National for the nation.'),
    is_drug: column(
      { ...named({ Y: 'true', N: 'false' }), type: 'boolean' },
      "Whether the code is on Medicare's list of Part B drugs.",
    ),
    providers: column(bigCount, 'Providers who rendered the service.'),
    patients: column(
      bigCount,
      'Patients who had the service; no sum over rows counts each of them once.',
    ),
    services: column(quantity, 'Services, in the units of the code.'),
    patient_days: column(bigCount, 'Services, counting one for each patient and day.'),
    average_submitted_charge: average('Charge that the provider submitted for a service'),
    average_allowed_amount: average(
      'Amount that Medicare allowed for a service, with what the patient or a third party pays of it',
    ),
    average_payment: average(
      'Amount that Medicare paid for a service, after deductible and coinsurance',
    ),
    average_standardized_payment: average(
      'Amount that Medicare paid for a service, with geographic differences taken out',
    ),
  },
  key: ['hcpcs', 'state_code', 'setting'],
  rowCheck(cell, report) {
    if ((cell('level') === 'nation') !== (cell('state_code') === '')) {
      report(
        'state_code',
        `${JSON.stringify(cell('state_code'))} is no place of the level ${cell('level')}`,
      )
    }
  },
})

const labels = {
  level: 'RNDRNG_PRVDR_GEO_LVL',
  state_code: 'RNDRNG_PRVDR_GEO_CD',
  state: 'RNDRNG_PRVDR_GEO_DESC',
  hcpcs: 'HCPCS_CD',
  hcpcs_description: 'HCPCS_DESC',
  is_drug: 'HCPCS_DRUG_IND',
  setting: 'PLACE_OF_SRVC',
  providers: 'TOT_RNDRNG_PRVDRS',
  patients: 'TOT_BENES',
  services: 'TOT_SRVCS',
  patient_days: 'TOT_BENE_DAY_SRVCS',
  average_submitted_charge: 'AVG_SBMTD_CHRG',
  average_allowed_amount: 'AVG_MDCR_ALOWD_AMT',
  average_payment: 'AVG_MDCR_PYMT_AMT',
  average_standardized_payment: 'AVG_MDCR_STDZD_AMT',
}

const columns = Object.keys(utilizationTable.columns) as (keyof typeof utilizationTable.columns)[]

export const utilization = defineFile({
  name: 'utilization',
  title: 'Part B services by state (MUP_PHY, by geography and service)',
  table: utilizationTable,
  // CMS describes codes of the AMA in the AMA's words: they are read, and not kept.
  codes: { column: 'hcpcs', descriptions: ['hcpcs_description'] },
  member: /^MUP_PHY_RY?\d\d_P\d\d_V\d\d_D(?<year>\d\d)_Geo/i,
  seen: {},
  record: Object.keys(labels) as (keyof typeof labels)[],
  rows: (cell) => [
    Object.fromEntries(columns.map((name) => [name, cell(name)])) as {
      [N in (typeof columns)[number]]: string | null
    },
  ],
  csv: [{ since: '2013-01-01', headerRows: 1, labels }],
  txt: [],
})
