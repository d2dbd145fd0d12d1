import type { Diagnostic } from '../base/diagnostic.ts';
import type { Result } from '../base/result.ts';
import type { Span } from '../base/span.ts';
import type { Module } from './module.ts';
import type { AbsHeapName, Share } from './types.ts';
import type { Value } from './values.ts';

/**
 * Scripts in the official test suite's format, with the threads proposal's `thread`, `wait` and `either` and Weft's
 * `litmus` [DESIGN, Litmus tests; core interpreter README, Scripts; threads proposal test suite].
 */

/**
 * A module in a script: read, or the reason why it is malformed. Quoted text is parsed by the same parser; a binary one is decoded, and
 * its own spans are offsets into `bytes`, as are those of the complaints about it.
 */
export interface ScriptModule {
  readonly id: string | null;
  readonly at: Span;
  readonly form: 'text' | 'quote' | 'binary';
  /** The bytes of a binary module; null for the other forms. */
  readonly bytes: Uint8Array | null;
  readonly parsed: Result<Module, readonly Diagnostic[]>;
}

export interface Invoke {
  readonly kind: 'invoke';
  readonly module: string | null;
  readonly name: string;
  readonly args: readonly Const[];
  readonly at: Span;
}

export type VectorShape = 'i8x16' | 'i16x8' | 'i32x4' | 'i64x2' | 'f32x4' | 'f64x2';

/** An argument: a value of the language, or a reference that the host made (`ref.extern 1`, `ref.host 1`). */
export type Const = Value | { readonly type: 'host-ref'; readonly kind: 'extern' | 'any'; readonly host: number };

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
  | { readonly kind: 'vector'; readonly shape: VectorShape; readonly lanes: readonly LanePattern[] }
  | { readonly kind: 'host-ref'; readonly of: 'extern' | 'any'; readonly host: number }
  /** A non-null reference to something of a kind: `(ref.struct)`, `(ref.i31_shared)`, `(ref.func)`. */
  | { readonly kind: 'ref'; readonly heap: AbsHeapName; readonly share: Share }
  /** `(ref.null)` or `(ref.null ht)`. */
  | { readonly kind: 'null' }
  | { readonly kind: 'either'; readonly choices: readonly ResultPattern[] };

/** A lane of a vector: its bits, as an unsigned number of the lane's width. */
export type LanePattern =
  | { readonly kind: 'bits'; readonly bits: bigint }
  | { readonly kind: 'nan'; readonly nan: 'canonical' | 'arithmetic' };

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
  | { readonly kind: 'assert_unlinkable'; readonly module: ScriptModule; readonly message: string; readonly at: Span }
  /** A call that ends by an exception that nobody catches. */
  | { readonly kind: 'assert_exception'; readonly action: Action; readonly at: Span }
  /** A custom section or annotation that is malformed or invalid. */
  | {
      readonly kind: 'assert_malformed_custom' | 'assert_invalid_custom';
      readonly module: ScriptModule;
      readonly message: string;
      readonly at: Span;
    };

export type ModuleAssertion = Extract<Assertion, { readonly module: ScriptModule }>;

export type Command =
  /** A definition is only named, an other module instantiated as well. */
  | { readonly kind: 'module'; readonly module: ScriptModule; readonly definition: boolean; readonly at: Span }
  /** Instantiates module definition `module` (the latest if null) as instance `id`. */
  | { readonly kind: 'instance'; readonly id: string | null; readonly module: string | null; readonly at: Span }
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
  /** A command on text of the component model, which is passed over. */
  | {
      readonly kind: 'component';
      readonly command: 'component' | 'assert_trap' | Exclude<ModuleAssertion['kind'], 'assert_trap_module'>;
      readonly at: Span;
    }
  /** Joins thread `thread` (the latest if null). */
  | { readonly kind: 'wait'; readonly thread: string | null; readonly at: Span };

/** An observation of an outcome: `T1:0:0`, `T1:0`, `mem.shared+24:i32` (models/litmus/README.md). */
export type ObservationKey = string;

/** What one observation shows. */
export type Fact =
  | { readonly kind: 'is'; readonly observation: ObservationKey; readonly value: Value; readonly at: Span }
  /** A trap whose message starts with the text. */
  | { readonly kind: 'traps'; readonly observation: ObservationKey; readonly message: string | null; readonly at: Span }
  /** An exception that nobody catches; with these arguments, unless none are given. */
  | {
      readonly kind: 'throws';
      readonly observation: ObservationKey;
      readonly args: readonly Value[];
      readonly at: Span;
    }
  | { readonly kind: 'deadlocks'; readonly observation: ObservationKey; readonly at: Span };

export type Condition =
  | Fact
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
  | { readonly kind: 'not'; readonly part: Condition };

export type Quantifier = 'exists' | 'forall' | 'not exists';

/** What a test's author says a model answers: `required` means that every execution satisfies the condition. */
export type ExpectedVerdict = 'allowed' | 'forbidden' | 'required';

/** A model's answer, as a person wrote it down. */
export interface ModelVerdict {
  readonly model: string;
  readonly verdict: ExpectedVerdict;
  readonly source: string | null;
  /** Why, in words. */
  readonly reason: string | null;
  readonly at: Span;
}

/** What is observed together: the facts, and nothing for the other observations that the set names. */
export interface ExpectedOutcome {
  readonly facts: readonly Fact[];
  readonly at: Span;
}

/** All outcomes of a model, as far as the named observations go. */
export interface ModelOutcomes {
  readonly model: string;
  readonly outcomes: readonly ExpectedOutcome[];
  readonly source: string | null;
  readonly at: Span;
}

export interface Litmus {
  readonly name: string;
  readonly quantifier: Quantifier;
  readonly condition: Condition;
  readonly verdicts: readonly ModelVerdict[];
  readonly outcomes: readonly ModelOutcomes[];
  readonly at: Span;
}

export interface Script {
  readonly commands: readonly Command[];
  readonly litmus: readonly Litmus[];
}
