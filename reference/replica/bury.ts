import { unreadable, unreadableLetter } from "../domain/poison.ts";
import type { Delivery, Disposition, Environment } from "../ports/mod.ts";

/** What nobody can read is dead-lettered, and only then ended. */
export async function bury(env: Environment, stream: string, delivery: Delivery): Promise<Disposition> {
  const { deadLetters, metrics, clock } = env;
  const { subject, body, deliveries } = delivery;
  await deadLetters.record(unreadableLetter({ stream, subject, body, deliveries }, clock.unixMs()));
  metrics.count("poisonMessages", { subject });
  metrics.count("deadLetters", { cause: unreadable });
  return { reject: unreadable };
}
