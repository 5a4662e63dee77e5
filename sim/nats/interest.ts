/** Somebody who listens to a subject, alone or in a queue group. */
export interface Listener {
  readonly queue: string | undefined;
}

/** Who listens to one subject: each of the plain ones, and one of each queue group. */
export interface Interested<One extends Listener> {
  readonly plain: readonly One[];
  readonly groups: readonly (readonly One[])[];
}

interface Node<One> {
  readonly children: Map<string, Node<One>>;
  readonly listeners: One[];
}

/**
 * Who listens to what: a tree with a level for each token of a subject. In what order listeners are found depends on
 * nothing but the order in which they came.
 */
export class Interest<One extends Listener> {
  readonly #root: Node<One> = newNode();

  add(subject: string, listener: One): void {
    let node = this.#root;
    for (const token of subject.split(".")) {
      const child = node.children.get(token) ?? newNode();
      node.children.set(token, child);
      node = child;
    }
    node.listeners.push(listener);
  }

  remove(subject: string, listener: One): void {
    removeBelow(this.#root, subject.split("."), 0, listener);
  }

  /** Whether anybody listens. */
  has(subject: string): boolean {
    return this.#find(subject).length > 0;
  }

  match(subject: string): Interested<One> {
    const found = this.#find(subject);
    if (found.every(({ queue }) => queue === undefined)) return { plain: found, groups: [] };
    const groups = Map.groupBy(found, ({ queue }) => queue);
    const plain = groups.get(undefined) ?? [];
    groups.delete(undefined);
    return { plain, groups: [...groups.values()] };
  }

  /** A subject with an empty token is nobody's. */
  #find(subject: string): One[] {
    const found: One[] = [];
    const tokens = subject.split(".");
    if (!tokens.includes("")) collect(this.#root, tokens, 0, found);
    return found;
  }
}

function collect<One>(node: Node<One>, tokens: readonly string[], index: number, found: One[]): void {
  const { children } = node;
  if (index === tokens.length) return void found.push(...node.listeners);
  const token = tokens[index]!;
  const literal = children.get(token);
  if (literal) collect(literal, tokens, index + 1, found);
  const any = children.get("*");
  if (any && any !== literal) collect(any, tokens, index + 1, found);
  const rest = children.get(">");
  if (rest && rest !== literal) found.push(...rest.listeners);
}

/** Whether the node is empty afterwards, so that its parent can forget it. */
function removeBelow<One>(node: Node<One>, tokens: readonly string[], index: number, listener: One): boolean {
  if (index === tokens.length) {
    const place = node.listeners.indexOf(listener);
    if (place >= 0) node.listeners.splice(place, 1);
  } else {
    const child = node.children.get(tokens[index]!);
    if (child && removeBelow(child, tokens, index + 1, listener)) node.children.delete(tokens[index]!);
  }
  return node.listeners.length === 0 && node.children.size === 0;
}

function newNode<One>(): Node<One> {
  return { children: new Map(), listeners: [] };
}
