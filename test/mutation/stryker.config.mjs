/** What `npm run mutate -- FOLDER` gives to StrykerJS besides the files and the tests. */
export default {
  testRunner: 'vitest',
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: false },
  plugins: ['@stryker-mutator/vitest-runner'],
  coverageAnalysis: 'perTest',
  // Vitest strips types without looking at them; a mutant that would not compile is no fault that a test must find,
  // but telling them apart takes the compiler's time for each.
  ignoreStatic: true,
  ignorePatterns: ['dist', 'docs', '.stryker'],
  // Text that people read is held by the tests of pages and words, where it matters.
  mutator: { excludedMutations: ['StringLiteral'] },
  reporters: ['clear-text', 'json'],
  clearTextReporter: { reportTests: false, logTests: false, allowColor: false },
  jsonReporter: { fileName: 'dist/mutation.json' },
  // StrykerJS would adapt tsconfig.json by the JavaScript API of the compiler, which TypeScript 7 does not have; the
  // tests run without it.
  tsconfigFile: 'none.json',
  tempDirName: '.stryker',
  cleanTempDir: 'always',
  concurrency: 2,
  timeoutMS: 10_000,
  disableTypeChecks: false,
  warnings: { slow: false },
};
