import { InvalidArgumentError } from 'commander';

/**
 * A parser of an option's value. `--client "$CLIENT"` of a script whose variable is unset does not mean every client.
 * @throws InvalidArgumentError for an empty text
 */
export function givenText(text: string): string {
  if (text === '') throw new InvalidArgumentError('the value is empty; leave the option out if none is meant');
  return text;
}
