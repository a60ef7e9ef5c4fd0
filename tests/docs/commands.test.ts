/** Every command that the documentation names is there, with the options that it gives it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/main.ts'
import { ROOT } from '../../src/paths.ts'

// Those that `npm run docs` writes are from the program itself.
const PAGES = [
  ...['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'],
  ...readdirSync(join(ROOT, 'docs'))
    .filter((name) => name.endsWith('.md') && name !== 'cli.md')
    .map((name) => `docs/${name}`),
]

test.each(PAGES)('%s', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  // In a block a command ends with its line, in a sentence with its backtick.
  for (const [, line = ''] of text.matchAll(/(?:^|`)(?:npx )?cms-fees ([a-z][^`\n#|]*)/gm)) {
    const words = line.trim().split(/\s+/)
    let command: CommandUnknownOpts = buildProgram()
    while (command.commands.length > 0) {
      const next = command.commands.find((one) => one.name() === words[0])
      if (!next) break
      command = next
      words.shift()
    }
    expect(command.parent, `${page}: cms-fees ${line}`).not.toBeNull()
    const known = command.options.map(({ long }) => long)
    const asked = words.filter((word) => /^--[a-z-]+$/.test(word) && word !== '--help')
    expect(known, `${page}: cms-fees ${line}`).toEqual(expect.arrayContaining(asked))
  }
})
