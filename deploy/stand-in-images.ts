import { script } from "./script.ts";
import { buildStandInImages } from "./stand-in/images.ts";

/**
 * Where no registry can be reached: builds images that stand in for the pinned ones, and prints the variables by which
 * compose takes them. `eval "$(node deploy/stand-in-images.ts)"`
 */
await script(async (_args, say) => {
  const variables = await buildStandInImages(say);
  for (const [name, value] of Object.entries(variables)) process.stdout.write(`export ${name}='${value}'\n`);
  if (!("TOXIPROXY_IMAGE" in variables)) {
    say("no toxiproxy-server here: `npm run seatrial -- doctor --fix --for faults` obtains it");
  }
  return 0;
});
