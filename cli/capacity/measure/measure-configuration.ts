import {
  sustainablePerSecond,
  type BusConfiguration,
  type CapacityPlan,
  type ConfigurationResult,
  type WindowFigures,
} from "../../../capacity/mod.ts";
import { seededRandom, type Clock } from "../../../core/mod.ts";
import type { Progress } from "../../progress.ts";
import { BusProcess } from "../bus/bus-process.ts";
import { shardShares } from "../bus/topics.ts";
import { modelCurve, modelNote, modelOf, pooledService, type MeasuredService } from "../compare/bus-model.ts";
import { compareAll } from "../compare/compare-all.ts";
import { measureWindow, type Bench } from "./measure-window.ts";
import { sweep } from "./sweep.ts";

/** What measuring needs besides the plan. */
export interface MeasureContext {
  readonly clock: Clock;
  /** Origin of the clock, for the bus's own process. */
  readonly originNs: bigint;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** A first look at the service time is taken at this load, as planned. */
const firstLook = { utilisation: 0.3, lastingMs: 1_500, messages: 20 };

/** The load at which the hottest shard has always work, and a backlog that stays within its queue. */
const saturation = { utilisation: 1.3, lastingMs: 2_500 };

const drainMs = 2_000;

/** Windows of one configuration that are measured again because the generator fell behind. */
const retriesMost = 4;

/** Finds out everything about one bus: starts it, loads it in many ways, fills it, and ends it. */
export async function measureConfiguration(
  plan: CapacityPlan,
  configuration: BusConfiguration,
  context: MeasureContext,
): Promise<ConfigurationResult> {
  const { clock, originNs, signal } = context;
  const seed = `${plan.measure.seed}/${configuration.name}`;
  const setup = { originNs: `${originNs}`, configuration, seed };
  await using bus = await BusProcess.start({ setup, clock, signal });
  const shares = shardShares(configuration.shards, configuration.topics);
  const hottestShard = shares.indexOf(Math.max(...shares));
  const ledger = { offered: 0, refused: 0, delivered: 0 };
  const bench: Bench = { bus, configuration, hottestShard, clock, random: seededRandom(seed), signal, ledger };
  return await new Measuring(plan, bench, shares, context.progress).run();
}

class Measuring {
  readonly #plan: CapacityPlan;
  readonly #bench: Bench;
  readonly #shares: readonly number[];
  readonly #progress: Progress;
  readonly #excluded: string[] = [];
  #limitPerSecond: number;

  constructor(plan: CapacityPlan, bench: Bench, shares: readonly number[], progress: Progress) {
    this.#plan = plan;
    this.#bench = bench;
    this.#shares = shares;
    this.#progress = progress;
    const { meanMs, spread } = bench.configuration.service;
    this.#limitPerSecond = this.#limitWith({ serviceMs: meanMs, serviceCv2: spread === "fixed" ? 0 : 1 });
  }

  async run(): Promise<ConfigurationResult> {
    const first = await this.#once("first look", firstLook.utilisation, this.#firstLookMs());
    // The planned mean is all there is to go by where nothing came by.
    if (first.serviceMs > 0) this.#limitPerSecond = this.#limitWith(first);
    const windows = await this.#windows();
    const saturated = await this.#saturated();
    const { steps, knee } = await this.#sweep();
    this.#progress.live(`${this.#bench.configuration.name}: full queues`);
    const threads = this.#bench.bus.threads();
    const fill = await this.#bench.bus.fill();
    const drain = await this.#bench.bus.drain(drainMs);
    const service = pooledService([...windows, ...steps]);
    const { configuration, ledger } = this.#bench;
    const model = modelOf(configuration, this.#shares, service);
    const evidence = { plan: this.#plan, configuration, shares: this.#shares, service, windows, saturated };
    return {
      configuration,
      shares: this.#shares,
      ...service,
      modelNote: modelNote(configuration),
      rows: compareAll({ ...evidence, knee, fill, drain, threads }),
      windows,
      saturated,
      sweep: steps,
      knee,
      modelCurve: modelCurve(model),
      ledger: {
        ...ledger,
        accepted: ledger.offered - ledger.refused,
        missing: ledger.offered - ledger.refused - ledger.delivered + drain.missing,
      },
      excluded: this.#excluded,
    };
  }

  /** Until enough messages can be expected. */
  #firstLookMs(): number {
    const perMessageMs = 1_000 / (firstLook.utilisation * this.#limitPerSecond);
    return Math.max(firstLook.lastingMs, firstLook.messages * perMessageMs);
  }

  async #windows(): Promise<WindowFigures[]> {
    const { utilisations, repeats, lastingMs } = this.#plan.measure;
    const windows: WindowFigures[] = [];
    for (let repeat = 1; repeat <= repeats; repeat++) {
      for (const utilisation of utilisations) {
        windows.push(await this.#window(`repeat ${repeat} of ${repeats}`, utilisation, lastingMs));
      }
    }
    return windows;
  }

  async #saturated(): Promise<WindowFigures[]> {
    const windows: WindowFigures[] = [];
    for (let repeat = 1; repeat <= this.#plan.measure.repeats; repeat++) {
      windows.push(await this.#once(`saturation ${repeat}`, saturation.utilisation, saturation.lastingMs));
    }
    return windows;
  }

  #sweep(): ReturnType<typeof sweep> {
    const { utilisations, lastingMs } = this.#plan.sweep;
    let step = 0;
    return sweep(utilisations, { waitMsMost: this.#plan.ask.p99WaitMs }, (utilisation) =>
      this.#window(`sweep ${++step}`, utilisation, lastingMs),
    );
  }

  /** Measures a load, and again where the generator fell behind. */
  async #window(name: string, utilisation: number, lastingMs: number): Promise<WindowFigures> {
    for (let attempt = 1; ; attempt++) {
      const title = `${name} at ${utilisation}${attempt === 1 ? "" : `, attempt ${attempt}`}`;
      const figures = await this.#once(title, utilisation, lastingMs);
      if (figures.generator.healthy || this.#excluded.length === retriesMost) return figures;
      this.#excluded.push(`${title} (the generator was ${figures.generator.p99Ms.toFixed(0)} ms late at its p99)`);
    }
  }

  #once(title: string, utilisation: number, lastingMs: number): Promise<WindowFigures> {
    this.#progress.live(`${this.#bench.configuration.name}: ${title}`);
    const perSecond = utilisation * this.#limitPerSecond;
    const { warmUpMs } = this.#plan.measure;
    return measureWindow(this.#bench, { name: title, utilisation, perSecond, warmUpMs, lastingMs });
  }

  #limitWith(service: MeasuredService): number {
    return sustainablePerSecond(modelOf(this.#bench.configuration, this.#shares, service));
  }
}
