import { useEmbedded } from '../../src/db/embedded.ts'
import { openSession } from '../../src/db/session.ts'

/** Rows of a query on the embedded database of a home folder, with all rights. */
export async function embeddedRows<T extends object>(home: string, query: string): Promise<T[]> {
  const server = await useEmbedded(home)
  try {
    const { client, close } = await openSession(server.url, 'test')
    return (await client.query<T>(query).finally(close)).rows
  } finally {
    await server.release()
  }
}
