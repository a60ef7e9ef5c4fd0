/** Codes of the worked examples of Medicare's manuals, in dollars. */
import type { MadeUpCode } from './claims.ts'

const surgery = { multiple_procedure_indicator: '2', bilateral_surgery_indicator: '1' }
const packaged = { preoperative_share: 0.1, intraoperative_share: 0.69, postoperative_share: 0.21 }
const scope = { multiple_procedure_indicator: '3', endoscopic_base: 'X1001' }
/** A test with both of its parts. */
const withParts = (hcpcs: string, professional: number, technical: number, more: object) => [
  { hcpcs, work: professional, pe: technical, pctc_indicator: '1', ...more },
  { hcpcs, modifier: '26', work: professional, pctc_indicator: '1', ...more },
  { hcpcs, modifier: 'TC', pe: technical, pctc_indicator: '1', ...more },
]

export const EXAMPLE_CODES: readonly MadeUpCode[] = [
  ...[1000, 800, 600, 500, 400, 300].map((work, at) => ({
    hcpcs: `X010${at + 1}`,
    work,
    ...surgery,
  })),
  ...[1043.48, 922.9, 1010.6].map((work, at) => ({ hcpcs: `X011${at + 1}`, work, ...surgery })),
  ...[365.31, 115.04].map((work, at) => ({ hcpcs: `X012${at + 1}`, work, ...surgery })),
  { hcpcs: 'X0131', work: 900, ...surgery, co_surgeons_indicator: '2' },
  { hcpcs: 'X1001', work: 255.4, multiple_procedure_indicator: '2' },
  { hcpcs: 'X1002', work: 285.98, ...scope },
  { hcpcs: 'X1003', work: 374.56, ...scope },
  { hcpcs: 'X1011', work: 100, multiple_procedure_indicator: '2' },
  { hcpcs: 'X1012', work: 200, ...scope, endoscopic_base: 'X1011' },
  { hcpcs: 'X1013', work: 150, ...scope, endoscopic_base: 'X1011' },
  { hcpcs: 'X1021', work: 200, multiple_procedure_indicator: '2' },
  ...[310.02, 275.12, 270.13].map((work, at) => ({
    ...{ hcpcs: `X102${at + 2}`, work, ...scope, endoscopic_base: 'X1021' },
  })),
  ...['0', '1', '2', '3', '9'].map((indicator) => ({
    ...{ hcpcs: `X200${indicator}`, work: 125, bilateral_surgery_indicator: indicator },
  })),
  ...['0', '1', '2', '9'].map((indicator) => ({
    ...{ hcpcs: `X300${indicator}`, work: 1000, assistant_at_surgery_indicator: indicator },
    ...{ co_surgeons_indicator: indicator, team_surgery_indicator: indicator },
  })),
  { hcpcs: 'X3090', work: 1000, global_days: '090', ...packaged },
  {
    ...{ hcpcs: 'X3091', work: 1000, global_days: '090', multiple_procedure_indicator: '2' },
    ...{ preoperative_share: 0.1, intraoperative_share: 0.73, postoperative_share: 0.17 },
  },
  { hcpcs: 'X3000', modifier: '53', work: 400 },
  ...withParts('X4001', 100, 500, { multiple_procedure_indicator: '4' }),
  ...withParts('X4002', 80, 400, { multiple_procedure_indicator: '4' }),
  ...withParts('X4003', 10, 100, { multiple_procedure_indicator: '4', cap: 60 }),
  ...withParts('70450', 100, 500, { multiple_procedure_indicator: '4' }),
  ...withParts('70460', 10, 100, { multiple_procedure_indicator: '4', cap: 60 }),
  ...withParts('X4011', 9.55, 19.58, { bilateral_surgery_indicator: '2' }),
  ...withParts('X4012', 10, 100, { cap: 60 }),
  { hcpcs: 'X4013', pe: 50, pctc_indicator: '3' },
  { hcpcs: 'X4014', work: 10, pe: 50, pctc_indicator: '4' },
  { hcpcs: 'X5001', work: 7, pe: 10, mp: 1, multiple_procedure_indicator: '5' },
  { hcpcs: 'X5002', work: 11, pe: 8, mp: 1, multiple_procedure_indicator: '5' },
  ...withParts('X6001', 77, 427, { multiple_procedure_indicator: '6' }),
  ...withParts('X6002', 65, 148, { multiple_procedure_indicator: '6' }),
  ...withParts('X7001', 46, 92, { multiple_procedure_indicator: '7' }),
  ...withParts('X7002', 35, 53, { multiple_procedure_indicator: '7' }),
  { hcpcs: 'X8001', work: 20, status_indicator: 'T' },
  { hcpcs: 'X9001', work: 100 },
  { hcpcs: 'X9002', work: 100, status_indicator: 'N' },
  { hcpcs: '00100', status_indicator: 'J' },
  { hcpcs: '00210', status_indicator: 'J' },
  { hcpcs: '01996', status_indicator: 'J' },
]
