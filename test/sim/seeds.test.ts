import { testSeeds } from './batch-of-seeds.ts';

testSeeds(1, 1000);
