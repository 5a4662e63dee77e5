import { noCycles } from "./cycles.ts";
import { linksLeadSomewhere, namedPagesExist, oneTitleAPage } from "./documents.ts";
import { doors, layers, noTestShips } from "./layers.ts";
import { lockfileIsComplete, lockfileNamesNoAddress } from "./lockfile.ts";
import { documentedExports, kebabCaseNames, tellingNames, testsBesideTheirSource } from "./names.ts";
import { fileSize, lineWidth } from "./size.ts";
import type { Rule } from "./tree.ts";
import {
  noAmbientDate,
  noFixedTemporaryPaths,
  noMachinePaths,
  noSilencedTools,
  noSilentCatch,
  noSleepInTests,
  noTalkOfTheMaking,
  noTestLeftOut,
} from "./words.ts";

/** Everything that keeps the tree tidy, by the sentence that it holds the tree to. */
export const rules: Readonly<Record<string, Rule>> = {
  "nothing imports upward or sideways": layers,
  "who comes from another folder enters by its mod.ts": doors,
  "what ships does not lean on its tests": noTestShips,
  "imports form no ring": noCycles,
  "a file has at most 300 lines": fileSize,
  "a comment has at most 120 columns": lineWidth,
  "code is named in kebab-case": kebabCaseNames,
  "a file's name says what is inside": tellingNames,
  "a test lies beside what it tests": testsBesideTheirSource,
  "what is exported is documented": documentedExports,
  "no test is left out": noTestLeftOut,
  "no test sleeps": noSleepInTests,
  "no tool is silenced": noSilencedTools,
  "no error is swallowed in silence": noSilentCatch,
  "the wall clock is read through a port": noAmbientDate,
  "no path of one machine is written down": noMachinePaths,
  "temporary files go where the system wants them": noFixedTemporaryPaths,
  "the tree does not talk of its making": noTalkOfTheMaking,
  "a page has one title": oneTitleAPage,
  "a link leads somewhere": linksLeadSomewhere,
  "a page that is named exists": namedPagesExist,
  "the lockfile names no address": lockfileNamesNoAddress,
  "the lockfile is complete": lockfileIsComplete,
};
