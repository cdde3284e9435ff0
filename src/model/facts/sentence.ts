import type { Fact } from '../schema/generated/plan.ts';
import type { Phrase } from '../text/phrase.ts';

/** What a value of a sentence is; `?`: it may be left out. A list: one of these words. */
export type ValueKind = 'text' | 'text?' | 'count' | 'texts' | 'fact' | 'fact?' | 'facts' | readonly string[];

export type Shape = Readonly<Record<string, ValueKind>>;

/** A sentence of ours: which values it has, and how it is told in English. */
export interface Sentence<S extends Shape = Shape> {
  readonly shape: S;
  readonly tell: (values: ToldValues<S>) => Phrase;
}

export function sentence<const S extends Shape>(shape: S, tell: (values: ToldValues<S>) => Phrase): Sentence<S> {
  return { shape, tell };
}

/** As whoever states the fact gives them. */
export type GivenValues<S extends Shape> = Values<{ [Name in keyof S]: Given<S[Name]> }, OptionalIn<S>>;

/** As the sentence gets them: other facts are phrases already. */
export type ToldValues<S extends Shape> = Values<{ [Name in keyof S]: Told<S[Name]> }, OptionalIn<S>>;

type Values<All, Optional extends keyof All> = {
  readonly [Name in Exclude<keyof All, Optional>]: All[Name];
} & { readonly [Name in Optional]?: All[Name] | undefined };

type OptionalIn<S extends Shape> = { [Name in keyof S]: S[Name] extends `${string}?` ? Name : never }[keyof S];

type Given<Kind extends ValueKind> = Kind extends 'fact' | 'fact?'
  ? Fact
  : Kind extends 'facts'
    ? readonly Fact[]
    : Plain<Kind>;

type Told<Kind extends ValueKind> = Kind extends 'fact' | 'fact?'
  ? Phrase
  : Kind extends 'facts'
    ? readonly Phrase[]
    : Plain<Kind>;

type Plain<Kind extends ValueKind> = Kind extends 'text' | 'text?'
  ? string
  : Kind extends 'count'
    ? number
    : Kind extends 'texts'
      ? readonly string[]
      : Kind extends readonly string[]
        ? Kind[number]
        : never;
