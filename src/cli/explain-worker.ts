import { explainJob } from './explain-job.ts';
import { serveJob } from './long-job.ts';

/** The worker of a long explanation. */
serveJob(explainJob);
