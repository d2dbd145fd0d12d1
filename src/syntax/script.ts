import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import type { Span } from '../base/span.ts';
import type { Module } from './module.ts';
import type { Value } from './values.ts';

/**
 * Scripts in the official test suite's format, with the threads proposal's `thread`, `wait` and `either` and Weft's
 * `litmus` [DESIGN, Litmus tests; core interpreter README, Scripts; threads proposal test suite].
 */

/** A module in a script: parsed, or the reason why it is malformed (quoted text is parsed by the same parser). */
export interface ScriptModule {
  readonly id: string | null;
  readonly at: Span;
  readonly parsed: Result<Module, readonly Diagnostic[]>;
}

export interface Invoke {
  readonly kind: 'invoke';
  readonly module: string | null;
  readonly name: string;
  readonly args: readonly Value[];
  readonly at: Span;
}

export interface Get {
  readonly kind: 'get';
  readonly module: string | null;
  readonly name: string;
  readonly at: Span;
}

export type Action = Invoke | Get;

/** An expected result. */
export type ResultPattern =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'nan'; readonly type: 'f32' | 'f64'; readonly nan: 'canonical' | 'arithmetic' }
  | { readonly kind: 'either'; readonly choices: readonly ResultPattern[] };

export type Assertion =
  | {
      readonly kind: 'assert_return';
      readonly action: Action;
      readonly results: readonly ResultPattern[];
      readonly at: Span;
    }
  | { readonly kind: 'assert_trap'; readonly action: Action; readonly message: string; readonly at: Span }
  | { readonly kind: 'assert_exhaustion'; readonly action: Action; readonly message: string; readonly at: Span }
  /** A module whose instantiation traps. */
  | { readonly kind: 'assert_trap_module'; readonly module: ScriptModule; readonly message: string; readonly at: Span }
  | { readonly kind: 'assert_invalid'; readonly module: ScriptModule; readonly message: string; readonly at: Span }
  | { readonly kind: 'assert_malformed'; readonly module: ScriptModule; readonly message: string; readonly at: Span }
  | { readonly kind: 'assert_unlinkable'; readonly module: ScriptModule; readonly message: string; readonly at: Span };

export type Command =
  | { readonly kind: 'module'; readonly module: ScriptModule; readonly at: Span }
  /** Registers instance `module` (the latest if null) under the name `as` for later imports. */
  | { readonly kind: 'register'; readonly as: string; readonly module: string | null; readonly at: Span }
  | { readonly kind: 'action'; readonly action: Action; readonly at: Span }
  | Assertion
  | {
      readonly kind: 'thread';
      readonly id: string | null;
      readonly shared: readonly string[];
      readonly commands: readonly Command[];
      readonly at: Span;
    }
  /** Joins thread `thread` (the latest if null). */
  | { readonly kind: 'wait'; readonly thread: string | null; readonly at: Span };

/** An observation of an outcome: `T1:0:0`, `T1:0`, `mem.shared+24:i32` [DESIGN, The command line]. */
export type ObservationKey = string;

export type Condition =
  /** The observation equals one of the values, or is a trap whose message starts with the text. */
  | { readonly kind: 'is'; readonly observation: ObservationKey; readonly value: Value; readonly at: Span }
  | { readonly kind: 'traps'; readonly observation: ObservationKey; readonly message: string | null; readonly at: Span }
  | { readonly kind: 'deadlocks'; readonly observation: ObservationKey; readonly at: Span }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

export type Quantifier = 'exists' | 'forall' | 'not exists';

/** What a test's author says a model answers: `required` means that every execution satisfies the condition. */
export type ExpectedVerdict = 'allowed' | 'forbidden' | 'required';

export interface Litmus {
  readonly name: string;
  readonly quantifier: Quantifier;
  readonly condition: Condition;
  readonly verdicts: readonly {
    readonly model: string;
    readonly verdict: ExpectedVerdict;
    readonly source: string | null;
    readonly at: Span;
  }[];
  readonly at: Span;
}

export interface Script {
  readonly commands: readonly Command[];
  readonly litmus: readonly Litmus[];
}
