/** Markup: nothing of a value becomes an element. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../src/paths.ts'
import { codePageOf } from '../../src/preview/code/page.ts'
import { documentOf } from '../../src/preview/document.ts'
import { type Html, html } from '../../src/preview/html.ts'
import { diffPage } from '../../src/preview/pages/changes.ts'
import { familyPage, resultsPage } from '../../src/preview/pages/lists.ts'
import { served } from '../../src/preview/site.ts'
import type { SchedulePrice } from '../../src/queries/code-page.ts'
import { codeData, codePage, HOSTILE, place, point } from './rows.ts'

describe('html', () => {
  test('escapes text and attributes, and nothing twice', () => {
    const inner = html`<b title="${`a"b`}">${'<&>'}</b>`
    expect(html`<p>${inner}</p>`.toString()).toBe('<p><b title="a&quot;b">&lt;&amp;&gt;</b></p>')
  })

  test('shows null, undefined and false as nothing, and zero as zero', () => {
    expect(html`${null}${undefined}${false}${0}${['a', ['b']]}`.toString()).toBe('0ab')
  })

  test('takes no object of the database for markup', () => {
    const forged = JSON.parse('{"isEscaped":true,"value":"<script>"}') as Html
    expect(html`${forged}`.toString()).not.toContain('<script>')
  })

  test('no template has an attribute without quotes', async () => {
    const folder = join(ROOT, 'src/preview')
    for (const name of await readdir(folder, { recursive: true })) {
      if (!name.endsWith('.ts')) continue
      const templates = (await readFile(join(folder, name), 'utf8')).match(/html`<[\s\S]*?>/g) ?? []
      expect(templates.filter((text) => /<[^>]*\s[\w-]+=\$\{/.test(text))).toEqual([])
    }
  })
})

describe('hostile content', () => {
  const harmless = (markup: string) => {
    expect(markup).not.toMatch(/<script>|<img|<!--|--><|onerror=alert\(2\)>/)
    expect(markup).toContain('&lt;script&gt;')
  }

  test('in every text of the page and in history', () => {
    const text = HOSTILE
    const source = {
      source: 'CMS',
      release: text,
      file: text,
      effective_from: '2025-10-01',
    } as const
    const price: SchedulePrice = {
      schedule: text,
      setting: text,
      modifier: text,
      lowest: '1.00',
      highest: '1.00',
      unit: text,
      basis: text,
      valid_from: '2025-01-01',
      valid_to: null,
      known_to: null,
      release: text,
    }
    const page = codePage({
      hcpcs: text,
      name: text,
      code_system: text,
      short_description: `${text}!`,
      long_description: text,
      category: text,
      category_payment: text,
      family: {
        family: text,
        name: text,
        plain_language: text,
        performed_by: [text],
        payment: text,
      },
      synonyms: [text],
      plain_language: text,
      clinical_context: text,
      billing_and_documentation: text,
      specialties: [text],
      notes: [text],
      faq: [{ question: text, answer: text }],
      notices: [text],
      schedule_prices: [
        {
          ...price,
          meaning: null,
          vouched_to: null,
          history: [price, { ...price, lowest: '2.00' }],
        },
      ],
      unpriced_because: text,
      provenance: { rvu_information: source },
    })
    const line = { hcpcs: text, name: text }
    const data = {
      page,
      history: [point(text, '2025-01-01', '1.00', { status_indicator: text })],
      related: { variants: [line], mentioned: [line], prices: new Map() },
      local: [place(text, '1.00', '2.00', { locality_name: text })],
    }
    harmless(documentOf(served, codePageOf(served, codeData(data))).toString())
  })

  test('in a query, in a family and in a difference', () => {
    const hit = {
      hcpcs: HOSTILE,
      name: HOSTILE,
      description: HOSTILE,
      code_system: null,
      in_schedule: true,
      matched: 'words',
    } as const
    const listed = new Map([[HOSTILE, { lowest: '1.00', highest: '1.00', unit: HOSTILE }]])
    const found = [
      { ...hit, paged: true },
      { ...hit, paged: false },
    ]
    harmless(documentOf(served, resultsPage(served, HOSTILE, found, listed)).toString())
    const family = {
      family: HOSTILE,
      name: HOSTILE,
      category: HOSTILE,
      plain_language: HOSTILE,
      payment: HOSTILE,
      ranges: HOSTILE,
      codes: [hit],
    }
    harmless(documentOf(served, familyPage(served, family, listed, 1)).toString())
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
    harmless(documentOf(served, diffPage(served, [HOSTILE, HOSTILE], [change], 1)).toString())
  })
})
