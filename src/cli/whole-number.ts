import { InvalidArgumentError } from 'commander';

/** @returns a parser for an option's value, which throws InvalidArgumentError unless it is an integer in the range */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`expected a number from ${least} to ${most}`);
    return number;
  };
}

/** As `wholeNumber`, but the value stays the text. */
export function numberText(least: number, most: number): (text: string) => string {
  const parse = wholeNumber(least, most);
  return (text) => String(parse(text));
}
