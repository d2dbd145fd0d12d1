import { litmusJob } from './litmus-job.ts';
import { serveFiles } from './serve-files.ts';

serveFiles(litmusJob);
