import { exploreJob } from './explore-job.ts';
import { serveJob } from './long-job.ts';

/** The worker of a long exploration. */
serveJob(exploreJob);
