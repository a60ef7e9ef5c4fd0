#!/usr/bin/env node
// Starts the command line on Node.js 24: the running one, else the one that `npm ci` installed.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const OLDEST = 24
const root = dirname(dirname(fileURLToPath(import.meta.url)))

if (Number(process.versions.node.split('.')[0]) >= OLDEST) {
  // Modules are compiled once for all runs, where there is a home to keep that in.
  const home = process.env.CMS_FEES_HOME || '.cms-fees'
  if (existsSync(home)) module.enableCompileCache(join(home, 'compiled'))
  const source = join(root, 'src/cli/main.ts')
  const { main } = await import(
    existsSync(source) ? '../src/cli/main.ts' : '../dist/src/cli/main.js'
  )
  await main(process.argv.slice(2))
} else {
  const node = installedNode()
  if (node) {
    const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
    child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
  } else {
    process.stderr.write(
      `E_NODE_TOO_OLD: this is Node.js ${process.versions.node}, cms-fees needs ${OLDEST}\n` +
        'Run `npm ci` in the clone (it brings Node.js 24 where there is a build) or install Node.js 24.\n',
    )
    process.exit(2)
  }
}

function installedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`))
    return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  } catch {
    return null
  }
}
