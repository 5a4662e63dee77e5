import { safeguards, type SafeguardName } from "../../reference/safeguards.ts";
import { scenarios } from "../../scenarios/mod.ts";
import { guarantees, proofs, type Guarantee } from "../guarantees.ts";

/** The text of docs/GUARANTEES.md: promises, the safeguards they rest on, and the proof that each is needed. */
export function guaranteesPage(): string {
  return [
    "# Guarantees",
    "",
    "What the reference plane promises, how it keeps it, and which trial goes red when a safeguard is left out.",
    "Generated from the registries by `npm run docs`; `npm run seatrial -- ablate` runs every proof.",
    "",
    ...guarantees.flatMap(section),
  ].join("\n");
}

function section(guarantee: Guarantee): string[] {
  const names = (Object.keys(safeguards) as SafeguardName[]).filter((name) =>
    (safeguards[name].guarantees as readonly string[]).includes(guarantee.id),
  );
  const heading = `## ${guarantee.id}: ${guarantee.promise}`;
  return [heading, "", guarantee.mechanism, "", examined(guarantee), "", ...proofTable(names)];
}

/** Which checks examine a guarantee, and in which scenarios. */
function examined({ checks }: Guarantee): string {
  const where = Object.entries(scenarios)
    .filter(([, scenario]) => scenario((time) => time).expect.some(({ title }) => isOneOf(checks, title)))
    .map(([name]) => `\`${name}\``);
  return `Examined by ${checks.map((title) => `"${title}"`).join(", ")} in ${where.join(", ")}.`;
}

/** A title may go on with a bound or a client. */
function isOneOf(checks: readonly string[], title: string): boolean {
  return checks.some((check) => title.startsWith(check));
}

function proofTable(names: readonly SafeguardName[]): string[] {
  if (names.length === 0) return [];
  return [
    "| safeguard | what it does | left out | goes red |",
    "| --- | --- | --- | --- |",
    ...names.map((name) => {
      const { does, leftOut } = safeguards[name];
      const { scenario, caughtBy } = proofs[name];
      return `| \`${name}\` | ${does} | ${leftOut} | \`${scenario}\`: ${caughtBy.join(", ")} |`;
    }),
    "",
  ];
}
