/** A field that holds what a file has in several cells, such as a fee for each state. */
import { z } from 'zod'
import type { Field } from './fields.ts'

/**
 * A list in PostgreSQL's notation, made of several cells of a file, which come as a JSON array. What is wrong is told of the
 * first element that it is wrong in, by its place.
 */
export function listOf({ clean, schema, type = 'text' }: Field): Field<string> {
  return {
    clean: (cells) => {
      const elements: string[] = JSON.parse(cells)
      return `{${elements.map((cell) => JSON.stringify(clean(cell)))}}`
    },
    schema: z
      .string({ error: 'expected a column for each area, found none' })
      .regex(SAID_ALIKE, { abort: true, error: 'expected text without control characters' })
      .superRefine((value, context) => {
        const told = new Set<string>()
        for (const [place, element] of elementsOf(value).entries()) {
          for (const { message } of schema.safeParse(element).error?.issues ?? []) {
            if (!told.has(message)) context.addIssue({ code: 'custom', message, path: [place] })
            told.add(message)
          }
        }
      }),
    type: `${type}[]`,
  }
}

/** Lists that JSON and PostgreSQL read alike: to PostgreSQL the character behind a backslash is itself, also in \t. */
const SAID_ALIKE = /^(?:[^\\]|\\["\\])*$/

/** The elements of a list that `listOf` made. */
export const elementsOf = (list: string): (string | null)[] => JSON.parse(`[${list.slice(1, -1)}]`)
