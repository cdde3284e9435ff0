import { expect, it } from 'vitest';
import { parseGithubRepository } from '../../../../../src/adapters/forge/github/github-repository.ts';

const CLOUD = 'https://api.github.com';

it.each([
  ['https://github.com/city-hospital/zivver', CLOUD],
  ['https://github.com/city-hospital/zivver.git', CLOUD],
  ['https://github.com/city-hospital/zivver/', CLOUD],
  ['https://x-access-token:ghs_secret@github.com/city-hospital/zivver', CLOUD],
  ['git@github.com:city-hospital/zivver.git', CLOUD],
  ['ssh://git@github.com/city-hospital/zivver.git', CLOUD],
  ['ssh://git@ssh.github.com:443/city-hospital/zivver.git', CLOUD],
  ['https://GitHub.com/city-hospital/zivver', CLOUD],
  ['https://git.hospital.example/city-hospital/zivver.git', 'https://git.hospital.example/api/v3'],
  ['git@git.hospital.example:city-hospital/zivver.git', 'https://git.hospital.example/api/v3'],
  ['https://hospital.ghe.com/city-hospital/zivver', 'https://api.hospital.ghe.com'],
])('%s is city-hospital/zivver at %s', (url, apiUrl) => {
  expect(parseGithubRepository(url, apiUrl)).toBe('city-hospital/zivver');
});

it.each([
  ['https://gitlab.com/city-hospital/zivver', CLOUD],
  ['https://github.com.evil.example/city-hospital/zivver', CLOUD],
  ['https://github.com@evil.example/city-hospital/zivver', CLOUD],
  ['https://github.com/city-hospital/zivver', 'https://git.hospital.example/api/v3'],
  ['https://github.com/city-hospital', CLOUD],
  ['https://github.com/city-hospital/zivver/more', CLOUD],
  ['https://github.com/city-hospital/ziv ver', CLOUD],
  ['../zivver.git', CLOUD],
  ['/srv/git/zivver.git', CLOUD],
  ['C:\\git\\zivver.git', CLOUD],
  ['', CLOUD],
])('%j names no repository at %s', (url, apiUrl) => {
  expect(parseGithubRepository(url, apiUrl)).toBeUndefined();
});
