/** The search ends at this relative distance of its bounds. */
const RESOLUTION = 0.05;

/**
 * The highest rate that passes, by doubling until one fails and then bisection (RFC 2544 section 26.1).
 * @param passes result of a trial at a rate, or undefined when it failed
 * @returns the best trial, or undefined when even the lowest rate fails
 */
export async function highestPassing<Trial>(
  lowest: number,
  passes: (rate: number) => Promise<Trial | undefined>,
): Promise<Trial | undefined> {
  let good = await passes(lowest);
  if (good === undefined) return undefined;
  let low = lowest;
  let high = lowest * 2;
  for (let trial = await passes(high); trial !== undefined; trial = await passes(high)) {
    good = trial;
    low = high;
    high *= 2;
  }
  while (high / low > 1 + RESOLUTION) {
    const middle = Math.sqrt(low * high);
    const trial = await passes(middle);
    if (trial === undefined) high = middle;
    else {
      low = middle;
      good = trial;
    }
  }
  return good;
}
