import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Source, Span } from '../../base/span.ts';

/** A piece of a file: a model may be made of several, by `include`. */
export interface At extends Span {
  readonly source: Source;
}

/** A complaint about a model with the file that it is about, which may be an included one. */
export interface CatDiagnostic extends Diagnostic {
  readonly source: Source;
}

export interface Name {
  readonly text: string;
  readonly at: At;
}

/** What a value is bound to; null is `_`. */
export type Pattern =
  | { readonly kind: 'one'; readonly name: Name | null }
  | { readonly kind: 'tuple'; readonly names: readonly (Name | null)[]; readonly at: At };

export interface Binding {
  readonly pattern: Pattern;
  readonly value: Exp;
  readonly at: At;
}

export type UnaryOperator = 'plus' | 'star' | 'optional' | 'inverse' | 'complement' | 'identity';
export type BinaryOperator = 'union' | 'add' | 'sequence' | 'difference' | 'intersection' | 'product';

export type Exp = { readonly at: At } & (
  | { readonly kind: 'name'; readonly name: string }
  /** `0`, the relation without pairs; `{}` is a set of no items and takes any type. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'universe' }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'set'; readonly items: readonly Exp[] }
  | { readonly kind: 'tuple'; readonly items: readonly Exp[] }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly of: Exp }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Exp; readonly right: Exp }
  | { readonly kind: 'apply'; readonly callee: Exp; readonly argument: Exp }
  | { readonly kind: 'let'; readonly rec: boolean; readonly bindings: readonly Binding[]; readonly body: Exp }
  | { readonly kind: 'fun'; readonly name: string; readonly parameters: Pattern; readonly body: Exp }
  | { readonly kind: 'try'; readonly first: Exp; readonly otherwise: Exp }
  | { readonly kind: 'if'; readonly condition: Condition; readonly then: Exp; readonly otherwise: Exp }
  | {
      readonly kind: 'match';
      readonly of: Exp;
      readonly clauses: readonly Clause<Exp>[];
      readonly otherwise: Exp | null;
    }
  | { readonly kind: 'matchSet'; readonly of: Exp; readonly empty: Exp; readonly element: ElementClause }
);

export interface Clause<Body> {
  readonly tag: string;
  readonly at: At;
  readonly body: Body;
}

/** `element ++ rest -> body`, or `before | element ++ rest -> body`. */
export interface ElementClause {
  readonly before: Name | null;
  readonly element: Name | null;
  readonly rest: Name | null;
  readonly body: Exp;
}

export type Condition =
  | { readonly kind: 'equal' | 'subset' | 'in'; readonly left: Exp; readonly right: Exp }
  | { readonly kind: 'variant'; readonly variant: Variant };

export type Variant =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'not'; readonly of: Variant }
  | { readonly kind: 'and' | 'or'; readonly items: readonly Variant[] };

export type Test = 'acyclic' | 'irreflexive' | 'empty';

export interface Check {
  readonly test: Test;
  readonly negated: boolean;
  readonly of: Exp;
  readonly name: string | null;
  readonly at: At;
}

/** What a check is for: to refuse an execution, to say something about it, or to refuse the file. */
export type Purpose = 'check' | 'undefined-unless' | 'flag' | 'assert';

export type Instruction = { readonly at: At } & (
  | { readonly kind: 'let'; readonly rec: boolean; readonly bindings: readonly Binding[]; readonly when: Check | null }
  | { readonly kind: 'test'; readonly purpose: Purpose; readonly check: Check }
  | { readonly kind: 'show'; readonly names: readonly Name[] }
  | { readonly kind: 'showAs'; readonly of: Exp; readonly name: Name }
  | { readonly kind: 'unshow'; readonly names: readonly Name[] }
  | { readonly kind: 'include'; readonly file: string }
  | {
      readonly kind: 'procedure';
      readonly rec: boolean;
      readonly name: Name;
      readonly parameters: Pattern;
      readonly body: readonly Instruction[];
    }
  | { readonly kind: 'call'; readonly name: Name; readonly argument: Exp; readonly as: string | null }
  | { readonly kind: 'debug'; readonly of: Exp }
  | { readonly kind: 'forall'; readonly name: Name; readonly of: Exp; readonly body: readonly Instruction[] }
  | { readonly kind: 'with'; readonly name: Name; readonly from: Exp }
  | {
      readonly kind: 'if';
      readonly variant: Variant;
      readonly then: readonly Instruction[];
      readonly otherwise: readonly Instruction[];
    }
  | {
      readonly kind: 'match';
      readonly of: Exp;
      readonly clauses: readonly Clause<readonly Instruction[]>[];
      readonly otherwise: readonly Instruction[] | null;
    }
  | { readonly kind: 'enum'; readonly name: Name; readonly tags: readonly string[] }
  | { readonly kind: 'events' }
);

export interface CatFile {
  readonly source: Source;
  /** The header's first word, which names the architecture; null if there is none. */
  readonly architecture: string | null;
  /** The header's text, if it has one. */
  readonly title: string | null;
  readonly instructions: readonly Instruction[];
}
