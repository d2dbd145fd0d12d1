import { ALL_FEATURES, type Features } from '../generators/modules/features.ts';
import type { PeerName } from './peers.ts';

/** A part of the language, and the peers that know it (but for the gaps of `gaps.ts`). */
export interface Profile {
  readonly name: string;
  readonly features: Features;
  readonly peers: readonly PeerName[];
}

/** Names, annotations and custom sections have no bearing on validity, and not every peer reads all of them. */
const BARE: Features = { ...ALL_FEATURES, names: false, notes: false, customs: false };

const CORE: Features = {
  ...BARE,
  acqrel: false,
  sharedEverything: false,
  sharedSegments: false,
  sharedI31: false,
  weft: false,
  waitQueues: false,
};

const WITHOUT_GC: Features = { ...CORE, gc: false };

export const PROFILES: readonly Profile[] = [
  { name: 'all', features: ALL_FEATURES, peers: [] },
  { name: 'core 3.0', features: CORE, peers: ['wasm-tools', 'binaryen'] },
  // Binaryen has shared heap types and atomic accesses, but neither shared tables nor globals, and not the opcodes of all accesses.
  { name: 'shared-everything', features: { ...CORE, sharedEverything: true, sharedI31: true }, peers: ['wasm-tools'] },
  { name: 'core without GC', features: WITHOUT_GC, peers: ['wasm-tools', 'binaryen', 'wabt'] },
  {
    name: 'engines of 2023',
    features: {
      ...WITHOUT_GC,
      exceptions: false,
      memory64: false,
      multiMemory: false,
      relaxedSimd: false,
      extendedConst: false,
    },
    peers: ['wasm-tools', 'binaryen', 'wabt', 'v8'],
  },
];
