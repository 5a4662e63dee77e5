import type { Finding } from "./examine.ts";
import { isUsable, purposes } from "./program.ts";

/** What the doctor found, in lines: by what the programs are for, and what follows where servers are missing. */
export function describeFindings(findings: readonly Finding[]): string[] {
  const lines = [`node ${process.version} at ${process.execPath}`];
  for (const [purpose, title] of Object.entries(purposes)) {
    const found = findings.filter(({ program }) => program.for === purpose);
    if (found.length === 0) continue;
    lines.push("", `${title} (--for ${purpose})`, ...found.map((each) => `  ${describeOne(each)}`));
    if (purpose === "servers" && !found.every(({ tool }) => isUsable(tool))) lines.push(`  ${fallback}`);
  }
  return lines;
}

const fallback =
  "until then: --servers embedded (or auto) runs the local world on stand-ins that come with Seatrial, in memory; " +
  "--world sim takes no server at all";

function describeOne({ program: { name, required, neededBy, ways }, tool }: Finding): string {
  if (isUsable(tool)) return `${name} ${tool.version} at ${tool.path}`;
  const state = tool.path === undefined ? "missing" : `of no use: ${tool.trouble ?? "it does not run"}`;
  const from = ways.map((way) => way.name).join(", or ");
  return `${name} is ${state} (${required ? "required" : "optional"}: ${neededBy}); doctor --fix would try ${from}`;
}
