import { Ber, BerWriter, Control, PagedResultsControl } from 'ldapts';
import type { SearchResponse } from 'ldapts';

/**
 * Asks for one page (RFC 2696). Critical: a server that cannot page must say so. ldapts' own control is refused by its
 * `search`, whose loop ends at an empty page although more may follow.
 */
export class PageControl extends Control {
  readonly #size: number;
  readonly #cookie: Buffer;

  constructor(size: number, cookie: Buffer) {
    super(PagedResultsControl.type, { critical: true });
    this.#size = size;
    this.#cookie = cookie;
  }

  override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.#size);
    value.writeBuffer(this.#cookie, Ber.OctetString);
    value.endSequence();
    writer.writeBuffer(value.buffer, Ber.OctetString);
  }
}

/** As `LdapResponse` has it. */
export function cookieOf(response: SearchResponse): Buffer | undefined {
  return response.controls?.find((control) => control instanceof PagedResultsControl)?.value?.cookie;
}
