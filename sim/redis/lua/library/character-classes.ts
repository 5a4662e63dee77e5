const inClass: Readonly<Record<string, (code: number) => boolean>> = {
  a: isLetter,
  c: (code) => code < 32 || code === 127,
  d: isDigit,
  l: isLower,
  p: (code) => code > 32 && code < 127 && !isLetter(code) && !isDigit(code),
  s: (code) => code === 32 || (code >= 9 && code <= 13),
  u: isUpper,
  w: (code) => isLetter(code) || isDigit(code),
  x: (code) => isDigit(code) || (code >= 65 && code <= 70) || (code >= 97 && code <= 102),
  z: (code) => code === 0,
};

/** Whether a byte is in the class that `%<letter>` stands for; a capital letter is for all the others. */
export function matchesClass(code: number, letter: number): boolean {
  const name = String.fromCharCode(letter);
  const test = inClass[name.toLowerCase()];
  if (test === undefined) return letter === code;
  return isUpper(letter) ? !test(code) : test(code);
}

/** Whether a byte is one of 0 to 9. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isLetter(code: number): boolean {
  return isLower(code) || isUpper(code);
}
