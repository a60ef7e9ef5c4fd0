/** HTML that is escaped by construction: text becomes markup only through the `html` template. */

/** Markup. Only `html` makes it, so that no value of the database can pass for it. */
export class Html {
  readonly markup: string

  private constructor(markup: string) {
    this.markup = markup
  }

  static join(strings: readonly string[], values: readonly Content[]): Html {
    let markup = strings[0] ?? ''
    values.forEach((value, index) => {
      // Escaping keeps a value inside quotes; without them a space would end the attribute.
      if (/=\s*$/.test(strings[index] ?? '')) throw new Error('an attribute lacks its quotes')
      markup += render(value) + (strings[index + 1] ?? '')
    })
    return new Html(markup)
  }
}

/** What a template takes; null, undefined and false show as nothing. */
export type Content = Html | string | number | null | undefined | false | readonly Content[]

export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return Html.join(strings, values)
}

function render(value: Content): string {
  if (value instanceof Html) return value.markup
  if (Array.isArray(value)) return value.map(render).join('')
  if (value === null || value === undefined || value === false) return ''
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
