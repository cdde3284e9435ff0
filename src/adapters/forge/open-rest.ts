import { FORGES, type ForgeKind } from '../../model/forge/forges.ts';
import { requireSecret } from '../secrets/environment.ts';
import { ForgeRest } from './forge-rest.ts';

/** How a forge wants to be shown its token. */
export interface TokenScheme {
  readonly kind: ForgeKind;
  /** The variable with the token. */
  readonly variable: string;
  readonly headerOf: (token: string) => Readonly<Record<string, string>>;
}

export interface RestSettings {
  readonly apiUrl: string;
  /** What the token is for, in the error without it. */
  readonly purpose: string;
  /** `zivver-gitops/<version>` */
  readonly userAgent: string;
  /** Of one request. */
  readonly timeoutMs?: number;
}

/** Throws CONFIGURATION_SECRET_MISSING (3) without its token, CONFIGURATION_INVALID (3) for an address to which none may go. */
export function openRest(
  { kind, variable, headerOf }: TokenScheme,
  environment: NodeJS.ProcessEnv,
  { apiUrl, purpose, userAgent, timeoutMs }: RestSettings,
): ForgeRest {
  return new ForgeRest({
    name: FORGES[kind].name,
    apiUrl: apiUrl.replace(/\/+$/, ''),
    headers: { ...headerOf(requireSecret(environment, variable, purpose)), 'user-agent': userAgent },
    variable,
    ...(timeoutMs && { timeoutMs }),
  });
}
