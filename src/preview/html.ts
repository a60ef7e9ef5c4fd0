/** HTML that is escaped by construction: Hono's template escapes every value that it did not make itself. */
import { html as template } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'

/** Markup. Only `html` makes it. */
export type Html = HtmlEscapedString

/** What a template takes; null, undefined and false show as nothing. */
export type Content = Html | string | number | null | undefined | false | readonly Content[]

/** Attributes need quotes, inside which an escaped value stays; tests/preview/escaping.test.ts looks for any without. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  // A promise comes only of a promise among the values.
  return template(strings, ...values) as Html
}
