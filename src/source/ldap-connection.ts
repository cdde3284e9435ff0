import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { ConnectionOptions, PeerCertificate, TLSSocket } from 'node:tls';

import { Client, Control, PresenceFilter, SearchResponse } from 'ldapts';
import type { Filter } from 'ldapts';

import { PageControl } from './ldap-page-control.ts';

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
}

export interface LdapRequest {
  readonly base: string;
  readonly scope: 'base' | 'one' | 'sub';
  readonly filter: Filter;
  readonly attributes: readonly string[];
  /** Absent = not paged. An empty cookie asks for the first page. */
  readonly page?: { readonly size: number; readonly cookie: Buffer };
  readonly showDeleted?: boolean;
}

const SHOW_DELETED = '1.2.840.113556.1.4.417';

/**
 * One encrypted connection to one server. It never connects twice: ldapts would reconnect silently and unbound, and
 * with StartTLS would then send the password in the clear. Throws what ldapts and Node throw; `ldap-problems.ts`
 * translates.
 */
export class LdapConnection {
  /** `host:port` */
  readonly server: string;
  readonly url: string;
  readonly #client: Client;
  readonly #url: URL;
  readonly #login: LdapLogin;
  #response: SearchResponse | undefined;
  #certificate: PeerCertificate | undefined;
  #sockets = 0;
  #isClosed = false;

  constructor(url: string, login: LdapLogin) {
    this.url = url;
    this.#url = new URL(url);
    this.#login = login;
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
  async readRoot(attributes: readonly string[]): Promise<SearchResponse> {
    await this.#encrypt();
    const filter = new PresenceFilter({ attribute: 'objectClass' });
    return this.#search({ base: '', scope: 'base', filter, attributes }, []);
  }

  /** After `readRoot`, on the same connection. */
  async logIn(): Promise<void> {
    await this.#client.bind(this.#login.user, this.#login.password);
  }

  /** One request and its whole answer. One at a time. */
  async send(request: LdapRequest): Promise<SearchResponse> {
    if (this.#isClosed || !this.#client.isBound) throw new Error('Connection closed before the request was sent');
    const controls: Control[] = [];
    if (request.showDeleted === true) controls.push(new Control(SHOW_DELETED, { critical: true }));
    if (request.page !== undefined) controls.push(new PageControl(request.page.size, request.page.cookie));
    return this.#search(request, controls);
  }

  async #search({ base, scope, filter, attributes }: LdapRequest, controls: Control[]): Promise<SearchResponse> {
    this.#response = undefined;
    // Without timeLimit ldapts sends 10 seconds; with sizeLimit it takes a part for the whole.
    await this.#client.search(base, { scope, filter, attributes: [...attributes], timeLimit: 0 }, controls);
    const response: SearchResponse | undefined = this.#response;
    if (response === undefined) throw new Error('Connection closed before the answer was complete');
    return response;
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
    return { minVersion: 'TLSv1.2', ...(caFile === undefined ? {} : { ca: [...rootCertificates, caFile] }) };
  }

  /**
   * ldapts hands out neither page cookies nor the bytes of values that happen to be UTF-8, so its private `_send` is
   * wrapped. The version of ldapts is pinned for this.
   */
  #captureResponses(): void {
    const sender = this.#client as unknown as { _send(message: object): Promise<unknown> };
    const send = sender._send.bind(this.#client);
    sender._send = async (message) => {
      const response = await send(message);
      if (response instanceof SearchResponse) this.#response = response;
      return response;
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
