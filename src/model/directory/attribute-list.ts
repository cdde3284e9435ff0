import type { EntryAttributes } from './entry.ts';

/**
 * The attributes of one entry, as compact as may be: a directory of 100,000 people holds a million values, nearly all of
 * them the only one of their attribute. Names are compared as they are; those of an entry are few.
 */
export class AttributeList implements EntryAttributes {
  /** A name, its value or values, the next name, … */
  #pairs: (string | string[])[] = [];

  /** Adds a value behind those that the attribute has. */
  add(name: string, value: string): void {
    const at = this.#find(name);
    const known = this.#pairs[at + 1];
    if (known === undefined) this.#pairs.push(name, value);
    else if (typeof known === 'string') this.#pairs[at + 1] = [known, value];
    else known.push(value);
  }

  /** Gives back the room that growing lists keep in reserve. */
  trim(): this {
    this.#pairs = this.#pairs.map((part) => (typeof part === 'string' ? part : part.slice()));
    return this;
  }

  get size(): number {
    return this.#pairs.length / 2;
  }

  has(name: string): boolean {
    return this.#find(name) >= 0;
  }

  get(name: string): readonly string[] | undefined {
    const at = this.#find(name);
    if (at < 0) return undefined;
    const known = this.#pairs[at + 1];
    return typeof known === 'string' ? [known] : known;
  }

  *[Symbol.iterator](): Generator<[string, readonly string[]]> {
    for (let at = 0; at < this.#pairs.length; at += 2) {
      const name = this.#pairs[at] as string;
      yield [name, this.get(name) ?? []];
    }
  }

  /** Index of the name; -2 if there is none, so that the slot after it is never one. */
  #find(name: string): number {
    for (let at = 0; at < this.#pairs.length; at += 2) if (this.#pairs[at] === name) return at;
    return -2;
  }
}
