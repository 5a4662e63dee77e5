const blanks = /[\t\n\f\r ]/;

/** Whether it may be subscribed to: no empty token, `>` only at the end, no blanks. */
export function isValidSubject(subject: string): boolean {
  if (subject === "" || blanks.test(subject)) return false;
  const tokens = subject.split(".");
  return tokens.every((token, index) => token !== "" && (token !== ">" || index === tokens.length - 1));
}

/** Whether a token of it is `*` or `>`. */
export function hasWildcard(subject: string): boolean {
  if (!subject.includes("*") && !subject.includes(">")) return false;
  return subject.split(".").some(isWildcard);
}

/** Whether everything that the subject stands for is meant by the pattern too. */
export function isWithin(subject: string, pattern: string): boolean {
  if (subject === pattern) return subject !== "";
  return tokensAreWithin(subject.split("."), pattern.split("."));
}

/** Whether some subject is meant by both. */
export function collide(one: string, other: string): boolean {
  if (one === other) return true;
  if (!hasWildcard(one)) return isWithin(one, other);
  if (!hasWildcard(other)) return isWithin(other, one);
  const [left, right] = [one.split("."), other.split(".")];
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  if (shorter.length !== longer.length && shorter.at(-1) !== ">") {
    if (longer.at(-1) !== ">" || longer.length > shorter.length) return false;
  }
  return shorter.every((token, index) => tokensCollide(token, longer[index]!));
}

/** A test whether literal subjects are meant by a pattern; nothing means every subject. */
export function matcher(pattern: string): (subject: string) => boolean {
  if (pattern === "" || pattern === ">") return () => true;
  if (!hasWildcard(pattern)) return (subject) => subject === pattern;
  const tokens = pattern.split(".");
  return (subject) => tokensAreWithin(subject.split("."), tokens);
}

function tokensAreWithin(tokens: readonly string[], pattern: readonly string[]): boolean {
  for (const [index, wanted] of pattern.entries()) {
    const token = tokens[index];
    if (token === undefined || token === "" || wanted === "") return false;
    if (wanted === ">") return true;
    if (token === ">") return false;
    if (wanted !== "*" && token !== wanted) return false;
  }
  return tokens.length === pattern.length;
}

function tokensCollide(one: string, other: string): boolean {
  return one === other || isWildcard(one) || isWildcard(other);
}

function isWildcard(token: string): boolean {
  return token === "*" || token === ">";
}
