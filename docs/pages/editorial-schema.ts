import { z } from 'zod'
import { categorySchema, entrySchema, familiesSchema, ruleSchema } from '../../schemas/editorial.ts'

const SCHEMAS = {
  code: entrySchema,
  families: familiesSchema,
  category: categorySchema,
  rule: ruleSchema,
}

/** JSON Schema of what editors write: an editor such as VS Code explains and checks each line by it. */
export const editorialSchemas = Object.entries(SCHEMAS).map(([name, schema]) => ({
  file: `editorial/schema/${name}.json`,
  // Input: what has a default may be left out.
  render: async () => `${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`,
}))
