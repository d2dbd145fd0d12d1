import { cView } from './c-view.ts';
import { aarch64View, x86View } from './hardware-view.ts';
import type { View } from './view.ts';
import { wasmView } from './wasm-view.ts';

/** How executions are shown to files, by the first word of a file's header; to a file that names none by the first. */
export const VIEWS: readonly View[] = [wasmView, cView, x86View, aarch64View];
