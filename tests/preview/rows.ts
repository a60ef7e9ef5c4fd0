/** Made-up rows for tests of rendering. */
import type { HistoryPoint, PageRow } from '../../src/preview/data.ts'

/** Text that would break out of an element, an attribute, a script or a comment. */
export const HOSTILE = `"'><script>alert(1)</script><img src=x onerror=alert(2)>--><!--&amp;`

export const row = (more: Record<string, unknown> = {}): PageRow => ({
  hcpcs: 'A0001',
  name: 'Made up',
  code_system: 'HCPCS Level II',
  short_description: 'Made up',
  category: null,
  ...more,
})

export const point = (
  release: string,
  total: string | null,
  more: Partial<HistoryPoint> = {},
): HistoryPoint => ({
  hcpcs: 'A0001',
  modifier: '',
  release,
  effective_from: '2025-01-01',
  status_indicator: total === null ? null : 'A',
  non_facility_total_rvu: total,
  facility_total_rvu: total,
  ...more,
})
