/** A run as one HTML page that needs nothing beside itself, to be mailed or kept. */
import type { ReleaseChange } from '../queries/changes.ts'
import type { RunDetail } from '../queries/run-detail.ts'
import { type Content, type Html, html } from './html.ts'

const STYLE = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
.scroll { overflow-x: auto; margin: .5rem 0 1.5rem; }
table { border-collapse: collapse; }
th, td { border-bottom: 1px solid #8886; padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
svg { max-width: 100%; height: auto; }
svg text { font-size: 12px; fill: currentColor; }
.up { fill: #2a7a4b; } .down { fill: #b3403a; }
`

export function runPage(run: RunDetail): Html {
  const title = `Run ${run.run}: ${run.command} ${run.release ?? ''}`.trim()
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${raw(STYLE)}</style></head>
<body><main>
<h1>${title}</h1>
<p><b>${run.outcome}</b>, began ${run.started_at.toISOString()}${run.seconds && `, took ${run.seconds} s`}, cms-fees ${run.software_version}.</p>
${run.error_code && html`<p><b>${run.error_code}</b>: ${run.error_message}</p>`}
${rowsOf('Files', run.files)}
${rowsOf('Checks and gates', run.checks.map(checkRow))}
${rowsOf('Misspelled columns that a person accepted', run.accepted_columns)}
${rowsOf('Rejected rows', run.rejected.slice(0, MOST_ROWS).map(rejectedRow), run.rejected.length > MOST_ROWS && `The first ${MOST_ROWS} of ${run.rejected.length}.`)}
${rowsOf(`Rows that changed since ${run.predecessor}`, run.changes)}
${section(`Largest changes in national payment since ${run.predecessor}`, run.movers.length > 0 && chart(run.movers))}
${rowsOf(`Largest changes in dollars since ${run.predecessor}`, run.amounts)}
${rowsOf('Time by stage', run.stages)}
</main></body></html>
`
}

const MOST_ROWS = 200

/** The style above holds no character that HTML reads as markup. */
const raw = (text: string): Content => html([text] as unknown as TemplateStringsArray)

const section = (title: string, content: Content, note: Content = null): Content =>
  content && html`<section><h2>${title}</h2>${content}${note && html`<p>${note}</p>`}</section>`

const rowsOf = (title: string, rows: readonly object[], note: Content = null): Content =>
  section(title, table(title, rows), note)

const checkRow = ({
  check_name,
  severity,
  broken_rows,
  sample,
  accepted_by,
  because,
}: RunDetail['checks'][number]) => ({
  check: check_name,
  severity,
  rows: broken_rows,
  outcome:
    broken_rows === 0
      ? 'passed'
      : accepted_by
        ? `accepted by ${accepted_by}: ${because}`
        : severity === 'warn'
          ? 'told'
          : 'refused',
  'such as': broken_rows > 0 ? (sample[0]?.message ?? null) : null,
})

const rejectedRow = ({ file, line, issues }: RunDetail['rejected'][number]) => ({
  file,
  line,
  wrong: issues.map(({ column, message }) => `${column}: ${message}`).join('; '),
})

function table(title: string, rows: readonly object[]): Content {
  const [first] = rows
  if (!first) return null
  const columns = Object.keys(first)
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${columns.map((column) => html`<th scope="col">${column.replaceAll('_', ' ')}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${columns.map((column) => cell((row as Record<string, unknown>)[column]))}</tr>\n`)}</tbody></table></div>`
}

/** Decimals come as text, and stay as they are. */
function cell(value: unknown): Html {
  if (typeof value === 'number')
    return html`<td class="number">${value.toLocaleString('en-US')}</td>`
  const text = value === null || value === undefined ? '' : String(value)
  return html`<td${/^-?\d+\.\d+$/.test(text) && html` class="number"`}>${text}</td>`
}

const [ROW, MIDDLE, REACH] = [22, 430, 280]

/** Bars to the right of the middle for more, to the left for less, in dollars. */
function chart(movers: readonly ReleaseChange[]): Html {
  const bars = movers.map((mover) => ({ ...mover, dollars: Number(largest(mover)) }))
  const most = Math.max(...bars.map(({ dollars }) => Math.abs(dollars)))
  const height = bars.length * ROW
  return html`<svg viewBox="0 0 720 ${height}" width="720" height="${height}" role="img" aria-label="The largest changes in payment, in dollars">
${bars.map(({ hcpcs, modifier, dollars }, row) => {
  const width = Math.max((Math.abs(dollars) / most) * REACH, 1)
  const left = dollars < 0 ? MIDDLE - width : MIDDLE
  return html`<text x="0" y="${row * ROW + 15}">${`${hcpcs} ${modifier}`.trim()}: ${signed(dollars)}</text><rect class="${dollars < 0 ? 'down' : 'up'}" x="${left.toFixed(1)}" y="${row * ROW + 4}" width="${width.toFixed(1)}" height="${ROW - 8}"/>\n`
})}</svg>`
}

const largest = ({ non_facility_change, facility_change }: ReleaseChange): string => {
  const [one = '0', other = '0'] = [non_facility_change ?? '0', facility_change ?? '0']
  return Math.abs(Number(one)) >= Math.abs(Number(other)) ? one : other
}

const signed = (dollars: number): string =>
  `${dollars < 0 ? '−' : '+'}$${Math.abs(dollars).toFixed(2)}`
