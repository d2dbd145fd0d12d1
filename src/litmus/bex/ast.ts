import type { Span } from '../../base/span.ts';

/** EMME's programs as data [grammar/bex.ohm]. */
export interface BexProgram {
  readonly buffers: readonly Named[];
  /** Run by the main thread, beside the others. */
  readonly main: readonly Statement[];
  readonly threads: readonly BexThread[];
  readonly params: readonly Param[];
}

export interface Named {
  readonly name: string;
  readonly at: Span;
}

export interface BexThread extends Named {
  readonly body: readonly Statement[];
}

/** How the bytes of a buffer are seen: `x-I16` is an Int16Array on x. */
export type Element = 'I8' | 'I16' | 'I32' | 'F32' | 'F64';

export interface View {
  readonly buffer: string;
  readonly element: Element;
  readonly at: Span;
}

export type UpdateOp = 'add' | 'sub' | 'and' | 'or' | 'xor' | 'exchange';

/** An access that reads, of element `index` of a view. */
export type Read =
  | { readonly kind: 'load'; readonly view: View; readonly index: Expr; readonly atomic: boolean; readonly at: Span }
  | {
      readonly kind: 'update';
      readonly op: UpdateOp;
      readonly view: View;
      readonly index: Expr;
      readonly value: Expr;
      readonly at: Span;
    };

export type Flat =
  | {
      readonly kind: 'store';
      readonly view: View;
      readonly index: Expr;
      readonly value: Expr;
      readonly atomic: boolean;
      readonly at: Span;
    }
  /** `print` or an update as a statement: EMME shows what either reads. */
  | { readonly kind: 'read'; readonly read: Read; readonly at: Span };

export type Statement =
  | Flat
  /** `name` runs from `from` to `to`, both included. */
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly from: number;
      readonly to: number;
      readonly body: readonly Flat[];
      readonly at: Span;
    }
  | {
      readonly kind: 'if';
      readonly left: Operand;
      readonly comparison: Comparison | { readonly parameter: string; readonly at: Span };
      readonly right: Operand;
      readonly then: readonly Flat[];
      readonly else: readonly Flat[];
      /** Where the parts begin and end, for what is made of them. */
      readonly elseAt: Span;
      readonly at: Span;
    };

export type Comparison = '==' | '<' | '>' | '<=' | '>=';

export type Operand = { readonly kind: 'read'; readonly read: Read } | { readonly kind: 'expr'; readonly expr: Expr };

/** An expression of numbers: known once the parameters are. */
export type Expr =
  | { readonly kind: 'number'; readonly value: number }
  /** A loop's variable, or a parameter. */
  | { readonly kind: 'name'; readonly name: string; readonly parameter: boolean; readonly at: Span }
  | { readonly kind: 'negative'; readonly of: Expr }
  | { readonly kind: 'binary'; readonly op: '+' | '-' | '*' | '/'; readonly left: Expr; readonly right: Expr };

/** A parameter with all its values, which are numbers or comparisons. */
export interface Param extends Named {
  readonly values: readonly (number | Comparison)[];
}
