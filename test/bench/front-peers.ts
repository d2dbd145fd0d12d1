import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { dirname, join } from 'node:path';

/** Other readers of WebAssembly; each job throws or answers false where the peer refuses a module. */
export interface Peer {
  readonly name: string;
  readonly text: ((text: string) => boolean) | null;
  readonly binary: ((bytes: Uint8Array) => boolean) | null;
}

/** V8's validator; the language's own types have none where no DOM is known. */
declare const WebAssembly: { validate(bytes: Uint8Array): boolean };

interface WabtModule {
  validate(): void;
  destroy(): void;
}

interface Wabt {
  readonly FEATURES: Readonly<Record<string, boolean>>;
  parseWat(name: string, text: string, features: object): WabtModule;
  readWasm(bytes: Uint8Array, features: object): WabtModule;
}

async function wabtPeer(): Promise<Peer> {
  const { default: load } = (await import('wabt')) as unknown as { default: () => Promise<Wabt> };
  const wabt = await load();
  const features = Object.fromEntries(Object.keys(wabt.FEATURES).map((name) => [name, true]));
  const validated = (module: WabtModule): boolean => {
    try {
      module.validate();
      return true;
    } finally {
      module.destroy();
    }
  };
  return {
    name: 'wabt',
    text: (text) => validated(wabt.parseWat('', text, features)),
    binary: (bytes) => validated(wabt.readWasm(bytes, features)),
  };
}

interface BinaryenModule {
  setFeatures(features: number): void;
  validate(): number;
  dispose(): void;
}

interface Binaryen {
  readonly Features: { readonly All: number };
  parseText(text: string): BinaryenModule;
  readBinary(bytes: Uint8Array): BinaryenModule;
}

async function binaryenPeer(): Promise<Peer> {
  const { default: binaryen } = (await import('binaryen')) as unknown as { default: Binaryen };
  const validated = (module: BinaryenModule): boolean => {
    try {
      module.setFeatures(binaryen.Features.All);
      return module.validate() === 1;
    } finally {
      module.dispose();
    }
  };
  return {
    name: 'Binaryen',
    text: (text) => validated(binaryen.parseText(text)),
    binary: (bytes) => validated(binaryen.readBinary(bytes)),
  };
}

interface WasmTools {
  readonly $init: Promise<void>;
  readonly tools: {
    parse(text: string): Uint8Array;
    componentNew(bytes: Uint8Array, adapters: readonly never[]): Uint8Array;
  };
}

/** wasm-tools as jco ships it offers no validation by itself: `parse` does not validate, and `componentNew` wraps what it validates. */
async function wasmToolsPeer(): Promise<Peer> {
  const entry = createRequire(import.meta.url).resolve('@bytecodealliance/jco-transpile');
  const vendored = pathToFileURL(join(dirname(entry), '../vendor/wasm-tools.js')).href;
  const { $init, tools } = (await import(vendored)) as WasmTools;
  await $init;
  return {
    name: 'wasm-tools',
    text: (text) => tools.parse(text).length > 0,
    binary: (bytes) => tools.componentNew(bytes, []).length > 0,
  };
}

/** What V8 has is a validator of bytes. */
const V8: Peer = { name: 'V8', text: null, binary: (bytes) => WebAssembly.validate(bytes) };

export async function peers(): Promise<readonly Peer[]> {
  return [await wabtPeer(), await binaryenPeer(), await wasmToolsPeer(), V8];
}
