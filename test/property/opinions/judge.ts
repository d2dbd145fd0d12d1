import { Source } from '../../../src/base/span.ts';
import { decodeModule } from '../../../src/binary/decode.ts';
import { encodeModule } from '../../../src/binary/encode.ts';
import { equalModules } from '../../../src/syntax/equal.ts';
import type { Module } from '../../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../../src/syntax/readings.ts';
import { parseModule } from '../../../src/text/parse-module.ts';
import { printModule } from '../../../src/text/print-module.ts';
import { checkModule } from '../../../src/valid/check.ts';
import { validateBytes } from '../../../src/valid/stream/validate.ts';
import { withoutNotes } from '../generators/modules/decorations.ts';
import { moduleFromSeed } from '../generators/modules/module.ts';
import { nearMissFromSeed } from '../generators/modules/near-miss.ts';
import { closed } from './close.ts';
import { factsOf } from './facts.ts';
import { excuse, type Gap } from './gaps.ts';
import { type Opinion, Peer, type PeerName } from './peers.ts';
import type { Profile } from './profiles.ts';

/** One generated module, or a near miss of it, put before Weft and before the peers. */
export interface Case {
  readonly seed: number;
  readonly profile: Profile;
  readonly kind: 'good' | 'near miss';
}

/** An answer that should have been another; told with all that is needed to see it again. */
export interface Disagreement {
  readonly case: Case;
  /** `weft`, or a peer. */
  readonly who: string;
  readonly message: string;
}

/** What was asked of whom, and which gaps were met. */
export interface Tally {
  modules: number;
  readonly asked: Record<PeerName, number>;
  readonly excused: Map<Gap, number>;
}

export function makeTally(): Tally {
  return { modules: 0, asked: { 'wasm-tools': 0, binaryen: 0, wabt: 0, v8: 0 }, excused: new Map() };
}

/** `peers`: those that may be asked now, of those that know the profile. */
export async function judge(one: Case, peers: ReadonlyMap<PeerName, Peer>, tally: Tally): Promise<Disagreement[]> {
  const good = moduleFromSeed(one.seed, { features: one.profile.features });
  const miss = one.kind === 'good' ? null : nearMissFromSeed(good, one.seed, one.profile.features);
  const module = miss?.module ?? good;
  tally.modules++;
  const complaints = miss === null ? complaintsOfGood(module) : complaintsOfMiss(module, miss.broken, miss.message);
  const disagreements = complaints.map((message): Disagreement => ({ case: one, who: 'weft', message }));
  for (const name of one.profile.peers) {
    const peer = peers.get(name);
    const question = peer === undefined ? null : questionFor(name, module);
    if (peer === undefined || question === null) continue;
    tally.asked[name]++;
    const does = difference(await peer.ask(question), one.kind);
    if (does === null) continue;
    const gap = excuse(name, does.what, factsOf(module), miss?.broken ?? null);
    if (gap !== null) tally.excused.set(gap, (tally.excused.get(gap) ?? 0) + 1);
    else
      disagreements.push({
        case: one,
        who: name,
        message: `${does.what}${miss === null ? '' : ` (${miss.broken})`}: ${does.message}`,
      });
  }
  return disagreements;
}

function difference({ verdict, message }: Opinion, kind: Case['kind']): { what: Gap['does']; message: string } | null {
  if (verdict === 'crashed') return { what: 'crashes', message };
  if (kind === 'good') return verdict === 'valid' ? null : { what: 'rejects', message };
  return verdict === 'invalid' ? null : { what: 'accepts', message };
}

/** wasm-tools can validate only modules without imports, and is asked by text: then it is its own encoding that it judges. */
function questionFor(peer: PeerName, module: Module): { bytes: Uint8Array; text: string | null } | null {
  if (peer !== 'wasm-tools') return { bytes: encodeModule(module), text: null };
  const whole = closed(module);
  return whole === null ? null : { bytes: encodeModule(whole), text: printModule(whole) };
}

function complaintsOfGood(module: Module): string[] {
  const complaints: string[] = [];
  const checked = checkModule(module, DEFAULT_READINGS);
  if (!checked.ok) complaints.push(`checkModule: ${checked.error[0]?.message}`);
  const bytes = encodeModule(module);
  if (!validateBytes(bytes)) complaints.push('validateBytes rejects');
  const decoded = decodeModule(bytes);
  if (!decoded.ok) complaints.push(`decodeModule: ${decoded.error[0]?.message}`);
  else if (!equalModules(withoutNotes(decoded.value), withoutNotes(module)))
    complaints.push('decode ∘ encode is another module');
  const parsed = parseModule(new Source('generated.wat', printModule(module)));
  if (!parsed.ok) complaints.push(`parseModule: ${parsed.error[0]?.message}`);
  else if (!equalModules(parsed.value, module)) complaints.push('parse ∘ print is another module');
  return complaints;
}

function complaintsOfMiss(module: Module, broken: string, message: RegExp): string[] {
  const checked = checkModule(module, DEFAULT_READINGS);
  const complaints: string[] = [];
  if (checked.ok) complaints.push(`checkModule accepts ${broken}`);
  else if (!checked.error.some((d) => message.test(d.message)))
    complaints.push(`checkModule rejects ${broken} for another reason: ${checked.error[0]?.message}`);
  if (validateBytes(encodeModule(module))) complaints.push(`validateBytes accepts ${broken}`);
  return complaints;
}

/** Starts the peers with these names. */
export function startPeers(names: readonly PeerName[]): Map<PeerName, Peer> {
  return new Map(names.map((name) => [name, new Peer(name)]));
}

export async function stopPeers(peers: ReadonlyMap<PeerName, Peer>): Promise<void> {
  for (const peer of peers.values()) await peer.stop();
}

/** One line: how to see a disagreement again, and what was said. */
export function tell({ case: { seed, profile, kind }, who, message }: Disagreement): string {
  return `seed ${seed}, profile ${profile.name}, ${kind}: ${who}: ${message.slice(0, 300)}`;
}
