import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";

import type { ServersKind } from "../../core/mod.ts";

/** What `up` leaves for `status` and `down`: a plane that runs in the background. */
export interface PlaneState {
  /** The process that keeps the plane; stopping it stops everything. */
  readonly pid: number;
  readonly gateways: readonly { readonly id: string; readonly url: string }[];
  /** Every replica, gateways too, with the address of its `/health` and `/metrics`. */
  readonly replicas: readonly { readonly id: string; readonly url: string }[];
  readonly apiKey: string;
  readonly redisUrl: string;
  readonly natsUrl: string;
  /** @defaultValue "real" */
  readonly servers?: ServersKind;
  readonly folder: string;
}

const path = (): string => resolve(".seatrial", "plane.json");

/** Where the keeper writes what it has to say. */
export const keeperLog = (): string => resolve(".seatrial", "plane.log");

/** The plane that is up, or nothing. A state whose keeper is gone is removed. */
export function readPlane(): PlaneState | undefined {
  try {
    const state = JSON.parse(readFileSync(path(), "utf8")) as PlaneState;
    if (isAlive(state.pid)) return state;
    forgetPlane();
  } catch {
    // No file, or one that a crash left half-written: either way there is no plane to speak of.
  }
  return undefined;
}

/** Readable by its owner alone: it holds the API key. */
export function rememberPlane(state: PlaneState): void {
  mkdirSync(dirname(path()), { recursive: true });
  writeFileSync(path(), JSON.stringify(state, null, 2), { mode: 0o600 });
}

/** Harmless when there is nothing to forget. */
export function forgetPlane(): void {
  rmSync(path(), { force: true });
}

/** Whether a process with this pid exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
