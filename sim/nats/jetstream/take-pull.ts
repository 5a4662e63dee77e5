import type { Bytes } from "../../bytes.ts";
import { statusBlock } from "../headers.ts";
import type { Consumer } from "./consumer.ts";
import { readPullRequest, type PullRequest } from "./pull-request.ts";

const nanosInMs = 1e6;

/** Takes a client's request for messages, or tells it why not. */
export function takePull(consumer: Consumer, reply: string, body: Bytes): void {
  const refuse = (status: string): void => consumer.tell(reply, statusBlock(status));
  const request = readPullRequest(body, reply, consumer.home.clock.now());
  if ("problem" in request) return refuse(`400 Bad Request - ${request.problem}`);
  const problem = beyondLimits(consumer, request) ?? beyondRoom(consumer, request);
  if (problem !== undefined) return refuse(problem);
  consumer.requests.add(request);
  consumer.wake();
}

function beyondLimits({ config, home }: Consumer, request: PullRequest): string | undefined {
  const { max_batch: maxBatch = 0, max_expires: maxExpires = 0, max_bytes: maxBytes = 0 } = config;
  if (maxBatch > 0 && request.messages > maxBatch) return `409 Exceeded MaxRequestBatch of ${maxBatch}`;
  const lastsMs = request.expiresMs - home.clock.now();
  if (maxExpires > 0 && lastsMs < Infinity && lastsMs > maxExpires / nanosInMs) {
    return `409 Exceeded MaxRequestExpires of ${goDuration(maxExpires)}`;
  }
  return maxBytes > 0 && request.bytes > maxBytes ? `409 Exceeded MaxRequestMaxBytes of ${maxBytes}` : undefined;
}

/** A request that does not wait is for what is there now, and is not already promised to others. */
function beyondRoom(consumer: Consumer, request: PullRequest): string | undefined {
  const { requests, home } = consumer;
  const hasRoom = requests.hasRoom();
  if (request.noWait) {
    const there = consumer.numPending.value + consumer.redeliveries.size;
    const problem = there === 0 ? nothingThere(request) : promised(consumer, there);
    if (problem !== undefined) {
      requests.lastActiveMs = home.clock.now();
      return problem;
    }
  }
  return hasRoom || requests.hasRoom() ? undefined : "409 Exceeded MaxWaiting";
}

function nothingThere({ expiresMs }: PullRequest): string | undefined {
  return expiresMs === Infinity ? "404 No Messages" : undefined;
}

function promised(consumer: Consumer, there: number): string | undefined {
  return there < consumer.reviewRequests(false) ? "408 Requests Pending" : undefined;
}

/** A duration as Go prints it: `1m30s`, `250ms`. */
function goDuration(nanos: number): string {
  if (nanos < 1e9) return nanos < 1e6 ? `${nanos / 1e3}µs` : `${nanos / 1e6}ms`;
  const [hours, minutes] = [Math.floor(nanos / 3.6e12), Math.floor(nanos / 6e10) % 60];
  const seconds = `${(nanos % 6e10) / 1e9}s`;
  if (hours > 0) return `${hours}h${minutes}m${seconds}`;
  return minutes > 0 ? `${minutes}m${seconds}` : seconds;
}
