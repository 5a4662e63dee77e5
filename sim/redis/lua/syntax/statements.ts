import type { Assignable, Block, Call, Expression, FunctionBody, MethodCall, Statement } from "./ast.ts";
import { readExpression, readExpressions, readFunction, readSuffixed, useOf } from "./expressions.ts";
import type { Reader } from "./reader.ts";

const endsBlock: ReadonlySet<string> = new Set(["<eof>", "end", "else", "elseif", "until"]);

/** Reads statements up to the word that ends their block. Their variables are forgotten behind it. */
export function readBlock(reader: Reader): Block {
  const before = reader.scope.activeLocals;
  const block = readOpenBlock(reader);
  reader.scope.closeTo(before);
  return block;
}

function readOpenBlock(reader: Reader): Statement[] {
  const statements: Statement[] = [];
  while (!endsBlock.has(reader.token.type)) {
    const isLast = reader.token.type === "return" || reader.token.type === "break";
    statements.push(reader.nested(() => readStatement(reader)));
    reader.accept(";");
    if (isLast) break;
  }
  return statements;
}

const readers: Readonly<Record<string, (reader: Reader, line: number) => Statement>> = {
  if: readIf,
  while: readWhile,
  do: readDo,
  for: readFor,
  repeat: readRepeat,
  function: readNamedFunction,
  local: readLocal,
  return: readReturn,
  break: readBreak,
};

function readStatement(reader: Reader): Statement {
  const { type } = reader.token;
  const read = Object.hasOwn(readers, type) ? readers[type] : undefined;
  if (read === undefined) return readExpressionStatement(reader);
  const { line } = reader.advance();
  return read(reader, line);
}

function readIf(reader: Reader, line: number): Statement {
  const arms = [readArm(reader)];
  while (reader.accept("elseif")) arms.push(readArm(reader));
  const otherwise = reader.accept("else") ? readBlock(reader) : undefined;
  reader.expectClosing("end", "if", line);
  return { type: "if", arms, otherwise };
}

function readArm(reader: Reader): { condition: Expression; body: Block } {
  const condition = readExpression(reader);
  reader.expect("then");
  return { condition, body: readBlock(reader) };
}

function readWhile(reader: Reader, line: number): Statement {
  const condition = readExpression(reader);
  reader.expect("do");
  const body = readLoopBody(reader);
  reader.expectClosing("end", "while", line);
  return { type: "while", condition, body };
}

function readLoopBody(reader: Reader): Block {
  reader.scope.loops += 1;
  const body = readBlock(reader);
  reader.scope.loops -= 1;
  return body;
}

function readDo(reader: Reader, line: number): Statement {
  const body = readBlock(reader);
  reader.expectClosing("end", "do", line);
  return { type: "block", body };
}

/** The condition of `repeat` still sees the variables of its body. */
function readRepeat(reader: Reader, line: number): Statement {
  const before = reader.scope.activeLocals;
  reader.scope.loops += 1;
  const body = readOpenBlock(reader);
  reader.scope.loops -= 1;
  reader.expectClosing("until", "repeat", line);
  const condition = readExpression(reader);
  reader.scope.closeTo(before);
  return { type: "repeat", condition, body };
}

function readFor(reader: Reader, line: number): Statement {
  const first = reader.expectName();
  if (reader.token.type === "=") return readNumericFor(reader, first, line);
  if (reader.token.type === "," || reader.token.type === "in") return readGenericFor(reader, first, line);
  return reader.fail("'=' or 'in' expected");
}

function readNumericFor(reader: Reader, name: string, line: number): Statement {
  reader.advance();
  const start = readExpression(reader);
  reader.expect(",");
  const limit = readExpression(reader);
  const step = reader.accept(",") ? readExpression(reader) : undefined;
  const doLine = reader.expect("do").line;
  const local = reader.newLocal(name, true);
  const before = reader.scope.activeLocals;
  reader.declare(local);
  const body = readLoopBody(reader);
  reader.scope.closeTo(before);
  reader.expectClosing("end", "for", line);
  return { type: "numericFor", local, start, limit, step, body, line: doLine };
}

function readGenericFor(reader: Reader, first: string, line: number): Statement {
  const names = [first];
  while (reader.accept(",")) names.push(reader.expectName());
  reader.expect("in");
  const valuesLine = reader.line;
  const values = readExpressions(reader);
  reader.expect("do");
  const locals = names.map((name) => reader.newLocal(name));
  const before = reader.scope.activeLocals;
  reader.declare(...locals);
  const body = readLoopBody(reader);
  reader.scope.closeTo(before);
  reader.expectClosing("end", "for", line);
  return { type: "genericFor", locals, values, body, line: valuesLine };
}

/** `function a.b:c() … end` assigns a function. */
function readNamedFunction(reader: Reader, line: number): Statement {
  let target: Assignable = useOf(reader, reader.expectName());
  let isMethod = false;
  while (!isMethod && (reader.token.type === "." || reader.token.type === ":")) {
    isMethod = reader.advance().type === ":";
    const key: Expression = { type: "string", value: reader.expectName() };
    target = { type: "index", object: target, key, line: reader.lastLine };
  }
  const body = readFunction(reader, line, isMethod);
  if (target.type === "local") target.local.assigned = true;
  return { type: "assign", targets: [target], values: [body], line };
}

function readLocal(reader: Reader, line: number): Statement {
  if (reader.accept("function")) return readLocalFunction(reader, line);
  const names = [reader.expectName()];
  while (reader.accept(",")) names.push(reader.expectName());
  const values = reader.accept("=") ? readExpressions(reader) : [];
  const locals = names.map((name) => reader.newLocal(name));
  reader.declare(...locals);
  return { type: "declare", locals, values };
}

function readLocalFunction(reader: Reader, line: number): Statement {
  const local = reader.newLocal(reader.expectName());
  reader.declare(local);
  const body: FunctionBody = readFunction(reader, line, false);
  return { type: "declareFunction", local, body };
}

function readReturn(reader: Reader): Statement {
  const isBare = endsBlock.has(reader.token.type) || reader.token.type === ";";
  return { type: "return", values: isBare ? [] : readExpressions(reader) };
}

function readBreak(reader: Reader): Statement {
  if (reader.scope.loops === 0) reader.fail("no loop to break");
  return { type: "break" };
}

function readExpressionStatement(reader: Reader): Statement {
  const first = readSuffixed(reader);
  if (isCall(first)) return { type: "do", call: first };
  const targets = [assignable(reader, first)];
  while (reader.accept(",")) targets.push(assignable(reader, readSuffixed(reader)));
  reader.expect("=");
  const values = readExpressions(reader);
  for (const target of targets) if (target.type === "local") target.local.assigned = true;
  return { type: "assign", targets, values, line: reader.lastLine };
}

function isCall(expression: Expression): expression is Call | MethodCall {
  return expression.type === "call" || expression.type === "method";
}

function assignable(reader: Reader, expression: Expression): Assignable {
  if (expression.type === "local" || expression.type === "global" || expression.type === "index") return expression;
  return reader.fail("syntax error");
}
