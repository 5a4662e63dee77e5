/** A local variable, a parameter or the variable of a loop. */
export interface Local {
  readonly name: string;
  /** Unique in its chunk. */
  readonly id: number;
  /** It is assigned to after its declaration. */
  assigned: boolean;
  /** Where the declaration guarantees that it holds a number: the variable of a numeric loop. */
  readonly isNumber: boolean;
}

/** Where it stands in the source, for error messages: the line that Lua 5.1 would give its instruction. */
interface Placed {
  readonly line: number;
}

/** A local variable that is read or set. */
export interface LocalUse {
  readonly type: "local";
  readonly local: Local;
  /** It belongs to a function further out. */
  readonly isUpvalue: boolean;
}

/** A name that no local variable has. */
export interface GlobalUse extends Placed {
  readonly type: "global";
  readonly name: string;
}

/** `object[key]`, or `object.key`. */
export interface IndexUse extends Placed {
  readonly type: "index";
  readonly object: Expression;
  readonly key: Expression;
}

/** `callee(args)` */
export interface Call extends Placed {
  readonly type: "call";
  readonly callee: Expression;
  readonly args: readonly Expression[];
}

/** `object:name(args)` */
export interface MethodCall extends Placed {
  readonly type: "method";
  readonly object: Expression;
  readonly name: string;
  readonly args: readonly Expression[];
}

/** A function, or a whole chunk. */
export interface FunctionBody extends Placed {
  readonly type: "function";
  readonly params: readonly Local[];
  readonly isVararg: boolean;
  /** A function with `...` has a variable of this name. */
  readonly arg: Local | undefined;
  /** `arg` holds the further arguments: only in a function that never says `...`. */
  readonly fillsArg: boolean;
  readonly body: Block;
}

/** An operator between two sides. */
export interface Binary extends Placed {
  readonly type: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

/** An operator in front of its operand. */
export interface Unary extends Placed {
  readonly type: "unary";
  readonly operator: "-" | "not" | "#";
  readonly operand: Expression;
}

/** One thing between the braces of a table; without a key it goes to the list. */
export interface TableItem {
  readonly key: Expression | undefined;
  readonly value: Expression;
}

/** `{…}` */
export interface TableConstructor extends Placed {
  readonly type: "table";
  readonly items: readonly TableItem[];
}

/** What can be on the left-hand side of an assignment. */
export type Assignable = LocalUse | GlobalUse | IndexUse;

/** Whatever gives a value. */
export type Expression =
  | { readonly type: "nil" | "true" | "false" | "vararg" }
  | { readonly type: "number"; readonly value: number }
  | { readonly type: "string"; readonly value: string }
  | { readonly type: "paren"; readonly inner: Expression }
  | Assignable
  | Call
  | MethodCall
  | FunctionBody
  | Binary
  | Unary
  | TableConstructor;

/** Statements, one after the other. */
export type Block = readonly Statement[];

/** `for local = start, limit, step do … end` */
export interface NumericFor extends Placed {
  readonly type: "numericFor";
  readonly local: Local;
  readonly start: Expression;
  readonly limit: Expression;
  readonly step: Expression | undefined;
  readonly body: Block;
}

/** `for locals in values do … end` */
export interface GenericFor extends Placed {
  readonly type: "genericFor";
  readonly locals: readonly Local[];
  readonly values: readonly Expression[];
  readonly body: Block;
}

/** Whatever does something. */
export type Statement =
  | { readonly type: "declare"; readonly locals: readonly Local[]; readonly values: readonly Expression[] }
  | { readonly type: "declareFunction"; readonly local: Local; readonly body: FunctionBody }
  | ({
      readonly type: "assign";
      readonly targets: readonly Assignable[];
      readonly values: readonly Expression[];
    } & Placed)
  | { readonly type: "do"; readonly call: Call | MethodCall }
  | { readonly type: "block"; readonly body: Block }
  | { readonly type: "while"; readonly condition: Expression; readonly body: Block }
  | { readonly type: "repeat"; readonly condition: Expression; readonly body: Block }
  | {
      readonly type: "if";
      readonly arms: readonly { readonly condition: Expression; readonly body: Block }[];
      readonly otherwise: Block | undefined;
    }
  | NumericFor
  | GenericFor
  | { readonly type: "return"; readonly values: readonly Expression[] }
  | { readonly type: "break" };
