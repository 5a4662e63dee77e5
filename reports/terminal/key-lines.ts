import { readableMs } from "../../core/mod.ts";
import { cellText, count, counted, inMs } from "../cell.ts";
import type { Distribution } from "../figures/distribution.ts";
import { keyFigures, type KeyFigures } from "../figures/key-figures.ts";
import type { Recovery } from "../figures/recoveries.ts";
import { workJourneys } from "../figures/journeys.ts";
import { timeFrame } from "../figures/time-frame.ts";
import { plain } from "../plain-text.ts";
import type { RunData } from "../run-data.ts";
import { generatorComplaint } from "../status.ts";
import { faultLine, sparkline } from "./sparkline.ts";
import { padEnd, wrap } from "./width.ts";

const labelWidth = 13;

/** Faults shown; the report has all of them. */
const recoveriesMax = 5;

/** The key figures as lines: a label on the left, then numbers. */
export function keyLines(run: RunData, width: number): string[] {
  const figures = keyFigures(run);
  return [
    ...labelled("load", [loadText(figures)], width),
    ...labelled("submit", [spreadText(figures.submit)], width),
    ...labelled("end to end", [spreadText(figures.endToEnd)], width),
    ...labelled("recovery", recoveryTexts(figures.recoveries), width),
    ...labelled("generator", [generatorText(run)], width),
    ...rateLines(run, width),
  ];
}

/** Lines under one label; long ones wrap under themselves. */
function labelled(label: string, texts: readonly string[], width: number): string[] {
  const lines = texts.flatMap((text) => wrapTo(text, width - labelWidth - 2));
  return lines.map((line, index) => `  ${padEnd(index === 0 ? label : "", labelWidth)}${line}`);
}

/** Wraps only what is too long, so that columns made of spaces survive. */
function wrapTo(text: string, width: number): string[] {
  return text.length <= width ? [text] : wrap(text.replace(/ {2,}/g, "  "), width);
}

function loadText({ offered, outcomes }: KeyFigures): string {
  if (offered === 0) return "nothing was offered";
  const { ok, refused, error, unknown } = outcomes;
  const [taken, not, failed, open] = [ok, refused, error, unknown].map((each) => cellText(count(each)));
  return `${counted(offered, "submission")}: ${taken} ok, ${not} refused, ${failed} error, ${open} unknown`;
}

function spreadText(spread: Distribution): string {
  if (spread.count === 0) return "nothing to measure";
  const parts = [
    `p50 ${cellText(inMs(spread.p50Ms, "too few"))}`,
    `p90 ${cellText(inMs(spread.p90Ms, "too few"))}`,
    `p99 ${cellText(inMs(spread.p99Ms, "too few"))}`,
    `max ${cellText(inMs(spread.maxMs))}`,
  ];
  return parts
    .map((part) => padEnd(part, 15))
    .join("")
    .trimEnd();
}

function recoveryTexts(all: readonly Recovery[]): string[] {
  if (all.length === 0) return ["no fault struck"];
  const hidden = all.length - recoveriesMax;
  const more = hidden > 0 ? [`and ${counted(hidden, "more fault")}`] : [];
  return [...all.slice(0, recoveriesMax).map(recoveryText), ...more];
}

function recoveryText({ fault, jobsMet, slowestJobMs, jobsWithoutEffect, ...lead }: Recovery): string {
  const parts = [
    `met ${counted(jobsMet, "job")}`,
    ...(slowestJobMs === undefined ? [] : [`the slowest done after ${readableMs(slowestJobMs)}`]),
    ...(jobsWithoutEffect === 0 ? [] : [`${cellText(count(jobsWithoutEffect))} never`]),
    ...leadText(lead),
  ];
  return `${plain(fault.fault, 60)} ${parts.join(", ")}`;
}

function leadText({ leasesLost, ledAgainMs }: Pick<Recovery, "leasesLost" | "ledAgainMs">): string[] {
  if (leasesLost === 0) return [];
  return [ledAgainMs === undefined ? "nobody led again" : `led again after ${readableMs(ledAgainMs)}`];
}

function generatorText({ record }: RunData): string {
  const complaint = generatorComplaint(record);
  if (complaint !== undefined) return plain(complaint);
  return `healthy, sent late by ${readableMs(record.generator.sendLagP99Ms)} at p99`;
}

function rateLines(run: RunData, width: number): string[] {
  const effects = workJourneys(run.history).flatMap((journey) => journey.effectAt ?? []);
  if (effects.length === 0) return [];
  const frame = timeFrame(run);
  const room = Math.min(72, width - labelWidth - 18);
  const { line, peakPerSecond } = sparkline(effects, frame, room);
  const faults = faultLine(frame, room);
  return [
    ...labelled("effects/s", [`${line}  peak ${cellText(count(peakPerSecond))}/s`], width),
    ...(faults === "" ? [] : labelled("faults", [faults], width)),
  ];
}
