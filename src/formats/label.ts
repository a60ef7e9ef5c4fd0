/** Labels of columns, and the texts of header cells that they fit. */
import type { Label } from '../../schemas/file.ts'

export function says(label: Label, text: string): boolean {
  if (label instanceof RegExp) return label.test(text)
  return typeof label === 'string' ? label === text : label.some((one) => says(one, text))
}

/**
 * Header text differs between the releases of one year in spaces, asterisks, and in the year and the
 * figures that it quotes: YYYY stands for a year, # for a figure.
 */
export function normalise(text: string): string {
  return text
    .toUpperCase()
    .replace(/\*+$/, '')
    .replace(/\d+\.\d{2,}/g, '#')
    .replace(/\b(19|20)\d\d\b/g, 'YYYY')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Texts that a label stands for. A pattern's optional parts and alternatives are written out. */
export function spellingsOf(label: Label): string[] {
  if (typeof label === 'string') return [label]
  if (!(label instanceof RegExp)) return label.flatMap(spellingsOf)
  const plain = label.source
    .replace(/^\^|\$$|\\b/g, '')
    .replace(/\\W\+/g, ' ')
    .replace(/\\W\*/g, '')
    .replace(/\\d/g, '1')
  return writtenOut(plain)
    .map((text) => text.replaceAll('\\', ''))
    .filter((text) => label.test(text))
}

function writtenOut(source: string): string[] {
  const group =
    /(?<!\\)\(((?:[^()\\]|\\.)*)\)(\??)/.exec(source) ?? /((?:\\.|[^\\]))(\?)/.exec(source)
  if (!group) return [source]
  const [whole, inner = '', optional] = group
  const choices = whole.startsWith('(') ? inner.split('|') : [inner]
  return [...choices, ...(optional ? [''] : [])].flatMap((choice) =>
    writtenOut(source.slice(0, group.index) + choice + source.slice(group.index + whole.length)),
  )
}

/** The spelling of a label that a message shows. */
export const plainest = (label: Label): string =>
  spellingsOf(label).reduce((best, text) => (text.length < best.length ? text : best))
