/* oxlint-disable unicorn/require-post-message-target-origin -- a thread is no window */
// One peer in a thread of its own, so that it may crash, hang or write where it likes. Answers {verdict, message} to {bytes, text}.
import { parentPort, workerData } from 'node:worker_threads';

let lines = [];
/** Peers bind the console when they are loaded. */
async function quietly(load) {
  const kept = { ...console };
  for (const level of ['log', 'error', 'warn', 'info']) console[level] = (...words) => lines.push(words.join(' '));
  const loaded = await load();
  Object.assign(console, kept);
  return loaded;
}

/** What each peer is asked: nothing is thrown where the module is valid. */
const PEERS = {
  async 'wasm-tools'() {
    const { $init, tools } = await import(workerData.url);
    await $init;
    // The only way to the validator: a module is wrapped in a component, and the component validated with all features.
    return ({ bytes, text }) => {
      try {
        tools.componentNew(text === null ? bytes : tools.parse(text), []);
      } catch (error) {
        throw typeof error.payload === 'string' ? new Error(error.payload) : error;
      }
    };
  },
  async binaryen() {
    const { default: binaryen } = await quietly(() => import('binaryen'));
    // What it writes without a line's end is seen with the next line only.
    const flush = () => {
      const module = new binaryen.Module();
      module.addFunction('f', binaryen.none, binaryen.i32, [], module.nop());
      module.validate();
      module.dispose();
    };
    const read = (bytes) => {
      try {
        return binaryen.readBinary(bytes, binaryen.Features.All);
      } catch (error) {
        if (!(error instanceof WebAssembly.RuntimeError)) flush();
        throw error;
      }
    };
    return ({ bytes }) => {
      const module = read(bytes);
      module.setFeatures(binaryen.Features.All);
      const valid = module.validate();
      module.dispose();
      if (!valid) throw new Error(lines.join(' '));
    };
  },
  async wabt() {
    const { default: start } = await import('wabt');
    const wabt = await start();
    const features = {
      exceptions: true,
      mutable_globals: true,
      sat_float_to_int: true,
      sign_extension: true,
      simd: true,
      threads: true,
      multi_value: true,
      tail_call: true,
      bulk_memory: true,
      reference_types: true,
      memory64: true,
      multi_memory: true,
      extended_const: true,
      relaxed_simd: true,
    };
    return ({ bytes }) => {
      const module = wabt.readWasm(bytes, { ...features, check: true, readDebugNames: true });
      try {
        module.validate(features);
      } finally {
        module.destroy();
      }
    };
  },
  async v8() {
    return ({ bytes }) => {
      if (WebAssembly.validate(bytes)) return;
      // Compiling says why.
      const module = new WebAssembly.Module(bytes);
      throw new Error(`it compiles to ${module}`);
    };
  },
};

const ask = await PEERS[workerData.peer]();
parentPort.on('message', (question) => {
  lines = [];
  try {
    ask(question);
    parentPort.postMessage({ verdict: 'valid', message: '' });
  } catch (error) {
    const message = `${lines.join(' ')} ${error?.message ?? error}`.replaceAll(/\s+/g, ' ').trim();
    const crashed = error instanceof WebAssembly.RuntimeError;
    parentPort.postMessage({ verdict: crashed ? 'crashed' : 'invalid', message });
  }
});
parentPort.postMessage('ready');
