import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { ConnectionOptions, PeerCertificate, TLSSocket } from 'node:tls';

import { Client, Control, PresenceFilter, SearchResponse } from 'ldapts';
import type { Filter, MessageParser } from 'ldapts';

import { entryRequestId, messageLength } from './ldap-message.ts';
import { cookieOf, PageControl } from './ldap-page-control.ts';

export interface LdapLogin {
  readonly user: string;
  /** Secret. */
  readonly password: string;
  /** The company's authorities, PEM text; trusted beside the public ones. */
  readonly caFile?: string | undefined;
  /** For `ldap://` servers: encrypt before the password is sent. */
  readonly startTls: boolean;
  readonly connectTimeoutMs: number;
  /** Per request, so per page. */
  readonly requestTimeoutMs: number;
  /** No directory is believed to be larger: an answer with more entries has no end. Default 500,000. */
  readonly maxEntries?: number | undefined;
}

/** Five times the largest organisation that this tool is made for. */
const MAX_ENTRIES = 500_000;

export interface LdapRequest {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** Absent = not paged. An empty cookie asks for the first page. */
  readonly page?: { readonly size: number; readonly cookie: Buffer };
  readonly showDeleted?: boolean;
}

export interface LdapResponse {
  /** As they came, for `parseEntry`: while a page is parsed, the server can work on the next one. */
  readonly entries: readonly Buffer[];
  /** URLs of other servers. */
  readonly references: readonly string[];
  /** Empty = that was the last page. Undefined = the server did not page, so nobody knows whether that was all. */
  readonly cookie: Buffer | undefined;
}

const SHOW_DELETED = '1.2.840.113556.1.4.417';

/**
 * What this file takes from ldapts beyond its public API, in two places (`#captureResponses`, `#captureEntries`), and why. Its
 * `search` gives no controls of the answer, so no cookie, and refuses a paged-results control of the caller; its
 * `searchPaginated` takes an empty page for the end, which would be a silent short read; both keep every value twice, decoded,
 * which takes twice the time of ldapsearch. A layer over its public BER classes would carry the same rules, but would have to
 * bring sockets, StartTLS, time limits and the end of a connection of its own, where most of what can go wrong with LDAP does.
 * So the version is pinned exactly, and test/unit/adapters/ldap/ldapts-pin.test.ts fails on any other.
 */

/**
 * One encrypted connection to one server. It never connects twice: ldapts would reconnect silently and unbound, and
 * with StartTLS would then send the password in the clear. Throws what ldapts and Node throw; `ldap-problems.ts`
 * translates.
 */
export class LdapConnection {
  /** `host:port` */
  readonly server: string;
  readonly url: string;
  readonly maxEntries: number;
  readonly #client: Client;
  readonly #url: URL;
  readonly #login: LdapLogin;
  #requestId = 0;
  #entries: Buffer[] = [];
  #response: SearchResponse | undefined;
  #certificate: PeerCertificate | undefined;
  #sockets = 0;
  #isClosed = false;

