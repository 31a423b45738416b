import { testSeeds } from './batch-of-seeds.ts';

testSeeds(1001, 1000);
