import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PacedQuestion } from '../../../src/observe/paced-question.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

class Asked {
  count = 0;
  takesMs = 0;
  failure = '';
  readonly heard: string[] = [];
  readonly question = new PacedQuestion(
    async () => {
      this.count += 1;
      await new Promise((resolve) => setTimeout(resolve, this.takesMs));
      if (this.failure !== '') throw new Error(this.failure);
      return this.count === 4 ? undefined : `answer ${this.count}`;
    },
    { everyMs: 5000, leastMs: 1000 },
    { answered: (text) => this.heard.push(text), failed: (reason) => this.heard.push(reason) },
  );

  async ticks(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 250) {
      void this.question.tick();
      await vi.advanceTimersByTimeAsync(250);
    }
  }
}

it('is asked at once, and then as often as its pace allows', async () => {
  const asked = new Asked();
  await asked.ticks(10_500);
  expect([asked.count, asked.heard]).toEqual([3, ['answer 1', 'answer 2', 'answer 3']]);
});

it('is asked earlier when the answer is another one by now, and not more often than that', async () => {
  const asked = new Asked();
  await asked.ticks(1250);
  asked.question.hurry();
  await asked.ticks(250);
  expect(asked.count).toBe(2);
  asked.question.hurry();
  await asked.ticks(500);
  expect(asked.count).toBe(2);
});

it('is never asked twice at the same time, and seldom where the answer takes long', async () => {
  const asked = new Asked();
  asked.takesMs = 1000;
  await asked.ticks(20_500);
  expect(asked.count).toBe(1);
  await asked.ticks(1000);
  expect(asked.count).toBe(2);
});

it('says why there was no answer, and is asked again', async () => {
  const asked = new Asked();
  asked.failure = 'the agent is busy';
  await asked.ticks(250);
  asked.failure = '';
  await asked.ticks(5250);
  expect(asked.heard).toEqual(['the agent is busy', 'answer 2']);
});
