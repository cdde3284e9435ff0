import { ReconcileError } from '../../../model/errors.ts';
import type { SettingAnswer } from '../../../model/forge/setting.ts';
import type { ForgeRest } from '../forge-rest.ts';

/** Reads the settings of one repository; what cannot be read is an answer too. GET only. */
export class RepositorySettings {
  readonly #rest: ForgeRest;
  readonly #base: string;

  /** `base`: path of the repository. */
  constructor(rest: ForgeRest, base: string) {
    this.#rest = rest;
    this.#base = base;
  }

  /** `path`: below the repository. */
  read(path: string): Promise<SettingAnswer> {
    return this.#tell(this.#rest.send('GET', `${this.#base}${path}`));
  }

  /** A whole list. `size`: as the forge calls it, `limit=50`. */
  readAll(path: string, size: string): Promise<SettingAnswer> {
    return this.#tell(this.#rest.readAll(`${this.#base}${path}`, size));
  }

  async #tell(answer: Promise<unknown>): Promise<SettingAnswer> {
    try {
      return { isKnown: true, data: await answer };
    } catch (error) {
      if (!(error instanceof ReconcileError)) throw error;
      const { name, variable } = this.#rest.server;
      const what = error.problems.map((problem) => problem.what).join(', ');
      const why = `${name} does not tell it (${what}): the owner of ${variable} may not read it, or this edition does not have it`;
      return { isKnown: false, why };
    }
  }
}
