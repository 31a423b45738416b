import { InvalidArgumentError } from 'commander';

/** @returns a parser of an option's value, which throws InvalidArgumentError for all but such a number */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`expected a number from ${least} to ${most}`);
    return number;
  };
}

/** The same for who takes the number as it was written. */
export function numberText(least: number, most: number): (text: string) => string {
  const parse = wholeNumber(least, most);
  return (text) => String(parse(text));
}
