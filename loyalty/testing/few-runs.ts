/** For mutation testing: a mutant that random inputs kill dies among the first; all of them for each of thousands would take a day. */
import fc from 'fast-check';

fc.configureGlobal({ numRuns: 15, interruptAfterTimeLimit: 250, markInterruptAsFailure: false });
