import type { NoticeMessage } from 'pg-protocol/dist/messages.js'
import type { TestDatabase } from './database.ts'

/** The plans of a query and of whatever its functions ask, as PostgreSQL runs them. */
export async function plansOf(database: TestDatabase, ...queries: string[]): Promise<string> {
  const plans: string[] = []
  const { client } = database.session
  const listen = ({ message }: NoticeMessage) => plans.push(message ?? '')
  client.on('notice', listen)
  await client.query(
    `load 'auto_explain'; set auto_explain.log_min_duration = 0; set auto_explain.log_nested_statements = on; set client_min_messages = log`,
  )
  for (const query of queries) await client.query(query)
  await client.query(`reset client_min_messages; set auto_explain.log_min_duration = -1`)
  client.off('notice', listen)
  return plans.join('\n')
}
