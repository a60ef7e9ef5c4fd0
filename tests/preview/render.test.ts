/** Markup: nothing of a value becomes an element, and every section of a row shows. */
import { describe, expect, test } from 'vitest'
import { codePageOf } from '../../src/preview/code.ts'
import type { HistoryPoint, PageRow } from '../../src/preview/data.ts'
import { documentOf } from '../../src/preview/document.ts'
import { type Html, html } from '../../src/preview/html.ts'
import { diffPage, pagesOf, resultsPage } from '../../src/preview/pages.ts'
import { exported, served } from '../../src/preview/site.ts'
import { labelOf } from '../../src/preview/value.ts'
import { HOSTILE, point, row } from './rows.ts'

const codeMarkup = (page: PageRow, history: readonly HistoryPoint[] = []): string =>
  documentOf(served, codePageOf(page, history)).markup

describe('html', () => {
  test('escapes text and attributes, and nothing twice', () => {
    const inner = html`<b title="${`a"b`}">${'<&>'}</b>`
    expect(html`<p>${inner}</p>`.markup).toBe('<p><b title="a&quot;b">&lt;&amp;&gt;</b></p>')
  })

  test('shows null, undefined and false as nothing, and zero as zero', () => {
    expect(html`${null}${undefined}${false}${0}${['a', ['b']]}`.markup).toBe('0ab')
  })

  test('takes no object of the database for markup', () => {
    const forged = { markup: '<script>' } as unknown as Html
    expect(html`${forged}`.markup).not.toContain('<script>')
  })

  test('refuses an attribute without quotes', () => {
    expect(() => html`<a href=${'x'}>`).toThrow('quotes')
  })
})

describe('hostile content', () => {
  const harmless = (markup: string) => {
    expect(markup).not.toMatch(/<script>|<img|<!--|--><|onerror=alert\(2\)>/)
    expect(markup).toContain('&lt;script&gt;')
  }

  test('in every column of the row, in keys and in history', () => {
    const text = HOSTILE
    const every = {
      hcpcs: text,
      name: text,
      code_system: text,
      short_description: `${text}!`,
      category: text,
      synonyms: [text],
      description: text,
      plain_language: { [text]: text },
      clinical_context: [{ [text]: text }],
      rvu_information: {
        explanation: text,
        [text]: [{ a: text }],
        components: [{ modifier: text, work_rvu: text, [text]: text }],
      },
      specialties: [text],
      faq: [{ question: text, answer: text }],
      provenance: { [text]: { file: text }, description: text },
      notices: [text],
      [text]: text,
    }
    harmless(codeMarkup(every, [point(text, '1.00', { modifier: text, effective_from: text })]))
  })

  test('in a query and in a difference', () => {
    harmless(
      documentOf(
        served,
        resultsPage(served, HOSTILE, [
          { hcpcs: HOSTILE, name: HOSTILE, paged: true },
          { hcpcs: HOSTILE, name: HOSTILE, paged: false },
        ]),
      ).markup,
    )
    const change = {
      change: 'changed',
      hcpcs: HOSTILE,
      modifier: HOSTILE,
      description: HOSTILE,
      fields: { [HOSTILE]: { before: HOSTILE, after: HOSTILE } },
      non_facility_before: null,
      non_facility_after: HOSTILE,
      non_facility_change: null,
      facility_before: null,
      facility_after: null,
      facility_change: null,
    } as const
    harmless(documentOf(served, diffPage(served, [HOSTILE, HOSTILE], [change], 1)).markup)
  })
})

describe('the page of a code', () => {
  test('leaves out what the row lacks, and shows what the page does not know by its name', () => {
    const markup = codeMarkup(row({ description: null, faq: [], time_of_service: 'ten minutes' }))
    expect(markup).not.toMatch(/>Description<|>Questions<|>Notices<|>History</)
    expect(markup).toMatch(/<h2 id="time_of_service-title">Time of service<\/h2>\n<p>ten minutes/)
  })

  test('shows lists, questions, nested fields and tables by their shape', () => {
    const markup = codeMarkup(
      row({
        specialties: ['Surgery', 'Anesthesia'],
        faq: [{ question: 'Why?', answer: 'So.' }],
        notices: 'CPT is a trademark.\n\nSecond paragraph.',
        rvu_information: {
          has_rvus: true,
          status_indicator: 'A',
          components: [{ modifier: '', work_rvu: 0.5, non_facility_total_rvu: 1, extra: 'x y' }],
          national_payment: { facility: 12.5, qualifying_apm: true },
          conversion_factors: [{ qualifying_apm: false, conversion_factor: 32.3465 }],
        },
      }),
    )
    for (const part of [
      '<ul><li>Surgery</li><li>Anesthesia</li></ul>',
      '<h3>Why?</h3><p>So.</p>',
      '<p>CPT is a trademark.</p><p>Second paragraph.</p>',
      '<th scope="row">Work</th><td>0.50</td>',
      '<dt>National payment</dt><dd>Facility: 12.5; Qualifying APM: yes</dd>',
      '<th scope="row">no</th><td>32.3465</td>',
    ])
      expect(markup).toContain(part)
  })

  test('gives a section its own source, and the rest at the end', () => {
    const markup = codeMarkup(
      row({ description: 'Text', provenance: { description: { file: 'a.yaml' }, cms: 'RVU25A' } }),
    )
    expect(markup).toContain('<p class="source">Source: File: a.yaml</p>')
    expect(markup).toContain('<dt>CMS</dt><dd>RVU25A</dd>')
  })
})

describe('the history chart', () => {
  test('has a mark for each release, and a gap where a release lacks the code', () => {
    const history = [
      point('RVU24A', '1.00'),
      point('RVU24B', '1.10'),
      point('RVU24C', null),
      point('RVU24D', '1.30'),
      point('RVU25A', '1.30'),
    ]
    const markup = codeMarkup(row(), history)
    expect(markup.match(/<circle/g)).toHaveLength(4)
    expect(markup.match(/<polyline/g)).toHaveLength(4)
    expect(markup).toContain('1.00 non-facility and 1.00 facility in RVU24A, 1.30')
    expect(markup).toContain('<td>not in the release</td>')
    expect(markup).not.toMatch(/NaN|Infinity|style=/)
  })

  test.for(['0.01', '3', '123.45'])('one release of %s', (total) => {
    expect(codeMarkup(row(), [point('RVU25A', total)])).not.toMatch(/NaN|Infinity|<polyline/)
  })

  test('a code without RVUs has a table alone', () => {
    const markup = codeMarkup(row(), [point('RVU25A', '0.00')])
    expect(markup).toContain('No loaded release gives this code RVUs.')
    expect(markup).not.toContain('<svg')
  })
})

test('addresses are absolute on the server and relative in files', () => {
  expect(served.page('diff', 'RVU25A#1', 'RVU25D')).toBe('/diff/RVU25A%231/RVU25D')
  expect(exported(2, new Set()).page('codes', 'A4306')).toBe('../../codes/A4306/index.html')
  expect(exported(0, new Set()).page()).toBe('index.html')
})

test('labels are the names of columns in words', () => {
  expect(labelOf('non_facility_pe_rvu')).toBe('Non-facility practice expense RVU')
  expect(labelOf('pctc_indicator')).toBe('PC/TC indicator')
})

test('a difference without codes is one page', () => {
  expect(pagesOf([])).toBe(1)
})
