/** The command line within the test's own process: a second faster for each command than one of its own. */
import { vi } from 'vitest'
import { buildProgram } from '../../src/cli/main.ts'
import { CmsFeesError } from '../../src/errors.ts'

export interface Said {
  /** Code of the error that ended it; null where it ended well. */
  readonly error: string | null
  readonly stdout: string
}

/** Runs a command with settings as the environment has them. */
export async function runHere(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
): Promise<Said> {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  let stdout = ''
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    stdout += String(text)
    return true
  })
  try {
    await buildProgram().parseAsync([...args], { from: 'user' })
    return { error: null, stdout }
  } catch (error) {
    if (!(error instanceof CmsFeesError)) throw error
    return { error: `${error.code}: ${error.message} ${error.next}`, stdout }
  } finally {
    write.mockRestore()
    vi.unstubAllEnvs()
  }
}
