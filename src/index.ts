/**
 * Weft's public API: everything that the command line does, for programs. Values and types are those of the rooms; each is documented
 * where it is defined.
 */
export { ByteSource, Source } from './base/span.ts';
export type { Place, Position, Span } from './base/span.ts';
export type { Diagnostic, DiagnosticCode } from './base/diagnostic.ts';
export type { Result } from './base/result.ts';

export type { Module } from './syntax/module.ts';
export type { Litmus, Script } from './syntax/script.ts';
export type { Value } from './syntax/values.ts';
export { printValue } from './syntax/print-values.ts';
export { DEFAULT_READINGS, SWITCHES } from './syntax/readings.ts';
export type { Readings, Switch } from './syntax/readings.ts';

export { decodeModule } from './binary/decode.ts';
export type { DecodeOptions } from './binary/decode.ts';
export { encodeModule } from './binary/encode.ts';
export { parseModule } from './text/parse-module.ts';
export { parseScript } from './text/parse-script.ts';
export { printModule } from './text/print-module.ts';
export { checkModule } from './valid/check.ts';
export { validateBytes } from './valid/stream/validate.ts';
export type { ValidModule } from './valid/valid-module.ts';

export { makeExec } from './exec/executor.ts';
export { SharedStore } from './exec/store.ts';
export { makeSemantics } from './semantics/executor.ts';
export type { Executor, ExecutorOptions } from './runtime/executor.ts';
export { createCompartment } from './embed/create-compartment.ts';
export type { CompartmentOptions } from './embed/create-compartment.ts';
export type { Compartment, Extern, Imports, ModuleSource } from './runtime/embed/compartment.ts';
export { Context } from './runtime/embed/context.ts';
export { Func } from './runtime/embed/func.ts';
export { Global } from './runtime/embed/global.ts';
export type { HostCall, HostType } from './runtime/embed/host.ts';
export { Instance } from './runtime/embed/instance.ts';
export { Memory } from './runtime/embed/memory.ts';
export { CallError } from './runtime/embed/result.ts';
export type { CallResult, InstantiateFailure, Refused } from './runtime/embed/result.ts';
export { Table } from './runtime/embed/table.ts';
export { Tag } from './runtime/embed/tag.ts';
export { HostException, HostTrap } from './runtime/instance.ts';
export type { WorkerContext } from './runtime/embed/parts.ts';
export { componentThreads } from './runtime/embed/threads/component.ts';
export type { ComponentThreadOptions, ComponentThreads } from './runtime/embed/threads/component.ts';
export { instantiateWithWasiThreads } from './runtime/embed/threads/wasi.ts';
export { wavmThreads } from './runtime/embed/threads/wavm.ts';
export type { WavmThreads } from './runtime/embed/threads/wavm.ts';
export type { WorkerFactory, WorkerPort } from './embed/workers/messages.ts';
export { serveWeb, webWorkers } from './embed/workers/web.ts';
export type { WebScope, WebWorker } from './embed/workers/web.ts';
export type { Program } from './runtime/program.ts';

export type { Event, EventId, Execution } from './event/execution.ts';
export type { Request, Response } from './event/request.ts';
export { loadCat } from './model/cat/load.ts';
export type { CatModel, CatOptions } from './model/cat/load.ts';
export { VIEWS } from './model/cat/views.ts';
export type { Base, Frame, View } from './model/cat/view.ts';
export { ModelRefusal } from './model/refusal.ts';
export { findModel, MODELS } from './model/catalogue.ts';
export type { Axiom, Model, Relations, Verdict } from './model/model.ts';

export { explore } from './explore/explore.ts';
export type { Bounds, ExploreOptions, Strategy } from './explore/explore.ts';
export type { ExploreResult, Outcome, Race, Witness } from './explore/result.ts';
export { evaluate } from './litmus/condition.ts';
export { loadProgram, loadScript } from './litmus/load.ts';

export { drawDot } from './report/draw/dot.ts';
export { drawSvg } from './report/draw/svg.ts';
export type { DrawOptions } from './report/draw/options.ts';
export { exploreJson } from './report/explore-json.ts';
export { exploreText } from './report/explore-text.ts';
