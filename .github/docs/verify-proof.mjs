// Verifies a file that `zivver-gitops ledger export` wrote, without this product, the repository or a network: only Node and
// OpenSSH's ssh-keygen. Run: node verify-proof.mjs proof.json   It prints what it proved and ends with 1 if anything differs.
// Read it, it is short; or write your own from what it does:
// 1. every line of the ledger names the SHA-256 of the line before it;
// 2. every plan is the one whose digest its first ledger line names;
// 3. every signed statement is proven by `ssh-keygen -Y verify`, as of the moment it names, with the people listed then;
// 4. it approves exactly that plan, that plan.md and that state of the ledger; enough different people did, none of them an author.
// Compare the head with the one you noted before, and signers.yaml with whom your organisation appointed: no file can prove those.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const NAMESPACE = 'approval@zivver-gitops';
const proof = JSON.parse(readFileSync(process.argv[2] ?? 'proof.json', 'utf8'));
const folder = mkdtempSync(path.join(tmpdir(), 'proof-'));
const faults = [];
let head = digestOf(proof.genesis.trimEnd());
const { lineage } = JSON.parse(proof.genesis);

for (const entry of proof.plans) {
  const complain = (what) => faults.push(`plan ${entry.name}: ${what}`);
  const begin = readRecords(entry, complain);
  verifyPlan(entry, begin, complain);
  const { signatures } = begin.approval;
  if (signatures === null) print(`${entry.name}  ${begin.at}  no signatures: ${otherProof(begin.approval)}`);
  else verifySignatures(entry, begin, complain);
}
if (proof.head !== head) faults.push(`the head is ${head}, the file says ${proof.head}`);
rmSync(folder, { recursive: true });
for (const fault of faults) print(`WRONG  ${fault}`);
print(faults.length === 0 ? `All of it holds. Head of the ledger: ${head}` : `${faults.length} faults`);
process.exitCode = faults.length === 0 ? 0 : 1;

function readRecords({ records }, complain) {
  const lines = records.trimEnd().split('\n');
  for (const [index, line] of lines.entries()) {
    if (JSON.parse(line).previous !== head) complain(`line ${index + 1} does not follow the line before it`);
    head = digestOf(line);
  }
  return JSON.parse(lines[0]);
}

/** plan.json is {"body":…,"digest":…,"schema":…}; the digest is over the bytes of the body. */
function verifyPlan({ plan }, begin, complain) {
  if (plan === null) return complain('plan.json is not in the file');
  const body = plan.slice('{"body":'.length, plan.lastIndexOf(',"digest":'));
  if (digestOf(body) !== begin.plan) complain('is not the plan that the ledger names');
}

function verifySignatures({ name, review, allowedSigners }, begin, complain) {
  const { minimum, authors, approvals } = begin.approval.signatures;
  writeFileSync(path.join(folder, 'signers'), allowedSigners);
  const people = new Set();
  for (const { address, statement, signature } of approvals) {
    const said = JSON.parse(statement);
    writeFileSync(path.join(folder, 'signature'), signature);
    const time = said.at.replace(/\.\d+Z$/, 'Z').replaceAll(/[-T:]/g, '');
    const files = ['-f', path.join(folder, 'signers'), '-s', path.join(folder, 'signature')];
    const args = ['-Y', 'verify', '-I', address, '-n', NAMESPACE, ...files, '-O', `verify-time=${time}`];
    const { status } = spawnSync('ssh-keygen', args, { input: statement });
    if (status !== 0) complain(`ssh-keygen does not prove the signature of ${address}`);
    const wanted = {
      decision: 'approve',
      organisation: proof.organisation,
      lineage,
      sequence: begin.sequence,
      plan: begin.plan,
      ledgerHead: begin.previous,
      review: digestOf(review),
    };
    for (const [field, value] of Object.entries(wanted))
      if (said[field] !== value) complain(`the statement of ${address} has another ${field}`);
    if (authors.some((author) => author.toLowerCase().endsWith(`<${address.toLowerCase()}>`)))
      complain(`${address} made the plan and approved it`);
    else people.add(address.toLowerCase());
    print(`${name}  ${begin.at}  signed by ${address} at ${said.at}`);
  }
  if (people.size < minimum) complain(`was signed by ${people.size} of ${minimum} people`);
}

function otherProof({ github, distinctPeople, mergedBy }) {
  if (github !== null) return `${github.reviews.length} reviews, as GitHub said then (${github.url})`;
  return distinctPeople ? `merged by ${mergedBy}, as git says` : 'one pair of eyes';
}

function digestOf(text) {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
