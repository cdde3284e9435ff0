import { GitRepository } from '../../../src/adapters/git/repository.ts';
import type { TreeFile } from '../../../src/model/desired/baseline.ts';
import type { StatementFile } from '../../../src/model/approval/judge-statements.ts';
import { stringify } from 'yaml';
import type { Signer } from '../../../src/model/approval/signers.ts';

/** What a branch has instead of what it has. */
export interface Overlay {
  /** Head of the branch. */
  readonly commit: string;
  readonly files: readonly StatementFile[];
  /** Of every other commit. */
  readonly signers: readonly Signer[];
  /** Of the head. */
  readonly current: readonly Signer[];
}

/**
 * A repository that answers each question once, for suites that ask the same a hundred times of one that does not change; and
 * that can have other statements and signers than it has.
 */
export class OverlaidGit extends GitRepository {
  overlay: Overlay | null = null;
  /** While nothing changes. */
  isFrozen = true;
  readonly #answers = new Map<string, Promise<unknown>>();

  override read(args: readonly string[], input?: string | Uint8Array): Promise<string> {
    const below = args.at(-1) ?? '';
    if (this.overlay !== null && args[0] === 'log' && below.endsWith('/approvals/'))
      return Promise.resolve(renderRaw(this.overlay.files, below));
    return this.#once(['read', ...args, String(input)], () => super.read(args, input));
  }

  override attempt(args: readonly string[]): Promise<{ ok: true } | { ok: false; why: string }> {
    return this.#once(['attempt', ...args], () => super.attempt(args));
  }

  override isSuccess(args: readonly string[]): Promise<boolean> {
    return this.#once(['isSuccess', ...args], () => super.isSuccess(args));
  }

  override resolve(ref: string): Promise<string | undefined> {
    return this.#once(['resolve', ref], () => super.resolve(ref));
  }

  override async listTree(commit: string, folder: string): Promise<readonly TreeFile[]> {
    if (this.overlay === null || !folder.endsWith('/approvals/')) return super.listTree(commit, folder);
    return this.overlay.files.flatMap(({ path, isCurrent }, index) =>
      isCurrent ? [{ path: `${folder}${path.slice('approvals/'.length)}`, blob: blobOf(index) }] : [],
    );
  }

  override readFileAt(commit: string, file: string): Promise<Buffer | undefined> {
    if (this.overlay !== null && file.endsWith('/signers.yaml')) {
      const signers = commit === this.overlay.commit ? this.overlay.current : this.overlay.signers;
      return Promise.resolve(Buffer.from(stringify({ signers })));
    }
    return this.#once(['readFileAt', commit, file], () => super.readFileAt(commit, file));
  }

  override readBlobs(blobs: readonly string[]): Promise<string[]> {
    const { overlay } = this;
    if (overlay !== null && blobs[0]?.startsWith(BLOB) === true)
      return Promise.resolve(blobs.map((blob) => overlay.files[Number(blob.slice(BLOB.length)) - 1]?.text ?? ''));
    return this.#once(['readBlobs', ...blobs], () => super.readBlobs(blobs));
  }

  #once<Answer>(question: readonly string[], ask: () => Promise<Answer>): Promise<Answer> {
    const name = JSON.stringify(question);
    const answer = (this.isFrozen ? this.#answers.get(name) : undefined) ?? ask();
    this.#answers.set(name, answer);
    return answer as Promise<Answer>;
  }
}

const BLOB = '0'.repeat(37);

function blobOf(index: number): string {
  return `${BLOB}${String(index + 1).padStart(3, '0')}`;
}

function renderRaw(files: readonly StatementFile[], below: string): string {
  const lines = files.map(
    ({ path }, index) =>
      `:000000 100644 ${'0'.repeat(40)} ${blobOf(index)} A\t${below}${path.slice('approvals/'.length)}\n`,
  );
  return lines.join('');
}
