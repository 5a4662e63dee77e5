import type { Witness } from "../../core/mod.ts";
import { decodePacket } from "../../reference/domain/packets.ts";
import { streams } from "../../reference/domain/subjects.ts";
import { textOf, type StoredMessage } from "../../sim/mod.ts";

/** Writes down each dispatch at the moment that the bus stores it, whoever published it. */
export function streamTap(witness: Witness): (message: StoredMessage) => void {
  return ({ stream, subject, sequence, payload }) => {
    if (stream !== streams.jobs.name) return;
    const packet = decodePacket("dispatch", textOf(payload));
    if (!packet) return;
    const { job_id: job, epoch } = packet.payload;
    witness.record({ kind: "dispatch", job, epoch, subject, sequence });
  };
}
