import * as l10n from '@vscode/l10n';
import { promptKinds } from '../common/model.ts';
import type { CommandSpec } from './commandSpec.ts';
import { shells } from './shells.ts';
import {
	askingOptions,
	baselineVariantOption,
	comparisonOutOption,
	failOnRegressionOption,
	failUnderOption,
	gradingOptions,
	helpOption,
	jsonOption,
	outOption,
} from './options.ts';

/** Every command, in the order of help. */
export const commands: readonly CommandSpec[] = [
	{
		name: 'run',
		summary: () => l10n.t('asks models the cases of test suites and grades the answers'),
		operands: '[SUITE..]',
		options: [...askingOptions, ...gradingOptions],
		completes: 'suites',
		examples: [
			{
				line: 'run triage.prompttest.yaml',
				does: () => l10n.t('runs a suite with the prompt and models that it names'),
			},
			{ line: 'run', does: () => l10n.t('runs all suites below this folder') },
			{
				line: 'run triage.prompttest.yaml --model openai/gpt-5.4 --model anthropic/claude-sonnet-5-5 --max-cost 2',
				does: () => l10n.t('compares two models and spends at most $2'),
			},
			{
				line: 'run triage.prompttest.yaml --prompt old.md --prompt new.md --stop-early',
				does: () => l10n.t('an A/B test that asks no more cases than it needs'),
			},
			{
				line: 'run triage.prompttest.yaml --fail-under 0.9 --out report.xml --out report.json',
				does: () => l10n.t('in CI: holds if 90 % pass, and writes two reports'),
			},
			{
				line: 'run triage.prompttest.yaml --batch --max-cost 5',
				does: () => l10n.t('asks through batches, at about half the price'),
			},
			{ line: 'run triage.prompttest.yaml --resume', does: () => l10n.t('goes on after Ctrl+C or a crash') },
			{
				line: 'run triage.prompttest.yaml --baseline main.json --fail-on-regression',
				does: () => l10n.t('in CI: fails only if the run is worse than the one in the report'),
			},
			{ line: 'run --changed-since origin/main', does: () => l10n.t('runs what a pull request touches') },
		],
		load: async () => (await import('./commands/run.ts')).run,
	},
	{
		name: 'grade',
		summary: () => l10n.t('grades recorded answers; asks no model but judges'),
		operands: '[SUITE..]',
		options: gradingOptions,
		completes: 'suites',
		examples: [
			{ line: 'grade triage.prompttest.yaml', does: () => l10n.t('grades the cases that have an output') },
			{ line: 'grade --out report.html', does: () => l10n.t('grades all suites of one folder for reading') },
		],
		load: async () => (await import('./commands/run.ts')).grade,
	},
	{
		name: 'merge',
		summary: () => l10n.t('joins the JSON reports of all parts of a run'),
		operands: 'REPORT..',
		options: [outOption, failUnderOption, jsonOption, helpOption],
		completes: 'files',
		examples: [
			{
				line: 'merge part-*.json --out report.xml --out report.json',
				does: () => l10n.t('joins what --shard 1/4 to 4/4 wrote with --out part-1.json and so on'),
			},
		],
		load: async () => (await import('./commands/merge.ts')).merge,
	},
	{
		name: 'compare',
		summary: () => l10n.t('says whether run B is better than run A, or one variant better than another'),
		operands: 'A [B]',
		options: [baselineVariantOption, failOnRegressionOption, comparisonOutOption, jsonOption, helpOption],
		completes: 'files',
		examples: [
			{
				line: 'compare before.json after.json',
				does: () => l10n.t('compares two reports that --out wrote, case by case'),
			},
			{
				line: 'compare run.json --baseline-variant old',
				does: () => l10n.t('compares the other variants of one run with this one'),
			},
			{
				line: 'compare main.json merged.json --fail-on-regression --out comparison.md',
				does: () => l10n.t('in CI: fails if the merged run is worse'),
			},
		],
		load: async () => (await import('./commands/compare.ts')).compare,
	},
	{
		name: 'lint',
		summary: () => l10n.t('finds problems in prompts and test suites without asking a model'),
		operands: '[FILE..]',
		options: [
			{
				name: 'kind',
				value: 'KIND',
				choices: promptKinds,
				summary: () => l10n.t('what the prompts are for: research, assistant or agent (default assistant)'),
			},
			{ name: 'model', value: 'MODEL', summary: () => l10n.t('also finds what this model handles badly') },
			jsonOption,
			helpOption,
		],
		completes: 'files',
		examples: [
			{
				line: 'lint prompts/triage.md triage.prompttest.yaml',
				does: () => l10n.t('checks a prompt and a suite'),
			},
			{
				line: 'lint',
				does: () => l10n.t('checks all suites below this folder and the prompt files that they name'),
			},
		],
		load: async () => (await import('./commands/lint.ts')).lint,
	},
	{
		name: 'init',
		summary: () => l10n.t('writes a prompt and a suite to begin with'),
		operands: '[FOLDER]',
		options: [helpOption],
		completes: 'files',
		examples: [
			{ line: 'init', does: () => l10n.t('writes support.md and support.prompttest.yaml; replaces nothing') },
		],
		load: async () => (await import('./commands/init.ts')).init,
	},
	{
		name: 'completion',
		summary: () => l10n.t('prints a script that completes commands and options'),
		operands: 'bash|zsh|fish',
		options: [helpOption],
		completes: shells,
		examples: [
			{ line: 'completion bash >> ~/.bashrc', does: () => l10n.t('for bash') },
			{
				line: 'completion fish > ~/.config/fish/completions/prompt-workshop.fish',
				does: () => l10n.t('for fish'),
			},
		],
		load: async () => (await import('./commands/completion.ts')).completion,
	},
];
