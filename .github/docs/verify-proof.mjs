// Verifies a file that `zivver-gitops ledger export` wrote, without this product, the repository or a network: only Node and
// OpenSSH's ssh-keygen. Run: node verify-proof.mjs proof.json   It prints what it proved and ends with 1 if anything differs.
// Read it, it is short; or write your own from what it does:
// 1. every line of the ledger names the SHA-256 of the line before it;
// 2. every plan is the one whose digest its first ledger line names;
// 3. every signed statement is proven by `ssh-keygen -Y verify`, as of the moment it names, with the people listed then;
// 4. it approves exactly that plan, that plan.md and that state of the ledger; enough different people did, none of them an author;
// 5. the commits that made the plan are those of their ids, and whoever made or committed one is named as an author;
// 6. every end that had to be signed is signed with a key of the apply job (ssh-keygen, over the line without its signature).
// Compare the head with the one you noted before, signers and keys with those your organisation appointed: no file can prove those.
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const proof = JSON.parse(readFileSync(process.argv[2] ?? 'proof.json', 'utf8'));
const folder = mkdtempSync(path.join(tmpdir(), 'proof-'));
const faults = [];
let head = digestOf(proof.genesis.trimEnd());
const { lineage } = JSON.parse(proof.genesis);

for (const entry of proof.plans) {
  const complain = (what) => faults.push(`plan ${entry.name}: ${what}`);
  const begin = readRecords(entry, complain);
  verifyPlan(entry, begin, complain);
  verifyEnds(entry, complain);
  const { signatures } = begin.approval;
  if (signatures === null) print(`${entry.name}  ${begin.at}  no signatures: ${otherProof(begin.approval)}`);
  else {
    verifyCommits(entry, begin.approval, complain);
    verifySignatures(entry, begin, complain);
  }
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

function verifyEnds({ records }, complain) {
  let at = '';
  for (const record of records
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))) {
    if (record.type === 'begin' || record.type === 'resume') at = record.at;
    const { signature = '', ...rest } = record;
    if (record.type !== 'end' || (signature === '' && !hasKey(timeOf(at)))) continue;
    const use = { allowed: proof.ledgerKeys, who: 'apply', namespace: 'ledger@zivver-gitops', at };
    if (!isSigned(`${JSON.stringify(rest)}\n`, signature, use)) complain('its end is not signed by the apply job');
  }
}

/** Whether a key of the apply job was in force. */
function hasKey(time) {
  const [after, before] = [/valid-after="(\w+)"/, /valid-before="(\w+)"/];
  const lines = proof.ledgerKeys.split('\n').filter((line) => line !== '');
  return lines.some((line) => (after.exec(line)?.[1] ?? '') <= time && time <= (before.exec(line)?.[1] ?? '9'));
}

/** 2026-01-31T08:00:00.000Z, as ssh-keygen wants it. */
function timeOf(at) {
  return at.replace(/\.\d+Z$/, 'Z').replaceAll(/[-T:]/g, '');
}

function isSigned(text, signature, { allowed, who, namespace, at }) {
  writeFileSync(path.join(folder, 'signers'), allowed);
  writeFileSync(path.join(folder, 'signature'), signature);
  const files = ['-f', path.join(folder, 'signers'), '-s', path.join(folder, 'signature')];
  const args = ['-Y', 'verify', '-I', who, '-n', namespace, ...files, '-O', `verify-time=${timeOf(at)}`];
  return spawnSync('ssh-keygen', args, { input: text }).status === 0;
}

function verifySignatures({ name, review, allowedSigners }, begin, complain) {
  const { minimum, authors, approvals } = begin.approval.signatures;
  const people = new Set();
  for (const { address, statement, signature } of approvals) {
    const said = JSON.parse(statement);
    const use = { allowed: allowedSigners, who: address, namespace: 'approval@zivver-gitops', at: said.at };
    if (!isSigned(statement, signature, use)) complain(`ssh-keygen does not prove the signature of ${address}`);
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

/** A commit's id is the SHA-1 of `commit`, its length, a zero byte and what it says. */
function verifyCommits({ commits }, { signatures }, complain) {
  if (Object.keys(commits).length === 0) complain('no commit that made it is in the file');
  for (const [id, encoded] of Object.entries(commits)) {
    const bytes = Buffer.from(encoded, 'base64');
    const own = createHash('sha1').update(`commit ${bytes.length}\0`).update(bytes).digest('hex');
    if (own !== id) complain(`commit ${id} says something else than what its id was made of`);
    for (const [, maker] of bytes
      .toString('utf8')
      .split('\n\n')[0]
      .matchAll(/^(?:author|committer) (.*>)/gm))
      if (!signatures.authors.includes(maker)) complain(`${maker} made commit ${id} and is not named as an author`);
  }
}

function otherProof({ reviews, distinctPeople, mergedBy }) {
  if (reviews !== null) return `${reviews.reviews.length} reviews, as the forge said then (${reviews.url})`;
  return distinctPeople ? `merged by ${mergedBy}, as git says` : 'one pair of eyes';
}

function digestOf(text) {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function print(line) {
  process.stdout.write(`${line}\n`);
}
