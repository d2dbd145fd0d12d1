import { serveFiles } from './serve-files.ts';
import { wastJob } from './wast-job.ts';

serveFiles(wastJob);
