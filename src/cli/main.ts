import { Command, CommanderError, Option } from 'commander';
import { EXIT, UsageError } from './exit.ts';
import type { ExitCode } from './exit.ts';
import { addReading, portNumber, positive, seconds } from './options.ts';
import { VERSION } from './version.ts';
import { addScheduleOptions } from './schedule-options.ts';

/** Runs a command that was loaded on demand; its answer is the exit code. */
function action<A extends unknown[]>(
  load: () => Promise<(...args: A) => ExitCode | Promise<ExitCode>>,
): (...args: A) => Promise<void> {
  return async (...args) => {
    const run = await load();
    process.exitCode = await run(...args);
  };
}

function jsonOption(): Option {
  return new Option('--json', 'print one JSON document on stdout and nothing else there');
}

function readingOption(): Option {
  return new Option(
    '--reading <name=value>',
    'choose a reading of a design switch; may be given several times',
  ).argParser(addReading);
}

/** Gives a command that searches its bounds. */
function searches(command: Command, executions: string): Command {
  return command
    .addOption(
      new Option('--max-executions <n>', `give up after so many ${executions}`).argParser(positive).default(1_000_000),
    )
    .addOption(
      new Option('--max-events <n>', 'give up on a thread after so many events').argParser(positive).default(1_000),
    )
    .addOption(
      new Option('--max-returns <n>', 'give up on a loop that came back so often to the same state')
        .argParser(positive)
        .default(5),
    )
    .addOption(
      new Option('--max-steps <n>', 'give up on a thread that runs so many instructions without an event')
        .argParser(positive)
        .default(1_000_000),
    )
    .addOption(new Option('--timeout <seconds>', 'give up after so long').argParser(seconds))
    .addOption(
      new Option(
        '--max-memory <megabytes>',
        'give up when so much is used; half of the machine’s if not given',
      ).argParser(positive),
    );
}

const program = new Command('weft')
  .description('A workbench for shared-everything WebAssembly: a formal model that you can run')
  .version(VERSION)
  .exitOverride()
  .configureHelp({ sortSubcommands: false })
  .addHelpText(
    'after',
    '\nExit codes: 0 holds, valid, passed; 1 invalid, refuted, failed; 2 usage or unreadable input; 3 a bound was reached.',
  );

program
  .command('check')
  .description('parse and type-check modules and scripts')
  .argument('<file...>', '.wat, .wast and .wasm files, or folders of them')
  .addOption(jsonOption())
  .addOption(readingOption())
  .option('--readings <which>', 'all: a table of the readings of the typing switches under which a file is valid')
  .action(action(async () => (await import('./commands/check.ts')).check));

program
  .command('wast')
  .description('run scripts in the official format, every assertion')
  .argument('<file...>', '.wast files, or folders of them')
  .option(
    '--only <kinds>',
    'judge these kinds of commands alone, separated by commas: modules, malformed, invalid, unlinkable (nothing is executed for these), return, trap, exhaustion, exception',
  )
  .addOption(jsonOption())
  .addOption(readingOption())
  .addOption(new Option('--semantics <name>', 'the executor').choices(['exec', 'small-step']).default('exec'))
  .option('--max-steps <n>', 'steps that one action may take before it is given up and skipped', positive)
  .action(action(async () => (await import('./commands/wast.ts')).wast));

program
  .command('run')
  .description('call an exported function')
  .argument('<file>', 'a .wat, .wast or .wasm file; a script’s last module is called')
  .argument('[argument...]', 'arguments of the call, as integers or floats (after -- if negative)')
  .requiredOption('--invoke <name>', 'the exported function')
  .addOption(jsonOption())
  .addOption(readingOption())
  .addOption(new Option('--semantics <name>', 'the executor').choices(['exec', 'small-step']).default('exec'))
  .option('--fuel <n>', 'give up after so many calls and backward branches', positive)
  .option('--max-memory <pages>', 'pages that all memories together may have; growth beyond them fails', positive)
  .action(action(async () => (await import('./commands/run.ts')).run));

addScheduleOptions(
  searches(
    program
      .command('explore')
      .description('all outcomes of a program under a memory model')
      .argument('<file...>', '.wast files, .wasm command programs, EMME’s .bex programs, or folders of them')
      .option('--model <name>', 'the memory model, or a .cat file; see weft models', 'wasm')
      .option('--invoke <name>', 'the export of a command program to call; else _start, or main')
      .addOption(
        new Option(
          '--strategy <name>',
          'how to search; auto takes interleavings for sc, axioms for the other models, and states or drf where that takes long',
        )
          .choices([
            'auto',
            'axioms',
            'drf',
            'interleavings',
            'all-interleavings',
            'reads-from',
            'states',
            'random',
            'pct',
          ])
          .default('auto'),
      )
      .addOption(
        new Option('--format <name>', 'text for people, or answers in herd’s form')
          .choices(['text', 'herd'])
          .default('text'),
      )
      .option('--unroll <n>', 'give up on a loop after so many rounds in one call of its function', positive)
      .addOption(jsonOption())
      .addOption(readingOption())
      .addOption(
        new Option(
          '--jobs <n>',
          'how many workers explore what is long and can be divided; one a core if not given',
        ).argParser(positive),
      )
      .option('--checkpoint <file>', 'keep what is known in a file now and then, and go on from it if it is there')
      .addOption(new Option('--checkpoint-every <seconds>', 'how often').argParser(seconds).default(5_000, '5'))
      .option('--verbose', 'the schedule of every finding in words, not of the gravest alone')
      .option('--draw', 'draw an execution below the text, in characters')
      .option('--svg <file>', 'draw an execution as SVG')
      .option('--dot <file>', 'draw an execution as DOT')
      .option('--tikz <file>', 'draw an execution for TeX, as TikZ')
      .option(
        '--outcome <values>',
        'which outcome to draw or save: its number in the list, or OBSERVATION=VALUE,… (i32 may be left out)',
      )
      .addOption(
        new Option('--finding <n>', 'draw or save the execution of this finding: its number in the list').argParser(
          positive,
        ),
      )
      .option(
        '--save-replay <file>',
        'write an execution to a file: of --finding, of --outcome, or else of the first finding',
      )
      .option('--replay <file>', 'run exactly the execution of such a file'),
    'executions',
  ),
).action(action(async () => (await import('./commands/explore.ts')).explore));

