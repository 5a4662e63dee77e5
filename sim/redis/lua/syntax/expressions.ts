import type { Assignable, Expression, FunctionBody, Local, TableItem, Unary } from "./ast.ts";
import { foldBinary, foldUnary } from "./fold.ts";
import type { Reader } from "./reader.ts";
import { Scope } from "./scope.ts";

/** How strongly an operator binds to its left and to its right. */
const priorities: Readonly<Record<string, readonly [left: number, right: number]>> = {
  or: [1, 1],
  and: [2, 2],
  "<": [3, 3],
  ">": [3, 3],
  "<=": [3, 3],
  ">=": [3, 3],
  "~=": [3, 3],
  "==": [3, 3],
  "..": [5, 4],
  "+": [6, 6],
  "-": [6, 6],
  "*": [7, 7],
  "/": [7, 7],
  "%": [7, 7],
  "^": [10, 9],
};
const unaryPriority = 8;

const constants: ReadonlySet<string> = new Set(["nil", "true", "false", "number", "string"]);

/** Reads expressions with commas between them. */
export function readExpressions(reader: Reader): Expression[] {
  const expressions = [readExpression(reader)];
  while (reader.accept(",")) expressions.push(readExpression(reader));
  return expressions;
}

/** Reads an expression. @param floor - operators that bind no stronger than this end it */
export function readExpression(reader: Reader, floor = 0): Expression {
  return reader.nested(() => {
    let left = readOperand(reader);
    for (;;) {
      const operator = reader.token.type;
      const priority = Object.hasOwn(priorities, operator) ? priorities[operator] : undefined;
      if (priority === undefined || priority[0] <= floor) return left;
      reader.advance();
      const right = readExpression(reader, priority[1]);
      left = foldBinary({ type: "binary", operator, left, right, line: reader.lastLine });
    }
  });
}

function readOperand(reader: Reader): Expression {
  const { type } = reader.token;
  if (type !== "not" && type !== "-" && type !== "#") return readSimple(reader);
  const operator: Unary["operator"] = type;
  reader.advance();
  const operand = readExpression(reader, unaryPriority);
  return foldUnary({ type: "unary", operator, operand, line: reader.lastLine });
}

function readSimple(reader: Reader): Expression {
  const { type } = reader.token;
  switch (type) {
    case "<number>":
      return { type: "number", value: Number(reader.advance().value) };
    case "<string>":
      return { type: "string", value: String(reader.advance().value) };
    case "nil":
    case "true":
    case "false":
      reader.advance();
      return { type };
    case "...":
      return readVararg(reader);
    case "{":
      return readTable(reader);
    case "function":
      return readFunction(reader, reader.advance().line, false);
    default:
      return readSuffixed(reader);
  }
}

function readVararg(reader: Reader): Expression {
  if (!reader.scope.isVararg) reader.fail("cannot use '...' outside a vararg function");
  reader.advance();
  reader.scope.usesVararg = true;
  return { type: "vararg" };
}

/** A variable or something in parentheses, and what is hung behind it: fields, indexes, calls. */
export function readSuffixed(reader: Reader): Expression {
  let expression = readPrimary(reader);
  for (;;) {
    const next = readSuffix(reader, expression);
    if (next === undefined) return expression;
    expression = next;
  }
}

function readPrimary(reader: Reader): Expression {
  if (reader.token.type === "<name>") return useOf(reader, reader.advance().text);
  const { line } = reader;
  if (!reader.accept("(")) reader.fail("unexpected symbol");
  const inner = readExpression(reader);
  reader.expectClosing(")", "(", line);
  return constants.has(inner.type) ? inner : { type: "paren", inner };
}

function readSuffix(reader: Reader, object: Expression): Expression | undefined {
  switch (reader.token.type) {
    case ".": {
      reader.advance();
      const key: Expression = { type: "string", value: reader.expectName() };
      return { type: "index", object, key, line: reader.lastLine };
    }
    case "[":
      return readIndex(reader, object);
    case ":": {
      reader.advance();
      const name = reader.expectName();
      const { line } = reader;
      return { type: "method", object, name, args: readArguments(reader), line };
    }
    case "(":
    case "{":
    case "<string>": {
      const { line } = reader;
      return { type: "call", callee: object, args: readArguments(reader), line };
    }
    default:
      return undefined;
  }
}

function readIndex(reader: Reader, object: Expression): Expression {
  reader.advance();
  const key = readExpression(reader);
  reader.expect("]");
  return { type: "index", object, key, line: reader.lastLine };
}

function readArguments(reader: Reader): Expression[] {
  const { type, line } = reader.token;
  if (type === "<string>") return [{ type: "string", value: String(reader.advance().value) }];
  if (type === "{") return [readTable(reader)];
  if (type !== "(") reader.fail("function arguments expected");
  if (line !== reader.lastLine) reader.fail("ambiguous syntax (function call x new statement)");
  reader.advance();
  if (reader.accept(")")) return [];
  const args = readExpressions(reader);
  reader.expectClosing(")", "(", line);
  return args;
}

function readTable(reader: Reader): Expression {
  const { line } = reader.advance();
  const items: TableItem[] = [];
  while (reader.token.type !== "}") {
    items.push(readItem(reader));
    if (!reader.accept(",") && !reader.accept(";")) break;
  }
  reader.expectClosing("}", "{", line);
  return { type: "table", items, line: reader.lastLine };
}

function readItem(reader: Reader): TableItem {
  if (reader.token.type === "<name>" && reader.peek() === "=") {
    const key: Expression = { type: "string", value: reader.expectName() };
    reader.advance();
    return { key, value: readExpression(reader) };
  }
  if (!reader.accept("[")) return { key: undefined, value: readExpression(reader) };
  const key = readExpression(reader);
  reader.expect("]");
  reader.expect("=");
  return { key, value: readExpression(reader) };
}

/** Reads parameters and body; the word `function` has been read. */
export function readFunction(reader: Reader, line: number, isMethod: boolean): FunctionBody {
  const outer = reader.scope;
  reader.expect("(");
  const { params, isVararg } = readParameters(reader);
  reader.expect(")");
  if (isMethod) params.unshift(reader.newLocal("self"));
  const scope = new Scope(line, isVararg, outer);
  reader.scope = scope;
  const arg = isVararg ? reader.newLocal("arg") : undefined;
  reader.declare(...params, ...(arg ? [arg] : []));
  const body = reader.readBlock(reader);
  reader.expectClosing("end", "function", line);
  reader.scope = outer;
  return { type: "function", params, isVararg, arg, fillsArg: !scope.usesVararg, body, line };
}

function readParameters(reader: Reader): { params: Local[]; isVararg: boolean } {
  const params: Local[] = [];
  if (reader.token.type === ")") return { params, isVararg: false };
  do {
    if (reader.accept("...")) return { params, isVararg: true };
    if (reader.token.type !== "<name>") reader.fail("<name> or '...' expected");
    params.push(reader.newLocal(reader.expectName()));
  } while (reader.accept(","));
  return { params, isVararg: false };
}

/** What a name stands for: a local variable, one of a function around, or a global one. */
export function useOf(reader: Reader, name: string): Assignable {
  const found = reader.findLocal(name);
  return found ? { type: "local", ...found } : { type: "global", name, line: reader.lastLine };
}
