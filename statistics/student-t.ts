/**
 * The share of Student's t distribution within ±t, for a whole number of degrees of freedom.
 *
 * The closed sums of Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function shareWithin(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const isOdd = degrees % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= cosine ** 2 * ((power - 1) / power);
    sum += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}

const widest = 1e6;
const halvings = 80;

/**
 * The t that a share of Student's distribution lies within, on both sides together: `tWithin(0.95, 2)` is 4.303.
 *
 * @param degrees - of freedom; above 1,000 the distribution of 1,000 is used, which differs in the third decimal
 * @throws Error without a degree of freedom.
 */
export function tWithin(share: number, degrees: number): number {
  if (!(degrees >= 1)) throw new Error(`no t distribution of ${degrees} degrees of freedom`);
  const known = Math.min(1_000, Math.floor(degrees));
  let [low, high] = [0, widest];
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, known) < share) low = middle;
    else high = middle;
  }
  return high;
}
