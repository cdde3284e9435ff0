import packageJson from '../../package.json' with { type: 'json' };

/** Version of this program, from its package.json. */
export function readVersion(): string {
  return packageJson.version;
}
