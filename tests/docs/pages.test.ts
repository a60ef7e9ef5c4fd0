import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pages } from '../../docs/build.ts'
import { ROOT } from '../../src/paths.ts'

test.for(Object.entries(pages))('%s is what `npm run docs` writes', ([path, render]) => {
  expect(readFileSync(join(ROOT, path), 'utf8')).toBe(render())
})
