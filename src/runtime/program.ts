import type { Diagnostic } from '../base/diagnostic.ts';
import type { Source, Span } from '../base/span.ts';
import type { Result } from '../base/result.ts';
import type { Readings } from '../syntax/readings.ts';
import type { Action, Litmus, ResultPattern, ScriptModule } from '../syntax/script.ts';
import type { CommandKind } from './script-log.ts';
import type { ValidModule } from '../valid/valid-module.ts';

/** A script that is ready to run: every module parsed and checked. Made by `litmus/load.ts`. */
export interface Program {
  readonly source: Source;
  readonly commands: readonly ProgramCommand[];
  readonly litmus: readonly Litmus[];
  /** Those under which its modules are valid and its threads run. */
  readonly readings: Readings;
  /** If it is a command program: a module whose entry is called, and whose threads are made by `thread-spawn`. */
  readonly command?: CommandProgram;
}

/** What threads of a command program are made of. */
export interface CommandProgram {
  readonly module: ProgramModule;
  /** The names under which the memories are registered that it imports: all that its threads share. */
  readonly hosts: readonly string[];
  /** The function with which a thread begins. */
  readonly threadAt: Span;
}

export interface ProgramModule {
  readonly id: string | null;
  readonly valid: ValidModule;
  /** As it stands in the script; null for a program that is one binary module. */
  readonly written: ScriptModule | null;
}

export type ProgramCommand =
  | { readonly kind: 'module'; readonly module: ProgramModule; readonly at: Span }
  /** A module that only later commands instantiate, which hold it themselves. */
  | { readonly kind: 'definition'; readonly module: ProgramModule; readonly at: Span }
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
  | { readonly kind: 'assert_exception'; readonly action: Action; readonly at: Span }
  /** `byTypes`: what the types of the script's modules say, for where those cannot be executed. */
  | {
      readonly kind: 'assert_unlinkable';
      readonly module: ProgramModule;
      readonly message: string;
      readonly byTypes: Result<null, string>;
      readonly at: Span;
    }
  /** assert_invalid, assert_malformed and the like: settled when the script was loaded. */
  | {
      readonly kind: 'assert_static';
      readonly assertion: StaticAssertion;
      /** Of assert_unlinkable: the valid module, which cannot be executed. */
      readonly module: ProgramModule | null;
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
    }
  /** A command of which no more is asked than a reason: what it holds is no Wasm 3.0 (see `litmus/outside.ts`). */
  | {
      readonly kind: 'outside';
      readonly command: CommandKind;
      /** The name that a module would have had. */
      readonly id: string | null;
      readonly reason: string;
      readonly at: Span;
    };

/** Assertions that no execution settles. */
export type StaticAssertion =
  | 'assert_invalid'
  | 'assert_malformed'
  | 'assert_invalid_custom'
  | 'assert_malformed_custom'
  | 'assert_unlinkable';

/** Why a file could not become a program. */
export type LoadError = readonly Diagnostic[];