  constructor(url: string, login: LdapLogin) {
    this.url = url;
    this.#url = new URL(url);
    this.#login = login;
    this.maxEntries = login.maxEntries ?? MAX_ENTRIES;
    const isSecure = this.#url.protocol === 'ldaps:';
    this.server = `${this.#url.hostname}:${this.#url.port || (isSecure ? 636 : 389)}`;
    this.#client = new Client({
      url: `${this.#url.protocol}//${this.server}`,
      timeout: login.requestTimeoutMs,
      connectTimeout: login.connectTimeoutMs,
      ...(isSecure ? { tlsOptions: this.#tlsOptions() } : {}),
      createConnection: ((port: number, host: string) => this.#openTcp(port, host)) as typeof connectTcp,
      createSecureConnection: this.#openTls.bind(this) as unknown as typeof connectTls,
    });
    this.#captureResponses();
    this.#captureEntries();
  }

  /** What the server showed of itself, also if it was refused. */
  get certificate(): PeerCertificate | undefined {
    return this.#certificate;
  }

  /** Connects, encrypts and logs in. */
  async open(): Promise<void> {
    await this.#encrypt();
    await this.logIn();
  }

  /** The root entry, which a directory shows to everybody: connects and encrypts, but does not log in. */
  async readRoot(attributes: readonly string[]): Promise<LdapResponse> {
    await this.#encrypt();
    const filter = new PresenceFilter({ attribute: 'objectClass' });
    return this.#search({ base: '', scope: 'base', filter, attributes }, []);
  }

  /** After `readRoot`, on the same connection. */
  async logIn(): Promise<void> {
    await this.#client.bind(this.#login.user, this.#login.password);
  }

  /** One request and its whole answer. One at a time. */
  async send(request: LdapRequest): Promise<LdapResponse> {
    if (this.#isClosed || !this.#client.isBound) throw new Error('Connection closed before the request was sent');
    const controls: Control[] = [];
    if (request.showDeleted === true) controls.push(new Control(SHOW_DELETED, { critical: true }));
    if (request.page !== undefined) controls.push(new PageControl(request.page.size, request.page.cookie));
    return this.#search(request, controls);
  }

  async #search({ base, scope, filter, attributes }: LdapRequest, controls: Control[]): Promise<LdapResponse> {
    this.#response = undefined;
    this.#entries = [];
    // Without timeLimit ldapts sends 10 seconds; with sizeLimit it takes a part for the whole.
    await this.#client.search(base, { scope, filter, attributes: [...attributes], timeLimit: 0 }, controls);
    const response = this.#response as SearchResponse | undefined;
    if (response === undefined) throw new Error('Connection closed before the answer was complete');
    const references = response.searchReferences.flatMap(({ uris }) => uris);
    return { entries: this.#entries, references, cookie: cookieOf(response) };
  }

  async close(): Promise<void> {
    await this.#client.unbind().catch(() => undefined);
  }

  /** With `ldaps://` the first request does it. */
  async #encrypt(): Promise<void> {
    if (this.#url.protocol !== 'ldap:' || this.#client.isConnected) return;
    // ldapts checks the certificate of an IP address against "localhost" unless it is told the host.
    await this.#client.startTLS({ ...this.#tlsOptions(), host: this.#host() });
    if (!this.#client.isConnected || this.#isClosed) throw new Error('Connection closed after StartTLS');
  }

  #host(): string {
    return this.#url.hostname.replace(/^\[|\]$/g, '');
  }

  #tlsOptions(): ConnectionOptions {
    const { caFile } = this.#login;
    if (caFile === undefined) return { minVersion: 'TLSv1.2' };
    // Whoever names only the issuing authority trusts it, whether its own root is there or not (Node 20.18 and later).
    const trust = { ca: [...rootCertificates, caFile], allowPartialTrustChain: true };
    return { minVersion: 'TLSv1.2', ...trust };
  }

  /** ldapts does not hand out page cookies, so its private `_send` is wrapped. */
  #captureResponses(): void {
    const sender = this.#client as unknown as { _send(message: { messageId: number }): Promise<unknown> };
    const send = sender._send.bind(this.#client);
    sender._send = async (message) => {
      this.#requestId = message.messageId;
      const response = await send(message);
      if (response instanceof SearchResponse) this.#response = response;
      return response;
    };
  }

  /**
   * ldapts decodes every value of an entry twice, also bytes as text, and only then tells that a page is complete. So its
   * parser gets all messages but the entries.
   */
  #captureEntries(): void {
    const { messageParser } = this.#client as unknown as { messageParser: MessageParser };
    const read = messageParser.read.bind(messageParser);
    let rest: Buffer = Buffer.alloc(0);
    messageParser.read = (data, details) => {
      rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
      for (let length = messageLength(rest); length !== null; length = messageLength(rest)) {
        const message = rest.subarray(0, length);
        rest = rest.subarray(length);
        const id = entryRequestId(message);
        if (id === null) read(message, details);
        else if (id === this.#requestId) this.#entries.push(message);
      }
    };
  }

  #openTcp(port: number, host: string): Socket {
    this.#countSocket();
    return this.#watch(connectTcp(port, host));
  }

  #openTls(portOrOptions: number | ConnectionOptions, host?: string, options?: ConnectionOptions): TLSSocket {
    const isUpgrade = typeof portOrOptions !== 'number';
    if (!isUpgrade) this.#countSocket();
    const socket = connectTls(isUpgrade ? portOrOptions : { ...options, port: portOrOptions, host: host ?? '' });
    // Node drops the certificate with the connection that it refuses; this event comes just before.
    socket.prependListener('secure', () => {
      this.#certificate = socket.getPeerCertificate();
    });
    const timer = setTimeout(() => socket.destroy(new Error('Connection timeout')), this.#login.connectTimeoutMs);
    socket.once('secureConnect', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
    return this.#watch(socket);
  }

  #countSocket(): void {
    this.#sockets += 1;
    if (this.#sockets > 1) throw new Error('Connection closed');
  }

  #watch<Kind extends Socket>(socket: Kind): Kind {
    socket.once('close', () => {
      this.#isClosed = true;
    });
    return socket;
  }
}
