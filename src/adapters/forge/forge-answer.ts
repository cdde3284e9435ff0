import { ReconcileError } from '../../model/errors.ts';

/** A part of what a forge sent, read as its description says it is. Throws PIPELINE_FORGE for anything else; never quotes it. */
export class ForgeAnswer {
  readonly #where: string;
  readonly #data: unknown;

  /** `where`: what was asked. */
  constructor(where: string, data: unknown) {
    this.#where = where;
    this.#data = data;
  }

  text(...path: readonly string[]): string {
    const found = this.#find(path);
    return typeof found === 'string' && found !== '' ? found : this.#refuse(path, 'a text');
  }

  /** One of the words that are known. */
  word(words: readonly string[], ...path: readonly string[]): string {
    const found = this.text(...path);
    return words.includes(found) ? found : this.#refuse(path, `one of ${words.join(', ')}`);
  }

  /** Empty: it is not there. */
  textOrEmpty(...path: readonly string[]): string {
    const found = this.#find(path);
    return found === null || found === undefined || found === '' ? '' : this.text(...path);
  }

  integer(...path: readonly string[]): number {
    const found = this.#find(path);
    return typeof found === 'number' && Number.isSafeInteger(found) ? found : this.#refuse(path, 'a whole number');
  }

  flag(...path: readonly string[]): boolean {
    const found = this.#find(path);
    return typeof found === 'boolean' ? found : this.#refuse(path, 'true or false');
  }

  /** False: it is not there. */
  flagOrFalse(...path: readonly string[]): boolean {
    const found = this.#find(path);
    return found === null || found === undefined ? false : this.flag(...path);
  }

  /** A number or a text of the forge by which it knows something. */
  id(...path: readonly string[]): string {
    const found = this.#find(path);
    return typeof found === 'number' ? String(this.integer(...path)) : this.text(...path);
  }

  /** A commit. */
  sha(...path: readonly string[]): string {
    const found = this.text(...path);
    return /^[0-9a-f]{40}$/.test(found) ? found : this.#refuse(path, 'a commit');
  }

  list(...path: readonly string[]): readonly ForgeAnswer[] {
    const found = this.#find(path);
    if (!Array.isArray(found)) return this.#refuse(path, 'a list');
    return (found as unknown[]).map((data) => new ForgeAnswer(this.#where, data));
  }

  has(name: string): boolean {
    return this.#find([name]) !== undefined;
  }

  /** Null: it is not there. */
  part(...path: readonly string[]): ForgeAnswer | null {
    const found = this.#find(path);
    if (found === null || found === undefined) return null;
    return typeof found === 'object' && !Array.isArray(found)
      ? new ForgeAnswer(this.#where, found)
      : this.#refuse(path, 'one thing');
  }

  #find(path: readonly string[]): unknown {
    let found = this.#data;
    for (const name of path) {
      if (typeof found !== 'object' || found === null) return undefined;
      found = Object.hasOwn(found, name) ? (found as Record<string, unknown>)[name] : undefined;
    }
    return found;
  }

  #refuse(path: readonly string[], wanted: string): never {
    throw new ReconcileError('PIPELINE_FORGE', 'The forge’s answer cannot be used', {
      remedy: 'Check the address of the API, and whether this version of the forge is supported.',
      problems: [{ where: this.#where, what: `${path.join('.') || 'it'} is not ${wanted}` }],
    });
  }
}
