import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Other people's validators, each in a thread of its own. */

export type PeerName = 'wasm-tools' | 'binaryen' | 'wabt' | 'v8';

export interface Opinion {
  /** `crashed`: it trapped, or gave no answer in time. */
  readonly verdict: 'valid' | 'invalid' | 'crashed';
  readonly message: string;
}

/** A module in its binary form, and in its text form for who is asked by that; null: not asked by text. */
export interface Question {
  readonly bytes: Uint8Array;
  readonly text: string | null;
}

const WORKER = join(dirname(fileURLToPath(import.meta.url)), 'peer-worker.mjs');

/** The validator inside wasm-tools: jco has it compiled to WebAssembly. */
function wasmToolsUrl(): string {
  const entry = createRequire(import.meta.url).resolve('@bytecodealliance/jco-transpile');
  return pathToFileURL(join(dirname(entry), '../vendor/wasm-tools.js')).href;
}

/** Starts a peer; it is started anew after a crash. */
export class Peer {
  readonly name: PeerName;
  readonly #patience: number;
  #worker: Promise<Worker> | null = null;

  /** `patience`: milliseconds to wait for an answer. */
  constructor(name: PeerName, patience = 10_000) {
    this.name = name;
    this.#patience = patience;
  }

  async ask(question: Question): Promise<Opinion> {
    this.#worker ??= this.#start();
    const worker = await this.#worker;
    const opinion = await new Promise<Opinion>((resolve) => {
      const timer = setTimeout(() => done({ verdict: 'crashed', message: 'no answer' }), this.#patience);
      const failed = (error: Error): void => done({ verdict: 'crashed', message: String(error) });
      const done = (answer: Opinion): void => {
        clearTimeout(timer);
        worker.off('message', done);
        worker.off('error', failed);
        resolve(answer);
      };
      worker.on('message', done);
      worker.on('error', failed);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
      worker.postMessage(question);
    });
    if (opinion.verdict === 'crashed') await this.stop();
    return opinion;
  }

  async #start(): Promise<Worker> {
    const workerData = { peer: this.name, url: this.name === 'wasm-tools' ? wasmToolsUrl() : '' };
    const worker = new Worker(WORKER, { workerData, execArgv: [], stdout: true, stderr: true });
    await new Promise<void>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', () => {
        worker.off('error', reject);
        resolve();
      });
    });
    return worker;
  }

  async stop(): Promise<void> {
    const worker = await this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
