import { codeOf, isTest, placesOf, type Rule, type TreeFile } from "./tree.ts";

/** Nobody else has the folders of the machine that a file was written on. */
export const noMachinePaths = never(
  /(?<![\w.~}\])*/])\/(?:home|Users|root|work|mnt)\/[\w.-]+/g,
  "a path of one machine; use a relative one",
  outsideTidy,
);

/** Temporary files go where the system wants them. */
export const noFixedTemporaryPaths = never(
  /["'`]\/tmp\b/g,
  "use tmpdir()",
  (file) => file.path.endsWith(".ts") && outsideTidy(file),
);

/** The tree tells what the product does, not how it came to be written. */
export const noTalkOfTheMaking = never(
  /\b(?:workplace|assistants?|chat ?bots?|language models?|sub-?agents?|as (?:asked|requested) by|the (?:ceo|brief))\b/gi,
  "say what it does, not how it came to be",
  (file) => outsideTidy(file) && file.path !== "package-lock.json" && file.path !== "LICENSE",
);

/** What a tool complains of is mended, not silenced. */
export const noSilencedTools = never(
  /@ts-(?:ignore|nocheck|expect-error)|(?:ox|es)lint-(?:disable|enable)|(?:oxfmt|prettier)-ignore/g,
  "mend the cause, or change the rule for everyone",
);

/** An error that nobody hears of is counted or logged, or a comment says why it is harmless. */
export const noSilentCatch = never(
  /(?<!^ *(?:\/\/|\*).*\n.*)\.catch\(\s*(?:\(\w*\)|\w+) => (?:\{\s*\}|undefined|null)\s*\)|catch(?: \(\w+\))? \{\s*\}/gm,
  "count it, log it, or say why it is harmless",
  (file) => file.path.endsWith(".ts") && outsideTidy(file),
);

/** A test that is left out guards nothing, and one that runs alone leaves out the others. */
export const noTestLeftOut = neverInCode(
  /\b(?:it|test|describe|suite)\.(?:only|skip|todo)\b/g,
  "run it, or take it out",
  isTest,
);

/** On a busy machine a sleep is too short, and on an idle one too long. */
export const noSleepInTests = neverInCode(
  /\bset(?:Timeout|Interval)\(|\bawait (?:delay|sleep)\(/g,
  "await an event or poll with vi.waitFor; where time is the subject, systemClock().sleep() says so",
  isTest,
);

/** The wall clock is read through the Clock port; the linter sees every way but this one. */
export const noAmbientDate = neverInCode(
  /\bnew Date\(\)/g,
  "take a Clock and call unixMs()",
  (file) =>
    /^(?:core|reference|sim|worlds\/(?:sim|inside|fleet)|chaos|loadgen|checks|scenarios|reports)\//.test(file.path) &&
    !isTest(file),
);

/** A rule against a text: wherever it occurs, the advice is given. */
function never(pattern: RegExp, advice: string, where: (file: TreeFile) => boolean = () => true): Rule {
  return (files) =>
    files
      .filter(where)
      .flatMap((file) => placesOf(pattern, file))
      .map(({ place, found }) => `${place} says "${found.trim()}": ${advice}`);
}

/** As {@link never}, in code alone: comments and quoted texts may say what they like. */
function neverInCode(pattern: RegExp, advice: string, where: (file: TreeFile) => boolean): Rule {
  const rule = never(pattern, advice);
  return (files) => rule(files.filter((file) => file.path.endsWith(".ts") && where(file)).map(codeOf));
}

/** The planted violations beside these rules have to say what they plant. */
function outsideTidy({ path }: TreeFile): boolean {
  return !path.startsWith("test/tidy/");
}
