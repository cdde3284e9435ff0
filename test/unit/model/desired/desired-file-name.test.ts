import { describe, expect, it } from 'vitest';
import { desiredFileName, kindOfPath } from '../../../../src/model/desired/desired-file-name.ts';

describe('desiredFileName', () => {
  it.each([
    ['a.bakker+x_y-z@hospital.example', 'a.bakker+x_y-z@hospital.example.yaml'],
    ['../../etc/passwd@x', '..%2F..%2Fetc%2Fpasswd@x.yaml'],
    ["o'neill@x", 'o%27neill@x.yaml'],
    ['A@x', '%41@x.yaml'],
    ['é%@x', '%C3%A9%25@x.yaml'],
    ['a\\b:c\u0000@x', 'a%5Cb%3Ac%00@x.yaml'],
  ])('names the file of %j', (address, name) => {
    expect(desiredFileName(address)).toBe(name);
  });
});

describe('kindOfPath', () => {
  it.each([
    ['users/a@x.yaml', 'user'],
    ['functional/a@x.yaml', 'functional'],
    ['users/a@x.yml', null],
    ['open.yaml', null],
    ['holds.yaml', null],
    ['organisation.yaml', null],
    ['other/a@x.yaml', null],
  ])('tells which desired files are accounts: %s', (path, kind) => {
    expect(kindOfPath(path)).toBe(kind);
  });
});