searches(
  program
    .command('explain')
    .description('why an outcome is forbidden (which axiom, which cycle), or a witness that it is allowed')
    .argument('<file>', 'a .wast file')
    .option(
      '--outcome <values>',
      'the outcome: OBSERVATION=VALUE,… (i32 may be left out), or a condition in parentheses; without it the litmus tests’ conditions',
    )
    .option('--model <name>', 'the memory model; see weft models', 'wasm')
    .option('--all', 'tell every way in which the outcome is forbidden, not only those that come nearest')
    .addOption(jsonOption())
    .addOption(readingOption())
    .option('--svg <file>', 'draw the witness, or the forbidden execution with what contradicts, as SVG')
    .option('--dot <file>', 'draw it as DOT'),
  'candidate executions',
).action(action(async () => (await import('./commands/explain.ts')).explain));

program
  .command('litmus')
  .description('many litmus tests under several models, a table of verdicts')
  .argument('<file...>', '.wast files with litmus tests, EMME’s .bex programs, or folders of them')
  .option('--models <names>', 'the models and .cat files, separated by commas', 'wasm,sc')
  .addOption(
    new Option('--format <name>', 'a table of verdicts, or every answer in herd’s form')
      .choices(['table', 'herd'])
      .default('table'),
  )
  .option('--verbose', 'the source and the reason of every verdict, not of disagreements alone')
  .addOption(jsonOption())
  .addOption(readingOption())
  .addOption(
    new Option('--max-executions <n>', 'give up a test after so many executions')
      .argParser(positive)
      .default(1_000_000),
  )
  .action(action(async () => (await import('./commands/litmus.ts')).litmus));

program
  .command('generate')
  .description(
    'litmus tests from critical cycles: threads of two accesses each, linked by reads-from, from-reads and coherence',
  )
  .addOption(new Option('--threads <n>', 'threads of a cycle').argParser(positive).default(2))
  .option('--orders <names>', 'the orders that accesses have, separated by commas: un, acqrel, sc', 'un,sc')
  .option('--models <names>', 'add what these models say, verdicts and whole outcome sets; separated by commas')
  .option('--out <folder>', 'write each test to a file of its own there')
  .addOption(jsonOption())
  .action(action(async () => (await import('./commands/generate.ts')).generate));

program
  .command('compare')
  .description('the smallest programs that tell two models apart')
  .argument('<model>', 'a model’s name, or a .cat file')
  .argument('<model>', 'another')
  .addOption(new Option('--events <n>', 'look at executions of up to so many events').argParser(positive).default(4))
  .addOption(new Option('--limit <n>', 'show so many programs of each side').argParser(positive).default(3))
  .option('--mixed-sizes', 'bytes and a pair of bytes, instead of single bytes in all orders and fences')
  .option(
    '--idle',
    'look also at programs with an access that no conflicting access of another event overlaps, where that may matter',
  )
  .addOption(new Option('--timeout <seconds>', 'give up after so long').argParser(seconds))
  .addOption(jsonOption())
  .action(action(async () => (await import('./commands/compare.ts')).compare));

program
  .command('models')
  .description(
    'the memory models: from which paper, with which axioms, what tells them apart; or what a .cat file says',
  )
  .argument('[model...]', 'models that ship, or .cat files (VIEW:FILE.cat for another view than the file’s)')
  .option('--path <model>', 'print where the file of a model is')
  .addOption(jsonOption())
  .action(action(async () => (await import('./commands/models.ts')).models));

program
  .command('rules')
  .description('the typing and execution rules, or the design switches and their readings')
  .option('--switches', 'list the design switches')
  .addOption(jsonOption())
  .action(action(async () => (await import('./commands/rules.ts')).rules));

program
  .command('serve')
  .description('the playground, in a browser on this machine')
  .argument('[file]', 'a .wast or .wat file to open it with')
  .option('--port <n>', 'where it listens; 0 for any free port', portNumber, 4321)
  .option('--open', 'open the browser too')
  .addOption(jsonOption())
  .action(action(async () => (await import('./commands/serve.ts')).serve));

// Whoever reads the output may stop early (`weft rules | head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

/** Not awaited at the top of the file, which CommonJS cannot do. */
async function main(): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.holds : EXIT.usage;
    else if (error instanceof UsageError) {
      process.stderr.write(`weft: ${error.message}\n`);
      process.exitCode = error.code;
    } else throw error;
  }
}

/** Once all is printed nothing is left to do, and the process ends without waiting for what V8 still compiles. Elsewhere than on Linux, pipes are written to later. */
void main().then(() => {
  if (process.platform === 'linux') process.stdout.write('', () => process.exit());
});
