import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/span.ts';
import type { Result } from '../base/result.ts';
import type { Action, Litmus, ResultPattern } from '../syntax/script.ts';
import type { ValidModule } from '../valid/valid-module.ts';

/** A script that is ready to run: every module parsed and checked. Made by `litmus/load.ts`. */
export interface Program {
  readonly source: Source;
  readonly commands: readonly ProgramCommand[];
  readonly litmus: readonly Litmus[];
}

export interface ProgramModule {
  readonly id: string | null;
  readonly valid: ValidModule;
}

export type ProgramCommand =
  | { readonly kind: 'module'; readonly module: ProgramModule; readonly at: Span }
  | { readonly kind: 'register'; readonly as: string; readonly module: string | null; readonly at: Span }
  | { readonly kind: 'action'; readonly action: Action; readonly at: Span }
  | {
      readonly kind: 'assert_return';
      readonly action: Action;
      readonly results: readonly ResultPattern[];
      readonly at: Span;
    }
  | {
      readonly kind: 'assert_trap' | 'assert_exhaustion';
      readonly action: Action;
      readonly message: string;
      readonly at: Span;
    }
  | { readonly kind: 'assert_trap_module'; readonly module: ProgramModule; readonly message: string; readonly at: Span }
  | { readonly kind: 'assert_unlinkable'; readonly module: ProgramModule; readonly message: string; readonly at: Span }
  /** assert_invalid, assert_malformed: settled when the script was loaded. */
  | {
      readonly kind: 'assert_static';
      readonly assertion: 'assert_invalid' | 'assert_malformed';
      readonly verdict: Result<null, string>;
      readonly at: Span;
    }
  | {
      readonly kind: 'thread';
      readonly name: string;
      readonly id: string | null;
      readonly shared: readonly string[];
      readonly commands: readonly ProgramCommand[];
      readonly at: Span;
    }
  | { readonly kind: 'wait'; readonly thread: string | null; readonly at: Span }
  /** A command that loading refused for its module: an error for who explores, a failure of the command for who runs the script. */
  | {
      readonly kind: 'refused';
      readonly command: 'module' | 'thread' | 'assert_trap' | 'assert_unlinkable';
      readonly id: string | null;
      readonly diagnostics: readonly Diagnostic[];
      readonly at: Span;
    };

/** Why a file could not become a program. */
export type LoadError = readonly Diagnostic[];
