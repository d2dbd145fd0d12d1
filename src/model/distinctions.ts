/** A litmus test of `models/litmus/` whose outcome one model allows and another forbids. */
export interface Distinction {
  readonly model: string;
  /** A neighbour: a model from which it differs little. */
  readonly beside: string;
  /** The test's name. */
  readonly test: string;
  /** Whether it is the model that allows the outcome; the neighbour then forbids it. */
  readonly allows: boolean;
}

/** What tells the models that ship from their neighbours: for each a small test, which test/unit/model/distinctions.test.ts runs under both. */
export const DISTINCTIONS: readonly Distinction[] = [
  forbids('wasm', 'MP+acqrel', 'wasm-oopsla19'),
  allows('wasm', 'SB', 'sc'),
  allows('wasm', 'CoRR', 'armv8'),
  forbids('wasm', 'Z6.U', 'rc11'),
  forbids('wasm-oopsla19', 'SB-sc', 'wasm-oopsla19-uncorrected'),
  allows('wasm-oopsla19', 'SB-bytes', 'js-es2018'),
  allows('wasm-oopsla19-uncorrected', 'Fig18', 'wasm-oopsla19'),
  allows('wasm-oopsla19-uncorrected', 'ARMv8-least', 'js-es2018'),
  allows('js-es2018', 'SC-DRF-least', 'js-es2018-scdrf'),
  forbids('js-es2018', 'SB-sc', 'wasm-oopsla19-uncorrected'),
  forbids('js-es2018-scdrf', 'ARMv8-least', 'js-repaired'),
  allows('js-repaired', 'ARMv8-least', 'js-es2018-scdrf'),
  allows('js-repaired', 'SB-bytes', 'js-es2018'),
  forbids('sc', 'SB', 'x86-tso'),
  allows('x86-tso', 'SB', 'sc'),
  forbids('x86-tso', 'MP', 'armv8'),
  allows('armv8', 'MP', 'x86-tso'),
  forbids('armv8', 'CoRR', 'wasm'),
  allows('rc11', 'Z6.U', 'c11'),
  forbids('c11', 'Z6.U', 'rc11'),
];

function allows(model: string, test: string, beside: string): Distinction {
  return { model, beside, test, allows: true };
}

function forbids(model: string, test: string, beside: string): Distinction {
  return { model, beside, test, allows: false };
}
