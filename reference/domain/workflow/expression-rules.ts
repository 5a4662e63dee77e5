import type { ASTNode } from "@marcbachmann/cel-js";

/** Ids that an expression reads as `steps.charge` or `steps["charge"]`, each once. */
export function stepsReadBy(ast: ASTNode): string[] {
  return [...new Set(nodesOf(ast).flatMap(stepReadBy))];
}

/**
 * Why an expression might take too long or grow too large: a regular expression may backtrack for ever, each list
 * function within another multiplies the work, and each one after another may multiply what it is given. Nothing when
 * it cannot.
 */
export function costMistake(ast: ASTNode): string | undefined {
  const nodes = nodesOf(ast);
  if (nodes.some((node) => calls(node, "matches"))) {
    return "uses matches(), whose time has no bound; use startsWith, endsWith, contains or ==";
  }
  if (nodes.some((node) => calls(node, "bind"))) return "uses cel.bind(), by which values can double again and again";
  if (loopDepth(ast) > mostNested) return `nests more than ${mostNested} list functions within each other`;
  return nodes.filter(isLoop).length > mostLoops ? `has more than ${mostLoops} list functions` : undefined;
}

/** How many list functions are within each other: 2 for `a.all(x, b.exists(y, x == y))`. */
export function loopDepth(node: ASTNode): number {
  if (!isLoop(node)) return deepest(childrenOf(node));
  // The list itself, to the left of the dot, is worked out once.
  return Math.max(loopDepth(node.args[1]), 1 + deepest(node.args[2]));
}

const mostNested = 2;
const mostLoops = 5;
const loops: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter"]);

function stepReadBy(node: ASTNode): string[] {
  if (node.op === "." && isSteps(node.args[0])) return [node.args[1]];
  if (node.op !== "[]" || !isSteps(node.args[0])) return [];
  const key = node.args[1];
  return key.op === "value" && typeof key.args === "string" ? [key.args] : [];
}

function isSteps(node: ASTNode): boolean {
  return node.op === "id" && node.args === "steps";
}

function calls(node: ASTNode, name: string): boolean {
  return (node.op === "rcall" || node.op === "call") && node.args[0] === name;
}

function isLoop(node: ASTNode): node is ASTNode & { op: "rcall"; args: [string, ASTNode, ASTNode[]] } {
  return node.op === "rcall" && loops.has(node.args[0]);
}

function deepest(nodes: readonly ASTNode[]): number {
  return nodes.reduce((depth, node) => Math.max(depth, loopDepth(node)), 0);
}

function nodesOf(node: ASTNode): ASTNode[] {
  return [node, ...childrenOf(node).flatMap(nodesOf)];
}

function childrenOf(node: ASTNode): ASTNode[] {
  return Array.isArray(node.args) ? (node.args as unknown[]).flat(2).filter(isNode) : [];
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === "object" && value !== null && "op" in value;
}
